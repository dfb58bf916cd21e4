internal import Model

/// Puts the lines of a gene model together: parts to transcripts, transcripts to genes.
struct GeneModelAssembler {
  /// A gene or a transcript as it is written.
  private struct Feature {
    var type: String
    var contig: Contig
    var range: Range<Int>
    var isForward: Bool
    var parent: String?
    var number: Int
    var names: Names
  }

  /// What the attributes say.
  private struct Names {
    var accession: String?
    var version: String?
    var symbol: String?
    var hgncID: String?
    var biotype: String?
    var tags: [String]
    var geneID: String?

    init(_ line: GeneModelLine) {
      let isGene = line.type.hasSuffix("gene") || line.parents.isEmpty
      accession = line.attribute("transcript_id")
      version = line.isGTF && isGene ? nil : line.attribute("transcript_version", "version")
      symbol = line.attribute("gene_name", "gene") ?? (isGene ? line.attribute("Name") : nil)
      hgncID = Self.hgncID(line)
      biotype =
        isGene
        ? line.attribute("biotype", "gene_biotype", "gene_type")
        : line.attribute("transcript_biotype", "transcript_type", "biotype")
      tags = line.tags
      geneID = line.attribute("gene_id")
    }

    /// `hgnc_id=HGNC:5`, RefSeq's `Dbxref=…,HGNC:HGNC:5`, or Ensembl's `[Source:HGNC Symbol;Acc:HGNC:5]`.
    private static func hgncID(_ line: GeneModelLine) -> String? {
      for text in [line.attribute("hgnc_id"), line.attribute("Dbxref", "db_xref"), line.attribute("description")] {
        guard let text, let place = text.ranges(of: "HGNC:").last else { continue }
        let digits = text[place.upperBound...].prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty { return "HGNC:" + digits }
      }
      return nil
    }
  }

  /// Exons and coding parts of one transcript.
  private struct Parts {
    var exons: [Range<Int>] = []
    var coding: [(range: Range<Int>, phase: Int?)] = []
    var stopCodons: [Range<Int>] = []
    var proteinID: String?
    /// For a transcript that has no line of its own, as in some GTF files.
    var contig: Contig
    var isForward: Bool
    var number: Int
    var names: Names?
  }

  private let path: String
  private var features: [String: Feature] = [:]
  private var parts: [String: Parts] = [:]
  private(set) var otherContigs: [String: Int] = [:]
  private(set) var withoutExons = 0
  private var contigs: [ArraySlice<UInt8>: Contig?] = [:]

  init(path: String) {
    self.path = path
  }

  mutating func add(_ line: GeneModelLine) throws(ReadError) {
    guard let contig = contig(line.contigName) else {
      otherContigs[String(decoding: line.contigName, as: UTF8.self), default: 0] += 1
      return
    }
    guard let part = line.part else {
      guard let id = line.id else { return }
      // RefSeq repeats the lines of a gene that lies on X and Y under one id; the first place stands for it.
      if let known = features[id], known.contig != contig || known.range != line.range { return }
      features[id] = Feature(
        type: line.type, contig: contig, range: line.range, isForward: line.isForward, parent: line.parents.first,
        number: line.number, names: Names(line))
      return
    }
    if part == .implied { return }
    for parent in line.parents {
      try add(part, line, to: parent, on: contig)
    }
  }

  private mutating func add(
    _ part: GeneModelLine.Part, _ line: GeneModelLine, to parent: String, on contig: Contig
  ) throws(ReadError) {
    var own =
      parts[parent]
      ?? Parts(
        contig: contig, isForward: line.isForward, number: line.number, names: line.isGTF ? Names(line) : nil)
    guard own.contig == contig, own.isForward == line.isForward else {
      // The twin of a pseudoautosomal transcript.
      if own.contig != contig { return }
      throw ReadError(
        .wrongContent(expected: "parts of a transcript on one strand", found: "both strands in \(printable(parent))"),
        file: path, place: ReadPlace(line: line.number))
    }
    switch part {
    case .exon: own.exons.append(line.range)
    case .coding:
      own.coding.append((line.range, line.phase))
      if own.proteinID == nil { own.proteinID = line.attribute("protein_id") }
    case .stopCodon: own.stopCodons.append(line.range)
    case .implied: break
    }
    parts[parent] = own
  }

  private mutating func contig(_ name: ArraySlice<UInt8>) -> Contig? {
    if let known = contigs[name] { return known }
    let contig = Contig(name: String(decoding: name, as: UTF8.self))
    contigs[name] = .some(contig)
    return contig
  }

  /// The transcripts, in no order.
  mutating func transcripts() throws(ReadError) -> [TranscriptModel] {
    var transcripts: [TranscriptModel] = []
    for (id, own) in parts {
      if let transcript = try transcript(id, own) { transcripts.append(transcript) }
    }
    // A transcript of which only the place is told, which bcftools csq reads too.
    for (id, feature) in features where parts[id] == nil && Self.isTranscript(feature, parents: features) {
      withoutExons += 1
      transcripts.append(
        model(id, feature, Parts(contig: feature.contig, isForward: feature.isForward, number: feature.number)))
    }
    return transcripts
  }

  private static func isTranscript(_ feature: Feature, parents: [String: Feature]) -> Bool {
    guard let parent = feature.parent.flatMap({ parents[$0] }) else { return false }
    return parent.parent == nil && feature.names.biotype != nil
  }

  private func transcript(_ id: String, _ own: Parts) throws(ReadError) -> TranscriptModel? {
    if let feature = features[id] {
      // Exons of a gene itself, such as a pseudogene of RefSeq, are a transcript without a name.
      guard feature.contig == own.contig else { return nil }
      for part in own.exons + own.coding.map(\.range)
      where part.lowerBound < feature.range.lowerBound || part.upperBound > feature.range.upperBound {
        throw ReadError(
          .wrongContent(
            expected: "parts within their transcript",
            found: "\(printable(id)) holds \(part.lowerBound + 1)-\(part.upperBound) outside itself"),
          file: path, place: ReadPlace(line: own.number))
      }
      return model(id, feature, own)
    }
    let all = own.exons + own.coding.map(\.range)
    guard let start = all.map(\.lowerBound).min(), let end = all.map(\.upperBound).max(), let names = own.names else {
      return nil
    }
    return model(
      id,
      Feature(
        type: "transcript", contig: own.contig, range: start..<end, isForward: own.isForward, parent: names.geneID,
        number: own.number, names: names), own)
  }

  private func model(_ id: String, _ feature: Feature, _ own: Parts) -> TranscriptModel {
    let gene = feature.parent.flatMap { features[$0] }
    let coding = Self.codingRange(own)
    let exons = Self.joined(own.exons.isEmpty ? (own.coding.map(\.range) + own.stopCodons) : own.exons)
    let first = own.coding.min { left, right in
      own.isForward
        ? left.range.lowerBound < right.range.lowerBound : left.range.upperBound > right.range.upperBound
    }
    let phase = first?.phase ?? 0
    let tags = Set(feature.names.tags.map { $0.replacing("_", with: " ").lowercased() })
    return TranscriptModel(
      id: Self.accession(id, feature.names), geneID: Self.geneID(feature, gene),
      symbol: gene?.names.symbol ?? feature.names.symbol,
      hgncID: gene?.names.hgncID ?? feature.names.hgncID,
      biotype: feature.names.biotype ?? Self.biotype(feature.type, isCoding: coding != nil),
      region: Region(feature.contig, feature.range.lowerBound, feature.range.upperBound), isForward: feature.isForward,
      exons: exons.isEmpty ? [feature.range] : exons, coding: coding, startPhase: phase,
      lacksStart: phase != 0 || tags.contains("cds start nf"), lacksStop: tags.contains("cds end nf"),
      tag: tags.contains("mane select")
        ? .maneSelect : tags.contains("mane plus clinical") ? .manePlusClinical : .other,
      isCanonical: tags.contains("ensembl canonical") || tags.contains("refseq select"), proteinID: own.proteinID)
  }

  /// The stop codon belongs to the coding sequence in GFF3, and stands beside it in GTF.
  private static func codingRange(_ own: Parts) -> Range<Int>? {
    guard let start = own.coding.map(\.range.lowerBound).min(), let end = own.coding.map(\.range.upperBound).max()
    else {
      return nil
    }
    let stops = own.stopCodons
    return min(start, stops.map(\.lowerBound).min() ?? start)..<max(end, stops.map(\.upperBound).max() ?? end)
  }

  /// Sorted, with what touches or overlaps joined.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  private static func accession(_ id: String, _ names: Names) -> String {
    var accession = names.accession ?? id
    for prefix in ["transcript:", "rna-"] where accession.hasPrefix(prefix) { accession.removeFirst(prefix.count) }
    if let version = names.version, !version.isEmpty, !accession.contains(".") { accession += "." + version }
    return accession
  }

  private static func geneID(_ feature: Feature, _ gene: Feature?) -> String? {
    var id = gene?.names.geneID ?? feature.names.geneID ?? feature.parent
    for prefix in ["gene:", "gene-"] where id?.hasPrefix(prefix) == true { id?.removeFirst(prefix.count) }
    return id
  }

  /// RefSeq tells the kind of a transcript by the line's type.
  private static func biotype(_ type: String, isCoding: Bool) -> String {
    if isCoding { return "protein_coding" }
    return switch type {
    case "lnc_RNA", "lncRNA", "lincRNA": "lncRNA"
    case "NMD_transcript_variant": TranscriptModel.decayBiotype
    case "mRNA": "protein_coding"
    default: type
    }
  }
}
