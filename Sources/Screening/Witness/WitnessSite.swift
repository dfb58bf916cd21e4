public import Model

/// An allele whose reads are to be asked.
public struct WitnessSite: Sendable, Hashable {
  public var allele: Allele
  /// Where its reads lie.
  public var region: Region
  /// Members whom the variant files call carriers, and those whom they call without it, by position in the pedigree.
  public var carriers: Set<Int> = []
  public var others: Set<Int> = []
  /// Whether another allele is near enough for one fragment to show both.
  public var hasNeighbour: Bool
  /// The stretch of the reference that tells the allele's haplotypes apart; nil where bases alone tell.
  public var window: Region?
  /// Bases of `window`, in upper case; to be filled in where a reference is at hand.
  public var reference: [UInt8] = []

  /// A single base, by itself.
  init(common allele: Allele) {
    self.allele = allele
    region = allele.region
    hasNeighbour = false
  }

  /// An allele that a person asks about; nil where reads cannot tell it.
  public init?(asked allele: Allele, assembly: Assembly) {
    guard Self.canBeTold(allele) else { return nil }
    self.init(allele, hasNeighbour: false, assembly: assembly)
  }

  /// Whether an allele is spelt out, and short enough to lie within reads.
  static func canBeTold(_ allele: Allele) -> Bool {
    !allele.isSymbolic && max(allele.reference.utf8.count, allele.alternate.utf8.count) <= WitnessRules.longestAllele
  }

  init(_ allele: Allele, hasNeighbour: Bool, assembly: Assembly) {
    self.allele = allele
    self.hasNeighbour = hasNeighbour
    var region = allele.region
    if allele.reference.utf8.count != allele.alternate.utf8.count {
      var window = region.padded(by: WitnessRules.flank + max(allele.reference.utf8.count, allele.alternate.utf8.count))
      window.end = min(window.end, assembly.length(of: window.contig))
      self.window = window
      // An insertion lies behind its first base.
      region.end += 1
    }
    self.region = region
  }

  /// Whether an insertion or deletion lies in a long run of one base.
  var isInRun: Bool {
    guard let window, reference.count == window.length else { return false }
    let start = allele.position - window.start
    guard reference.indices.contains(start) else { return false }
    let run = reference[start...].prefix { $0 == reference[start] }.count
    return run >= WitnessRules.longRun
  }

  /// The window as it is, and with the allele in it; nil where the window is not known or does not hold the allele's reference.
  var haplotypes: (reference: [UInt8], alternate: [UInt8])? {
    guard let window, reference.count == window.length else { return nil }
    let start = allele.position - 1 - window.start
    let bases = Array(allele.reference.utf8)
    guard start >= 0, start + bases.count <= reference.count,
      reference[start..<start + bases.count].elementsEqual(bases)
    else { return nil }
    return (reference, reference[..<start] + Array(allele.alternate.utf8) + reference[(start + bases.count)...])
  }
}
