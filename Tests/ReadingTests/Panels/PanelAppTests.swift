import Model
import TestSupport
import Testing

@testable import Reading

@Suite struct PanelAppTests {
  /// The shape of the API's answer for one panel; the content is invented.
  private static let panel = """
    {"id": 7, "hash_id": null, "name": "Invented panel", "disease_group": "", "version": "1.10",
     "version_created": "2022-03-10T17:10:13.493246Z", "relevant_disorders": [], "stats": {"number_of_genes": 3},
     "types": [{"name": "x", "slug": "x"}],
     "genes": [
      {"gene_data": {"alias": ["A"], "hgnc_id": "HGNC:10585", "gene_symbol": "SCN1A", "hgnc_symbol": "SCN1A",
        "ensembl_genes": {"GRch37": {"82": {"location": "2:1-9", "ensembl_id": "ENSG00000000037"}},
                          "GRch38": {"90": {"ensembl_id": "ENSG00000000090"}, "104": {"ensembl_id": "ENSG00000000104"}}}},
       "entity_type": "gene", "entity_name": "SCN1A", "confidence_level": "3", "penetrance": "Incomplete",
       "mode_of_pathogenicity":
         "Loss-of-function variants (as defined in pop up message) DO NOT cause this phenotype - please provide details in the comments",
       "mode_of_inheritance": "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted",
       "phenotypes": ["Dravet syndrome, OMIM:607208", "Epilepsy, MONDO:0005027", "Just a name", "GEFS+ 604403"],
       "publications": [], "evidence": [], "tags": ["watchlist"], "transcript": ["NM_001165963.4"]},
      {"gene_data": {"hgnc_id": "HGNC:6990", "hgnc_symbol": "MECP2",
        "ensembl_genes": {"GRch37": {"82": {"ensembl_id": "ENSG00000169057"}}}},
       "entity_type": "gene", "entity_name": "MECP2", "confidence_level": 2, "penetrance": null,
       "mode_of_pathogenicity": null, "transcript": null,
       "mode_of_inheritance":
         "X-LINKED: hemizygous mutation in males, biallelic mutations in females"},
      {"gene_data": {"hgnc_id": "HGNC:4392", "hgnc_symbol": "GNAS", "ensembl_genes": {}}, "entity_type": "gene",
       "entity_name": "GNAS", "confidence_level": "0", "mode_of_pathogenicity": "Other - please provide details",
       "mode_of_inheritance":
         "MONOALLELIC, autosomal or pseudoautosomal, paternally imprinted (maternal allele expressed)"}],
     "strs": [{"gene_data": {"hgnc_symbol": "AR"}, "entity_type": "str", "entity_name": "AR_CAG", "confidence_level": "3"}],
     "regions": [{"gene_data": null, "entity_name": "ISCA-37390-Loss", "confidence_level": "3"}]}
    """

  @Test func readsAPanelAsItComes() throws {
    let file = try panelFile(Self.panel, name: "/x/mine.json")
    #expect(file.form == .panelApp)
    #expect(file.panel.name == "mine")
    #expect(file.panel.title == "Invented panel")
    #expect(file.panel.version == "1.10")
    #expect(file.panel.date == "2022-03-10")
    #expect(file.panel.genes.map(\.symbol) == ["SCN1A", "MECP2", "GNAS"])
    #expect(file.panel.genes.map(\.confidence) == [.green, .amber, .red])
    #expect(
      file.panel.genes.map(\.modes) == [[.autosomalDominant], [.xLinkedRecessive], [.dominantPaternallyImprinted]])
    #expect(file.panel.genes.map(\.mechanisms) == [[.altered], [.unknown], [.unknown]])
    #expect(file.panel.genes.map(\.penetrance) == [.incomplete, .unknown, .unknown])
    #expect(file.panel.genes.map(\.ensembl) == ["ENSG00000000104", "ENSG00000169057", nil])
    #expect(file.panel.genes.map(\.transcript) == ["NM_001165963.4", nil, nil])
    #expect(file.panel.genes[0].source == "PanelApp 7 (1.10)")
    #expect(
      file.panel.genes[0].diseases == [
        Disease(id: "OMIM:607208", name: "Dravet syndrome", mode: .unknown),
        Disease(id: "MONDO:0005027", name: "Epilepsy", mode: .unknown),
        Disease(id: nil, name: "Just a name", mode: .unknown),
        Disease(id: "OMIM:604403", name: "GEFS+", mode: .unknown),
      ])
    #expect(
      file.notes.map(\.text) == [
        "entries that are no genes are not used: 1 region: ISCA-37390-Loss; 1 str: AR_CAG", "tag 'watchlist': SCN1A",
      ])
  }

  @Test func whatIsImportedReadsBackFromOurTable() throws {
    let imported = try panelFile(Self.panel, name: "mine.json").panel
    let read = try panelFile(PanelFile.write(imported), name: "mine.tsv").panel
    var expected = imported
    expected.genes.sort { $0.symbol < $1.symbol }
    // With an HGNC id the Ensembl id says nothing more and is not written.
    for index in expected.genes.indices { expected.genes[index].ensembl = nil }
    #expect(read == expected)
  }

  @Test(arguments: [
    ("MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted", ModeOfInheritance.autosomalDominant),
    ("MONOALLELIC, autosomal or pseudoautosomal, imprinted status unknown", .autosomalDominant),
    (
      "MONOALLELIC, autosomal or pseudoautosomal, maternally imprinted (paternal allele expressed)",
      .dominantMaternallyImprinted
    ),
    ("BIALLELIC, autosomal or pseudoautosomal", .autosomalRecessive),
    ("BOTH monoallelic and biallelic, autosomal or pseudoautosomal", .dominantAndRecessive),
    (
      "BOTH monoallelic and biallelic (but BIALLELIC mutations cause a more SEVERE disease form), autosomal or pseudoautosomal",
      .dominantAndRecessive
    ),
    (
      "X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease (may be less severe, later onset than males)",
      .xLinkedDominant
    ), ("MITOCHONDRIAL", .mitochondrial), ("Unknown", .unknown),
    ("Other - please specifiy in evaluation comments", .unknown),
    ("", .unknown), ("Biallelic", .autosomalRecessive), ("both", .dominantAndRecessive),
  ])
  func readsTheSentencesOfInheritance(text: String, mode: ModeOfInheritance) {
    let read = PanelCodes.modes(text)
    #expect(read.modes == [mode])
    #expect(read.unread.isEmpty)
  }

  @Test func anUnknownSentenceIsNoted() throws {
    let file = try panelFile(#"[{"entity_type": "gene", "entity_name": "A1", "mode_of_inheritance": "MYSTERY"}]"#)
    #expect(file.panel.genes[0].mode == .unknown)
    #expect(
      file.notes.map(\.text) == [
        "entries without confidence are read as amber: A1",
        "mode of inheritance 'mystery' is not known; read as unknown for A1",
      ])
  }

  @Test(arguments: [
    (#"{"count": 9, "next": "https://x/?page=2", "results": [{"entity_name": "A"}]}"#, "holds 1 of 9 entries"),
    (#"{"count": 1, "next": null, "results": [{"id": 1, "stats": {"number_of_genes": 8}}]}"#, "a list of panels"),
    (#"{"detail": "Not found."}"#, "the server answered 'Not found.'"), (#"{"a": 1}"#, "JSON without 'genes'"),
    (#"[{"text": "x", "entity_name": "A", "entity_type": "gene"}]"#, "a log of activities"),
    (#"{"genes": []}"#, "holds no gene and no region"), ("[]", "holds no gene and no region"),
    (#"{"genes": [{"entity_name": "A", "confidence_level": "7"}]}"#, "'7' in column 'confidence_level'"),
    (#"{"genes": [], "strs": [{"entity_name": "AR_CAG"}]}"#, "holds no gene, only 1 str: AR_CAG"),
    (#"{"genes": [{"entity_name": 5}]}"#, "genes"), ("{\"genes\": [\n {\"entity_name\": \"A\",,}]}", "not valid JSON"),
    (#"{"genes": [{"entity_name": "A""#, "not valid JSON"),
  ])
  func saysWhatElseAFileIs(text: String, message: String) throws {
    let error = try #require(throws: PanelError.self) { try panelFile(text, name: "p.json") }
    #expect(error.description.hasPrefix("p.json"))
    #expect(error.description.contains(message))
  }

  @Test func aFaultInJSONHasItsLine() throws {
    let error = try #require(throws: PanelError.self) { try panelFile("{\"genes\": [\n {\"entity_name\": \"A\",,}]}") }
    #expect(error.place?.line == 2)
  }
}

@Suite struct RealPanelTests {
  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func readsPanelAppShapes() throws {
    let folder = RealData.path("panels/panelapp-format-talos/test/input/")
    let panel = try PanelFile.read(path: folder + "incidentalome.json")
    #expect(panel.panel.genes.map(\.symbol) == ["ABCD", "MNOP"])
    #expect(panel.panel.genes.map(\.mode) == [.autosomalRecessive, .dominantAndRecessive])
    #expect(panel.panel.genes[0].ensembl == "ENSG00ABCD")
    let entries = try PanelFile.read(path: folder + "panelapp_current_137.json")
    #expect(entries.panel.genes.map(\.symbol) == ["ABCD", "EFGH", "IJKL", "RNU12"])
    #expect(entries.notes.contains { $0.description.contains("not_gene: SKIP") })
    for name in ["panelapp_activities.json", "panelapp_all_panels.json"] {
      let error = try #require(throws: PanelError.self) { try PanelFile.read(path: folder + name) }
      #expect(error.description.contains("/api/v1/panels/NUMBER/"))
    }
    // Five repeats and no gene, one entry a line.
    let repeats = try #require(throws: PanelError.self) {
      try PanelFile.read(path: RealData.path("gnomad/annonars/genes/panelapp/panelapp.jsonl"))
    }
    #expect(repeats.description.contains("holds no gene, only 5 str: CNBP_CCTG, DMPK_CTG"))
  }

  @Test(
    .enabled(if: RealData.isPresent, RealData.absence),
    arguments: [
      ("g2p/DDG2P.csv", 1_700...2_429), ("g2p/EyeG2P.csv", 400...805), ("g2p/SkinG2P.csv", 300...457),
      ("g2p/CancerG2P.csv", 90...113), ("g2p/Cardiac_G2P.csv", 60...97),
      ("gene_lists/lists/clinvar_path_likelypath.tsv", 2_000...4_000),
      ("gene_lists/lists/ACMG_2_0.tsv", 59...59),
      ("cg-reference/rare-disease/gene_panel/grch37_cust003-cmms-red-pen_-2017-.tsv", 9...9),
    ])
  func readsOtherPeoplesTables(name: String, genes: ClosedRange<Int>) throws {
    let file = try PanelFile.read(path: RealData.path("panels/" + name))
    #expect(genes.contains(file.panel.genes.count))
    #expect(!file.notes.contains { $0.description.contains("is not known") })
  }

  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func readsOtherPeoplesRegions() throws {
    let bands = RealData.path("panels/cg-reference/rare-disease/region/")
    let grch37 = try PanelFile.read(path: bands + "grch37_cytoband.bed")
    #expect(grch37.form == .bed)
    #expect(grch37.assemblies == [.grch37])
    #expect(try PanelFile.read(path: bands + "grch38_cytoband.bed").assemblies == [.grch38])
    #expect(throws: PanelError.self) { try PanelFile.read(path: bands + "cytoband.txt") }
  }
}
