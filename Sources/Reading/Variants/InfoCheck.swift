internal import Model

/// Checks the INFO column. Keys mostly come in the same order record after record, so that they are rarely looked up.
struct InfoCheck {
  /// A key of the line before, with its rule.
  private struct Known {
    var key: [UInt8]
    var field: RecordRules.Field
  }

  private var known: [Known] = []
  private var told: Set<[UInt8]> = []

  mutating func check(_ range: Range<Int>, alternates: [Range<Int>], in check: inout RecordCheck) {
    if range.count == 1, check.text[range.lowerBound] == Byte.dot { return }
    var keys: [Range<Int>] = []
    var start = range.lowerBound
    while start <= range.upperBound {
      let end = check.text[start..<range.upperBound].firstIndex(of: Byte.semicolon) ?? range.upperBound
      // A semicolon at the end is common and harmless.
      if start == end, end == range.upperBound, start > range.lowerBound { break }
      checkEntry(start..<end, keys: &keys, alternates: alternates.count, in: &check)
      start = end + 1
    }
    checkRepeats(keys, in: &check)
    if check.rules.minorVersion >= 4 {
      StructuralVariantRules.check(info: range, alternates: alternates, in: &check)
    }
  }

  private mutating func checkEntry(
    _ entry: Range<Int>, keys: inout [Range<Int>], alternates: Int, in check: inout RecordCheck
  ) {
    let text = check.text
    let equals = text[entry].firstIndex(of: Byte.equals)
    let key = entry.lowerBound..<(equals ?? entry.upperBound)
    guard !key.isEmpty, isInfoKey(text[key]) else {
      check.warn(.infoKey, entry, column: "INFO")
      return
    }
    let field = field(of: text[key], at: keys.count, rules: check.rules)
    keys.append(key)
    if !field.isDeclared, told.insert(Array(text[key])).inserted { check.warn(.infoUndeclared, key, column: "INFO") }
    guard let equals else {
      if field.isDeclared, field.type != .flag { check.warn(.infoNumber, entry, column: "INFO") }
      return
    }
    let value = equals + 1..<entry.upperBound
    if text[key].elementsEqual("END".utf8), Self.isBeyondIndex(text[value]) {
      check.refuse(.infoEnd, value, column: "INFO")
    }
    if value.isEmpty {
      check.warn(.infoKey, entry, column: "INFO")
    } else if field.type == .flag, field.isDeclared {
      check.warn(.infoNumber, entry, column: "INFO")
    } else {
      checkValues(value, entry: entry, field: field, alternates: alternates, in: &check)
    }
  }

  /// Whether a whole number is above 2^29, where a TBI index ends (Tabix, doi:10.1093/bioinformatics/btq671).
  private static func isBeyondIndex(_ value: ArraySlice<UInt8>) -> Bool {
    value.allSatisfy(isDigit) && !value.isEmpty && (wholeNumber(value) ?? .max) > 1 << 29
  }

  private func checkValues(
    _ value: Range<Int>, entry: Range<Int>, field: RecordRules.Field, alternates: Int, in check: inout RecordCheck
  ) {
    let text = check.text
    if text[value].contains(Byte.space), check.rules.minorVersion < 3 { check.warn(.infoKey, entry, column: "INFO") }
    if value.count == 1, text[value.lowerBound] == Byte.dot { return }
    var count = 0
    var start = value.lowerBound
    var hasBadType = false
    var isNegative = false
    while start <= value.upperBound {
      let end = text[start..<value.upperBound].firstIndex(of: Byte.comma) ?? value.upperBound
      count += 1
      if field.type != .string, !field.fits(text[start..<end]) { hasBadType = true }
      if field.isNonNegative, end > start, text[start] == Byte.minus { isNegative = true }
      start = end + 1
    }
    if hasBadType { check.warn(.infoType, entry, column: "INFO") }
    if isNegative { check.warn(.infoRange, entry, column: "INFO") }
    if let allowed = Cardinality(alternates: alternates, ploidy: nil).counts(of: field.number),
      !allowed.contains(count)
    {
      check.warn(.infoNumber, entry, column: "INFO")
    }
  }

  private mutating func field(of key: ArraySlice<UInt8>, at index: Int, rules: RecordRules) -> RecordRules.Field {
    if index < known.count, known[index].key.elementsEqual(key) { return known[index].field }
    let field = rules.infoField(key)
    if index < known.count {
      known[index] = Known(key: Array(key), field: field)
    } else if index == known.count {
      known.append(Known(key: Array(key), field: field))
    }
    return field
  }

  /// Few keys are compared in pairs, which is quicker than hashing them; many are hashed.
  private func checkRepeats(_ keys: [Range<Int>], in check: inout RecordCheck) {
    let text = check.text
    if keys.count > 48 {
      var seen: Set<ArraySlice<UInt8>> = []
      for key in keys where !seen.insert(text[key]).inserted { check.warn(.infoDuplicate, key, column: "INFO") }
      return
    }
    for (index, key) in keys.enumerated() {
      let last = text[key.upperBound - 1]
      for other in keys[..<index]
      where other.count == key.count && text[other.upperBound - 1] == last && text[other] == text[key] {
        check.warn(.infoDuplicate, key, column: "INFO")
        break
      }
    }
  }

  /// `[A-Za-z_][0-9A-Za-z_.]*`, or `1000G` (VCF 4.3, section 1.6.1); writers in use also have `-`, `+` and `/`, and keys
  /// that begin with a digit.
  private func isInfoKey(_ key: ArraySlice<UInt8>) -> Bool {
    key.allSatisfy { $0 > 32 && $0 < 127 && $0 != Byte.comma }
  }
}

/// What the specification asks of structural variants since 4.4 (VCF 4.4, section 3).
enum StructuralVariantRules {
  static func check(info: Range<Int>, alternates: [Range<Int>], in check: inout RecordCheck) {
    let names = alternates.map { String(decoding: check.text[$0].prefix(32), as: UTF8.self) }
    guard names.contains(where: { $0.hasPrefix("<") }) else { return }
    let values = values(in: info, of: check.text)
    let lengths = values["SVLEN"]
    let claims = values["SVCLAIM"]
    var isSound = true
    for (index, name) in names.enumerated() {
      let kind = name.dropFirst().prefix { $0 != ":" && $0 != ">" }
      let hasLength = lengths.map { index < $0.count && $0[index] != "." } ?? false
      if ["DEL", "DUP", "INV", "CNV"].contains(kind), !hasLength { isSound = false }
      if ["DEL", "DUP"].contains(kind) {
        if claims.map({ index >= $0.count || $0[index] == "." }) ?? true { isSound = false }
      }
      if let claims, index < claims.count, !["D", "J", "DJ", "."].contains(claims[index]) { isSound = false }
      if name == "<CNV:TR>", index == 0, !hasRepeatUnits(values) { isSound = false }
    }
    if !isSound || !agree(values) { check.warn(.structuralVariant, info, column: "INFO") }
  }

  /// A tandem repeat has RUS or RUL for each of its RN repeat units, one by default.
  private static func hasRepeatUnits(_ values: [Substring: [Substring]]) -> Bool {
    values["RUS"] != nil || values["RUL"] != nil
  }

  private static func agree(_ values: [Substring: [Substring]]) -> Bool {
    let units = values["RN"].map { $0.reduce(0) { $0 + min(Int($1) ?? 1, 1 << 20) } }
    for key in ["RUS", "RUL", "RB", "RUC"] as [Substring] {
      if let units, let list = values[key], list.count != units { return false }
    }
    for (key, interval) in [("RB", "CIRB"), ("RUC", "CIRUC"), ("CN", "CICN")] as [(Substring, Substring)] {
      guard let bounds = values[interval] else { continue }
      if bounds.count % 2 != 0 { return false }
      if let list = values[key], bounds.count != 2 * list.count { return false }
    }
    return true
  }

  private static func values(in info: Range<Int>, of text: [UInt8]) -> [Substring: [Substring]] {
    var result: [Substring: [Substring]] = [:]
    for entry in String(decoding: text[info], as: UTF8.self).split(separator: ";") {
      guard let equals = entry.firstIndex(of: "=") else { continue }
      result[entry[..<equals]] = entry[entry.index(after: equals)...].split(
        separator: ",", omittingEmptySubsequences: false)
    }
    return result
  }
}
