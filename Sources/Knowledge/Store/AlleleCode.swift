/// An allele of a position in 12 bits, where it is short: both spellings of up to five bases together, the usual shapes.
///
/// Shapes in the order of their codes: one base by one (16 codes), one base and two (2 × 64), one and three and two by two
/// (3 × 256), one and four (2 × 1,024). What is left is for alleles that are spelled out beside the keys.
enum AlleleCode {
  /// The first code of alleles that are spelled out. Several of one position have this code and the ones behind it, in the
  /// order of their spelling.
  static let firstSpelled: UInt32 = 2_960
  static let last: UInt32 = (1 << UInt32(StoreFormat.codeBits)) - 1

  private static let shapes: [(reference: Int, alternate: Int, first: UInt32)] = [
    (1, 1, 0), (1, 2, 16), (2, 1, 80), (1, 3, 144), (3, 1, 400), (2, 2, 656), (1, 4, 912), (4, 1, 1_936),
  ]

  /// The code of a short allele; nil for one that must be spelled out: longer, or with letters other than A, C, G, T.
  static func of(_ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>) -> UInt32? {
    let first: UInt32
    switch (reference.count, alternate.count) {
    case (1, 1): first = 0
    case (1, 2): first = 16
    case (2, 1): first = 80
    case (1, 3): first = 144
    case (3, 1): first = 400
    case (2, 2): first = 656
    case (1, 4): first = 912
    case (4, 1): first = 1_936
    default: return nil
    }
    var value: UInt32 = 0
    for base in reference {
      guard let digit = digit(base) else { return nil }
      value = value &* 4 &+ digit
    }
    for base in alternate {
      guard let digit = digit(base) else { return nil }
      value = value &* 4 &+ digit
    }
    return first &+ value
  }

  /// The bases that a code stands for; nil for the code of a spelled allele.
  static func spelling(_ code: UInt32) -> (reference: String, alternate: String)? {
    guard code < firstSpelled, let shape = shapes.last(where: { $0.first <= code }) else { return nil }
    var value = code - shape.first
    var bases: [UInt8] = []
    for _ in 0..<(shape.reference + shape.alternate) {
      bases.append(letters[Int(value & 3)])
      value >>= 2
    }
    bases.reverse()
    return (
      String(decoding: bases[..<shape.reference], as: UTF8.self),
      String(decoding: bases[shape.reference...], as: UTF8.self)
    )
  }

  private static let letters = Array("ACGT".utf8)

  private static func digit(_ base: UInt8) -> UInt32? {
    switch base {
    case UInt8(ascii: "A"): 0
    case UInt8(ascii: "C"): 1
    case UInt8(ascii: "G"): 2
    case UInt8(ascii: "T"): 3
    default: nil
    }
  }
}
