import TestSupport

/// Reads over HBB (GRCh38, chr11:5,225,464-5,227,071, reverse strand): thirty over its first two exons, fifteen over the third, and
/// nothing anywhere else.
enum SmallReads {
  static let contigs = [("chr1", 248_956_422), ("chr11", 135_086_622), ("chrX", 156_040_895)]
  /// BED columns of the coding parts with ten bases around, in genome order.
  static let exons = [(5_225_587, 5_225_736), (5_226_566, 5_226_809), (5_226_919, 5_227_031)]

  static var alignment: SmallAlignment {
    var reads: [SmallAlignment.Read] = []
    func add(_ count: Int, _ starts: [Int]) {
      for start in starts {
        for number in 0..<count { reads.append(.init("r\(start)_\(number)", on: "chr11", at: start, cigar: "150M")) }
      }
    }
    add(15, [5_225_500, 5_225_650])
    add(30, [5_226_500, 5_226_650, 5_226_800, 5_226_950])
    return SmallAlignment(contigs: contigs, reads: reads)
  }

  static func bed(_ name: String = "panel", in folder: TemporaryFolder) throws -> String {
    try folder.write(
      name + ".bed",
      "chr11\t5226566\t5226809\tHBB\nchr11\t5225587\t5225736\tHBB\nchrX\t100000\t100050\tSHOX\n")
  }
}
