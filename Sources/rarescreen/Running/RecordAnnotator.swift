import Foundation
import Knowledge
import Logging
import Model
import Reading
import Screening
import Synchronization
import Writing

/// An annotation made ready for one file: where consequences come from, and what is changed of each record.
struct RecordAnnotator: Sendable {
  /// INFO keys that hold consequences.
  private static let consequenceKeys: Set = ["CSQ", "ANN", "BCSQ"]

  private let input: String
  let layout: AnnotationLayout
  /// The keys of the file that hold consequences.
  private let ownKeys: Set<String>
  let model: GeneModel
  private let reference: String?
  private let checksReference: Bool
  /// Whether consequences are written.
  private let isWritten: Bool
  /// What the laboratory installed, on the build of the file.
  private let stores: [AlleleStore]
  private let normaliser: AlleleNormaliser
  /// Keys of the file that are told anew.
  private let droppedKeys: Set<String>
  let headerChange: RecordTarget.HeaderChange

  init(_ options: AnnotateOptions, layout: RecordLayout, session: Session) throws {
    let header = layout.header
    let assembly = try Assembly.of(header, named: options.build)
    input = layout.file == "-" ? "standard input" : layout.file
    self.layout = AnnotationLayout(header: header)
    let declared = Set(header.info.keys)
    ownKeys = Self.consequenceKeys.intersection(declared)
    reference = options.reference
    checksReference = options.reference != nil && !options.ignoresReference
    if let path = options.reference {
      session.warn(try ReferenceSequence.opened(path, for: assembly).gaps(on: assembly))
    }
    isWritten = !options.leavesConsequences && (ownKeys.isEmpty || options.reannotate || options.compare)
    model =
      isWritten
      ? try Self.model(options.geneModel, assembly, session: session)
      : GeneModel([], name: "none", assembly: assembly)
    stores = try KnowledgeFolder(given: session.options.knowledge).stores(on: assembly)
    normaliser = AlleleNormaliser(
      reference: try stores.isEmpty && isWritten
        ? nil : options.reference.map { try PreparedCase.reference(path: $0, assembly) })
    let storeKeys = stores.flatMap(\.metadata.fields).map(\.name)
    droppedKeys = Set(storeKeys).union(isWritten ? Self.consequenceKeys : []).intersection(declared)
    let replaced = droppedKeys.intersection(storeKeys).sorted()
    if !replaced.isEmpty {
      session.warn([
        "\(input): its own \(replaced.joined(separator: ", ")) give way to those of the stores, also where a store knows nothing"
      ])
    }
    if options.leavesConsequences, stores.isEmpty {
      throw Failure(
        .usage,
        "--no-consequences, and there is no store of \(assembly): nothing would be annotated; build one with "
          + "'rarescreen knowledge build'")
    }
    if options.compare, ownKeys.isEmpty {
      throw Failure(
        .usage, "\(input): there is nothing to compare: no CSQ, ANN or BCSQ is declared; leave --compare out")
    }
    if !isWritten, !options.leavesConsequences {
      session.warn([
        "\(input): the consequences of \(ownKeys.sorted().joined(separator: ", ")) are kept; --reannotate tells them anew"
      ])
    }
    if options.reference == nil, isWritten {
      session.warn([
        "no --reference: changes within codons and names of insertions and deletions are not told; give the FASTA of \(assembly)"
      ])
    }
    headerChange = RecordTarget.HeaderChange(
      command: "annotate",
      added: StoreFieldWriter.headerLines(stores)
        + (isWritten ? [ConsequenceField.headerLine(version: Version.number, model: model.name)] : []),
      dropped: Set(storeKeys).union(isWritten ? Self.consequenceKeys : []), keepsRecords: false)
  }

  private static func model(_ path: String?, _ assembly: Assembly, session: Session) throws -> GeneModel {
    guard let path else {
      let directory = try DataDirectory.find(given: session.options.knowledge)
      return try GeneTable(directory: directory + "/genes").geneModel(on: assembly)
    }
    let file = try GeneModelFile(path: path, assembly: assembly)
    if !file.otherContigs.isEmpty {
      let total = file.otherContigs.values.reduce(0, +)
      session.warn([
        "\(path): \(total) lines lie on \(file.otherContigs.count) contigs that are no assembled chromosomes and are not used"
      ])
    }
    if file.withoutExons > 0 {
      session.warn(["\(path): \(file.withoutExons) transcripts have no exon lines and count as one exon each"])
    }
    if let last = file.model.transcripts.first(where: { $0.region.end > assembly.length(of: $0.region.contig) }) {
      throw Failure(
        .malformedInput,
        "\(path): \(last.id) ends beyond \(last.region.contig) of \(assembly); give the gene model of the input's build"
      )
    }
    return file.model
  }

  /// What a worker has for its own.
  private struct Tools {
    let fields: StoreFieldWriter?
    let encoder: RecordEncoder
    let reference: WorkerReference?
    let caller: ConsequenceCaller
    var field: ConsequenceField
    /// The change of the record at hand, kept for its arrays.
    var change = QuietChange(
      bases: 0..<0, forward: .init(first: 0, last: 0, words: []), reverse: .init(first: 0, last: 0, words: []))
  }

  private func tools(_ encoding: RecordTarget.Encoding) throws -> Tools {
    let (caller, reference) = try caller()
    return Tools(
      fields: stores.isEmpty ? nil : StoreFieldWriter(stores, normaliser: normaliser), encoder: try encoding.encoder(),
      reference: reference, caller: caller, field: ConsequenceField(model: model))
  }

  func caller() throws -> (caller: ConsequenceCaller, reference: WorkerReference?) {
    let reference = try reference.map { try WorkerReference(path: $0) }
    return (ConsequenceCaller(model, reference: reference?.window()), reference)
  }

  /// Reads the file and writes its records with what is added to them.
  ///
  /// - Returns: what was done, in words.
  func run(on file: consuming sending VariantFile, into target: RecordTarget, session: Session) throws -> [String] {
    let encoding = target.encoding
    let (caller, reference) = try caller()
    let finisher = Mutex(AnnotationFinisher(caller: caller, reference: reference, encoder: try encoding.encoder()))
    let received = try target.receive(
      from: file, plan: ReadPlan(), session: session, tools: { try tools(encoding) },
      drain: { (records: inout AnnotatedRecords, writer) in
        let pieces = records.pieces
        records.pieces.removeAll()
        for bytes in try finisher.withLock({ try $0.take(pieces) }) { try writer.write(bytes) }
      },
      finish: { writer in
        for bytes in try finisher.withLock({ try $0.finish() }) { try writer.write(bytes) }
      },
      body: { tools, batch in
        let annotated = try annotate(batch, with: &tools)
        try tools.reference?.check()
        return annotated
      })
    let counts = received.yield?.counts ?? AnnotatedRecords.Counts()
    if counts.withoutReference > 0 {
      session.warn([
        "\(counts.withoutReference) alleles lie on contigs that the reference lacks; of these only what the place alone decides is told"
      ])
    }
    let joined = finisher.withLock { $0.joinedCount }
    return (stores.isEmpty ? [] : ["\(counts.known) of \(received.records) records are known to the stores"])
      + (isWritten ? ["\(counts.annotated) of \(received.records) records annotated, \(counts.alleles) alleles"] : [])
      + (joined == 0 ? [] : ["\(joined) alleles are told together with others of their haplotype"])
      + (counts.symbolic == 0 ? [] : ["\(counts.symbolic) symbolic alleles have no consequences"])
  }

  private func annotate(_ batch: VariantBatch, with tools: inout Tools) throws -> AnnotatedRecords {
    var annotated = AnnotatedRecords()
    var bytes: [UInt8] = []
    // An entry is about as long as a short line; what is not used is never touched.
    bytes.reserveCapacity(batch.text.count * 3)
    let lines = LineCopier(batch, dropping: droppedKeys)
    let contigs = batch.contigs
    let positions = batch.positions
    var last: Locus?
    for row in contigs.indices {
      let locus = contigs[row].map { Locus($0, positions[row]) }
      defer { last = locus ?? last }
      if let locus, isWritten, try appendQuiet(row, of: lines, at: locus, to: &bytes, with: &tools, &annotated.counts) {
        continue
      }
      let spelled = isWritten ? SpelledAlleles(of: row, in: batch) : nil
      guard let locus, let spelled, !spelled.alternates.isEmpty else {
        if locus != nil { annotated.counts.symbolic += spelled?.symbolicCount ?? 0 }
        let start = bytes.count
        if try !appendBeginning(row, of: lines, with: tools.fields, to: &bytes, &annotated.counts) {
          bytes.append(UInt8(ascii: "."))
        }
        lines.appendEnd(row, to: &bytes)
        try tools.encoder.finish(&bytes, from: start, ordinal: batch.ordinals[row])
        continue
      }
      let told = try tell(row, of: batch, spelled, at: locus, with: tools, counts: &annotated.counts)
      if let carriers = carriers(of: told, row: row, in: batch) {
        annotated.append(bytes, upTo: last)
        bytes.removeAll(keepingCapacity: true)
        let waiting = AnnotatedRecords.Waiting(
          line: try openLine(row, of: lines, with: tools.fields, &annotated.counts), ordinal: batch.ordinals[row],
          position: locus.position,
          reference: Array(spelled.reference), isAnchored: spelled.isAnchored, alleles: told, carriers: carriers)
        annotated.pieces.append(.waiting(waiting, at: locus))
        continue
      }
      let start = bytes.count
      if try appendBeginning(row, of: lines, with: tools.fields, to: &bytes, &annotated.counts) {
        bytes.append(UInt8(ascii: ";"))
      }
      tools.field.append(told, isAnchored: spelled.isAnchored, to: &bytes)
      lines.appendEnd(row, to: &bytes)
      try tools.encoder.finish(&bytes, from: start, ordinal: batch.ordinals[row])
    }
    annotated.append(bytes, upTo: last)
    return annotated
  }

  /// Who carries each allele of a record that has to wait for its neighbours; nil for one that does not.
  private func carriers(
    of told: [ConsequenceField.Allele], row: Int, in batch: VariantBatch
  ) -> [HaplotypeCarriers]? {
    let carriers = told.map { allele in
      allele.effects.contains { $0.edit != nil }
        ? HaplotypeCarriers(of: allele.number, row: row, in: batch) : HaplotypeCarriers.unknown
    }
    return zip(told, carriers).contains { HaplotypeJoiner.waits($0.effects, $1) } ? carriers : nil
  }

  /// Writes a record of one allele that changes nothing but its place has to be told of: most of a genome's are such.
  ///
  /// - Returns: false for any other record, of which nothing is written.
  private func appendQuiet(
    _ row: Int, of lines: LineCopier, at locus: Locus, to bytes: inout [UInt8], with tools: inout Tools,
    _ counts: inout AnnotatedRecords.Counts
  ) throws -> Bool {
    let batch = lines.batch
    let reference = batch.bytes(.reference, of: row)
    let alternate = batch.bytes(.alternate, of: row)
    guard
      let stretch = tools.caller.quietStretch(
        locus.contig, locus.position, reference, alternate, noting: &tools.change)
    else { return false }
    if checksReference {
      try check(row, of: batch, reference, with: tools, absent: &counts.withoutReference)
    }
    let isAnchored = reference.count != alternate.count && reference.first == alternate.first
    let start = bytes.count
    if try appendBeginning(row, of: lines, with: tools.fields, to: &bytes, &counts) { bytes.append(UInt8(ascii: ";")) }
    tools.field.append(tools.change, in: stretch, alternate: alternate, isAnchored: isAnchored, to: &bytes)
    lines.appendEnd(row, to: &bytes)
    try tools.encoder.finish(&bytes, from: start, ordinal: batch.ordinals[row])
    counts.annotated += 1
    counts.alleles += 1
    return true
  }

  /// The effects of every allele of a record that is spelled out.
  private func tell(
    _ row: Int, of batch: VariantBatch, _ spelled: SpelledAlleles, at locus: Locus, with tools: Tools,
    counts: inout AnnotatedRecords.Counts
  ) throws -> [ConsequenceField.Allele] {
    counts.annotated += 1
    counts.symbolic += spelled.symbolicCount
    counts.alleles += spelled.alternates.count
    return try spelled.alternates.map { allele in
      let effects = tools.caller.effects(locus.contig, locus.position, spelled.reference, allele.bases)
      if checksReference {
        try check(row, of: batch, spelled.reference, with: tools, absent: &counts.withoutReference)
      }
      return ConsequenceField.Allele(
        number: allele.number, bases: Array(allele.bases),
        genomicName: tools.caller.genomicName(locus.contig, locus.position, spelled.reference, allele.bases),
        effects: effects)
    }
  }

  /// Holds REF of every record to the reference, where no consequences are told.
  private func checkReference(of batch: VariantBatch) throws {
    do {
      try normaliser.checkReference(of: batch, where: Selection(all: batch.count), file: 0)
    } catch {
      throw Failure(error, in: input)
    }
  }

  /// Holds REF to the reference.
  private func check(
    _ row: Int, of batch: VariantBatch, _ reference: ArraySlice<UInt8>, with tools: Tools, absent: inout Int
  ) throws {
    guard let contig = batch.contigs[row] else { return }
    guard tools.caller.hasSequence(of: contig) else {
      absent += 1
      return
    }
    if let expected = tools.caller.mismatch(contig, batch.positions[row], reference) {
      throw Failure(
        .malformedInput,
        "\(input), \(batch.string(.chromosome, of: row)):\(batch.positions[row]): REF is "
          + "\(String(decoding: reference.prefix(20), as: UTF8.self)), but the reference has \(expected); give the FASTA that the "
          + "variants were called against, or --no-ref-check")
    }
  }

  /// Appends a line up to the end of its INFO: what the file has, without what is told anew, and what the stores know.
  ///
  /// - Returns: whether INFO holds anything; a missing one is left out.
  private func appendBeginning(
    _ row: Int, of lines: LineCopier, with fields: StoreFieldWriter?, to bytes: inout [UInt8],
    _ counts: inout AnnotatedRecords.Counts
  ) throws -> Bool {
    let hasOwn = lines.appendBeginning(row, to: &bytes)
    guard let fields, let contig = lines.batch.contigs[row] else { return hasOwn }
    let start = bytes.count
    let spelled = SpelledAlleles(of: row, in: lines.batch)
    if try fields.append(contig, lines.batch.positions[row], spelled, to: &bytes) { counts.known += 1 }
    if !hasOwn, bytes.count > start { bytes.remove(at: start) }
    return hasOwn || bytes.count > start
  }

  private func openLine(
    _ row: Int, of lines: LineCopier, with fields: StoreFieldWriter?, _ counts: inout AnnotatedRecords.Counts
  ) throws -> AnnotatedRecords.OpenLine {
    var line = AnnotatedRecords.OpenLine()
    line.hasInfo = try appendBeginning(row, of: lines, with: fields, to: &line.text, &counts)
    line.infoEnd = line.text.count
    lines.appendEnd(row, to: &line.text)
    return line
  }
}
