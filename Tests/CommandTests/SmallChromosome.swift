import TestSupport

/// The first 140,000 bases of an invented chromosome 16: pseudo-random, with ten T from 88751 on, between a G and a C. NPRL3 lies there.
struct SmallChromosome {
  private(set) var bases: [UInt8] = []

  init() {
    var state: UInt32 = 16
    for _ in 0..<140_000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      bases.append(Array("ACGT".utf8)[Int(state >> 30)])
    }
    bases[88_749] = UInt8(ascii: "G")
    for index in 88_750..<88_760 { bases[index] = UInt8(ascii: "T") }
    bases[88_760] = UInt8(ascii: "C")
  }

  /// The base at a 1-based position.
  func base(_ position: Int) -> Character { Character(Unicode.Scalar(bases[position - 1])) }

  /// Writes the sequence with its index; the result is its path.
  func write(to folder: TemporaryFolder) throws -> String {
    try folder.write("reference.fa.fai", "chr16\t140000\t7\t140000\t140001\n")
    return try folder.file("reference.fa", Array(">chr16\n".utf8) + bases + Array("\n".utf8))
  }
}
