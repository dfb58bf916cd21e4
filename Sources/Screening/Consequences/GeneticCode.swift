/// A genetic code: what amino acid each codon stands for.
///
/// Source: NCBI translation tables 1 (standard) and 2 (vertebrate mitochondrial).
struct GeneticCode {
  static let stop = UInt8(ascii: "*")
  static let unknown = UInt8(ascii: "X")
  static let selenocysteine = UInt8(ascii: "U")

  private let table: [UInt8]
  /// Codons that may begin a protein. ATG alone for the nucleus: another start is known of few genes, and looks like a start
  /// that is not known.
  private let starts: [[UInt8]]

  static let standard = GeneticCode(
    "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG", starts: ["ATG"])
  static let mitochondrial = GeneticCode(
    "FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG", starts: ["ATG", "ATA", "ATT", "ATC", "GTG"])

  /// - Parameter letters: amino acids in the order TTT, TTC, TTA, TTG, TCT … GGG.
  private init(_ letters: String, starts: [String]) {
    table = Array(letters.utf8)
    self.starts = starts.map { Array($0.utf8) }
  }

  /// The amino acid of three bases; `X` when one is no base.
  func aminoAcid(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8 {
    let a = Self.digits[Int(first)]
    let b = Self.digits[Int(second)]
    let c = Self.digits[Int(third)]
    return (a | b | c) > 3 ? Self.unknown : table[Int(a) << 4 | Int(b) << 2 | Int(c)]
  }

  /// The amino acids of bases read from the first; what is left behind the last whole codon is not read.
  func aminoAcids(of bases: [UInt8]) -> [UInt8] {
    var residues: [UInt8] = []
    residues.reserveCapacity(bases.count / 3)
    for place in stride(from: 0, to: bases.count - 2, by: 3) {
      residues.append(aminoAcid(bases[place], bases[place + 1], bases[place + 2]))
    }
    return residues
  }

  func isStart(_ codon: some Collection<UInt8>) -> Bool { starts.contains { $0.elementsEqual(codon) } }

  /// T, C, A, G as 0…3, anything else as 255.
  private static let digits: [UInt8] = {
    var digits = [UInt8](repeating: 255, count: 256)
    for (digit, base) in "TCAG".utf8.enumerated() { digits[Int(base)] = UInt8(digit) }
    return digits
  }()
}

/// Bases as bytes of upper case.
enum Bases {
  static func complement(_ base: UInt8) -> UInt8 {
    switch base {
    case UInt8(ascii: "A"): UInt8(ascii: "T")
    case UInt8(ascii: "C"): UInt8(ascii: "G")
    case UInt8(ascii: "G"): UInt8(ascii: "C")
    case UInt8(ascii: "T"): UInt8(ascii: "A")
    default: base
    }
  }

  static func reverseComplement(_ bases: some BidirectionalCollection<UInt8>) -> [UInt8] {
    bases.reversed().map(complement)
  }

  static func isKnown(_ bases: some Collection<UInt8>) -> Bool {
    bases.allSatisfy { $0 == 65 || $0 == 67 || $0 == 71 || $0 == 84 }
  }
}
