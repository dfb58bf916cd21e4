internal import Model

/// Checks FORMAT and the sample columns. The rules of a FORMAT are looked up when it changes.
struct SampleCheck {
  private var format: [UInt8] = []
  private var fields: [RecordRules.Field] = []
  private var genotype: Int?
  private var told: Set<[UInt8]> = []

  mutating func check(format range: Range<Int>, samples: Range<Int>, alternates: Int, in check: inout RecordCheck) {
    if !check.text[range].elementsEqual(format) || format.isEmpty { readFormat(range, in: &check) }
    var start = samples.lowerBound + 1
    var sample = 0
    while start <= samples.upperBound {
      let end = check.text[start..<samples.upperBound].firstIndex(of: Byte.tab) ?? samples.upperBound
      checkSample(start..<end, column: sample, alternates: alternates, in: &check)
      sample += 1
      start = end + 1
    }
  }

  private mutating func readFormat(_ range: Range<Int>, in check: inout RecordCheck) {
    let text = check.text
    format = Array(text[range])
    let keys = text[range].split(separator: Byte.colon, omittingEmptySubsequences: false)
    fields = keys.map { check.rules.formatField($0) }
    genotype = keys.firstIndex { $0.elementsEqual("GT".utf8) }
    if keys.count == 1, keys[0].elementsEqual(".".utf8) { return }
    if let genotype, genotype > 0 { check.warn(.genotypeFirst, range, column: "FORMAT") }
    if Set(keys).count < keys.count { check.warn(.formatDuplicate, range, column: "FORMAT") }
    for (key, field) in zip(keys, fields) {
      if !isFormatKey(key) {
        check.warn(.formatKey, range, column: "FORMAT")
      } else if !field.isDeclared, told.insert(Array(key)).inserted {
        check.warn(.formatUndeclared, key.startIndex..<key.endIndex, column: "FORMAT")
      }
    }
  }

  private func checkSample(_ range: Range<Int>, column: Int, alternates: Int, in check: inout RecordCheck) {
    let text = check.text
    var ploidy: Int?
    var start = range.lowerBound
    var index = 0
    while start <= range.upperBound {
      let end = text[start..<range.upperBound].firstIndex(of: Byte.colon) ?? range.upperBound
      guard index < fields.count else {
        check.warn(.sampleFields, range, column: check.rules.samples[column])
        return
      }
      if index == genotype {
        let result = Self.readGenotype(
          text[start..<end], alternates: alternates, minorVersion: check.rules.minorVersion)
        ploidy = result.ploidy
        if let fault = result.fault { check.warn(fault, start..<end, column: check.rules.samples[column]) }
      } else if end > start, end - start > 1 || text[start] != Byte.dot {
        let cardinality = Cardinality(alternates: alternates, ploidy: ploidy)
        if let fault = fault(in: text[start..<end], field: fields[index], cardinality) {
          check.warn(fault, start..<end, column: check.rules.samples[column])
        }
      }
      index += 1
      start = end + 1
    }
  }

  private func fault(
    in value: ArraySlice<UInt8>, field: RecordRules.Field, _ cardinality: Cardinality
  ) -> FormatRule? {
    // GLnexus writes lists of characters without commas.
    if field.type == .character, field.number == .count(value.count) { return nil }
    var count = 0
    var start = value.startIndex
    while start <= value.endIndex {
      let end = value[start...].firstIndex(of: Byte.comma) ?? value.endIndex
      count += 1
      if field.type != .string, !field.fits(value[start..<end]) { return .sampleType }
      start = end + 1
    }
    guard let allowed = cardinality.counts(of: field.number), !allowed.contains(count) else { return nil }
    // A haploid call may carry the likelihoods of diploid genotypes and a list of dots may stand for nothing.
    return value.allSatisfy { $0 == Byte.dot || $0 == Byte.comma } ? nil : .sampleNumber
  }

  /// Copies in a genotype and what is wrong with it.
  private static func readGenotype(
    _ value: ArraySlice<UInt8>, alternates: Int, minorVersion: Int
  ) -> (ploidy: Int?, fault: FormatRule?) {
    var copies = 0
    var isOutOfRange = false
    var start = value.startIndex
    // Since 4.4 the first allele may have a phasing mark as well.
    if minorVersion >= 4, let first = value.first, first == Byte.slash || first == Byte.bar { start += 1 }
    var isCalled = false
    while start <= value.endIndex {
      let end = value[start...].firstIndex { $0 == Byte.slash || $0 == Byte.bar } ?? value.endIndex
      let token = value[start..<end]
      if let allele = wholeNumber(token) {
        isCalled = true
        if allele > alternates { isOutOfRange = true }
      } else if token.count != 1 || token.first != Byte.dot {
        return (nil, .genotype)
      }
      copies += 1
      start = end + 1
    }
    // A single dot stands for a missing genotype of any ploidy.
    return (copies > 1 || isCalled ? copies : nil, isOutOfRange ? .genotypeRange : nil)
  }

  /// `[A-Za-z_][0-9A-Za-z_.]*` (VCF 4.3, section 1.6.2).
  private func isFormatKey(_ key: ArraySlice<UInt8>) -> Bool {
    guard let first = key.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    return key.allSatisfy { $0 > 32 && $0 < 127 && $0 != Byte.equals && $0 != Byte.semicolon && $0 != Byte.comma }
  }
}
