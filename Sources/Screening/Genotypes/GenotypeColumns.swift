public import Model

/// Genotypes of some samples over the rows of a batch, packed as bit planes: one bit a row, 64 rows a word.
///
/// A question to a whole family is then a few bitwise operations on 64 records at a time:
///
///     let columns = GenotypeColumns(batch, samples: [kid, mom, dad])
///     // de novo pattern of rows 0…63
///     columns[.heterozygous, 0][0] & columns[.homozygousReference, 1][0] & columns[.homozygousReference, 2][0]
///
/// GT is decoded straight from the bytes, in one walk a row that stops behind the last wanted sample; nothing is allocated
/// a row. An allele index that the record does not have counts as not called, as in `GenotypeCallDecoder`.
///
/// - Complexity: bytes of the sample columns up to the last wanted one.
public struct GenotypeColumns: Sendable {
  public enum Plane: Int, CaseIterable, Sendable {
    /// Every copy is called and is the reference.
    case homozygousReference
    /// At least two different alleles are called, whichever they are: `0/1` and `1/2`.
    case heterozygous
    /// Every copy is called and all are the same alternate allele; a single copy counts.
    case homozygousAlternate
    /// At least one copy is not called, or there is no GT at all.
    case missing
    /// At least one called copy is an alternate allele, `./1` included.
    case carrier
    /// There is more than one copy and every mark between them is `|`.
    case phased
  }

  /// Number of rows.
  public let rowCount: Int
  /// Number of words a plane.
  public let wordCount: Int
  /// Sample columns in the order of the request, from 0.
  public let samples: [Int]
  private var words: [UInt64]

  /// - Parameters:
  ///   - samples: sample columns, from 0, in any order, none twice.
  ///   - rows: rows to decode; the bits of the others are 0 in every plane. Nil for all.
  public init(_ batch: VariantBatch, samples: [Int], rows: Selection? = nil) {
    rowCount = batch.count
    wordCount = (batch.count + 63) / 64
    self.samples = samples
    words = Array(repeating: 0, count: samples.count * Plane.allCases.count * wordCount)
    let order = samples.indices.sorted { samples[$0] < samples[$1] }
    let text = batch.text
    for row in 0..<batch.count where rows?[row] ?? true { read(row, of: batch, text, order) }
  }

  /// The bits of one plane of the `sample`-th requested sample.
  public subscript(plane: Plane, sample: Int) -> ArraySlice<UInt64> {
    let start = (sample * Plane.allCases.count + plane.rawValue) * wordCount
    return words[start..<start + wordCount]
  }

  /// One word of a plane: rows `64 * word` and following.
  public func word(_ word: Int, of plane: Plane, sample: Int) -> UInt64 {
    words[(sample * Plane.allCases.count + plane.rawValue) * wordCount + word]
  }

  private mutating func read(_ row: Int, of batch: VariantBatch, _ text: [UInt8], _ order: [Int]) {
    let format = batch.range(.format, of: row)
    guard let index = FormatText.index(of: FormatText.genotype, in: format, of: text) else {
      for sample in order { set(.missing, sample, row) }
      return
    }
    let alleles = FormatText.alleleCount(of: batch.range(.alternate, of: row), in: text)
    let end = batch.line(of: row).endIndex
    var start = format.upperBound + 1
    var column = 0
    for sample in order {
      while column < samples[sample], start < end {
        while start < end, text[start] != FormatText.tab { start &+= 1 }
        start &+= 1
        column += 1
      }
      let call = CalledAlleles(FormatText.value(index, from: start, to: end, in: text), in: text, alleleCount: alleles)
      if call.isMissing { set(.missing, sample, row) }
      if call.isCarrier { set(.carrier, sample, row) }
      if call.isHeterozygous { set(.heterozygous, sample, row) }
      if call.isHomozygousReference { set(.homozygousReference, sample, row) }
      if call.isHomozygousAlternate { set(.homozygousAlternate, sample, row) }
      if call.isPhased { set(.phased, sample, row) }
    }
  }

  private mutating func set(_ plane: Plane, _ sample: Int, _ row: Int) {
    words[(sample * Plane.allCases.count + plane.rawValue) * wordCount + row >> 6] |= 1 << UInt64(row & 63)
  }
}

/// What one GT says, whatever its ploidy.
struct CalledAlleles {
  /// Copies written, called or not.
  private(set) var copies = 0
  private(set) var isMissing = false
  private(set) var isCarrier = false
  private(set) var isHeterozygous = false
  private(set) var isPhased = false
  /// At least one copy is called as the reference.
  private(set) var hasReference = false
  /// The first allele that is called.
  private var first = -1

  /// - Parameters:
  ///   - range: the GT; empty when the sample has none.
  ///   - alleleCount: alleles of the record, the reference included; a higher index is not called.
  init(_ range: Range<Int>, in text: [UInt8], alleleCount: Int) {
    var marks = 0
    var bars = 0
    var position = range.lowerBound
    // Since VCF 4.4 a mark may stand before the first allele (section 1.6.2).
    if position < range.upperBound, Self.isMark(text[position]) {
      marks += 1
      if text[position] == FormatText.bar { bars += 1 }
      position += 1
    }
    while true {
      var value = 0
      var digits = 0
      var isNumber = true
      while position < range.upperBound, !Self.isMark(text[position]) {
        let digit = Int(text[position]) &- 48
        if digit < 0 || digit > 9 || digits > 17 { isNumber = false } else { value = value &* 10 &+ digit }
        digits &+= 1
        position &+= 1
      }
      copies += 1
      add(isNumber && digits > 0 && value < alleleCount ? value : nil)
      guard position < range.upperBound else { break }
      marks += 1
      if text[position] == FormatText.bar { bars += 1 }
      position += 1
    }
    isPhased = marks > 0 && marks == bars
  }

  private static func isMark(_ byte: UInt8) -> Bool { byte == FormatText.slash || byte == FormatText.bar }

  private mutating func add(_ allele: Int?) {
    guard let allele else {
      isMissing = true
      return
    }
    if allele > 0 { isCarrier = true } else { hasReference = true }
    if first < 0 {
      first = allele
    } else if first != allele {
      isHeterozygous = true
    }
  }

  var isHomozygousReference: Bool { !isMissing && !isCarrier }

  var isHomozygousAlternate: Bool { !isMissing && !isHeterozygous && isCarrier }
}

/// Finds values in FORMAT and sample columns without cutting them up.
enum FormatText {
  static let genotype = Array("GT".utf8)
  static let tab = UInt8(ascii: "\t")
  static let colon = UInt8(ascii: ":")
  static let slash = UInt8(ascii: "/")
  static let bar = UInt8(ascii: "|")

  /// Place of a key in a FORMAT column; nil when it is not there.
  static func index(of key: [UInt8], in format: Range<Int>, of text: [UInt8]) -> Int? {
    var start = format.lowerBound
    var index = 0
    while start < format.upperBound {
      var end = start
      while end < format.upperBound, text[end] != colon { end &+= 1 }
      if end - start == key.count {
        var same = 0
        while same < key.count, text[start &+ same] == key[same] { same &+= 1 }
        if same == key.count { return index }
      }
      index += 1
      start = end + 1
    }
    return nil
  }

  /// The `index`-th value of the sample column that begins at `start`; empty when the column is shorter.
  static func value(_ index: Int, from start: Int, to lineEnd: Int, in text: [UInt8]) -> Range<Int> {
    var position = start
    var left = index
    while position < lineEnd, left > 0 {
      let byte = text[position]
      if byte == tab { return position..<position }
      if byte == colon { left -= 1 }
      position &+= 1
    }
    guard position < lineEnd else { return lineEnd..<lineEnd }
    var end = position
    while end < lineEnd, text[end] != colon, text[end] != tab { end &+= 1 }
    return position..<end
  }

  /// Alleles of a record, the reference included, from its ALT column.
  static func alleleCount(of alternate: Range<Int>, in text: [UInt8]) -> Int {
    if alternate.isEmpty || (alternate.count == 1 && text[alternate.lowerBound] == UInt8(ascii: ".")) { return 1 }
    var count = 2
    for position in alternate where text[position] == UInt8(ascii: ",") { count += 1 }
    return count
  }
}
