import Foundation
import Model
import Testing

@testable import Knowledge

@Suite struct GeneTableTests {
  let genes: GeneTable

  init() throws { genes = try Fixtures.genes() }

  @Test(arguments: [
    ("HGNC:10585", "SCN1A", GeneTable.MatchKind.hgncID), ("hgnc:10585", "SCN1A", .hgncID),
    ("ENSG00000144285", "SCN1A", .ensembl), ("ENSG00000144285.23", "SCN1A", .ensembl), ("SCN1A", "SCN1A", .symbol),
    ("scn1a", "SCN1A", .symbol), ("GBA", "GBA1", .previousSymbol), ("MUT", "MMUT", .previousSymbol),
    ("Nav1.1", "SCN1A", .alias), ("EIEE9", "PCDH19", .alias),
    // A previous symbol of one gene comes before the same word as an alias of another.
    ("MLL2", "KMT2D", .previousSymbol),
  ])
  func findsByTheSurestName(word: String, symbol: String, kind: GeneTable.MatchKind) throws {
    guard case .found(let gene, let found) = genes.find(word) else {
      Issue.record("\(word) was not found")
      return
    }
    #expect(gene.symbol == symbol)
    #expect(found == kind)
  }

  @Test func anAliasOfTwoGenesNamesNeither() {
    #expect(genes.find("MLL4") == .ambiguous(["KMT2B", "KMT2D"]))
  }

  @Test(arguments: ["HGNC:1", "HGNC:", "ENSG00000000001", "SCN1B", "NOTAGENE", "", "10585x"])
  func unknownWordsFindNothing(word: String) { #expect(genes.find(word) == .none) }

  @Test func theIDDecidesOverTheSymbol() {
    #expect(genes.find(hgncID: "HGNC:10585", symbol: "STXBP1").gene?.symbol == "SCN1A")
    #expect(genes.find(hgncID: "HGNC:99999999", ensembl: "ENSG00000136854", symbol: "SCN1A").gene?.symbol == "STXBP1")
    #expect(genes["HGNC:HGNC:10585"]?.symbol == "SCN1A")
    #expect(genes["10585"]?.symbol == "SCN1A")
  }

  @Test func suggestsNearSymbols() {
    #expect(genes.symbolsNear("SCN1AA") == ["SCN1A"])
    #expect(genes.symbolsNear("QQQQQQ").isEmpty)
  }

  @Test func transcriptsComeSelectFirstWithTheirExons() throws {
    let mecp2 = genes.transcripts(of: "HGNC:6990", on: .grch38)
    #expect(mecp2.map(\.tag) == [.maneSelect, .manePlusClinical])
    #expect(mecp2.map(\.refSeq) == ["NM_001110792.2", "NM_004992.4"])
    let hbb = try #require(genes.transcripts(of: "HGNC:4827", on: .grch38).first)
    #expect(hbb.region == Region(.chr11, 5_225_463, 5_227_071))
    #expect(!hbb.isForward)
    #expect(hbb.exons.count == 3)
    #expect(hbb.exons.first?.lowerBound == 5_225_463)
    #expect(hbb.exons.last?.upperBound == 5_227_071)
    // 147 codons and the stop.
    #expect(hbb.targets.reduce(0) { $0 + $1.length } == 444)
    #expect(genes.transcripts(of: "HGNC:4827", on: .grch37).map(\.origin) == ["MANE_lifted"])
    #expect(genes.transcripts(of: "HGNC:7490", on: .grch38).first?.coding == nil)
    #expect(genes.transcripts(of: "HGNC:10193", on: .grch38).isEmpty)
  }

  @Test func findsGenesAtAPlace() {
    #expect(genes.genes(at: Locus(.chr11, 5_225_463), on: .grch38).isEmpty)
    #expect(genes.genes(at: Locus(.chr11, 5_225_464), on: .grch38).map(\.symbol) == ["HBB"])
    #expect(genes.genes(at: Locus(.chr11, 5_227_071), on: .grch38).map(\.symbol) == ["HBB"])
    #expect(genes.genes(at: Locus(.chr11, 5_227_072), on: .grch38).isEmpty)
    // An intron belongs to the gene, and a gene is as long as its longest transcript.
    #expect(genes.genes(at: Locus(.chr20, 58_845_000), on: .grch38).map(\.symbol) == ["GNAS"])
    #expect(genes.genes(at: Locus(.mitochondrion, 3_243), on: .grch37).map(\.symbol) == ["MT-TL1"])
    #expect(
      genes.genes(overlapping: Region(.x, 0, 156_040_895), on: .grch38).map(\.symbol)
        == ["SHOX", "CDKL5", "DMD", "PCDH19", "MECP2"])
    #expect(genes.regions(of: "HGNC:4392", on: .grch38) == [Region(.chr20, 58_839_747, 58_911_192)])
  }
}

@Suite struct NameIndexTests {
  /// Against a dictionary: many names, many rows of one name, letters of both cases, and more names than were foreseen.
  @Test(arguments: [0, 1, 5, 400])
  func findsTheRowsOfEveryName(capacity: Int) {
    var bytes: [UInt8] = []
    var expected: [String: Set<Int>] = [:]
    var ranges: [(Range<Int>, Int)] = []
    for row in 0..<300 {
      let name = row % 3 == 0 ? "G\(row % 40)" : row % 3 == 1 ? "g\(row % 25)" : "name\(row)|Other\(row % 7)"
      let start = bytes.count
      bytes += name.utf8
      ranges.append((start..<bytes.count, row))
      for part in name.split(separator: "|") { expected[NameIndex.key(String(part)), default: []].insert(row) }
    }
    var index = NameIndex(in: bytes, capacity: capacity)
    for (range, row) in ranges { index.addList(range, row) }
    for (name, rows) in expected {
      #expect(index.rows(of: name) == rows.sorted())
      #expect(index.rows(of: name.lowercased()) == rows.sorted())
      #expect(index.latestRow(of: name) == rows.max())
    }
    #expect(index.rows(of: "G").isEmpty)
    #expect(index.latestRow(of: "") == nil)
  }
}

@Suite struct GeneTableFaultTests {
  private static let names = "hgnc_id\tsymbol\tensembl_gene\taliases\tprevious\nHGNC:1\tA\t.\t.\t.\n"
  private static let header =
    "assembly\tcontig\tstrand\ttx_start\ttx_end\tcds_start\tcds_end\texon_starts\texon_sizes\ttag\trefseq\tensembl"
    + "\tprotein\thgnc_id\torigin\n"
  private static let row =
    "GRCh38\t1\t+\t100\t200\t120\t180\t0,50\t20,50\tselect\tNM_1.1\tENST1.1\tNP_1.1\tHGNC:1\tMANE\n"

  private func load(names: String = names, transcripts: String = header + row) throws -> GeneTable {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("genes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(names.utf8).write(to: folder.appendingPathComponent("genes.tsv"))
    try Data(transcripts.utf8).write(to: folder.appendingPathComponent("transcripts.tsv"))
    return try GeneTable(directory: folder.path)
  }

  @Test func readsWindowsLinesAndCommentsBetweenRows() throws {
    let table = try load(transcripts: (Self.header + "# a comment\n\n" + Self.row).replacing("\n", with: "\r\n"))
    #expect(table.transcripts(of: "HGNC:1", on: .grch38).first?.exons == [100..<120, 150..<200])
    #expect(table.transcripts(of: "HGNC:1", on: .grch38).first?.origin == "MANE")
  }

  @Test func rowsMakeAGeneModel() throws {
    let model = try load().geneModel(on: .grch38)
    let transcript = try #require(model.transcripts.first)
    #expect(transcript.id == "NM_1.1" && transcript.counterpart == "ENST1.1" && transcript.proteinID == "NP_1.1")
    #expect(transcript.symbol == "A" && transcript.biotype == "protein_coding" && transcript.coding == 120..<180)
    #expect(transcript.tag == .maneSelect && transcript.isCanonical && transcript.namingReference == "NM_1.1")
    #expect(model.indices(overlapping: Region(.chr1, 199, 200)) == [0])
    #expect(model.indices(overlapping: Region(.chr1, 200, 300)).isEmpty)
    #expect(try load().geneModel(on: .grch38, overlapping: RegionSet([Region(.chr2, 0, 500)])).transcripts.isEmpty)
    #expect(try load().geneModel(on: .grch37).transcripts.isEmpty)
  }

  @Test(arguments: [
    (row.replacing("GRCh38", with: "T2T"), "'T2T' in column 'assembly'"),
    (row.replacing("\t1\t", with: "\tHLA-A\t"), "'HLA-A' in column 'contig'"),
    (row.replacing("\t200\t", with: "\t90\t"), "'90' in column 'tx_end'"),
    (row.replacing("\t200\t", with: "\t999999999\t"), "'999999999' in column 'tx_end'"),
    (row.replacing("\t0,50", with: "\t0,50,60"), "'20,50' in column 'exon_sizes'"),
    (row.replacing("\t0,50", with: "\t0,x"), "'0,x' in column 'exon_starts'"),
    (row.replacing("HGNC:1", with: "A1BG"), "'A1BG' in column 'hgnc_id'"),
    (row.replacing("select", with: "best"), "'best' in column 'tag'"),
    ("GRCh38\t1\t+\t100\n", "4 cells where the header has 15"),
    ("", "holds no rows"),
  ])
  func saysWhichLineIsWrong(row: String, message: String) throws {
    let error = try #require(throws: KnowledgeError.self) { try load(transcripts: Self.header + row) }
    #expect(error.description.contains(message))
    #expect(error.description.contains(row.isEmpty ? "transcripts.tsv: " : "transcripts.tsv:2: "))
  }

  @Test func saysWhatIsMissing() throws {
    let column = try #require(throws: KnowledgeError.self) { try load(names: "hgnc_id\tsymbol\nHGNC:1\tA\n") }
    #expect(column.reason == .missingColumn("ensembl_gene"))
    let file = try #require(throws: KnowledgeError.self) { try GeneTable(directory: "/nowhere") }
    #expect(file.reason == .unreadable)
    #expect(file.place == .init(file: "/nowhere/genes.tsv"))
  }
}
