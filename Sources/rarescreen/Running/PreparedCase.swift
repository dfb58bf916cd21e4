import Foundation
import Knowledge
import Model
import Reading
import Screening
import Synchronization
import Writing

/// A case with its inputs opened far enough to know that they fit together: everything that can be wrong before the first
/// record is wrong here.
struct PreparedCase: Sendable {
  let subject: Case
  let targets: TargetSet
  let screen: Screen
  /// What is looked for beside the question; nil where nothing is.
  let secondary: SecondaryScreen?
  let headers: [VariantHeader]
  let fileNames: [String]
  let inputs: CaseInputs
  let panelFiles: [PanelFile]
  /// Where they are.
  let panelPaths: [String]
  /// What sources say of genes, which the targets know already.
  let geneTables: [GeneFactTable]
  /// Folder of the tables that the phenotype is ranked by; nil for a case without terms.
  let phenotypeDirectory: String?
  /// Reads of the members.
  let alignments: FamilyAlignments
  /// The laboratory's own allele counts.
  let cohort: (path: String, cohort: Cohort)?
  private(set) var warnings: [Wording]
  /// Takes names out of whatever is told; nil where the case is told under its own.
  let deidentifier: Deidentifier?
  /// By which the cohort knows the family, whatever it is called here.
  let relatives: (family: String, samples: Set<String>)
  /// A pipe can be opened only once: the files opened for their headers wait here for the scan.
  let opened: OpenedFiles
  /// The case's place among those that it shares variant files with.
  let joint: JointReading<CaseHits>.Member?
  /// Checksums by path of the variant files that can be read twice, and of the tables that rank the phenotype; only for a run
  /// that tells them.
  let digests: [String: Ahead<String>]

  /// The case that a command line describes.
  ///
  /// - Parameter cohort: path of the laboratory's own cohort.
  init(options: CaseOptions, session: Session, cohort: String? = nil) throws {
    // The largest tables load beside everything else that comes before the first record.
    let knowledge = try SharedKnowledge(given: session.options.knowledge)
    try self.init(options.written(), session: session, knowledge: knowledge, cohort: cohort)
  }

  /// - Parameters:
  ///   - knowledge: may be shared with other cases.
  ///   - cohort: path of the laboratory's own cohort.
  ///   - isRecorded: whether the run will tell the checksums of its inputs.
  ///   - pseudonyms: makes the names under which the case is screened; nil for its own.
  ///   - list: genes in which secondary findings are looked for.
  ///   - comparesSamples: whether the samples will be compared with those of other cases.
  ///   - joint: where variant files are shared with other cases.
  ///   - shard: where others read the rest of the variant files.
  init(
    _ written: CaseFile, session: Session, knowledge: SharedKnowledge, cohort: String? = nil,
    recorded isRecorded: Bool = false, comparesSamples: Bool = false, pseudonyms: Pseudonyms? = nil,
    secondary list: CaseInputs.Panel? = nil, joint: JointReading<CaseHits>.Member? = nil, shard: Batch.Shard? = nil
  ) throws {
    self.joint = joint
    let directory = knowledge.directory
    let featureDirectory = knowledge.phenotypeDirectory
    let resolved = try written.resolve()
    inputs = resolved.inputs
    let tables = resolved.phenotypes.isEmpty ? [] : PhenotypeData.tables.map { featureDirectory + "/" + $0 }
    digests = isRecorded ? knowledge.digests(of: resolved.inputs.variants + tables) : [:]
    opened = try OpenedFiles(resolved.inputs.variants, isStrict: session.options.strict, joint: joint, shard: shard)
    let names = resolved.inputs.variants.map {
      $0 == "-" ? "standard input" : URL(fileURLWithPath: $0).lastPathComponent
    }
    let build = try Self.assembly(of: opened.headers, named: names)
    let met = try resolved.subject(sampleNames: opened.headers.map(\.samples), assembly: build)
    // Read meanwhile; what is wrong with them is told in the order in which they are needed.
    let sex = met.subject.pedigree[met.subject.proband]?.sex ?? .unknown
    let features = met.subject.phenotypes.isEmpty ? nil : knowledge.phenotypes(for: sex)
    phenotypeDirectory = features == nil ? nil : featureDirectory
    let terms = Result { try Self.phenotypes(of: met.subject, in: knowledge) }
    let panels = Result { try knowledge.panels(resolved.inputs.panels) }
    let genes = try knowledge.genes.value()
    let phenotypes = try terms.get()
    let own = phenotypes.subject
    relatives = (own.pedigree[own.proband]?.familyOrSelf ?? own.proband, Set(own.pedigree.individuals.map(\.id)))
    let deidentifier = pseudonyms.map { [headers = opened.headers] in
      Deidentifier(
        $0, subject: own, headers: headers, files: resolved.inputs.files(cohort: cohort, list: list),
        read: Set(headers.flatMap { AnnotationLayout(header: $0).readKeys }))
    }
    self.deidentifier = deidentifier
    subject = pseudonyms?.renamed(own) ?? own
    headers = opened.headers.map { pseudonyms?.renamed($0) ?? $0 }
    fileNames = zip(names, resolved.inputs.variants).map { name, path in deidentifier?.name(of: path) ?? name }
    let files = try panels.get()
    let further = try list.map { try knowledge.panels([$0])[0] }
    if let further { try SecondaryList.check(further) }
    panelPaths = (files + [further].compactMap { $0 }).map(\.path)
    panelFiles = files.map { file in deidentifier.map { Self.unnamed(file, by: $0) } ?? file }
    try Self.checkBuild(of: panelFiles, against: subject.assembly)
    let known = try knowledge.geneTables()
    geneTables = known
    let difficult = try knowledge.difficultGenes()
    func joined(_ panels: [Panel]) throws -> TargetSet {
      try genes.targets(panels: panels, assembly: own.assembly, settings: own.settings)
        .noting(difficult).knowing(known)
        .completed { try PanelLibrary(directories: [directory]).panel(named: "mendeliome", holding: $0).panel }
    }
    targets = try joined(panelFiles.map(\.panel))
    let assembly = own.assembly
    self.cohort = try cohort.map { (path: $0, cohort: try knowledge.cohort(path: $0, on: assembly)) }
    let opened = zip(fileNames, headers).map { name, header in
      InputFile(
        name: name, header: header, hasForeignMitochondrion: header.assemblyEvidence.mitochondrion == .oldHG19)
    }
    let facts = ScreenKnowledge(
      genes: genes,
      frequencyExceptions: try knowledge.benignExceptions().alleles(on: assembly),
      repeatLoci: try knowledge.repeatLoci().loci(on: assembly),
      stores: try knowledge.stores(on: assembly),
      phenotypes: try features.map { PhenotypeLikelihood(try $0.value()) },
      fingerprint: try Self.fingerprint(
        knowledge, assembly, cohort: self.cohort?.cohort, pseudonyms: pseudonyms,
        isNeeded: comparesSamples || !resolved.inputs.alignments.isEmpty))
    let reference = try resolved.inputs.reference.map { try Self.reference(path: $0.value, assembly) }
    let beside = try further.map { file in
      let own = deidentifier.map { Self.unnamed(file, by: $0) } ?? file
      let found = try joined([own.panel])
      try SecondaryList.check(found, of: file)
      return (panel: own.panel, targets: found)
    }
    // Only where bases are at hand consequences are told.
    let model =
      reference == nil
      ? nil
      : genes.geneModel(
        on: assembly,
        overlapping: RegionSet(self.targets.screened.regions + (beside?.targets.screened.regions ?? [])))
    screen = Screen(
      of: subject, targets: self.targets, files: opened, knowledge: facts, reference: reference, geneModel: model)
    secondary = beside.map { [subject] in
      SecondaryScreen(
        of: subject, list: $0.panel, targets: $0.targets, files: opened, knowledge: facts, reference: reference,
        geneModel: model)
    }
    let samples = Dictionary(
      resolved.sampleNames.map { ($0.individual, $0.sample.value) }, uniquingKeysWith: { first, _ in first })
    alignments = try FamilyAlignments(
      inputs.alignments.map { (samples[$0.sample.value] ?? $0.sample.value, $0.path.value) },
      reference: inputs.reference?.value, subject: own)
    warnings = met.warnings + alignments.warnings
    if let path = inputs.reference?.value {
      warnings += try ReferenceSequence.opened(path, for: assembly).gaps(on: assembly)
    }
    if deidentifier != nil { warnings = Self.unnamed(warnings) }
    warnings += phenotypes.notes + Self.mitochondrialWarnings(headers, fileNames)
    warnings += Self.panelWarnings(panelFiles, targets).map { deidentifier?.text($0) ?? $0 }
    if session.options.strict, !warnings.isEmpty {
      throw Failure.strict(warnings)
    }
    // What people decide for themselves is no fault of an input.
    if further != nil, own.secondaryConsent.isEmpty {
      warnings.append("secondary findings were asked for, but nobody of the family consented: none was looked for")
    }
  }

  /// Scans every variant file and merges what `body` yields for its batches.
  ///
  /// - Parameters:
  ///   - plan: which records of a file, by its number and size, `body` wants to see.
  ///   - count: tells a file's yield which records the plan left out.
  ///   - joint: where files are read for several cases at once.
  func scan<Yield: Mergeable>(
    _ session: Session, plan: (Int, Int?) -> ReadPlan, count: (RefusalCounts, Int, inout Yield) -> Void,
    joint: JointReading<Yield>.Member? = nil,
    body: @escaping @Sendable (Screen, VariantBatch, Int, AlleleLookup) throws -> Yield
  ) throws -> (results: [Yield], warnings: [Wording]) {
    let requests = inputs.variants.indices.map { index in
      FileRequest(plan: plan(index, opened.sizes[index]), judge: judge(of: index, body))
    }
    let shared = joint?.read(requests, of: inputs.variants) ?? [:]
    return try collect(session, count: count) { index in
      if let outcome = shared[index] { return (try outcome.result.get(), outcome.remark) }
      return try requests[index].read(try opened.take(index), session)
    } nothing: {
      try body(screen, VariantBatch(), $0, screen.lookup(reference: nil, of: relatives))
    }
  }

  /// Takes up what each variant file yields, in their order.
  ///
  /// - Parameters:
  ///   - read: reads a file.
  ///   - nothing: the yield of a file of which the plan let no record through.
  func collect<Yield: Mergeable>(
    _ session: Session, count: (RefusalCounts, Int, inout Yield) -> Void,
    read: (Int) throws -> (scanned: FileYield<Yield>, remark: Wording?), nothing: (Int) throws -> Yield
  ) throws -> (results: [Yield], warnings: [Wording]) {
    var results: [Yield] = []
    var warnings: [Wording] = []
    for index in inputs.variants.indices {
      let scanned: FileYield<Yield>
      do {
        let remark: Wording?
        (scanned, remark) = try read(index)
        if let remark { warnings.append(deidentifier?.text(remark) ?? remark) }
        if scanned.records == 0 {
          warnings.append("\(fileNames[index]): no records")
        } else {
          var yield = try scanned.yield ?? nothing(index)
          count(scanned.refused, index, &yield)
          results.append(yield)
        }
      } catch let error as ScreenError {
        // The screen knows files by number only.
        throw Failure(error, in: fileNames[index])
      }
      // In words they hold what stands in the file.
      if deidentifier == nil { session.warn(scanned.warnings) }
      warnings += scanned.warnings.counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { rule, count in
        Wording(
          count, one: "\(fileNames[index]): \(rule.sentence) (\(count) time)",
          other: "\(fileNames[index]): \(rule.sentence) (\(count) times)")
      }
    }
    if results.isEmpty {
      throw Failure(
        .malformedInput, "\(fileNames.joined(separator: ", ")): no record in any variant file; nothing was screened")
    }
    return (results, warnings)
  }

  /// Makes what each worker judges the batches of a file with.
  func judge<Yield: Mergeable>(
    of index: Int, _ body: @escaping @Sendable (Screen, VariantBatch, Int, AlleleLookup) throws -> Yield
  ) -> @Sendable (WorkerDesk) throws -> FileRequest<Yield>.Judge {
    { [screen, path = inputs.reference?.value, cohort = cohort?.cohort, relatives] desk in
      let reference = try path.map { try desk.reference(path: $0) }
      let lookup = screen.lookup(reference: reference?.window(), of: relatives, cohort: cohort)
      return { batch in
        let yield = try body(screen, batch, index, lookup)
        try reference?.check()
        if let failure = lookup.failure { throw failure }
        return yield
      }
    }
  }

  /// The one build that the contig lengths of all files speak for; nil when none tells.
  static func assembly(of headers: [VariantHeader], named names: [String]) throws -> Assembly? {
    try assembly(of: zip(headers, names).map { ($0.assemblyEvidence, $1) })
  }

  static func assembly(of files: [(evidence: AssemblyEvidence, name: String)]) throws -> Assembly? {
    var found: (assembly: Assembly, file: String)?
    for (evidence, name) in files {
      let why = evidence.reasons.joined(separator: "; ")
      switch evidence.finding {
      case .unknown: continue
      case .mixed:
        throw Failure(.malformedInput, "\(name): contig lengths of more than one build (\(why)); repair the header")
      case .unsupported:
        throw Failure(.malformedInput, "\(name): contig lengths of no build known here, GRCh37 or GRCh38 (\(why))")
      case .assembly(let assembly):
        if let found, found.assembly != assembly {
          throw Failure(
            .malformedInput,
            "\(name) is on \(assembly) (\(why)) but \(found.file) is on \(found.assembly); give files of one build")
        }
        found = (assembly, name)
      }
    }
    return found?.assembly
  }

  private static func phenotypes(of subject: Case, in knowledge: SharedKnowledge) throws -> (
    subject: Case, notes: [Wording]
  ) {
    if subject.phenotypes.isEmpty, subject.excludedPhenotypes.isEmpty { return (subject, []) }
    let cleaned = try knowledge.ontology()
      .clean(observed: subject.phenotypes, excluded: subject.excludedPhenotypes)
    if !cleaned.faults.isEmpty {
      throw Failure(.usage, cleaned.faults.map(\.description).joined(separator: "\n"))
    }
    var subject = subject
    subject.phenotypes = cleaned.observed
    subject.excludedPhenotypes = cleaned.excluded
    let isSilent = cleaned.observed.isEmpty && !cleaned.excluded.isEmpty
    return (
      subject,
      cleaned.notes
        + (isSilent ? ["only terms that were looked for and absent are left: the phenotype is not scored"] : [])
    )
  }

  /// A BED of one build says nothing about variants of the other.
  static func checkBuild(of panels: [PanelFile], against assembly: Assembly) throws(Failure) {
    for file in panels where !file.assemblies.contains(assembly) {
      let fits = file.assemblies.map(\.rawValue).joined(separator: " or ")
      throw Failure(
        .malformedInput,
        """
        \(file.path): its coordinates fit \(fits.isEmpty ? "no known build" : fits), but the variants are on \(assembly); \
        give the panel in the variants' build
        """)
    }
  }

  static func reference(path: String, _ assembly: Assembly) throws -> AlleleNormaliser.Reference {
    let sequence = try ReferenceSequence.opened(path, for: assembly)
    let shared = Mutex(sequence)
    // A contig that the FASTA lacks leaves its alleles where the caller put them.
    return { region in shared.withLock { try? $0.bases(region) } }
  }

  private static func panelWarnings(_ files: [PanelFile], _ targets: TargetSet) -> [Wording] {
    let unknown = Set(targets.unknown)
    return files.flatMap { file in file.notes.map { "panel \(file.panel.name): \($0.words)" } }
      + targets.genes.filter { unknown.contains($0.symbol) }.map { gene -> Wording in
        let panels = gene.panels.joined(separator: ", ")
        let reason: Wording = gene.notes.first ?? "\(gene.symbol) is no gene known to HGNC"
        return "\(reason) (panel \(panels))"
      }
  }

  /// Where the samples are compared, and with whom; nil for a case whose samples nobody compares.
  private static func fingerprint(
    _ knowledge: SharedKnowledge, _ assembly: Assembly, cohort: Cohort?, pseudonyms: Pseudonyms?, isNeeded: Bool
  ) throws -> (sites: FingerprintSites, earlier: [CohortSketch]?)? {
    if cohort == nil, !isNeeded { return nil }
    let earlier = try cohort?.sketches().map { pseudonyms?.renamed($0) ?? $0 }
    return (try knowledge.fingerprintSites(on: assembly), earlier)
  }

  private static func mitochondrialWarnings(_ headers: [VariantHeader], _ names: [String]) -> [Wording] {
    zip(headers, names).compactMap { header, name in
      switch header.assemblyEvidence.mitochondrion {
      case .oldHG19:
        """
        \(name): chrM of \(Assembly.oldMitochondrionLength) bases is the old hg19 sequence, not the revised Cambridge \
        reference; mitochondrial variants are not interpreted
        """
      case .other(let length): "\(name): a mitochondrion of \(length) bases is not the revised Cambridge reference"
      case .revisedCambridge, .unknown: nil
      }
    }
  }
}

extension TargetSet {
  /// The targets with what public sources say of their genes.
  fileprivate func knowing(_ tables: [GeneFactTable]) -> TargetSet {
    var known = self
    for index in known.genes.indices {
      guard let id = known.genes[index].hgncID else { continue }
      for table in tables {
        if let facts = table.facts[id] { known.genes[index].facts = known.genes[index].facts.merging(facts) }
      }
    }
    return known
  }

  /// The targets with a note at each gene whose short reads are hard to place, which a negative report must name.
  fileprivate func noting(_ difficult: [DifficultGene]) -> TargetSet {
    let known = Dictionary(difficult.map { ($0.hgncID, $0) }, uniquingKeysWith: { first, _ in first })
    var noted = self
    for index in noted.genes.indices {
      guard let gene = noted.genes[index].hgncID.flatMap({ known[$0] }) else { continue }
      let copy = gene.copy.map { " (\($0))" } ?? ""
      noted.genes[index].notes.append("short reads are hard to place: \(Self.words(for: gene.reason))\(copy)")
      noted.difficult.append(gene.symbol)
    }
    return noted
  }

  private static func words(for reason: DifficultGene.Reason) -> Wording {
    switch reason {
    case .pseudogene: "pseudogene"
    case .paralogue: "paralogue"
    case .repeat: "repeat"
    case .duplicate: "duplicate"
    }
  }
}
