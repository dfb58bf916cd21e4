import Model
import Synchronization

/// Transcripts by gene and by place. Exons are parsed when a transcript is asked for.
struct TranscriptTable: Sendable {
  /// What is needed of every row to find it.
  private struct Entry: Sendable {
    var gene: Int32
    var row: Int32
    var rank: UInt8
    var region: Region
  }

  /// The genes of one contig by start; `reach` is the furthest end so far, which bounds the way back of a search.
  private struct Spans: Sendable {
    var entries: [Entry] = []
    var reach: [Int] = []
  }

  /// One span a gene and contig, by contig: made when a place is first asked for, which few cases do.
  private final class LatePlaces: Sendable {
    private let known = Mutex<[Assembly: [Spans]]>([:])

    func of(_ assembly: Assembly, made make: () -> [Spans]) -> [Spans] {
      known.withLock { known in
        if let spans = known[assembly] { return spans }
        let spans = make()
        known[assembly] = spans
        return spans
      }
    }
  }

  private struct Columns: Sendable {
    var contig, strand, start, end, codingStart, codingEnd, exonStarts, exonSizes, tag, refSeq, ensembl,
      protein, gene, origin: Int

    init(_ table: TextTable) throws(KnowledgeError) {
      contig = try table.column("contig")
      strand = try table.column("strand")
      start = try table.column("tx_start")
      end = try table.column("tx_end")
      codingStart = try table.column("cds_start")
      codingEnd = try table.column("cds_end")
      exonStarts = try table.column("exon_starts")
      exonSizes = try table.column("exon_sizes")
      tag = try table.column("tag")
      refSeq = try table.column("refseq")
      ensembl = try table.column("ensembl")
      protein = try table.column("protein")
      gene = try table.column("hgnc_id")
      origin = try table.column("origin")
    }
  }

  private let table: TextTable
  private let columns: Columns
  /// Rows of each assembly by gene number, best transcript first.
  private let byGene: [Assembly: [Entry]]
  private let spans = LatePlaces()

  var metadata: [String: String] { table.metadata }

  init(_ table: TextTable) throws(KnowledgeError) {
    self.table = table
    columns = try Columns(table)
    let assemblyColumn = try table.column("assembly")
    var byGene: [Assembly: [Entry]] = [:]
    // Neighbouring rows mostly repeat assembly and contig, so each is read only where it changes.
    var assembly = Assembly.grch38
    var contig = Contig.chr1
    var assemblyBytes: ArraySlice<UInt8> = []
    var contigBytes: ArraySlice<UInt8> = []
    for row in 0..<table.count {
      let written = table.bytes[table.range(row, assemblyColumn)]
      if written != assemblyBytes {
        guard let known = Assembly(name: table.text(row, assemblyColumn)) else {
          throw table.bad(row, assemblyColumn, expected: "GRCh37 or GRCh38")
        }
        (assembly, assemblyBytes) = (known, written)
      }
      let name = table.bytes[table.range(row, columns.contig)]
      if name != contigBytes {
        guard let known = Contig(name: table.text(row, columns.contig)) else {
          throw table.bad(row, columns.contig, expected: "an assembled chromosome")
        }
        (contig, contigBytes) = (known, name)
      }
      let region = Region(contig, try table.number(row, columns.start), try table.number(row, columns.end))
      guard region.start < region.end, region.end <= assembly.length(of: contig) else {
        throw table.bad(row, columns.end, expected: "an end behind the start and on the contig")
      }
      try Self.checkExons(table, row, columns)
      byGene[assembly, default: []].append(
        Entry(
          gene: Int32(try table.identifier(row, columns.gene, prefix: "HGNC:")), row: Int32(row),
          rank: try Self.tag(table, row, columns.tag).rank, region: region))
    }
    self.byGene = byGene.mapValues { entries in
      entries.sorted { left, right in
        if left.gene != right.gene { return left.gene < right.gene }
        return (left.rank, left.region.contig, left.row) < (right.rank, right.region.contig, right.row)
      }
    }
  }

  /// Transcripts of a gene, MANE Select first, then MANE Plus Clinical, then in the order of the table.
  func transcripts(ofNumber number: Int, on assembly: Assembly, gene: String) -> [Transcript] {
    entries(number, assembly).map { transcript(Int($0.row), region: $0.region, gene: gene) }
  }

  /// Where a gene lies, a region a contig (genes of the pseudoautosomal regions may be listed on X and Y).
  func regions(ofNumber number: Int, on assembly: Assembly) -> [Region] {
    Self.joined(entries(number, assembly)).map(\.region)
  }

  /// Numbers of the genes whose transcripts overlap the region, by start of the gene.
  func genes(overlapping region: Region, on assembly: Assembly) -> [Int] {
    guard let entries = byGene[assembly] else { return [] }
    let contig = spans.of(assembly, made: { Self.spans(entries) })[Int(region.contig.rawValue)]
    var low = 0
    var high = contig.entries.count
    while low < high {
      let middle = (low + high) / 2
      if contig.entries[middle].region.start < region.end { low = middle + 1 } else { high = middle }
    }
    var found: [Int] = []
    while low > 0, contig.reach[low - 1] > region.start {
      low -= 1
      if contig.entries[low].region.overlaps(region) { found.append(Int(contig.entries[low].gene)) }
    }
    return found.reversed()
  }

  /// Every transcript of an assembly, or those that overlap regions, with the number of its gene and its protein.
  func all(on assembly: Assembly, overlapping regions: RegionSet?) -> [(Int, Transcript, String?)] {
    (byGene[assembly] ?? []).compactMap { entry in
      if let regions, !regions.overlaps(entry.region) { return nil }
      let row = Int(entry.row)
      return (
        Int(entry.gene), transcript(row, region: entry.region, gene: "HGNC:\(entry.gene)"),
        table.optionalText(row, columns.protein)
      )
    }
  }

  private func entries(_ number: Int, _ assembly: Assembly) -> ArraySlice<Entry> {
    guard let entries = byGene[assembly] else { return [] }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].gene < number { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < entries.count, entries[end].gene == number { end += 1 }
    return entries[low..<end]
  }

  private static func spans(_ entries: [Entry]) -> [Spans] {
    var contigs = Array(repeating: Spans(), count: Contig.allCases.count + 1)
    for span in joined(entries) {
      let slot = Int(span.region.contig.rawValue)
      contigs[slot].reach.append(max(contigs[slot].reach.last ?? 0, span.region.end))
      contigs[slot].entries.append(span)
    }
    return contigs
  }

  /// One entry a gene and contig that covers its transcripts there, by place.
  private static func joined(_ entries: some Sequence<Entry>) -> [Entry] {
    var joined: [Entry] = []
    for entry in entries.sorted(by: { ($0.gene, $0.region) < ($1.gene, $1.region) }) {
      if let last = joined.last, last.gene == entry.gene, last.region.contig == entry.region.contig {
        joined[joined.count - 1].region.end = max(last.region.end, entry.region.end)
      } else {
        joined.append(entry)
      }
    }
    return joined.sorted { ($0.region, $0.gene) < ($1.region, $1.gene) }
  }
}

extension TranscriptTable {
  private func transcript(_ row: Int, region: Region, gene: String) -> Transcript {
    let start = region.start
    let starts = numbers(row, columns.exonStarts)
    let sizes = numbers(row, columns.exonSizes)
    var coding: Range<Int>?
    if let from = table.bytes.number(in: table.range(row, columns.codingStart)),
      let to = table.bytes.number(in: table.range(row, columns.codingEnd)), from < to
    {
      coding = from..<to
    }
    let tag = table.text(row, columns.tag)
    return Transcript(
      gene: gene, region: region, isForward: table.text(row, columns.strand) != "-", coding: coding,
      exons: zip(starts, sizes).map { start + $0..<start + $0 + $1 }, tag: Transcript.Tag(rawValue: tag) ?? .other,
      refSeq: table.optionalText(row, columns.refSeq), ensembl: table.optionalText(row, columns.ensembl),
      origin: table.text(row, columns.origin))
  }

  private func numbers(_ row: Int, _ column: Int) -> [Int] {
    let range = table.range(row, column)
    return table.bytes[range].split(separator: UInt8(ascii: ",")).compactMap { table.bytes.number(in: $0.indices) }
  }

  /// The lists must be digits and commas and of one length, so that reading them later cannot fail.
  private static func checkExons(_ table: TextTable, _ row: Int, _ columns: Columns) throws(KnowledgeError) {
    let starts = try exonCount(table, row, columns.exonStarts)
    guard try exonCount(table, row, columns.exonSizes) == starts, starts > 0 else {
      throw table.bad(row, columns.exonSizes, expected: "as many numbers as exon_starts has")
    }
  }

  /// How many numbers a list holds.
  private static func exonCount(_ table: TextTable, _ row: Int, _ column: Int) throws(KnowledgeError) -> Int {
    var count = 0
    var wasDigit = 0
    var isSound = true
    // Without a branch a byte: these lists are most of the table.
    for index in table.range(row, column) {
      let byte = table.bytes[index]
      let isDigit = byte &- 48 < 10 ? 1 : 0
      isSound = isSound && (isDigit == 1 || byte == UInt8(ascii: ","))
      count &+= isDigit & ~wasDigit
      wasDigit = isDigit
    }
    if !isSound { throw table.bad(row, column, expected: "numbers with commas between") }
    return count
  }

  /// The tag of nearly every row.
  private static let select = Array(Transcript.Tag.maneSelect.rawValue.utf8)

  private static func tag(_ table: TextTable, _ row: Int, _ column: Int) throws(KnowledgeError) -> Transcript.Tag {
    if table.holds(select, row, column) { return .maneSelect }
    guard let tag = Transcript.Tag(rawValue: table.text(row, column)) else {
      throw table.bad(row, column, expected: "select, plus_clinical, mitochondrial or other")
    }
    return tag
  }
}

extension Transcript.Tag {
  fileprivate var rank: UInt8 {
    switch self {
    case .maneSelect: 0
    case .manePlusClinical: 1
    case .mitochondrial: 2
    case .other: 3
    }
  }
}
