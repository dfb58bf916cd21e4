import Foundation
import Knowledge
import Model
import Reading
import Screening

/// The alignment files of a case's members, opened far enough to know that they are theirs and of the case's build.
struct FamilyAlignments: Sendable {
  struct Member: Sendable {
    /// Position in the pedigree.
    var position: Int
    var file: AlignmentFile
  }

  /// By position.
  let members: [Member]
  let warnings: [String]

  /// - Parameters:
  ///   - paths: of the alignment files, by member.
  ///   - reference: FASTA of the case.
  init(_ paths: [(member: String, path: String)], reference: String?, subject: Case) throws {
    var members: [Member] = []
    var warnings: [String] = []
    for (name, path) in paths {
      // Who is not of the family was named in a warning already.
      guard let position = subject.pedigree.position(of: name) else { continue }
      let file = try AlignmentFile(path: path, reference: reference)
      try Self.check(file, isOf: subject.pedigree.individuals[position].id, &warnings)
      try Self.check(file, isOn: subject.assembly, &warnings)
      warnings += file.warnings
      members.append(Member(position: position, file: file))
    }
    self.members = members.sorted { $0.position < $1.position }
    self.warnings = warnings
  }

  /// Reads under another person's name are a swap until somebody says otherwise.
  private static func check(_ file: AlignmentFile, isOf name: String, _ warnings: inout [String]) throws {
    if file.samples == [name] { return }
    if file.samples.isEmpty {
      warnings.append(
        "\(file.path): its header names no sample (@RG SM), so nothing says that these are reads of \(name)")
      return
    }
    throw Failure(
      .malformedInput,
      "\(file.path): reads of \(file.samples.prefix(5).joined(separator: ", ")), but named as those of \(name); "
        + "give \(name)'s own file, or correct the name with: samtools addreplacerg")
  }

  private static func check(_ file: AlignmentFile, isOn assembly: Assembly, _ warnings: inout [String]) throws {
    let evidence = file.assemblyEvidence
    let why = evidence.reasons.joined(separator: "; ")
    switch evidence.finding {
    case .assembly(assembly): return
    case .assembly(let other):
      throw Failure(
        .malformedInput,
        "\(file.path): reads on \(other) (\(why)), but the variants are on \(assembly); give reads of their build")
    case .unsupported:
      throw Failure(
        .malformedInput, "\(file.path): contig lengths of no build known here (\(why)); give reads of \(assembly)")
    case .mixed: warnings.append("\(file.path): not all contig lengths are of \(assembly) (\(why))")
    case .unknown: warnings.append("\(file.path): no contig length tells the build; taken as \(assembly)")
    }
  }
}

extension PreparedCase {
  /// Coverage of the panels in every member with reads.
  func coverage(_ session: Session) throws -> [SampleCoverage] {
    let settings = subject.settings
    let targets = alignments.members.isEmpty ? [] : targets.coverageTargets(padding: settings.coveragePadding)
    return try alignments.members.map { member in
      let person = subject.pedigree.individuals[member.position]
      let plan = CoveragePlan(
        targets, unplaced: self.targets.unplaced, sex: person.sex, assembly: subject.assembly, settings: settings,
        isCRAM: member.file.isCRAM)
      return try AlignmentScan.coverage(
        of: person.id, in: member.file, plan: plan, settings: settings, session: session)
    }
  }

  /// Checks of the reads themselves: whose they are, and of which sex.
  ///
  /// - Returns: the checks, and the members, by position, whose reads are another person's.
  func readChecks(
    _ tallies: [QualityTally], _ session: Session
  ) throws -> (checks: [QualityCheck], refused: Set<Int>) {
    var checks: [QualityCheck] = []
    var refused: Set<Int> = []
    guard !alignments.members.isEmpty else { return (checks, refused) }
    let sex = screen.sexFromDepth
    let identity = screen.readIdentity(tallies)
    let settings = subject.settings
    for member in alignments.members {
      if let identity {
        let scan = AlignmentScan(file: member.file, detail: .bases, session: session)
        let testimonies = try scan.map(identity.sites) { reader, desk, site in
          try AlignmentScan.testimony(at: site, &reader, &desk, settings: settings)
        }
        let check = identity.check(of: member.position, testimonies)
        if check.outcome == .fail { refused.insert(member.position) }
        checks.append(check)
      }
      let scan = AlignmentScan(file: member.file, detail: .depth(minimumBaseQuality: 0), session: session)
      let depths = try scan.map(sex.regions) { reader, desk, region in
        try AlignmentScan.withDepths(
          of: region, &reader, &desk, minimumMappingQuality: settings.minimumMappingQuality
        ) { depths in
          Double(depths.passing.reduce(0) { $0 + Int($1) }) / Double(region.length)
        }
      }
      checks.append(sex.check(of: subject.pedigree.individuals[member.position], depths))
    }
    return (checks, refused)
  }

  /// Asks the reads of every member about every allele that passed the filters.
  ///
  /// - Parameters:
  ///   - coverage: of the members, for what is half of the usual depth; may be empty.
  ///   - refused: members whose reads are another person's, by position.
  /// - Returns: nil for a case without alignments.
  func witnesses(
    of hits: [Hits], coverage: [SampleCoverage], refused: Set<Int>, _ session: Session
  ) throws -> (witnesses: Witnesses, checks: [QualityCheck], warnings: [String])? {
    let members = alignments.members.filter { !refused.contains($0.position) }
    guard !members.isEmpty else { return nil }
    let (sites, warnings) = try withReference(screen.witnessSites(hits))
    var testimonies: [Int: [AlleleReads.Testimony]] = [:]
    var depths: [Int: Double] = [:]
    var checks: [QualityCheck] = []
    for member in members {
      let name = subject.pedigree.individuals[member.position].id
      depths[member.position] = coverage.first { $0.sample == name }?.autosomalMean
      let scan = AlignmentScan(file: member.file, detail: .bases, session: session)
      let found = try scan.map(sites) { [settings = subject.settings] reader, desk, site in
        try AlignmentScan.testimony(at: site, &reader, &desk, settings: settings)
      }
      if let check = screen.stranger(member.position, at: sites, found) {
        checks.append(check)
      } else {
        testimonies[member.position] = found
      }
    }
    return (Witnesses(sites: sites, testimonies: testimonies, meanDepths: depths), checks, warnings)
  }

  /// The sites with the bases around those that bases alone cannot tell.
  private func withReference(_ sites: [WitnessSite]) throws -> (sites: [WitnessSite], warnings: [String]) {
    let wanted = sites.indices.filter { sites[$0].window != nil }
    guard let path = inputs.reference?.value else {
      return (
        sites,
        wanted.isEmpty
          ? []
          : [
            "no reference FASTA: reads at \(wanted.count) insertions and deletions are told apart as they were aligned, "
              + "not by haplotype; give `reference:`"
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

extension AlignmentScan {
  /// What the reads say at one site.
  static func testimony(
    at site: WitnessSite, _ reader: inout AlignmentReader, _ desk: inout Desk, settings: Settings
  ) throws -> AlleleReads.Testimony {
    var reads = AlleleReads(at: site, settings: settings)
    try forEachBatch(in: site.region, &reader, &desk) { reads.add($0) }
    return reads.testimony
  }
}

extension PreparedCase {
  /// Candidates whose reads are drawn.
  private static let mostDrawn = 10

  /// The reads of every member around the alleles of the best candidates.
  func pileUps(around candidates: [Candidate], _ session: Session) throws -> [Allele: [PileUp]] {
    let alleles = Set(candidates.prefix(Self.mostDrawn).flatMap { $0.variants.map(\.variant.allele) })
      .filter { !$0.isSymbolic }.sorted()
    let windows = alleles.map { PileUpBuilder.window(of: $0, assembly: subject.assembly) }
    let bases = try bases(of: windows)
    let builders = alleles.indices.map { place in
      (
        window: windows[place],
        builder: PileUpBuilder(
          alleles[place], window: windows[place], reference: bases[place], settings: subject.settings)
      )
    }
    var pileUps: [Allele: [PileUp]] = [:]
    for member in alignments.members {
      let name = subject.pedigree.individuals[member.position].id
      let scan = AlignmentScan(file: member.file, detail: .bases, session: session)
      let drawn = try scan.map(builders) { reader, desk, item in
        var builder = item.builder
        try AlignmentScan.forEachBatch(in: item.window, &reader, &desk) { builder.add($0) }
        return builder.pileUp(of: name)
      }
      for (allele, pileUp) in zip(alleles, drawn) { pileUps[allele, default: []].append(pileUp) }
    }
    return pileUps
  }

  /// The reference's bases; none of what a slice of a genome lacks, which is drawn without.
  private func bases(of windows: [Region]) throws -> [[UInt8]] {
    guard let path = inputs.reference?.value else { return windows.map { _ in [] } }
    let sequence = try ReferenceSequence(path: path)
    return windows.map { (try? sequence.bytes($0)) ?? [] }
  }
}
