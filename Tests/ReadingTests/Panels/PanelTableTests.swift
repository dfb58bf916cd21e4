import Model
import TestSupport
import Testing

@testable import Reading

@Suite struct OwnPanelTableTests {
  private static let header =
    "hgnc_id\tsymbol\tconfidence\tmoi\tmechanism\tpenetrance\tdiseases\tsource\tsource_version\n"
  private static let text = """
    #panel: test
    #title: A test: of panels
    #title_vi: Thử nghiệm
    #version: 1.2
    #date: 2025-01-16
    #source: Some: source
    #licence: CC0
    #opt_in: true
    # a remark without a key
    """ + "\n" + header
    + "HGNC:20\tAARS1\tgreen\tAR\tLOF\tunknown\tOMIM:616339 (AR) Epileptic encephalopathy, 29 | . (AD+AR) SOME (NAME).\t"
    + "G2P-DD+HPO-OMIM\t2021-04+2025-01-16\n"
    + "HGNC:6990\tMECP2\tamber\tXLD+XLR\tLOF+altered\tincomplete\t.\tHPO-OMIM\t2025-01-16\n"

  @Test func readsHeadAndRows() throws {
    let file = try panelFile(Self.text, name: "/x/other.tsv")
    #expect(file.form == .panel)
    #expect(file.notes.isEmpty)
    let panel = file.panel
    #expect(
      [panel.name, panel.title, panel.version, panel.date] == ["test", "A test: of panels", "1.2", "2025-01-16"])
    #expect(panel.title(in: "vi") == "Thử nghiệm" && panel.title(in: "en") == panel.title)
    #expect(panel.source == "Some: source")
    #expect(panel.isOptIn)
    let aars1 = panel.genes[0]
    #expect(aars1.hgncID == "HGNC:20")
    #expect(aars1.modes == [.autosomalRecessive])
    #expect(aars1.source == "G2P-DD (2021-04)+HPO-OMIM (2025-01-16)")
    #expect(
      aars1.diseases == [
        Disease(id: "OMIM:616339", name: "Epileptic encephalopathy, 29", mode: .autosomalRecessive),
        Disease(id: nil, name: "SOME (NAME).", mode: .dominantAndRecessive),
      ])
    let mecp2 = panel.genes[1]
    #expect(mecp2.confidence == .amber)
    #expect(mecp2.modes == [.xLinkedRecessive, .xLinkedDominant])
    #expect(mecp2.mechanisms == [.lossOfFunction, .altered])
    #expect(mecp2.penetrance == .incomplete)
    #expect(mecp2.diseases.isEmpty)
  }

  @Test func whatIsWrittenReadsBack() throws {
    var panel = try panelFile(Self.text).panel
    panel.genes.append(PanelGene(hgncID: nil, symbol: "ZZZ", ensembl: "ENSG00000000001", transcript: "NM_1.2"))
    let written = PanelFile.write(panel)
    #expect(try panelFile(written).panel == panel)
    #expect(PanelFile.write(try panelFile(written).panel) == written)
  }

  @Test func windowsLineEndsAndAByteOrderMarkDoNotMatter() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p.tsv", ("\u{FEFF}" + Self.text.replacing("\n", with: "\r\n")).utf8)
    #expect(try PanelFile.read(path: path).panel == panelFile(Self.text).panel)
  }

  @Test(
    arguments: [
      ("HGNC:1\tA\tgren\tAD\t.\t.\t.\t.\t.\n", 2, 10, "'gren' in column 'confidence'"),
      ("HGNC:x\tA\tgreen\tAD\t.\t.\t.\t.\t.\n", 2, 1, "'HGNC:x' in column 'hgnc_id'"),
      ("HGNC:1\tA B\tgreen\tAD\t.\t.\t.\t.\t.\n", 2, 8, "'A B' in column 'symbol'"),
      ("HGNC:1\tA\tgreen\tAD\n", 2, nil, "4 cells where the header has 9"),
    ] as [(String, Int, Int?, String)])
  func saysWhereAFaultIs(row: String, line: Int, column: Int?, message: String) throws {
    let error = try #require(throws: PanelError.self) { try panelFile(Self.header + row, name: "p.tsv") }
    #expect(error.place == .init(file: "p.tsv", line: line, column: column))
    #expect(error.description.hasPrefix("p.tsv:\(line)" + (column.map { ":\($0)" } ?? "") + ": "))
    #expect(error.description.contains(message))
  }

  @Test func anUnknownModeIsNotedAndUnknown() throws {
    let rows = "HGNC:1\tA\tgreen\tADX\tlof?\t.\t.\t.\t.\nHGNC:2\tB\tgreen\tADX\t.\t.\t.\t.\t.\n"
    let file = try panelFile(Self.header + rows)
    #expect(file.panel.genes.map(\.modes) == [[.unknown], [.unknown]])
    #expect(
      file.notes.map(\.description) == [
        "line 2: mode of inheritance 'adx' is not known; read as unknown on lines 2, 3",
        "line 2: mechanism 'lof?' is not known; read as unknown on lines 2",
      ])
  }

  @Test func joinsRepeatsAndSaysSo() throws {
    let rows =
      "HGNC:1\tA\tamber\tAR\tGOF\t.\tOMIM:1 (AR) x\t.\t.\nHGNC:1\tA\tgreen\tAD\tLOF\t.\tOMIM:2 (AD) y\t.\t.\n"
      + "HGNC:1\tA\tgreen\tAR\tDN\tincomplete\t.\t.\t.\n"
    let file = try panelFile(Self.header + rows)
    let gene = try #require(file.panel.genes.first)
    #expect(file.panel.genes.count == 1)
    #expect(gene.confidence == .green)
    #expect(gene.modes == [.dominantAndRecessive])
    #expect(gene.mechanisms == [.lossOfFunction, .dominantNegative])
    #expect(gene.penetrance == .incomplete)
    #expect(gene.diseases.map(\.name) == ["x", "y"])
    #expect(file.notes.map(\.text) == ["several entries of one gene were joined: A (3)"])
  }
}

@Suite struct ForeignPanelTableTests {
  @Test(arguments: [
    "Gene\nSCN1A\n", "#Chromosome\tGene_start\tGene_stop\tHGNC_symbol\n2\t1\t9\tSCN1A\n", "gene symbol,x\nSCN1A,1\n",
    "\"Gene Symbol\";\"x\"\n\"SCN1A\";\"1\"\n", "ENSEMBL_GENE_ID\tGENE\nENSG00000144285\tSCN1A\n",
    "x,hgnc id,symbol\n1,10585,SCN1A\n",
  ])
  func findsTheColumnThatNamesGenes(text: String) throws {
    let file = try panelFile(text)
    #expect(file.form == .table)
    #expect(file.panel.genes.map(\.symbol) == ["SCN1A"])
    #expect(file.panel.genes.map(\.confidence) == [.green])
    #expect(file.panel.name == "test")
  }

  @Test func readsGene2Phenotype() throws {
    let text = #"""
      "gene symbol","disease name","disease mim","DDD category","allelic requirement","mutation consequence","hgnc id"
      AAA,"A DISEASE, OF ""A""",100001,confirmed,"biallelic,monoallelic","loss of function",11
      BBB,"LINES
      TWO",,possible,x-linked dominant,all missense/in frame,12
      CCC,C,No disease mim,probable,hemizygous,activating,13

      """#
    let genes = try panelFile(text).panel.genes
    #expect(genes.map(\.hgncID) == ["HGNC:11", "HGNC:12", "HGNC:13"])
    #expect(genes.map(\.modes) == [[.dominantAndRecessive], [.xLinkedDominant], [.xLinkedRecessive]])
    #expect(genes.map(\.confidence) == [.green, .amber, .green])
    #expect(genes.map(\.mechanisms) == [[.lossOfFunction], [.altered], [.gainOfFunction]])
    #expect(
      genes[0].diseases == [Disease(id: "OMIM:100001", name: "A DISEASE, OF \"A\"", mode: .dominantAndRecessive)])
    #expect(genes[1].diseases.first?.name == "LINES\nTWO")
    #expect(genes[2].diseases.first?.id == nil)
  }

  @Test func readsPanelAppsTable() throws {
    let text =
      "Entity Name\tEntity type\tGene Symbol\tModel_Of_Inheritance\tPhenotypes\tGEL_Status\tEnsemblId(GRch38)\tHGNC\n"
      + "SCN1A\tgene\tSCN1A\tMONOALLELIC, autosomal or pseudoautosomal, NOT imprinted\tDravet, 607208;Other\t3\t"
      + "ENSG00000144285\tHGNC:10585\n" + "AR_CAG\tstr\tAR\tMONOALLELIC\t\t3\t\tHGNC:644\n"
    let file = try panelFile(text)
    #expect(file.panel.genes.map(\.symbol) == ["SCN1A"])
    #expect(file.panel.genes[0].mode == .autosomalDominant)
    #expect(file.panel.genes[0].diseases.map(\.id) == ["OMIM:607208", nil])
    #expect(file.notes.map(\.text) == ["1 entry is no gene and is not used: AR (str)"])
  }

  @Test func anEmptyConfidenceIsNoStatement() throws {
    let file = try panelFile("gene,confidence\nA1,green\nB2,\n,red\n")
    #expect(file.panel.genes.map(\.confidence) == [.green, .amber])
    #expect(
      file.notes.map(\.text) == ["no gene is named on lines 4; left out", "no confidence on lines 3; read as amber"])
  }

  @Test(arguments: [
    ("colour,shape\nred,round\n", "p:1: none of the columns 'colour', 'shape' names genes"),
    ("gene,confidence\nA,\"green\n", "p:2:3: a quotation mark is opened here and never closed"),
    ("gene,confidence\nA,sure\n", "p:2:3: 'sure' in column 'confidence'"),
    ("gene\tx\nA\tb\tc\td\n", "p:2: 4 cells where the header has 2"),
    ("gene,x\n", "p: the panel holds no gene and no region"),
    ("", "p: the panel holds no gene and no region"),
    ("# only\n# remarks\n", "p: the panel holds no gene and no region"),
  ])
  func refusesWithThePlace(text: String, message: String) throws {
    let error = try #require(throws: PanelError.self) { try panelFile(text, name: "p") }
    #expect(error.description.hasPrefix(message))
  }
}

@Suite struct PanelListTests {
  @Test func readsOneNameALine() throws {
    let file = try panelFile(
      "# my genes\n#title: Mine\nSCN1A\n  HGNC:11444 # note\n\nENSG00000140521.19\nHLA-A\nC1orf112\n")
    #expect(file.form == .list)
    #expect(file.panel.title == "Mine")
    #expect(file.panel.genes.map(\.symbol) == ["SCN1A", "HGNC:11444", "ENSG00000140521", "HLA-A", "C1orf112"])
    #expect(file.panel.genes.map(\.hgncID) == [nil, "HGNC:11444", nil, nil, nil])
    #expect(file.panel.genes[2].ensembl == "ENSG00000140521")
    #expect(file.panel.genes.allSatisfy { $0.confidence == .green && $0.mode == .unknown })
  }

  @Test(arguments: [
    ("SCN1A\n  two words\n", 2, 3), ("SCN1A\nHGNC:abc\n", 2, 1), ("<html>\n", 1, 1), ("A\n12\n", 2, 1),
    ("HLA–A\n", 1, 1),
  ])
  func refusesWhatIsNoName(text: String, line: Int, column: Int) throws {
    let error = try #require(throws: PanelError.self) { try panelFile(text) }
    #expect(error.place == .init(file: "test.txt", line: line, column: column))
  }
}

@Suite struct PanelBytesTests {
  @Test(
    arguments: [
      ([0x1F, 0x8B, 8], "compressed (gzip)", nil), ([0xFF, 0xFE, 0x41, 0], "text in UTF-16", nil),
      ([0x50, 0x4B, 3, 4], "a spreadsheet or zip archive", nil), ([0x41, 0, 0x42], "binary", nil),
      ([0x41, 0x0A, 0xE9, 0x0A], "not UTF-8", 2),
    ] as [([UInt8], String, Int?)])
  func refusesWhatIsNoText(bytes: [UInt8], what: String, line: Int?) throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("p", bytes)
    #expect(throws: PanelError(.notText(what), at: .init(file: path, line: line))) { try PanelFile.read(path: path) }
  }

  @Test func saysThatAFileIsMissing() {
    #expect(throws: PanelError(.unreadable, at: .init(file: "/nowhere/p.tsv"))) {
      try PanelFile.read(path: "/nowhere/p.tsv")
    }
  }
}
