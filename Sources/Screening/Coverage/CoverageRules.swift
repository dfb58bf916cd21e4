import Model

/// The numbers of coverage (clinical specification, section 10), save those that a case may set.
enum CoverageRules {
  /// Share of a gene's bases with enough reads: from the first on it passes, below the second it fails (the design goal of a panel
  /// of 2,741 genes, De La Vega et al. 2021, doi:10.1186/s13073-021-00965-0).
  static let pass = 0.98
  static let borderline = 0.95

  /// Neighbouring targets nearer than this are read in one go: a jump by index costs as much as reading on.
  static let nearestJump = 4_000
  /// A slice of a CRAM holds ten thousand reads, 50 kb of a genome at 30x, and is decoded whole.
  static let nearestJumpInCRAM = 50_000
  /// Longest stretch that is counted at once: it bounds the memory.
  static let longestStretch = 1 << 18

  /// Probability, 0…1, that a heterozygote shows in at least `needed` of `depth` reads, each of which is as likely of one copy as
  /// of the other.
  ///
  ///     CoverageRules.detection(depth: 20, needed: 5)  // 0.994
  static func detection(depth: Int, needed: Int) -> Double {
    // Beyond a thousand reads the rest is nothing that a number can hold.
    guard depth < 1_000 else { return 1 }
    var term = 1.0
    for _ in 0..<depth { term /= 2 }
    var missed = 0.0
    for count in 0..<min(needed, depth + 1) {
      missed += term
      term *= Double(depth - count) / Double(count + 1)
    }
    return max(0, 1 - missed)
  }

  /// Reads that a base needs.
  static func threshold(at region: Region, sex: Sex, assembly: Assembly, settings: Settings) -> Int {
    if region.contig == .mitochondrion { return settings.minimumMitochondrialDepth }
    let copies = ExpectedCopies(at: Locus(region.contig, region.start + 1), sex: sex, assembly: assembly)
    return copies == .two ? settings.minimumCallableDepth : settings.minimumCallableDepthHemizygous
  }
}
