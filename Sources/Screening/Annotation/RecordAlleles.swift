internal import Model

/// The alleles of one record and the names that annotation programs give them.
struct RecordAlleles {
  let text: [UInt8]
  let reference: Range<Int>
  let alternates: [Range<Int>]
  /// Bases that VEP cuts off the left of every allele: 1 when an indel is among them and all begin alike, else 0.
  private let vepTrim: Int
  /// Places, from 1, by name as written in ALT and as VEP cuts it; made for long lists only, which would be searched too often.
  private let places: (full: [ArraySlice<UInt8>: Int], vep: [ArraySlice<UInt8>: Int])?

  private static let longList = 16

  init(of row: Int, in batch: VariantBatch) {
    text = batch.text
    reference = batch.range(.reference, of: row)
    var alternates: [Range<Int>] = []
    Bytes.forEachPart(of: batch.range(.alternate, of: row), in: batch.text, separator: Bytes.comma) { _, part in
      alternates.append(part)
    }
    self.alternates = alternates
    let trim = Self.vepTrim(text, reference, alternates)
    vepTrim = trim
    if alternates.count > Self.longList {
      let numbered = alternates.enumerated().map { (batch.text[$1], $0 + 1) }
      places = (
        full: Dictionary(numbered) { first, _ in first },
        vep: Dictionary(numbered.map { ($0.0.count > trim ? $0.0.dropFirst(trim) : [UInt8(ascii: "-")], $0.1) }) {
          first, _ in first
        }
      )
    } else {
      places = nil
    }
  }

  var isMultiallelic: Bool { alternates.count > 1 }

  private static func vepTrim(_ text: [UInt8], _ reference: Range<Int>, _ alternates: [Range<Int>]) -> Int {
    guard let first = reference.first.map({ text[$0] }) else { return 0 }
    var hasIndel = false
    var beginsAlike = true
    for alternate in alternates where !isStar(alternate, text) && text[alternate.lowerBound] != UInt8(ascii: "<") {
      if alternate.count != reference.count { hasIndel = true }
      if text[alternate.lowerBound] != first { beginsAlike = false }
    }
    return hasIndel && beginsAlike ? 1 : 0
  }

  private static func isStar(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
    range.isEmpty || range.count == 1 && text[range.lowerBound] == UInt8(ascii: "*")
  }

  /// Which alternate, from 1, VEP calls `name`; nil when none.
  ///
  /// VEP cuts the first base off all alleles when they share it and one of them is an indel, and writes `-` when nothing is
  /// left. With `--minimal` it trims each allele by itself, at both ends. Source: Ensembl VEP, `Parser/VCF.pm`.
  func index(vepName name: Range<Int>) -> Int? {
    if let places { return places.vep[text[name]] ?? places.full[text[name]] }
    if let found = alternates.firstIndex(where: { isNamed($0, name, trim: vepTrim) }) { return found + 1 }
    if let found = index(fullName: name) { return found }
    let trimmed = alternates.indices.filter { isNamed(minimal(alternates[$0]), name, trim: 0) }
    return trimmed.count == 1 ? trimmed[0] + 1 : nil
  }

  /// Which alternate, from 1, is written like `name` in the ALT column; nil when none.
  func index(fullName name: Range<Int>) -> Int? {
    if let places { return places.full[text[name]] }
    return alternates.firstIndex { isNamed($0, name, trim: 0) }.map { $0 + 1 }
  }

  private func isNamed(_ allele: Range<Int>, _ name: Range<Int>, trim: Int) -> Bool {
    let rest = Self.isStar(allele, text) ? allele : allele.dropFirst(trim)
    if rest.isEmpty { return name.count == 1 && text[name.lowerBound] == UInt8(ascii: "-") }
    return rest.count == name.count && zip(rest, name).allSatisfy { Self.upper(text[$0]) == Self.upper(text[$1]) }
  }

  /// The alternate without the bases that it shares with the reference: first on the left, then on the right.
  private func minimal(_ allele: Range<Int>) -> Range<Int> {
    var (low, high) = (allele.lowerBound, allele.upperBound)
    var (first, last) = (reference.lowerBound, reference.upperBound)
    while low < high, first < last, Self.upper(text[low]) == Self.upper(text[first]) {
      low += 1
      first += 1
    }
    while low < high, first < last, Self.upper(text[high - 1]) == Self.upper(text[last - 1]) {
      high -= 1
      last -= 1
    }
    return low..<high
  }

  static func upper(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & 0xDF : byte
  }
}
