import Foundation
import Knowledge
import Model
import Reading
import Screening
import Synchronization
import Writing

/// Turns public files into a store, which appears whole or not at all.
struct KnowledgeBuild {
  struct Options {
    var kind: StoreMetadata.Kind?
    var files: [String]
    var name: String?
    var release: String?
    var licence: String?
    var build: String?
    var fields: [String]?
    var reference: String?
    var covered: String?
    var alleleNumber: Int?
  }

  let options: Options
  let session: Session
  private let sources: [SourceFile]
  private let assembly: Assembly
  private let kind: StoreMetadata.Kind
  private let name: String
  private let release: String
  private let licence: String
  private let normaliser: AlleleNormaliser

  init(_ options: Options, session: Session) throws {
    self.options = options
    self.session = session
    if let pipe = options.files.first(where: {
      !PreparedCase.isRegular($0) && FileManager.default.fileExists(atPath: $0)
    }) {
      throw Failure(.usage, "\(pipe): no file that can be read more than once; give the files of the source by name")
    }
    sources = try options.files.map { try SourceFile(path: $0) }
    assembly = try Self.assembly(of: sources, options)
    kind = try options.kind ?? Self.kind(of: sources[0], file: options.files[0])
    name = try Self.checked(name: options.name ?? (kind == .clinvar ? "clinvar" : nil))
    guard let release = options.release ?? sources[0].date else {
      throw Failure(.usage, "give the release of the source by --release, for example --release 4.1")
    }
    self.release = release
    licence = options.licence ?? "not stated"
    normaliser = AlleleNormaliser(
      reference: try options.reference.map { [assembly] in try PreparedCase.reference(path: $0, assembly) })
  }

  /// A name that may stand in INFO keys and file names.
  static func checked(name: String?) throws(Failure) -> String {
    guard let name else {
      throw Failure(.usage, "give the source a name by --name, for example --name gnomad_exomes")
    }
    guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil, name.utf8.count <= 40 else {
      throw Failure(
        .usage,
        "--name '\(name)': write a letter, then letters, digits and _, at most 40, since it stands in INFO keys")
    }
    if ["local", "cohort", "inhouse"].contains(name.lowercased()) {
      throw Failure(.usage, "--name '\(name)' is how files call the laboratory's own cohort; choose another name")
    }
    return name
  }

  /// Builds the store in a folder.
  ///
  /// - Returns: its path, its description and its size.
  func run(in folder: String) throws -> (path: String, metadata: StoreMetadata) {
    var metadata = StoreMetadata(
      kind: kind, name: name, version: release, licence: licence, assembly: assembly,
      built: String(Clock.now().prefix(10)), program: "rarescreen \(Version.number)", fields: [],
      isLeftAligned: options.reference != nil)
    let coverage = try coverage()
    let digests = options.files.map { file in Ahead { try FileDigest.sha256(of: file) } }
    let path = folder + "/" + metadata.fileName
    let file = try AsideFile(path: path)
    let temporaryPath = file.temporaryPath
    var aside: AsideFile? = file
    let read = try told(of: temporaryPath) { try fill(temporaryPath) }
    metadata.sources = try zip(options.files, digests).map { file, digest in
      StoreMetadata.Source(
        name: URL(fileURLWithPath: file).lastPathComponent, bytes: FileStatus(path: file)?.bytes ?? 0,
        sha256: try digest.value())
    }
    let description = metadata
    metadata = try told(of: temporaryPath) {
      try read.withLock { builder throws(KnowledgeError) in try builder.finish(description, coverage: coverage) }
    }
    try session.interruption.whileWriting { try aside.take()?.commit() }
    return (path, metadata)
  }

  /// Tells what is wrong with the source in its own name, not in that of the file aside.
  private func told<Result>(of path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as KnowledgeError where error.place?.file == path {
      if case .store(.inputOutput) = error.reason { throw error }
      throw KnowledgeError(error.reason, at: .init(file: options.files[0]))
    }
  }

  private func fill(_ path: String) throws -> SharedBuilder {
    var shared: SharedBuilder?
    var fields: [StoreMetadata.Field] = []
    func builder(
      for own: [StoreMetadata.Field], _ resolution: DuplicateResolution, _ file: String
    ) throws -> SharedBuilder {
      if let shared {
        guard own == fields else {
          throw Failure(
            .malformedInput,
            "\(file): its fields differ from those of \(options.files[0]); name by --fields what all files have")
        }
        return shared
      }
      let made = SharedBuilder(try AlleleStoreBuilder(path: path, fields: own, resolution: resolution))
      (shared, fields) = (made, own)
      return made
    }
    for (file, source) in zip(options.files, sources) {
      switch source {
      case .variants(let header):
        let packer = try RecordPacker(
          kind, of: header, on: assembly, name: name, wanted: options.fields, normaliser: normaliser,
          tellsProteins: kind == .clinvar && options.reference != nil,
          hasForeignMitochondrion: header.assemblyEvidence.mitochondrion == .oldHG19, file: file)
        try read(file, with: packer, into: builder(for: packer.fields, packer.resolution, file))
      case .table(let header, _):
        let packer = try TablePacker(
          kind, header: header[...], assembly: assembly, name: name, wanted: options.fields, normaliser: normaliser,
          file: file)
        try read(file, below: header, with: packer, into: builder(for: packer.fields, packer.resolution, file))
      }
    }
    guard let shared else { throw Failure(.usage, "name the files of the source") }
    return shared
  }

  // MARK: Reading

  /// Rows of a stretch on their way to the builder.
  private struct Pieces: Mergeable {
    var rows: [StoreRows] = []
    mutating func merge(_ later: Pieces) { rows += later.rows }
    mutating func shift(by records: Int) {}
  }

  private func read(_ path: String, with packer: RecordPacker, into builder: SharedBuilder) throws {
    let file = try VariantFile(path: path, isStrict: session.options.strict)
    let proteins = try proteinTools()
    let scanned: FileYield<Pieces>
    do {
      scanned = try foldRecords(
        of: file, plan: ReadPlan(), session: session, tools: { try proteins() },
        drain: { (pieces: inout Pieces) in
          for rows in pieces.rows { try builder.add(rows, from: path) }
          pieces.rows.removeAll()
        },
        body: { [normaliser] tools, batch in
          try normaliser.checkReference(of: batch, where: Selection(all: batch.count), file: 0)
          let rows = packer.rows(of: batch, proteinChanges: tools?.changes)
          try tools?.reference.check()
          return Pieces(rows: [rows])
        })
    } catch let error as ScreenError {
      throw Failure(error, in: path)
    }
    session.warn(scanned.warnings)
  }

  /// What a worker needs to tell changes of proteins.
  private struct ProteinTools {
    let reference: WorkerReference
    let changes: RecordPacker.ProteinChanges
  }

  private func proteinTools() throws -> @Sendable () throws -> ProteinTools? {
    guard kind == .clinvar, let path = options.reference else { return { nil } }
    let directory = try DataDirectory.find(given: session.options.knowledge)
    let model = try GeneTable(directory: directory + "/genes").geneModel(on: assembly)
    return {
      let reference = try WorkerReference(path: path)
      let caller = ConsequenceCaller(model, reference: reference.window())
      return ProteinTools(reference: reference) { contig, position, from, to in
        let changes = caller.effects(contig, position, from, to).compactMap { ResidueChange($0, of: model)?.text }
        return changes.isEmpty ? nil : changes.joined(separator: ",")
      }
    }
  }

  private func read(
    _ path: String, below header: [UInt8], with packer: TablePacker, into builder: SharedBuilder
  ) throws {
    let lines = try LineFile(path: path)
    var rows = packer.emptyRows()
    var isHeaderPassed = header.first == UInt8(ascii: "#")
    while let line = try lines.next() {
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      if !isHeaderPassed {
        isHeaderPassed = true
        continue
      }
      try packer.append(line, number: lines.number, file: path, to: &rows)
      if rows.read >= 50_000 {
        try session.interruption.check()
        session.progress.advance(records: rows.read)
        try builder.add(rows, from: path)
        rows = packer.emptyRows()
      }
    }
    try builder.add(rows, from: path)
  }

  private func coverage() throws -> [StoreCoverage.Stretch]? {
    guard let path = options.covered else { return nil }
    let track = try CoverageTrackFile(path: path, assembly: assembly)
    if track.otherContigs > 0 {
      session.warn(["\(path): \(track.otherContigs) rows lie on contigs that are no assembled chromosomes"])
    }
    if options.alleleNumber == nil, track.stretches.contains(where: { $0.number == nil }) {
      session.warn([
        "\(path): rows without a number of chromosomes do not tell that an allele is absent; give --allele-number"
      ])
    }
    // X of males, Y and the mitochondrion were looked at in other numbers than pairs of chromosomes.
    return track.stretches.map { stretch in
      let number = stretch.region.contig.isAutosome ? options.alleleNumber : nil
      return .init(region: stretch.region, alleleNumber: stretch.number ?? number)
    }
  }
}

/// The builder, which the workers' results are added to one after the other.
private final class SharedBuilder: Sendable {
  private let builder: Mutex<AlleleStoreBuilder>

  init(_ builder: sending AlleleStoreBuilder) {
    self.builder = Mutex(builder)
  }

  /// - Parameter file: that the rows come from, which is named when they cannot be taken.
  func add(_ rows: StoreRows, from file: String) throws {
    do {
      try builder.withLock { builder throws(KnowledgeError) in try builder.add(rows) }
    } catch {
      if case .store(.inputOutput) = error.reason { throw error }
      throw KnowledgeError(error.reason, at: .init(file: file))
    }
  }

  func withLock<Result: Sendable>(
    _ body: (inout AlleleStoreBuilder) throws(KnowledgeError) -> Result
  ) throws(KnowledgeError) -> Result {
    try builder.withLock { builder throws(KnowledgeError) in try body(&builder) }
  }
}

// MARK: What a file tells of itself

extension KnowledgeBuild {
  private static func kind(of source: SourceFile, file: String) throws(Failure) -> StoreMetadata.Kind {
    let kinds =
      switch source {
      case .variants(let header): RecordPacker.kinds(of: header)
      case .table(let header, _): TablePacker.kinds(ofHeader: header[...])
      }
    guard let kind = kinds.first else {
      throw Failure(
        .malformedInput,
        "\(file): holds neither frequencies nor ClinVar nor scores by names that are known; say which by "
          + "'knowledge build frequency', 'clinvar' or 'scores', and name the fields by --fields")
    }
    if kinds.count > 1 {
      throw Failure(
        .usage,
        "\(file): holds \(kinds.map(\.rawValue).joined(separator: " and ")); say which to take by 'knowledge build "
          + "\(kinds[0].rawValue)' or '\(kinds[1].rawValue)'")
    }
    return kind
  }

  /// The build that is named, else the one that contig lengths, the `##reference` line or remarks of a table speak for.
  private static func assembly(of sources: [SourceFile], _ options: Options) throws(Failure) -> Assembly {
    var found: Assembly?
    for (source, file) in zip(sources, options.files) {
      let told: Assembly?
      switch source {
      case .variants(let header):
        if case .unknown = header.assemblyEvidence.finding {
          told = source.namedAssembly
          if options.build == nil, told == nil { throw .unknownBuild }
        } else {
          told = try Assembly.of(header, named: options.build)
        }
      case .table: told = source.namedAssembly
      }
      guard let told else { continue }
      if let found, found != told {
        throw Failure(
          .malformedInput, "\(file) is on \(told), \(options.files[0]) on \(found); give files of one build")
      }
      found = told
    }
    guard let build = options.build else {
      guard let found else { throw .unknownBuild }
      return found
    }
    let named = try Assembly(flag: build)
    if let found, found != named {
      throw Failure(
        .malformedInput, "--build \(named), but \(options.files[0]) says that it is on \(found); leave --build out")
    }
    return named
  }
}
