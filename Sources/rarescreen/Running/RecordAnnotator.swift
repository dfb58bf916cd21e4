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
  /// What was done, in numbers.
  struct Counts {
    var records: Int
    var annotated: Int
    var alleles: Int
    var unspelled: Int
    /// Alleles that were told together with others of their haplotype.
    var joined: Int

    var lines: [String] {
      ["\(annotated) of \(records) records annotated, \(alleles) alleles"]
        + (joined == 0 ? [] : ["\(joined) alleles are told together with others of their haplotype"])
        + (unspelled == 0 ? [] : ["\(unspelled) symbolic alleles have no consequences"])
    }
  }

  /// INFO keys that hold consequences.
  private static let consequenceKeys: Set = ["CSQ", "ANN", "BCSQ"]

  private let input: String
  private let layout: AnnotationLayout
  /// The keys of the file that hold consequences.
  private let ownKeys: Set<String>
  private let model: GeneModel
  private let reference: String?
  private let checksReference: Bool
  private let isWritten: Bool
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
    try Self.checkReference(options.reference, assembly)
    model = try Self.model(options.geneModel, assembly, session: session)
    isWritten = ownKeys.isEmpty || options.reannotate || options.compare
    if options.compare, ownKeys.isEmpty {
      throw Failure(
        .usage, "\(input): there is nothing to compare: no CSQ, ANN or BCSQ is declared; leave --compare out")
    }
    if !isWritten {
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
      added: isWritten ? [ConsequenceField.headerLine(version: Version.number, model: model.name)] : [],
      dropped: isWritten ? Self.consequenceKeys : [], keepsRecords: false)
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
    if let last = file.model.transcripts.first(where: { $0.region.end > assembly.length(of: $0.region.contig) }) {
      throw Failure(
        .malformedInput,
        "\(path): \(last.id) ends beyond \(last.region.contig) of \(assembly); give the gene model of the input's build"
      )
    }
    return file.model
  }

  private static func checkReference(_ path: String?, _ assembly: Assembly) throws {
    guard let path else { return }
    if case .assembly(let found) = try ReferenceSequence(path: path).assemblyEvidence.finding, found != assembly {
      throw Failure(
        .malformedInput, "\(path): a FASTA of \(found), but the input is on \(assembly); give the FASTA of its build")
    }
  }

  /// What a worker has for its own.
  private struct Tools {
    let encoder: RecordEncoder
    let reference: WorkerReference?
    let caller: ConsequenceCaller
    var field: ConsequenceField
  }

  private func tools(_ encoding: RecordTarget.Encoding) throws -> Tools {
    let reference = try reference.map { try WorkerReference(path: $0) }
    return Tools(
      encoder: try encoding.encoder(), reference: reference,
      caller: ConsequenceCaller(model, reference: reference?.window()), field: ConsequenceField(model: model))
  }

  /// Reads the file and writes its records with what is added to them.
  func run(on file: consuming sending VariantFile, into target: RecordTarget, session: Session) throws -> Counts {
    let encoding = target.encoding
    let finisher = Mutex(
      AnnotationFinisher(
        model: model, reference: try reference.map { try WorkerReference(path: $0) }, encoder: try encoding.encoder()))
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
    let counts = received.yield?.counts ?? [:]
    if let absent = counts["absent"], absent > 0 {
      session.warn([
        "\(absent) alleles lie on contigs that the reference lacks; of these only what the place alone decides is told"
      ])
    }
    return Counts(
      records: received.records, annotated: received.yield?.count ?? 0, alleles: counts["alleles"] ?? 0,
      unspelled: counts["unspelled"] ?? 0, joined: finisher.withLock { $0.joinedCount })
  }

  private func annotate(_ batch: VariantBatch, with tools: inout Tools) throws -> AnnotatedRecords {
    var annotated = AnnotatedRecords()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(batch.text.count * 5 / 4)
    var line: [UInt8] = []
    var told: [AnnotatedRecords.Waiting.Allele] = []
    var last: Locus?
    for row in 0..<batch.count {
      line.removeAll(keepingCapacity: true)
      let alleles = SpelledAlleles(of: row, in: batch)
      let isTold = isWritten && batch.contigs[row] != nil && !alleles.alternates.isEmpty
      let info = compose(row, of: batch, isTold: isTold, into: &line)
      told.removeAll(keepingCapacity: true)
      if isWritten { try tell(row, of: batch, alleles, with: tools, into: &told, counts: &annotated.counts) }
      let locus = batch.contigs[row].map { Locus($0, batch.positions[row]) }
      if !told.isEmpty { annotated.count += 1 }
      if let locus, told.contains(where: { HaplotypeJoiner.waits($0.effects, $0.carriers) }) {
        annotated.append(bytes, upTo: last)
        bytes.removeAll(keepingCapacity: true)
        annotated.pieces.append(
          .waiting(
            AnnotatedRecords.Waiting(
              line: line, infoEnd: info.end, hasInfo: info.isFilled, ordinal: batch.ordinals[row],
              position: batch.positions[row], reference: Array(alleles.reference), isAnchored: alleles.isAnchored,
              alleles: told), at: locus))
      } else {
        if !told.isEmpty { insert(told, alleles, at: info, into: &line, with: &tools) }
        try tools.encoder.encode(line[...], ordinal: batch.ordinals[row], to: &bytes)
      }
      last = locus ?? last
    }
    annotated.append(bytes, upTo: last)
    return annotated
  }

  /// The effects of every allele of a record that is spelled out.
  private func tell(
    _ row: Int, of batch: VariantBatch, _ alleles: SpelledAlleles, with tools: Tools,
    into told: inout [AnnotatedRecords.Waiting.Allele], counts: inout [String: Int]
  ) throws {
    guard let contig = batch.contigs[row] else { return }
    if alleles.symbolicCount > 0 { counts["unspelled", default: 0] += alleles.symbolicCount }
    for allele in alleles.alternates {
      let effects = tools.caller.effects(contig, batch.positions[row], alleles.reference, allele.bases)
      if checksReference {
        try check(row, of: batch, alleles.reference, effects, with: tools, absent: &counts["absent", default: 0])
      }
      let carriers =
        effects.contains { $0.edit != nil }
        ? HaplotypeCarriers(of: allele.number, row: row, in: batch) : HaplotypeCarriers.unknown
      told.append(
        AnnotatedRecords.Waiting.Allele(
          number: allele.number, bases: Array(allele.bases), effects: effects, carriers: carriers))
    }
    if !told.isEmpty { counts["alleles", default: 0] += told.count }
  }

  private func insert(
    _ told: [AnnotatedRecords.Waiting.Allele], _ alleles: SpelledAlleles, at info: (end: Int, isFilled: Bool),
    into line: inout [UInt8], with tools: inout Tools
  ) {
    var text = Array((info.isFilled ? ";" : "").utf8) + Array("\(ConsequenceField.key)=".utf8)
    for (place, allele) in told.enumerated() {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      tools.field.append(
        allele.effects, alternate: allele.bases[...], number: allele.number, isAnchored: alleles.isAnchored, to: &text)
    }
    line.insert(contentsOf: text, at: info.end)
  }

  /// Holds REF to the reference where an exon is touched, or bases around it are looked at anyway.
  private func check(
    _ row: Int, of batch: VariantBatch, _ reference: ArraySlice<UInt8>, _ effects: [TranscriptEffect],
    with tools: Tools, absent: inout Int
  ) throws {
    guard let contig = batch.contigs[row] else { return }
    guard effects.contains(where: { $0.exons != nil }) || reference.count > 1 else { return }
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

  /// The line without consequences that are told anew.
  ///
  /// - Parameter isTold: whether consequences will be put there; a record that gets nothing keeps its `.`.
  /// - Returns: where INFO ends, and whether it holds anything.
  private func compose(
    _ row: Int, of batch: VariantBatch, isTold: Bool, into line: inout [UInt8]
  ) -> (end: Int, isFilled: Bool) {
    let whole = batch.line(of: row)
    let info = batch.range(.info, of: row)
    line += batch.text[whole.startIndex..<info.lowerBound]
    let start = line.count
    let isMissing = info.count == 1 && batch.text[info.lowerBound] == UInt8(ascii: ".")
    if !isMissing, isWritten, !ownKeys.isEmpty {
      batch.forEachInfo(of: row) { key, value in
        if Self.consequenceKeys.contains(String(decoding: key, as: UTF8.self)) { return }
        if line.count > start { line.append(UInt8(ascii: ";")) }
        line += batch.text[key.startIndex..<max(key.endIndex, value.endIndex)]
      }
    } else if !isMissing {
      line += batch.text[info]
    }
    let end = line.count
    let isFilled = end > start
    if !isFilled, !isTold { line.append(UInt8(ascii: ".")) }
    line += batch.text[info.upperBound..<whole.endIndex]
    return (end, isFilled)
  }
}

extension RecordAnnotator {
  /// Where consequences of the file and of the gene model differ.
  private struct Differences: Mergeable {
    var rows: [String] = []
    var compared = 0
    var different = 0

    mutating func merge(_ later: Differences) {
      rows += later.rows
      compared += later.compared
      different += later.different
    }

    mutating func shift(by records: Int) {}
  }

  /// Lists on standard output each transcript of which file and gene model tell different worst terms.
  func compare(_ file: consuming sending VariantFile, session: Session) throws {
    print("chrom\tpos\tref\talt\ttranscript\tfile\trarescreen")
    let scanned: FileYield<Differences> = try foldRecords(
      of: file, plan: ReadPlan(), session: session,
      tools: { [reference, model] in
        let own = try reference.map { try WorkerReference(path: $0) }
        return (reference: own, caller: ConsequenceCaller(model, reference: own?.window()))
      },
      drain: { (differences: inout Differences) in
        for row in differences.rows { print(row) }
        differences.rows.removeAll()
      },
      body: { tools, batch in
        let found = differences(in: batch, caller: tools.caller)
        try tools.reference?.check()
        return found
      })
    session.warn(scanned.warnings.kept.map(\.description) + scanned.warnings.summary)
    let compared = scanned.yield?.compared ?? 0
    let different = scanned.yield?.different ?? 0
    session.logger.info("\(compared) consequences compared, \(compared - different) alike, \(different) different")
  }

  private func differences(in batch: VariantBatch, caller: ConsequenceCaller) -> Differences {
    var differences = Differences()
    for row in 0..<batch.count {
      guard let contig = batch.contigs[row] else { continue }
      let alleles = SpelledAlleles(of: row, in: batch)
      for allele in alleles.alternates {
        let told = layout.consequences(of: row, alternate: allele.number, in: batch)
        let effects = caller.effects(contig, batch.positions[row], alleles.reference, allele.bases)
        let comparison = ConsequenceComparison(told, with: effects, of: model)
        differences.compared += comparison.compared
        differences.different += comparison.disagreements.count
        for difference in comparison.disagreements {
          differences.rows.append(
            [
              batch.string(.chromosome, of: row), "\(batch.positions[row])",
              String(decoding: alleles.reference, as: UTF8.self), String(decoding: allele.bases, as: UTF8.self),
              difference.transcript, difference.theirs, difference.ours,
            ].joined(separator: "\t"))
        }
      }
    }
    return differences
  }
}
