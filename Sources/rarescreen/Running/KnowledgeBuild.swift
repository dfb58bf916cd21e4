import Foundation
import Knowledge
import Model
import Reading
import Screening
import Synchronization
import Writing

/// Turns public files into a store: each file is read once, and the store appears whole or not at all.
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

  /// What a file is, by its content.
  private enum Source {
    case variants(VariantHeader)
    /// The line that names the columns, and those before it.
    case table(header: [UInt8], remarks: [String])

    var isTable: Bool { if case .table = self { true } else { false } }
  }

  let options: Options
  let session: Session
  private let sources: [Source]
  private let assembly: Assembly
  private let kind: StoreMetadata.Kind
  private let name: String
  private let release: String
  private let licence: String
  private let normaliser: AlleleNormaliser

  init(_ options: Options, session: Session) throws {
    self.options = options
    self.session = session
    sources = try options.files.map { try Self.source($0) }
    assembly = try Self.assembly(of: sources, options)
    kind = try options.kind ?? Self.kind(of: sources[0], file: options.files[0])
    guard let name = options.name ?? (kind == .clinvar ? "clinvar" : nil) else {
      throw Failure(.usage, "give the source a name by --name, for example --name gnomad_exomes")
    }
    guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil, name.utf8.count <= 40 else {
      throw Failure(
        .usage, "--name '\(name)': write a letter, then letters, digits and _, at most 40, since it stands in INFO keys"
      )
    }
    self.name = name
    guard let release = options.release ?? Self.date(of: sources[0]) else {
      throw Failure(.usage, "give the release of the source by --release, for example --release 4.1")
    }
    self.release = release
    licence = options.licence ?? "not stated"
    normaliser = AlleleNormaliser(
      reference: try options.reference.map { [assembly] in try PreparedCase.reference(path: $0, assembly) })
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
    var aside: AsideFile? = try AsideFile(path: path)
    let read = try fill(aside?.temporaryPath ?? path)
    metadata.sources = try zip(options.files, digests).map { file, digest in
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
      return StoreMetadata.Source(
        name: URL(fileURLWithPath: file).lastPathComponent, bytes: size ?? 0, sha256: try digest.value())
    }
    metadata = try read.withLock { builder throws(KnowledgeError) in
      try builder.finish(metadata, coverage: coverage)
    }
    try session.interruption.whileWriting { try aside.take()?.commit() }
    return (path, metadata)
  }

  private func fill(_ path: String) throws -> SharedBuilder {
    let resolution: DuplicateResolution = kind == .scores ? .highest : .first
    var shared: SharedBuilder?
    var fields: [StoreMetadata.Field] = []
    func builder(for own: [StoreMetadata.Field], _ file: String) throws -> SharedBuilder {
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
          kind, of: header, name: name, wanted: options.fields, normaliser: normaliser,
          tellsProteins: kind == .clinvar && options.reference != nil, file: file)
        try read(file, with: packer, into: builder(for: packer.fields, file))
      case .table(let header, _):
        let packer = try TablePacker(
          kind, header: header[...], assembly: assembly, name: name, wanted: options.fields, normaliser: normaliser,
          file: file)
        try read(file, below: header, with: packer, into: builder(for: packer.fields, file))
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
    let scanned: FileYield<Pieces> = try foldRecords(
      of: file, plan: ReadPlan(), session: session, tools: { try proteins() },
      drain: { (pieces: inout Pieces) in
        for rows in pieces.rows { try builder.add(rows, from: path) }
        pieces.rows.removeAll()
      },
      body: { tools, batch in
        let rows = packer.rows(of: batch, proteinChanges: tools?.changes)
        try tools?.reference.check()
        return Pieces(rows: [rows])
      })
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
    return track.stretches.map { .init(region: $0.region, alleleNumber: $0.number ?? options.alleleNumber) }
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
    } catch let error as KnowledgeError {
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
  private static func source(_ path: String) throws -> Source {
    let lines = try LineFile(path: path)
    var remarks: [[UInt8]] = []
    while let line = try lines.next() {
      if remarks.isEmpty, line.starts(with: "##fileformat=VCF".utf8) || line.starts(with: "BCF".utf8) {
        return .variants(try VariantFile(path: path).header)
      }
      if line.isEmpty { continue }
      guard line.first == UInt8(ascii: "#") else { return table(remarks, first: line) }
      remarks.append(line)
    }
    if let last = remarks.last, isHeader(last, of: last) { return table(remarks, first: last) }
    throw Failure(.malformedInput, "\(path): no line that names columns; give a VCF, a BCF or a table with a header")
  }

  /// The last remark names the columns when it has as many as the first line without a mark; else that line does.
  private static func table(_ remarks: [[UInt8]], first line: [UInt8]) -> Source {
    let header = remarks.last.flatMap { isHeader($0, of: line) ? $0 : nil }
    // A header is no remark: the assemblies that it names are those of columns.
    let rest = header == nil ? remarks[...] : remarks.dropLast()
    return .table(
      header: header ?? line, remarks: rest.map { String(decoding: $0.prefix(1_000), as: UTF8.self) })
  }

  private static func isHeader(_ remark: [UInt8], of row: [UInt8]) -> Bool {
    [UInt8(ascii: "\t"), UInt8(ascii: ",")].contains { mark in
      let cells = row.count { $0 == mark }
      return cells > 0 && remark.count { $0 == mark } == cells
    }
  }

  private static func kind(of source: Source, file: String) throws(Failure) -> StoreMetadata.Kind {
    let kind =
      switch source {
      case .variants(let header): RecordPacker.kind(of: header)
      case .table(let header, _): TablePacker.kind(ofHeader: header[...])
      }
    guard let kind else {
      throw Failure(
        .malformedInput,
        "\(file): holds neither frequencies nor ClinVar nor scores by names that are known; say which by "
          + "'knowledge build frequency', 'clinvar' or 'scores', and name the fields by --fields")
    }
    return kind
  }

  /// The build that is named, else the one that contig lengths, the `##reference` line or remarks of a table speak for.
  private static func assembly(of sources: [Source], _ options: Options) throws(Failure) -> Assembly {
    var found: Assembly?
    for (source, file) in zip(sources, options.files) {
      let told: Assembly?
      switch source {
      case .variants(let header):
        if case .unknown = header.assemblyEvidence.finding {
          told = assembly(in: header.lines.filter { $0.hasPrefix("##reference=") || $0.hasPrefix("##assembly=") })
          if options.build == nil, told == nil { throw .unknownBuild }
        } else {
          told = try Assembly.of(header, named: options.build)
        }
      case .table(_, let remarks): told = assembly(in: remarks)
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

  private static func assembly(in lines: [String]) -> Assembly? {
    let text = lines.joined(separator: " ").lowercased()
    let is38 = text.contains("grch38") || text.contains("hg38")
    let is37 = text.contains("grch37") || text.contains("hg19") || text.contains("hs37d5")
    return is38 == is37 ? nil : is38 ? .grch38 : .grch37
  }

  /// `##fileDate` of a VCF: how ClinVar names its releases.
  private static func date(of source: Source) -> String? {
    guard case .variants(let header) = source else { return nil }
    return header.lines.first { $0.hasPrefix("##fileDate=") }.map { String($0.dropFirst("##fileDate=".count)) }
  }
}
