import Model

/// What was counted of one sample; integers only, so that sums do not depend on the order in which batches came.
struct SampleTally: Sendable, Equatable, Codable {
  /// Autosomal genotypes: chromosome × genotype class.
  var autosomal = [Int](repeating: 0, count: 22 * 4)
  /// Carried autosomal SNVs by kind of change.
  var transitions = 0
  var transversions = 0
  /// Heterozygous calls by alternate read fraction in whole percent, 0…100.
  var balance = [Int](repeating: 0, count: 101)
  /// Homozygous alternate calls with read counts, and the sum of their reference read fractions in parts per million.
  var homozygousWithReads = 0
  var foreignFraction = 0
  /// Genotypes on X outside the pseudoautosomal regions, by class.
  var x = [Int](repeating: 0, count: 4)
  /// Calls of one allele among them.
  var haploidX = 0
  /// Records on Y outside the pseudoautosomal regions in files of several samples, and those with a call.
  var sitesY = 0
  var calledY = 0
  /// Calls on Y in files that hold this sample alone, where the records that a man has and a woman lacks are not listed.
  var lonelyY = 0
  /// Autosomal calls that lack GQ or depth and were accepted.
  var withoutQualityField = 0
  /// Autosomal calls set aside for GQ, depth or FT.
  var lowQuality = 0
  /// Autosomal calls of one allele, set aside.
  var ploidyConflicts = 0
  /// Where the variant SNVs lie; nil for a member of a large family in whom runs are not looked for.
  var homozygousSites: HomozygousSites?
  /// A file with this sample was seen.
  var isGenotyped = false

  func autosomal(_ genotype: GenotypeClass) -> Int {
    stride(from: genotype.rawValue, to: autosomal.count, by: 4).reduce(0) { $0 + autosomal[$1] }
  }

  func autosomal(_ genotype: GenotypeClass, chromosome: Int) -> Int { autosomal[chromosome * 4 + genotype.rawValue] }

  /// Autosomal sites where the sample carries the alternate allele.
  var variantSites: Int { autosomal(.heterozygous) + autosomal(.homozygous) }

  /// Heterozygous to homozygous alternate autosomal calls; nil below the number of sites that a check needs.
  var heterozygosityRatio: Double? {
    guard variantSites >= QualityCutoff.sampleSites else { return nil }
    return Double(autosomal(.heterozygous)) / Double(max(1, autosomal(.homozygous)))
  }

  /// Whether heterozygotes or homozygotes seem to have been cut out of the file, so that ratios of them prove nothing.
  var isSelected: Bool {
    heterozygosityRatio.map { !QualityCutoff.plausibleHeterozygosityRatio.contains($0) } ?? false
  }

  mutating func countAutosomal(_ call: SampleCall, at locus: Locus, isTransition: Bool) -> GenotypeClass {
    var genotype = call.genotype
    let chromosome = Int(locus.contig.rawValue) - 1
    if genotype != .missing {
      if call.isHaploid {
        ploidyConflicts += 1
        genotype = .missing
      } else if !call.reaches(quality: QualityCutoff.quality, depth: QualityCutoff.depth) {
        lowQuality += 1
        genotype = .missing
      } else if call.quality == nil || call.depth == nil {
        withoutQualityField += 1
      }
    }
    autosomal[chromosome * 4 + genotype.rawValue] += 1
    switch genotype {
    case .missing, .reference: return genotype
    case .heterozygous:
      if let percent = call.alternatePercent { balance[percent] += 1 }
    case .homozygous:
      if let fraction = call.referencePartsPerMillion {
        homozygousWithReads += 1
        foreignFraction += fraction
      }
    }
    if isTransition { transitions += 1 } else { transversions += 1 }
    homozygousSites?.add(locus.contig, locus.position, isHeterozygous: genotype == .heterozygous)
    return genotype
  }

  mutating func countX(_ call: SampleCall, at locus: Locus) {
    let isGood = call.reaches(quality: QualityCutoff.quality, depth: QualityCutoff.depthX)
    let genotype = isGood ? call.genotype : .missing
    x[genotype.rawValue] += 1
    if !call.isHaploid, genotype == .heterozygous || genotype == .homozygous {
      homozygousSites?.add(locus.contig, locus.position, isHeterozygous: genotype == .heterozygous)
    }
    if isGood, call.genotype != .missing, call.isHaploid { haploidX += 1 }
  }

  mutating func countY(_ call: SampleCall, isAlone: Bool) {
    let isCalled =
      call.genotype != .missing && call.reaches(quality: QualityCutoff.qualityY, depth: QualityCutoff.depthY)
    if isAlone {
      lonelyY += isCalled ? 1 : 0
    } else {
      sitesY += 1
      calledY += isCalled ? 1 : 0
    }
  }

  /// Whether it has the cells that a tally has, as a document may not.
  var isWhole: Bool {
    let empty = SampleTally()
    return autosomal.count == empty.autosomal.count && balance.count == empty.balance.count
      && x.count == empty.x.count && homozygousSites?.isWhole ?? true
  }

  static func += (left: inout SampleTally, right: SampleTally) {
    for index in left.autosomal.indices { left.autosomal[index] += right.autosomal[index] }
    for index in left.balance.indices { left.balance[index] += right.balance[index] }
    for index in left.x.indices { left.x[index] += right.x[index] }
    left.transitions += right.transitions
    left.transversions += right.transversions
    left.homozygousWithReads += right.homozygousWithReads
    left.foreignFraction += right.foreignFraction
    left.haploidX += right.haploidX
    left.sitesY += right.sitesY
    left.calledY += right.calledY
    left.lonelyY += right.lonelyY
    left.withoutQualityField += right.withoutQualityField
    left.lowQuality += right.lowQuality
    left.ploidyConflicts += right.ploidyConflicts
    left.isGenotyped = left.isGenotyped || right.isGenotyped
    if let sites = right.homozygousSites { left.homozygousSites? += sites }
  }
}
