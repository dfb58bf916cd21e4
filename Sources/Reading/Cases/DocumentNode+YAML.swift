import Yams

extension DocumentNode {
  /// Reads YAML 1.1 text as libyaml does, or throws the first fault of its syntax.
  ///
  /// Returns nil for a text without any value.
  static func yaml(_ text: String, file: String) throws(CaseError) -> DocumentNode? {
    let start = SourcePlace(file: file, line: 1, column: 1)
    guard aliasCount(in: text) <= DocumentLimit.aliases else {
      throw CaseError([
        CaseFault(.text(.aliases), reason: .malformedCase, at: start)
      ])
    }
    do {
      // The encoding is named because its default would be taken from the environment.
      guard let root = try Yams.compose(yaml: text, .basic, .default, .utf8) else { return nil }
      // A text has fewer values than bytes, unless aliases repeat them.
      var budget = DocumentLimit.bytes
      return try DocumentNode(root, file: file, depth: 0, budget: &budget)
    } catch let error as CaseError {
      throw error
    } catch let error as YamlError {
      throw CaseError([fault(of: error, file: file, in: text)])
    } catch {
      throw CaseError([
        CaseFault(.text(.syntax(language: "YAML", problem: "\(error)")), reason: .malformedCase, at: start)
      ])
    }
  }

  private init(_ node: Node, file: String, depth: Int, budget: inout Int) throws(CaseError) {
    let place = SourcePlace(file: file, line: node.mark?.line, column: node.mark?.column)
    budget -= 1
    guard budget > 0 else { throw CaseError([CaseFault(.text(.aliases), reason: .malformedCase, at: place)]) }
    guard depth <= DocumentLimit.depth else {
      throw CaseError([
        CaseFault(.text(.tooDeep(limit: DocumentLimit.depth)), reason: .malformedCase, at: place)
      ])
    }
    self.place = place
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      content = isNull ? .null : .text(scalar.string, isPlain: isPlain)
    case .sequence(let sequence):
      var nodes: [DocumentNode] = []
      for element in sequence {
        nodes.append(try DocumentNode(element, file: file, depth: depth + 1, budget: &budget))
      }
      content = .list(nodes)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyNode = try DocumentNode(key, file: file, depth: depth + 1, budget: &budget)
        let name = keyNode.text ?? Located(keyNode.shape, at: keyNode.place)
        let valueNode = try DocumentNode(value, file: file, depth: depth + 1, budget: &budget)
        entries.append(Entry(key: name, value: valueNode))
      }
      content = .map(entries)
    case .alias:
      // Yams puts the anchored value in place of an alias.
      content = .null
    }
  }

  /// How many aliases the text may hold: `*name` where a value can start. Counted on the text, since the composed tree
  /// of a hostile file is already too large.
  private static func aliasCount(in text: String) -> Int {
    var count = 0
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      var previous = UInt8(ascii: " ")
      var inIndent = true
      for byte in line {
        if inIndent, byte == UInt8(ascii: "#") { break }
        if byte != UInt8(ascii: " ") { inIndent = false }
        let startsValue = " \t[{,:-?".utf8.contains(previous)
        if byte == UInt8(ascii: "*"), startsValue { count += 1 }
        previous = byte
      }
    }
    return count
  }

  /// Whether the text gives a key the names of two alignment files, which is told otherwise than a key that was written twice.
  private static func hasSeveralAlignments(_ key: String, in text: String) -> Bool {
    let values = text.ranges(of: key + ":").map { key in
      text[key.upperBound...].prefix { !",}".contains($0) && !$0.isNewline }
    }
    return values.count { value in
      let name = value.filter { !" \t\"'".contains($0) }.lowercased()
      return name.hasSuffix(".bam") || name.hasSuffix(".cram")
    } > 1
  }

  private static func fault(of error: YamlError, file: String, in text: String) -> CaseFault {
    func place(_ mark: Mark) -> SourcePlace {
      SourcePlace(file: file, line: max(1, mark.line), column: max(1, mark.column))
    }
    func fault(_ fact: CaseFault.TextFact, _ place: SourcePlace) -> CaseFault {
      CaseFault(.text(fact), reason: .malformedCase, at: place)
    }
    let start = SourcePlace(file: file, line: 1, column: 1)
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let line =
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).dropFirst(mark.line - 1).first ?? ""
      if line.prefix(while: \.isWhitespace).contains("\t") { return fault(.tab, place(mark)) }
      let whole = [problem, context.map { $0.text }].compactMap { $0 }.joined(separator: " ")
      return fault(.syntax(language: "YAML", problem: whole), place(mark))
    case .composer(let context, let problem, let mark, _):
      if context?.text.contains("single document") == true { return fault(.severalDocuments, place(mark)) }
      return fault(.syntax(language: "YAML", problem: problem), place(mark))
    case .reader(let problem, let offset, _, _):
      return fault(
        .syntax(language: "YAML", problem: problem),
        offset.map { TextPosition(ofByte: $0, in: text).place(in: file) } ?? start)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      let fact: CaseFault.KeyFact = hasSeveralAlignments(key, in: text) ? .severalAlignments(key) : .duplicateKey(key)
      return CaseFault(.key(fact), reason: .malformedCase, at: place(context.mark))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return fault(.syntax(language: "YAML", problem: "\(error)"), start)
    }
  }
}

/// Line and column of a byte, both 1-based.
struct TextPosition {
  var line = 1
  var column = 1

  init(ofByte offset: Int, in text: some StringProtocol) {
    for scalar in String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars {
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
  }

  func place(in file: String) -> SourcePlace { SourcePlace(file: file, line: line, column: column) }
}
