public import Model

/// Counts the reads of one member for and against an allele.
///
///     var reads = AlleleReads(at: site, settings: settings)
///     reads.add(batch)
///     reads.testimony.evidence.alternate  // fragments that show the allele
public struct AlleleReads: Sendable {
  /// What a read shows.
  enum Call: Sendable {
    case reference, alternate, other
  }

  private struct Fragment {
    var call: Call
    var isReverse: Bool
    var baseQuality: Int
    var mappingQuality: Int
    var endDistance: Int
    var isClipped: Bool
  }

  private let site: WitnessSite
  private let minimumMappingQuality: UInt8
  private let minimumBaseQuality: UInt8
  private let haplotypes: (reference: [UInt8], alternate: [UInt8])?
  private let reference: [UInt8]
  private let alternate: [UInt8]
  private var aligner = HaplotypeAligner()
  private var fragments: [UInt64: Fragment] = [:]
  private var unclear: Set<UInt64> = []
  private var errorSum = 0.0
  private var errorCount = 0

  public init(at site: WitnessSite, settings: Settings) {
    self.site = site
    minimumMappingQuality = UInt8(clamping: settings.minimumMappingQuality)
    minimumBaseQuality = UInt8(clamping: settings.minimumBaseQuality)
    haplotypes = site.haplotypes
    reference = Array(site.allele.reference.utf8)
    alternate = Array(site.allele.alternate.utf8)
  }

  /// Takes the reads of a batch, which holds bases.
  public mutating func add(_ batch: ReadBatch) {
    for read in 0..<batch.count where isOver(batch, read) {
      let name = batch.nameHashes[read]
      guard batch.mappingQualities[read] >= minimumMappingQuality, let seen = fragment(batch, read) else {
        unclear.insert(name)
        continue
      }
      guard var known = fragments[name] else {
        fragments[name] = seen
        continue
      }
      // Both ends of a fragment are one witness; when they disagree, it is none for either side.
      if known.call != seen.call { known.call = .other }
      known.baseQuality = max(known.baseQuality, seen.baseQuality)
      known.endDistance = max(known.endDistance, seen.endDistance)
      fragments[name] = known
    }
  }

  private func isOver(_ batch: ReadBatch, _ read: Int) -> Bool {
    Int(batch.starts[read]) < site.region.end && Int(batch.ends[read]) > site.region.start
  }

  private mutating func fragment(_ batch: ReadBatch, _ read: Int) -> Fragment? {
    guard batch.hasBases(read) else { return nil }
    let places = ReadPlaces(batch, read)
    if places.isSkipped(site.window ?? site.region) { return nil }
    let found: (call: Call, quality: Int, offset: Int)?
    if site.window == nil {
      found = byBases(batch, read, places)
    } else if let haplotypes {
      found = byHaplotypes(haplotypes, batch, read, places)
    } else {
      found = byAlignment(batch, read, places)
    }
    guard let found else { return nil }
    let length = batch.sequence(of: read).count
    return Fragment(
      call: found.call, isReverse: batch.isReverse(read), baseQuality: found.quality,
      mappingQuality: Int(batch.mappingQualities[read]), endDistance: min(found.offset, length - 1 - found.offset),
      isClipped: places.isClipped)
  }

  /// An exchange of bases: by the bases that lie over it.
  private mutating func byBases(
    _ batch: ReadBatch, _ read: Int, _ places: ReadPlaces
  ) -> (call: Call, quality: Int, offset: Int)? {
    let sequence = batch.sequence(of: read)
    var bases: [UInt8] = []
    var quality = 255
    var first: Int?
    for place in site.allele.region.start..<site.allele.region.end {
      guard let offset = places.offset(of: place) else { continue }
      first = first ?? offset
      bases.append(batch.bases[sequence.lowerBound + offset])
      quality = min(quality, Int(batch.baseQualities[sequence.lowerBound + offset]))
    }
    // Nothing over it: the read ends before, or lacks it.
    guard let first else { return places.isDeleted(site.allele.region) ? (.other, 0, 0) : nil }
    guard bases.count == reference.count else {
      return places.isDeleted(site.allele.region) ? (.other, quality, first) : nil
    }
    if quality < Int(minimumBaseQuality) { return nil }
    errorSum += Self.errorProbability(quality)
    errorCount += 1
    if bases == alternate { return (.alternate, quality, first) }
    return (bases == reference ? .reference : .other, quality, first)
  }

  /// An insertion or deletion: by what the whole read looks like most.
  private mutating func byHaplotypes(
    _ haplotypes: (reference: [UInt8], alternate: [UInt8]), _ batch: ReadBatch, _ read: Int, _ places: ReadPlaces
  ) -> (call: Call, quality: Int, offset: Int)? {
    guard let window = site.window else { return nil }
    let offsets = places.offsets(within: window.start..<window.end)
    guard !offsets.isEmpty else { return nil }
    let sequence = batch.sequence(of: read)
    let range = sequence.lowerBound + offsets.lowerBound..<sequence.lowerBound + offsets.upperBound
    let bases = batch.bases[range]
    let qualities = batch.baseQualities[range]
    let reach =
      WitnessRules.wander + abs(alternate.count - reference.count)
      + min(places.gapLength, WitnessRules.longestAllele)
    let start = places.position(of: offsets.lowerBound) - window.start
    let costs = [haplotypes.reference, haplotypes.alternate].map {
      aligner.cost(of: bases, qualities: qualities, on: $0, from: start, reach: reach)
    }
    if abs(costs[0] - costs[1]) < WitnessRules.decision { return nil }
    let offset = places.offset(of: site.allele.position - 1) ?? offsets.lowerBound
    let quality = Int(batch.baseQualities[sequence.lowerBound + min(offset, sequence.count - 1)])
    if min(costs[0], costs[1]) > WitnessRules.stranger { return (.other, quality, offset) }
    return (costs[0] < costs[1] ? .reference : .alternate, quality, offset)
  }

  /// The same without a reference: by the gap that the aligner put at the place. A read that the aligner bent or cut elsewhere near the
  /// place may show the allele in other words, and does not tell.
  private func byAlignment(
    _ batch: ReadBatch, _ read: Int, _ places: ReadPlaces
  ) -> (call: Call, quality: Int, offset: Int)? {
    let anchor = site.allele.position - 1
    guard let offset = places.offset(of: anchor), places.offset(of: site.allele.region.end) != nil else { return nil }
    let quality = Int(batch.baseQualities[batch.sequence(of: read).lowerBound + offset])
    let change = places.change(behind: anchor)
    if change == alternate.count - reference.count { return (.alternate, quality, offset) }
    if let window = site.window, places.isBent(within: window) { return nil }
    return (.reference, quality, offset)
  }

  private static func errorProbability(_ quality: Int) -> Double {
    var probability = 1.0
    for _ in 0..<min(quality, 60) { probability *= 0.794_328_234_724_281_5 }
    return probability
  }
}

extension AlleleReads {
  /// The counts, and what each fragment shows where another allele is near.
  public struct Testimony: Sendable {
    public var evidence: ReadEvidence
    /// Fragments by name: whether they show the allele.
    var fragments: [UInt64: Bool]
  }

  public var testimony: Testimony {
    let method: ReadEvidence.Method = site.window == nil ? .bases : haplotypes == nil ? .alignment : .haplotypes
    var evidence = ReadEvidence(method: method, errorRate: WitnessRules.indelError)
    let carriers = fragments.values.filter { $0.call == .alternate }
    evidence.alternate = carriers.count
    evidence.reference = fragments.values.count { $0.call == .reference }
    evidence.other = fragments.values.count { $0.call == .other }
    evidence.unclear = unclear.count { fragments[$0] == nil }
    evidence.alternateReverse = carriers.count(where: \.isReverse)
    evidence.alternateForward = carriers.count - evidence.alternateReverse
    evidence.alternateClipped = carriers.count(where: \.isClipped)
    if !carriers.isEmpty {
      let mean = { (value: (Fragment) -> Int) in Double(carriers.reduce(0) { $0 + value($1) }) / Double(carriers.count)
      }
      evidence.meanBaseQuality = mean(\.baseQuality)
      evidence.meanMappingQuality = mean(\.mappingQuality)
      evidence.meanEndDistance = mean(\.endDistance)
    }
    if method == .bases {
      // Where reads often show something else, that is the place's own rate of errors, of which each other base has its part.
      let isNoisy = evidence.other >= WitnessRules.fewestStrangers
      let strangers = isNoisy ? Double(evidence.other) / Double(evidence.depth + evidence.other) / 2 : 0
      // An error makes one of three bases.
      let stated = errorCount == 0 ? 0 : errorSum / Double(errorCount) / 3
      evidence.errorRate = max(WitnessRules.leastError, stated, strangers)
    } else if site.isInRun {
      evidence.errorRate = WitnessRules.indelErrorInRuns
    }
    var shown: [UInt64: Bool] = [:]
    if site.hasNeighbour {
      for (name, fragment) in fragments where fragment.call != .other { shown[name] = fragment.call == .alternate }
    }
    return Testimony(evidence: evidence, fragments: shown)
  }
}
