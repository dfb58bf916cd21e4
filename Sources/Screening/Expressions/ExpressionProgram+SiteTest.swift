internal import Model

extension ExpressionProgram {
  /// What a test says about the site columns alone, weaker than the test or equal to it; nil for nothing.
  func siteTest(_ test: Int) -> SiteTest? {
    switch tests[test] {
    case .both(let left, let right, _):
      let parts = [siteTest(left), siteTest(right)].compactMap { $0 }
      let flat = parts.flatMap { if case .all(let inner) = $0 { inner } else { [$0] } }
      return flat.count > 1 ? .all(flat) : flat.first
    case .either(let left, let right, _):
      guard let one = siteTest(left), let two = siteTest(right) else { return nil }
      return .any([one, two].flatMap { if case .any(let inner) = $0 { inner } else { [$0] } })
    case .filter(let kind, let set):
      return filterTest(kind, filterSets[set].map { String(decoding: $0, as: UTF8.self) })
    case .numbers(let comparison, let left, let right):
      if case .constant(let value) = numbers[right] { return numberTest(comparison, left, value) }
      if case .constant(let value) = numbers[left] { return numberTest(comparison.flipped, right, value) }
      return nil
    case .texts(let isEqual, let left, let right):
      return textTest(isEqual, left, right) ?? textTest(isEqual, right, left)
    case .pattern(let isLike, let text, let pattern):
      guard isLike, patterns[pattern].pattern != ".", case .info(let field) = texts[text] else { return nil }
      return .infoPresent(key(infoFields[field]))
    // No entry is so when there is no entry.
    case .entries(let index): return .infoPresent(String(decoding: entryTests[index].key, as: UTF8.self))
    default: return nil
    }
  }

  /// Whether the site test of a test says all that the test says, of a record that was read as text.
  func isWholeSiteTest(_ test: Int) -> Bool {
    switch tests[test] {
    case .both(let left, let right, _), .either(let left, let right, _):
      return isWholeSiteTest(left) && isWholeSiteTest(right)
    case .filter(.equal, let set): return filterSets[set].count <= 1
    case .numbers(let comparison, let node, let other):
      guard case .constant(let value) = numbers[other], numberTest(comparison, node, value) != nil else { return false }
      switch numbers[node] {
      case .quality: return true
      case .info(let index):
        let field = infoFields[index]
        guard case .all = field.elements, field.kind == .float else { return false }
        return DecimalText.isMissing(value) ? comparison == .equal : comparison != .notEqual
      default: return false
      }
    default: return false
    }
  }

  private func key(_ field: InfoField) -> String { String(decoding: field.key, as: UTF8.self) }

  /// `FILTER="A;B"` wants A and B and nothing else, of which a site test can say the first half.
  private func filterTest(_ kind: FilterOperator, _ names: [String]) -> SiteTest? {
    switch kind {
    case .equal where names.count <= 1: return .filter(.only(names.first ?? "."))
    case .equal, .contains:
      if names.isEmpty { return .filter(.oneOf(["."])) }
      return names.count == 1 ? .filter(.oneOf(names)) : .all(names.map { .filter(.oneOf([$0])) })
    case .notEqual: return names.isEmpty ? .filter(.noneOf(["."])) : nil
    case .lacks:
      if names.isEmpty { return .filter(.noneOf(["."])) }
      return names.count == 1 ? .filter(.noneOf(names)) : nil
    }
  }

  private func numberTest(_ comparison: SiteTest.Comparison, _ node: Int, _ value: Double) -> SiteTest? {
    let isMissing = DecimalText.isMissing(value)
    // From 2^24 on the comparison is no longer one of 32-bit floats, or of whole numbers that these cannot tell apart.
    if !isMissing, value.magnitude >= 16_777_216 { return nil }
    let limit = isMissing ? value : Double(Float(value))
    switch numbers[node] {
    case .quality:
      switch comparison {
      case .equal where isMissing: return .qualityMissing
      case _ where isMissing: return nil
      case .notEqual: return .any([.quality(.notEqual, limit), .qualityMissing])
      default: return .quality(comparison, limit)
      }
    case .flag(let field):
      // A flag is 1 or 0 and never missing.
      let isYes = isMissing ? comparison == .notEqual : comparison.holds(1, limit)
      let isNo = isMissing ? comparison == .notEqual : comparison.holds(0, limit)
      if isYes == isNo { return nil }
      return isYes ? .infoPresent(key(infoFields[field])) : .infoMissing(key(infoFields[field]))
    case .info(let index):
      let field = infoFields[index]
      if isMissing { return missingTest(comparison, field) }
      let test = SiteTest.info(key(field), comparison, limit)
      // bcftools reads a missing whole number as a very low one where the field holds several.
      let isLow =
        field.kind == .integer && !field.isSingle
        && (comparison.holds(-2_147_483_648, limit) || comparison.holds(-128, limit))
      return comparison == .notEqual || isLow ? .any([test, .infoMissing(key(field))]) : test
    default: return nil
    }
  }

  /// `INFO/X="."` and `INFO/X!="."`.
  private func missingTest(_ comparison: SiteTest.Comparison, _ field: InfoField) -> SiteTest? {
    switch comparison {
    case .equal: if case .all = field.elements { .infoMissing(key(field)) } else { nil }
    case .notEqual: .infoPresent(key(field))
    default: nil
    }
  }

  /// A text of INFO that is compared with a constant.
  private func textTest(_ isEqual: Bool, _ node: Int, _ other: Int) -> SiteTest? {
    guard case .info(let index) = texts[node], case .constant(let constant) = texts[other] else { return nil }
    let field = infoFields[index]
    let value = constants[constant]
    let hasMissing = value.parts.contains { $0.count == 1 && value.bytes[$0.lowerBound] == Bytes.dot }
    if value.parts.isEmpty { return nil }
    if isEqual {
      if !hasMissing { return .infoPresent(key(field)) }
      return value.parts.count == 1 && field.elements == .all ? .infoMissing(key(field)) : nil
    }
    return value.parts.count == 1 && hasMissing ? .infoPresent(key(field)) : nil
  }
}

extension SiteTest.Comparison {
  /// The comparison that says the same with its sides exchanged.
  fileprivate var flipped: Self {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual: self
    }
  }
}
