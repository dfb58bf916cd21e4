internal import Model

/// What readers of keys and values have in common.
extension FaultList {
  mutating func addUnknown(_ key: Located<String>, among known: [String], synonyms: [String: String] = [:]) {
    let folded = key.value.lowercased().split { $0 == "-" || $0 == " " }.joined(separator: "_")
    let nearest = synonyms[folded] ?? nearest(to: key.value, in: known)
    add(.key(.unknownKey(key.value, nearest: nearest, known: known)), at: key.place)
  }

  mutating func addWrongShape(_ key: String, expected: String, of node: DocumentNode) {
    add(.key(.wrongShape(key: key, expected: expected, found: node.shape)), at: node.place)
  }

  /// The one value of a key; nil, and a fault, where it has none or several.
  mutating func text(of entry: DocumentNode.Entry) -> Located<String>? {
    guard let text = entry.value.text else {
      addWrongShape(entry.key.value, expected: "one value", of: entry.value)
      return nil
    }
    guard !text.value.isEmpty else {
      add(.key(.emptyValue(key: entry.key.value)), at: text.place)
      return nil
    }
    return text
  }

  /// A value in which there is something to see.
  mutating func words(of entry: DocumentNode.Entry) -> String? {
    guard let text = text(of: entry) else { return nil }
    guard text.value.unicodeScalars.contains(where: \.isVisible) else {
      add(.key(.emptyValue(key: entry.key.value)), at: text.place)
      return nil
    }
    return text.value
  }

  /// A day, `YYYY-MM-DD`.
  mutating func day(of entry: DocumentNode.Entry) -> Located<String>? {
    guard let text = text(of: entry) else { return nil }
    guard Instant.isDay(text.value) else {
      add(.key(.notADate(text.value)), at: text.place)
      return nil
    }
    return text
  }

  /// The keys of a map; none, and a fault, where it is something else.
  mutating func entries(_ key: String, of node: DocumentNode, expected: String) -> [DocumentNode.Entry] {
    guard case .map(let entries) = node.content else {
      addWrongShape(key, expected: expected, of: node)
      return []
    }
    return entries
  }
}

extension CaseError {
  /// The same of a file that is an input and no case.
  var ofInput: CaseError { CaseError(faults.map(\.ofInput)) }
}

extension CaseFault {
  /// The same of a file that is an input and no case.
  var ofInput: CaseFault {
    CaseFault(fact, reason: reason == .malformedCase ? .malformedInput : reason, at: place)
  }
}

extension Unicode.Scalar {
  /// Whether it leaves something to see: no space, no control, nothing of width zero.
  fileprivate var isVisible: Bool {
    switch properties.generalCategory {
    case .spaceSeparator, .nonspacingMark, .enclosingMark: false
    default: !properties.isWhitespace && !isHidden
    }
  }

  /// Whether nobody sees that it is there: a control, or of width zero.
  var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }
}
