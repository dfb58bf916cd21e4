import Knowledge
import Model
import Reading
import Screening

/// What the alignment files of a case say, those set aside that are another person's.
struct CaseReads {
  var checks: [QualityCheck] = []
  /// Coverage of the panels in each member whose reads are asked.
  var coverage: [SampleCoverage] = []
  /// Nil where no reads are asked.
  var witnesses: Witnesses?
  var warnings: [Wording] = []
  /// Members whose reads are asked, by position in the pedigree.
  var heard: Set<Int> = []
}

extension PreparedCase {
  /// Asks the alignment files: whose they are, what they cover, and what they say of every allele that passed the filters.
  func reads(of hits: [Hits], _ session: Session) throws -> CaseReads {
    var reads = CaseReads()
    guard !alignments.members.isEmpty else { return reads }
    let identity = try identities(hits.map(\.quality), session)
    reads.checks = identity.checks
    let (sites, warnings) = try withReference(screen.witnessSites(hits))
    let sex = screen.sexFromDepth
    let targets = targets.coverageTargets(padding: subject.settings.coveragePadding)
    reads.warnings = warnings
    var testimonies: [Int: [AlleleReads.Testimony]] = [:]
    var depths: [Int: Double] = [:]
    for member in alignments.members where !identity.refused.contains(member.position) {
      let found = try self.testimonies(of: member, at: sites, session)
      let contradiction = screen.readContradiction.check(
        of: member.position, isIdentified: identity.confirmed.contains(member.position), at: sites, found)
      if let contradiction { reads.checks.append(contradiction) }
      if contradiction?.outcome == .fail { continue }
      testimonies[member.position] = found
      reads.checks.append(try check(sex, of: member, session))
      let coverage = try self.coverage(of: member, targets, session)
      depths[member.position] = coverage.autosomalMean
      reads.coverage.append(coverage)
    }
    reads.heard = Set(testimonies.keys)
    reads.warnings += alignments.members.filter { !reads.heard.contains($0.position) }.map {
      "\(subject.pedigree.individuals[$0.position].id): coverage not assessed, since the reads are another person's"
    }
    if !testimonies.isEmpty {
      reads.witnesses = Witnesses(sites: sites, testimonies: testimonies, meanDepths: depths)
    }
    return reads
  }

  /// Checks of the reads themselves, without the variants' alleles: whose they are, and of which sex.
  func readChecks(_ tallies: [QualityTally], _ session: Session) throws -> [QualityCheck] {
    guard !alignments.members.isEmpty else { return [] }
    let identity = try identities(tallies, session)
    let sex = screen.sexFromDepth
    let own = alignments.members.filter { !identity.refused.contains($0.position) }
    return identity.checks + (try own.map { try check(sex, of: $0, session) })
  }

  private struct Identities {
    var checks: [QualityCheck] = []
    /// Members whose reads are another person's, and those whose reads are their own, by position.
    var refused: Set<Int> = []
    var confirmed: Set<Int> = []
  }

  private func identities(_ tallies: [QualityTally], _ session: Session) throws -> Identities {
    var identities = Identities()
    guard let identity = screen.readIdentity(tallies) else { return identities }
    for member in alignments.members {
      let check = identity.check(
        of: member.position, try testimonies(of: member, at: identity.sites, session))
      if check.outcome == .fail { identities.refused.insert(member.position) }
      if check.outcome == .pass { identities.confirmed.insert(member.position) }
      identities.checks.append(check)
    }
    return identities
  }

  private func check(
    _ sex: SexFromDepth, of member: FamilyAlignments.Member, _ session: Session
  ) throws -> QualityCheck {
    let scan = AlignmentScan(file: member.file, detail: .depth(minimumBaseQuality: 0), session: session)
    let own = member.file.knownContigs
    let depths = try scan.map(sex.regions) { [settings = subject.settings] reader, desk, region -> Double? in
      // Nobody looked at a contig that the file does not have.
      guard own.contains(region.contig) else { return nil }
      return try AlignmentScan.withDepths(
        of: region, &reader, &desk, minimumMappingQuality: settings.minimumMappingQuality
      ) { depths in
        Double(depths.passing.reduce(0) { $0 + Int($1) }) / Double(region.length)
      }
    }
    return sex.check(of: subject.pedigree.individuals[member.position], depths)
  }

  private func coverage(
    of member: FamilyAlignments.Member, _ targets: [CoverageTarget], _ session: Session
  ) throws -> SampleCoverage {
    let settings = subject.settings
    let person = subject.pedigree.individuals[member.position]
    let plan = CoveragePlan(
      targets, unplaced: self.targets.unplaced, sex: person.sex, assembly: subject.assembly, settings: settings,
      contigs: member.file.knownContigs, isCRAM: member.file.isCRAM)
    return try AlignmentScan.coverage(of: person.id, in: member.file, plan: plan, settings: settings, session: session)
  }

  /// What the reads of a member say at each site.
  private func testimonies(
    of member: FamilyAlignments.Member, at sites: [WitnessSite], _ session: Session
  ) throws -> [AlleleReads.Testimony] {
    let scan = AlignmentScan(file: member.file, detail: .bases, session: session)
    return try scan.map(sites) { [settings = subject.settings] reader, desk, site in
      var reads = AlleleReads(at: site, settings: settings)
      try AlignmentScan.forEachBatch(in: site.region, &reader, &desk) { reads.add($0) }
      return reads.testimony
    }
  }

  /// What the reads of each member who is heard say of one allele, whether or not a file of the case has it.
  func readings(of allele: Allele, heard: Set<Int>, _ session: Session) throws -> [(
    sample: String, reads: ReadEvidence
  )] {
    guard let site = WitnessSite(asked: allele, assembly: subject.assembly) else { return [] }
    let sites = try withReference([site]).sites
    return try alignments.members.filter { heard.contains($0.position) }.compactMap { member in
      try testimonies(of: member, at: sites, session).first.map {
        (subject.pedigree.individuals[member.position].id, $0.evidence)
      }
    }
  }

  /// The sites with the bases around those that bases alone cannot tell.
  private func withReference(_ sites: [WitnessSite]) throws -> (sites: [WitnessSite], warnings: [Wording]) {
    let wanted = sites.indices.filter { sites[$0].window != nil }
    guard let path = inputs.reference?.value else {
      return (
        sites,
        wanted.isEmpty
          ? []
          : [
            """
            no reference FASTA: reads at \(wanted.count) insertions and deletions are told apart as they were aligned, \
            not by haplotype; give `reference:`
            """
          ]
      )
    }
    let sequence = try ReferenceSequence(path: path)
    var filled = sites
    var missing = 0
    for place in wanted {
      guard let window = sites[place].window else { continue }
      do {
        filled[place].reference = try sequence.bytes(window)
      } catch {
        // A slice of a genome is taken as reference too.
        guard error.kind == .malformed else { throw error }
        missing += 1
      }
    }
    return (
      filled,
      missing == 0
        ? []
        : [
          "\(path) lacks the bases around \(missing) insertions and deletions, whose reads are told apart as they were aligned"
        ]
    )
  }
}
