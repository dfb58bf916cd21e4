internal import Model

/// Checks the records of one chunk against the VCF specification and tallies what is wrong.
struct RecordCheck {
  let rules: RecordRules
  let text: [UInt8]
  private(set) var warnings = WarningTally()
  /// The first breach that makes the record unfit to be passed on.
  private(set) var refusal: ReadError?
  private var file = ""
  private var place = ReadPlace()
  private var contig: (name: [UInt8], length: Int?) = ([], nil)
  private var soundFilter: [UInt8] = []
  private var recent = RecentAlleles()
  private var infoCheck = InfoCheck()
  private var sampleCheck = SampleCheck()

  init(rules: RecordRules, text: [UInt8]) {
    self.rules = rules
    self.text = text
  }

  /// Tallies a warning about the text in `range`.
  mutating func warn(_ rule: FormatRule, _ range: Range<Int>, at place: ReadPlace, in file: String) {
    let text = text
    warnings.add(
      rule,
      ReadWarning(rule, found: String(decoding: text[range.prefix(200)], as: UTF8.self), file: file, place: place))
  }

  mutating func warn(_ rule: FormatRule, _ range: Range<Int>, column: String) {
    var place = place
    place.column = column
    warn(rule, range, at: place, in: file)
  }

  /// Notes a breach of a structural rule in the text in `range`.
  mutating func refuse(_ rule: FormatRule, _ range: Range<Int>, column: String) {
    var place = place
    place.column = column
    let found = String(decoding: text[range.prefix(200)], as: UTF8.self)
    if refusal == nil { refusal = ReadError(.format(rule, found: found), file: file, place: place) }
  }

  /// Checks one record that is structurally sound.
  mutating func check(_ fields: Fields, position: Int, quality: Float, place: ReadPlace, file: String) {
    self.place = place
    self.file = file
    checkCharacters(fields.line)
    checkChromosome(fields.range(0), position: position, fields)
    checkIdentifiers(fields.range(2))
    checkReference(fields.range(3))
    let alternates = checkAlternates(fields.range(4), reference: fields.range(3))
    if quality < 0 { warn(.qualityNegative, fields.range(5), column: "QUAL") }
    checkFilter(fields.range(6))
    checkDuplicates(reference: fields.range(3), alternates: alternates, position: position)
    var info = infoCheck
    info.check(fields.range(7), alternates: alternates, in: &self)
    infoCheck = info
    if fields.hasSamples {
      var samples = sampleCheck
      samples.check(
        format: fields.range(8), samples: fields.ends[8]..<fields.line.upperBound, alternates: alternates.count,
        in: &self)
      sampleCheck = samples
    }
  }

  private mutating func checkCharacters(_ line: Range<Int>) {
    var isASCII = true
    for index in line where text[index] < 32 || text[index] >= 127 {
      if text[index] == Byte.tab { continue }
      if text[index] < 128 {
        warn(
          .controlCharacter, max(line.lowerBound, index - 10)..<min(line.upperBound, index + 10), at: place, in: file)
        return
      }
      isASCII = false
    }
    if !isASCII, String(validating: text[line], as: UTF8.self) == nil {
      warn(.encoding, line, at: place, in: file)
    }
  }

  private mutating func checkChromosome(_ range: Range<Int>, position: Int, _ fields: Fields) {
    if !text[range].elementsEqual(contig.name) {
      contig.name = Array(text[range])
      recent = RecentAlleles()
      let name = String(decoding: contig.name, as: UTF8.self)
      let declared = rules.contigs[name]
      contig.length = declared ?? nil
      // 4.1 allowed assembly contigs in angle brackets.
      let isBracketed = contig.name.first == UInt8(ascii: "<") && contig.name.last == UInt8(ascii: ">")
      let inner = isBracketed ? contig.name.dropFirst().dropLast() : contig.name[...]
      if !isContigName(inner) || (inner.contains(Byte.colon) && rules.minorVersion < 3) {
        warn(.chromosome, range, column: "CHROM")
      }
      if declared == nil, !rules.contigs.isEmpty { warn(.contigUndeclared, range, column: "CHROM") }
    }
    // Position N + 1 is the telomere (VCF 4.5, section 1.6.1).
    if let length = contig.length, position > length + 1 {
      warn(.positionBeyondContig, fields.range(1), column: "POS")
    }
  }

  private mutating func checkIdentifiers(_ range: Range<Int>) {
    if range.count == 1, text[range.lowerBound] == Byte.dot { return }
    let parts = text[range].split(separator: Byte.semicolon, omittingEmptySubsequences: false)
    if parts.contains(where: \.isEmpty) || text[range].contains(Byte.space) {
      warn(.identifier, range, column: "ID")
    }
    if parts.count > 1, Set(parts).count < parts.count { warn(.identifierDuplicate, range, column: "ID") }
  }

  private mutating func checkReference(_ range: Range<Int>) {
    if !text[range].allSatisfy(isBase) { warn(.referenceAmbiguous, range, column: "REF") }
  }

  /// Checks the alternates and returns their ranges; none when ALT is `.`.
  private mutating func checkAlternates(_ range: Range<Int>, reference: Range<Int>) -> [Range<Int>] {
    if range.count == 1, text[range.lowerBound] == Byte.dot { return [] }
    let alternates = text[range].split(separator: Byte.comma).map { $0.startIndex..<$0.endIndex }
    for alternate in alternates where !isAlternate(text[alternate]) {
      warn(.alternate, alternate, column: "ALT")
    }
    let isRepeated =
      alternates.count < 64
      && alternates.indices.contains { index in
        text[alternates[index]].elementsEqual(text[reference])
          || alternates[..<index].contains { isBase(text[$0.lowerBound]) && text[$0] == text[alternates[index]] }
      }
    if isRepeated { warn(.alternateDuplicate, range, column: "ALT") }
    return alternates
  }

  private mutating func checkFilter(_ range: Range<Int>) {
    if text[range].elementsEqual(soundFilter) { return }
    if range.count == 1, text[range.lowerBound] == Byte.dot { return }
    if text[range].elementsEqual("PASS".utf8) { return }
    let names = text[range].split(separator: Byte.semicolon, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let isSound =
      Set(names).count == names.count
      && names.allSatisfy { !$0.isEmpty && $0 != "0" && $0 != "." && $0 != "PASS" && !$0.contains(" ") }
    if !isSound { warn(.filter, range, column: "FILTER") }
    let isDeclared = names.allSatisfy { rules.filters.contains($0) || $0 == "PASS" || $0 == "." || $0 == "0" }
    if !isDeclared { warn(.filterUndeclared, range, column: "FILTER") }
    if isSound, isDeclared { soundFilter = Array(text[range]) }
  }

  private mutating func checkDuplicates(reference: Range<Int>, alternates: [Range<Int>], position: Int) {
    for alternate in alternates where isBase(text[alternate.lowerBound]) {
      let isNew = recent.insert(position: position, reference: text[reference], alternate: text[alternate])
      if !isNew { warn(.recordDuplicate, alternate, column: "ALT") }
    }
    recent.endRecord(at: position)
  }
}

/// Alleles of the last records, trimmed to what they change, as far as a record to come could repeat them.
private struct RecentAlleles {
  private struct Change: Equatable {
    var position: Int
    var reference: ArraySlice<UInt8>
    var alternate: ArraySlice<UInt8>
  }

  /// More alleles than this at one place are not compared, so that a record of 10,000 does not cost 10,000².
  private static let limit = 64
  private var changes: [Change] = []
  private var added: [Change] = []

  /// False when an earlier record makes the same change.
  mutating func insert(position: Int, reference: ArraySlice<UInt8>, alternate: ArraySlice<UInt8>) -> Bool {
    var change = Change(position: position, reference: reference, alternate: alternate)
    while min(change.reference.count, change.alternate.count) > 1, change.reference.last == change.alternate.last {
      change.reference.removeLast()
      change.alternate.removeLast()
    }
    while min(change.reference.count, change.alternate.count) > 1, change.reference.first == change.alternate.first {
      change.reference.removeFirst()
      change.alternate.removeFirst()
      change.position += 1
    }
    if added.count < Self.limit { added.append(change) }
    return !changes.contains(change)
  }

  /// Keeps the changes that a record at `position` or later could repeat.
  mutating func endRecord(at position: Int) {
    changes.removeAll { $0.position < position }
    if changes.count < Self.limit { changes += added }
    added.removeAll(keepingCapacity: true)
  }
}

/// A, C, G, T or N in either case.
func isBase(_ byte: UInt8) -> Bool {
  switch byte | 0x20 {
  case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "g"), UInt8(ascii: "t"), UInt8(ascii: "n"): true
  default: false
  }
}

/// Whether an ALT allele is bases, `*`, a symbol or a breakend (VCF 4.5, sections 1.6.1 and 5.4).
func isAlternate(_ allele: ArraySlice<UInt8>) -> Bool {
  if allele.allSatisfy(isBase) { return true }
  if allele.elementsEqual("*".utf8) { return true }
  guard allele.allSatisfy({ $0 > 32 && $0 < 127 }) else { return false }
  if allele.first == UInt8(ascii: "<") {
    return allele.count > 2 && allele.last == UInt8(ascii: ">")
      && !allele.dropFirst().dropLast().contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
  }
  // A single breakend, or bases inserted from an assembly contig.
  if allele.first == Byte.dot { return allele.count > 1 && allele.dropFirst().allSatisfy(isBase) }
  if allele.last == Byte.dot { return allele.count > 1 && allele.dropLast().allSatisfy(isBase) }
  let open = UInt8(ascii: "[")
  let close = UInt8(ascii: "]")
  guard let first = allele.firstIndex(where: { $0 == open || $0 == close }),
    let last = allele.lastIndex(where: { $0 == open || $0 == close }), first < last, allele[first] == allele[last]
  else { return false }
  let before = allele[..<first]
  let after = allele[(last + 1)...]
  let mate = allele[(first + 1)..<last]
  guard before.isEmpty != after.isEmpty, (before + after).allSatisfy({ isBase($0) || $0 == Byte.dot }),
    let colon = mate.lastIndex(of: Byte.colon)
  else { return false }
  return colon > mate.startIndex && wholeNumber(mate[(colon + 1)...]) != nil
}
