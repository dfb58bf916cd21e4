/// One sample's call at one record, decoded straight from the bytes of its column: no string, no array.
struct SampleCall {
  var genotype = GenotypeClass.missing
  /// One allele was written, not two.
  var isHaploid = false
  /// `GQX`, else `GQ`, Phred; nil when the file does not tell.
  var quality: Int?
  /// `DP`, else the sum of `AD`; nil when the file does not tell.
  var depth: Int?
  var referenceReads: Int?
  var alternateReads: Int?
  /// `FT` is there and names a filter.
  var isFiltered = false

  /// Reads that show the alternate allele, in whole percent, rounded down.
  var alternatePercent: Int? {
    guard let reference = referenceReads, let alternate = alternateReads, reference + alternate > 0 else { return nil }
    return alternate * 100 / (reference + alternate)
  }

  /// Reads that show the reference allele, in parts per million.
  var referencePartsPerMillion: Int? {
    guard let reference = referenceReads, let alternate = alternateReads, reference + alternate > 0 else { return nil }
    return reference * 1_000_000 / (reference + alternate)
  }

  /// Whether the call reaches a quality and depth; a value that the file does not give does not refuse the call.
  func reaches(quality minimumQuality: Int, depth minimumDepth: Int) -> Bool {
    !isFiltered && (quality ?? minimumQuality) >= minimumQuality && (depth ?? minimumDepth) >= minimumDepth
  }
}

/// Where the sub-fields that quality control reads stand in FORMAT, kept as long as FORMAT stays the same.
struct FormatLayout: Sendable {
  private var source: [UInt8] = []
  private var genotype = -1
  private var quality = -1
  private var strictQuality = -1
  private var depth = -1
  private var alleleDepths = -1
  private var filter = -1
  private var last = -1

  var hasGenotype: Bool { genotype >= 0 }

  /// Reads a FORMAT column, unless it is the one that was read last.
  mutating func adopt(_ text: [UInt8], _ range: Range<Int>) {
    if range.count == source.count, text[range].elementsEqual(source) { return }
    self = FormatLayout()
    source = Array(text[range])
    for (place, key) in source.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).enumerated() {
      switch String(decoding: key, as: UTF8.self) {
      case "GT": genotype = place
      case "GQ": quality = place
      case "GQX": strictQuality = place
      case "DP": depth = place
      case "AD": alleleDepths = place
      case "FT": filter = place
      default: continue
      }
      last = place
    }
  }

  /// Decodes the sample column that starts at `start`; `next` is the offset of the tab or line end behind it.
  func decode(_ text: [UInt8], from start: Int, lineEnd: Int) -> (call: SampleCall, next: Int) {
    var call = SampleCall()
    var looseQuality: Int?
    var place = 0
    var fieldStart = start
    var offset = start
    while true {
      let atEnd = offset == lineEnd || text[offset] == UInt8(ascii: "\t")
      guard atEnd || text[offset] == UInt8(ascii: ":") else {
        offset += 1
        continue
      }
      let field = fieldStart..<offset
      if place == genotype {
        (call.genotype, call.isHaploid) = Self.genotype(text, field)
      } else if place == quality {
        looseQuality = Self.integer(text, field)
      } else if place == strictQuality {
        call.quality = Self.integer(text, field)
      } else if place == depth {
        call.depth = Self.integer(text, field)
      } else if place == alleleDepths {
        Self.readDepths(text, field, into: &call)
      } else if place == filter {
        call.isFiltered = !Self.isPass(text, field)
      }
      if atEnd || place == last { break }
      place += 1
      offset += 1
      fieldStart = offset
    }
    if call.quality == nil { call.quality = looseQuality }
    if call.depth == nil, let reference = call.referenceReads, let alternate = call.alternateReads {
      call.depth = reference + alternate
    }
    return (call, Self.columnEnd(text, from: offset, lineEnd: lineEnd))
  }

  /// Offset of the tab, or line end, at or behind `offset`.
  static func columnEnd(_ text: [UInt8], from offset: Int, lineEnd: Int) -> Int {
    var offset = offset
    while offset < lineEnd, text[offset] != UInt8(ascii: "\t") { offset += 1 }
    return offset
  }

  /// `PASS`, `.` or nothing: the same rule as for the FILTER column.
  static func isPass(_ text: [UInt8], _ field: Range<Int>) -> Bool {
    switch field.count {
    case 0: true
    case 1: text[field.lowerBound] == UInt8(ascii: ".")
    case 4: text[field].elementsEqual("PASS".utf8)
    default: false
    }
  }

  /// Reads GT at a biallelic site; VCF 4.4 allows a phase mark before the first allele.
  private static func genotype(_ text: [UInt8], _ field: Range<Int>) -> (GenotypeClass, isHaploid: Bool) {
    var alleles = 0
    var alternates = 0
    var expectsAllele = true
    for offset in field {
      switch text[offset] {
      case UInt8(ascii: "0") where expectsAllele:
        alleles += 1
        expectsAllele = false
      case UInt8(ascii: "1") where expectsAllele:
        alleles += 1
        alternates += 1
        expectsAllele = false
      case UInt8(ascii: "/"), UInt8(ascii: "|"):
        if expectsAllele, offset != field.lowerBound { return (.missing, false) }
        expectsAllele = true
      default: return (.missing, false)  // a missing allele, or a number above 1
      }
    }
    if expectsAllele { return (.missing, false) }
    return switch (alleles, alternates) {
    case (1, 0), (2, 0): (.reference, alleles == 1)
    case (2, 1): (.heterozygous, false)
    case (1, 1), (2, 2): (.homozygous, alleles == 1)
    default: (.missing, false)
    }
  }

  /// The whole part of a number; nil for `.`, nothing, or what is no number. Some callers write GQ with decimals.
  private static func integer(_ text: [UInt8], _ field: Range<Int>) -> Int? {
    var value: Int?
    for offset in field {
      let byte = text[offset]
      if byte == UInt8(ascii: "."), value != nil { return value }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      // Ten digits are beyond any depth; the cap keeps hostile text from overflowing.
      value = min((value ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 9_999_999_999)
    }
    return value
  }

  private static func readDepths(_ text: [UInt8], _ field: Range<Int>, into call: inout SampleCall) {
    var comma = field.lowerBound
    while comma < field.upperBound, text[comma] != UInt8(ascii: ",") { comma += 1 }
    guard comma < field.upperBound else { return }
    call.referenceReads = integer(text, field.lowerBound..<comma)
    call.alternateReads = integer(text, comma + 1..<field.upperBound)
  }
}
