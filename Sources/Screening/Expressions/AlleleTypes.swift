/// The kinds of variant that a record's alternate alleles are, as htslib classifies them; what `TYPE` compares.
struct AlleleTypes: OptionSet, Sendable {
  var rawValue: UInt8

  static let reference = AlleleTypes(rawValue: 1)
  static let snp = AlleleTypes(rawValue: 2)
  static let mnp = AlleleTypes(rawValue: 4)
  static let indel = AlleleTypes(rawValue: 8)
  static let other = AlleleTypes(rawValue: 16)
  static let breakend = AlleleTypes(rawValue: 32)
  static let overlap = AlleleTypes(rawValue: 64)

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The spellings of bcftools, without regard to case.
  init?(name: String) {
    switch name.lowercased() {
    case "snp", "snps": self = .snp
    case "indel", "indels": self = .indel
    case "mnp", "mnps": self = .mnp
    case "other": self = .other
    case "bnd": self = .breakend
    case "overlap": self = .overlap
    case "ref": self = .reference
    default: return nil
    }
  }

  /// All types of a record; `reference` only when no allele is anything else.
  init(reference: Range<Int>, alternates: Range<Int>, in text: [UInt8]) {
    self = []
    if !(alternates.count == 1 && text[alternates.lowerBound] == Bytes.dot) {
      var start = alternates.lowerBound
      while start < alternates.upperBound {
        var end = start
        while end < alternates.upperBound, text[end] != Bytes.comma { end &+= 1 }
        formUnion(Self(reference: reference, alternate: start..<end, text))
        start = end + 1
      }
    }
    remove(.reference)
    if isEmpty { self = .reference }
  }

  private init(reference: Range<Int>, alternate: Range<Int>, _ text: [UInt8]) {
    let first = text[alternate.lowerBound]
    if alternate.count == 1, first == UInt8(ascii: "*") {
      self = .overlap
    } else if alternate.count == 1, reference.count == 1 {
      self = first == Bytes.dot || first == text[reference.lowerBound] || first == UInt8(ascii: "X") ? .reference : .snp
    } else if first == UInt8(ascii: "<") {
      let name = text[alternate].dropFirst().prefix { $0 != UInt8(ascii: ">") }
      self = ["X", "*", "NON_REF"].contains { name.elementsEqual($0.utf8) } ? .reference : .other
    } else if Self.isBracket(first) {
      self = .breakend
    } else {
      self = Self.compared(reference, alternate, text)
    }
  }

  private static func isBracket(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") }

  private static func upper(_ byte: UInt8) -> UInt8 { (97...122).contains(byte) ? byte - 32 : byte }

  /// What remains of two sequences without their common beginning and end tells the type.
  private static func compared(_ reference: Range<Int>, _ alternate: Range<Int>, _ text: [UInt8]) -> AlleleTypes {
    var from = reference.lowerBound
    var to = alternate.lowerBound
    while from < reference.upperBound, to < alternate.upperBound, upper(text[from]) == upper(text[to]) {
      from += 1
      to += 1
    }
    if from == reference.upperBound {
      if to == alternate.upperBound { return .reference }
      return isBracket(text[to]) ? .breakend : .indel
    }
    if to == alternate.upperBound { return .indel }
    var fromEnd = reference.upperBound - 1
    var toEnd = alternate.upperBound - 1
    while fromEnd > from, toEnd > to, upper(text[fromEnd]) == upper(text[toEnd]) {
      fromEnd -= 1
      toEnd -= 1
    }
    if toEnd == to {
      if fromEnd == from { return .snp }
      return upper(text[fromEnd]) == upper(text[toEnd]) ? .indel : .other
    }
    if fromEnd == from { return upper(text[fromEnd]) == upper(text[toEnd]) ? .indel : .other }
    return fromEnd - from == toEnd - to ? .mnp : .other
  }
}
