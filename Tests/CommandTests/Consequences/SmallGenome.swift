import TestSupport

/// The beginning of chromosome X of GRCh38 with the coding sequence of SHOX where the bundled transcript has it. Bases are invented:
/// a start, codons of arginine (CGA), a stop; everything else repeats a pattern. The place is pseudoautosomal.
struct SmallGenome {
  static let length = 660_000
  /// 0-based, half-open: NM_000451.4 on the forward strand.
  static let exons = [
    630_790..<631_174, 634_617..<634_826, 640_820..<640_878, 640_998..<641_087, 644_390..<651_584,
  ]
  static let coding = 630_897..<644_636

  private(set) var bases: [UInt8]
  /// Genome position (0-based) of each base of the coding sequence.
  let places: [Int]

  init() {
    let pattern = Array("TTGACCATGCATTAGCCATACGGA".utf8)
    bases = (0..<Self.length).map { pattern[($0 * 7 + $0 / 24) % pattern.count] }
    places = Self.exons.flatMap { $0.clamped(to: Self.coding) }
    let codon = Array("CGA".utf8)
    for (offset, place) in places.enumerated() { bases[place] = codon[offset % 3] }
    for (offset, base) in "ATG".utf8.enumerated() { bases[places[offset]] = base }
    for (offset, base) in "TAA".utf8.enumerated() { bases[places[places.count - 3 + offset]] = base }
    // A donor and an acceptor at each intron.
    for (left, right) in zip(Self.exons, Self.exons.dropFirst()) {
      for (offset, base) in "GT".utf8.enumerated() { bases[left.upperBound + offset] = base }
      for (offset, base) in "AG".utf8.enumerated() { bases[right.lowerBound - 2 + offset] = base }
    }
  }

  /// The bases of a 1-based position and those behind it.
  func reference(_ position: Int, _ count: Int = 1) -> String {
    String(decoding: bases[position - 1..<position - 1 + count], as: UTF8.self)
  }

  /// 1-based genome position of a 1-based coding position.
  func position(ofCoding coding: Int) -> Int { places[coding - 1] + 1 }

  /// Writes the sequence with its index; the result is its path.
  func write(to folder: TemporaryFolder) throws -> String {
    let name = ">chrX\n"
    let path = try folder.file("genome.fa", Array(name.utf8) + bases + [10])
    try folder.write("genome.fa.fai", "chrX\t\(bases.count)\t\(name.utf8.count)\t\(bases.count)\t\(bases.count + 1)\n")
    return path
  }
}
