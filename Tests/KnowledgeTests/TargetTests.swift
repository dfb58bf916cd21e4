import Knowledge
import Model
import Testing

@Suite struct TargetTests {
  let genes: GeneTable

  init() throws { genes = try Fixtures.genes() }

  private func targets(_ panels: [Panel], _ assembly: Assembly = .grch38, _ settings: Settings = Settings())
    -> TargetSet
  {
    genes.targets(panels: panels, assembly: assembly, settings: settings)
  }

  @Test func joinsAGeneOfTwoPanelsUnderWhateverNames() throws {
    let one = Panel(
      name: "one",
      genes: [
        PanelGene(
          hgncID: "HGNC:10585", symbol: "SCN1A", mode: .autosomalDominant, mechanisms: [.lossOfFunction],
          penetrance: .complete, diseases: [Disease(id: "OMIM:607208", name: "Dravet syndrome", mode: .unknown)])
      ])
    let two = Panel(
      name: "two",
      genes: [
        PanelGene(
          hgncID: nil, symbol: "Nav1.1", mode: .autosomalRecessive, mechanisms: [.gainOfFunction],
          penetrance: .incomplete,
          diseases: [
            Disease(id: "OMIM:607208", name: "DRAVET", mode: .autosomalDominant),
            Disease(id: nil, name: "Migraine", mode: .autosomalDominant),
          ])
      ])
    let gene = try #require(targets([one, two]).genes.first)
    #expect(targets([one, two]).genes.count == 1)
    #expect(gene.id == "HGNC:10585")
    #expect(gene.modes == [.dominantAndRecessive])
    #expect(gene.mechanisms == [.lossOfFunction, .gainOfFunction])
    #expect(gene.penetrance == .incomplete)
    #expect(gene.diseases.map(\.name) == ["Dravet syndrome", "Migraine"])
    #expect(gene.diseases.first?.mode == .autosomalDominant)
    #expect(gene.panels == ["one", "two"])
    #expect(gene.notes == ["panel symbol Nav1.1 is now SCN1A"])
  }

  @Test func anUnknownModeNeverHidesAKnownOne() {
    let panels = [ModeOfInheritance.unknown, .autosomalDominant].map {
      Panel(name: $0.rawValue, genes: [PanelGene(hgncID: nil, symbol: "SCN1A", mode: $0)])
    }
    #expect(targets(panels).genes.map(\.modes) == [[.autosomalDominant]])
  }

  @Test func leavesOutWhatIsNotSureEnoughAndNamesIt() {
    let panel = Panel(
      name: "p",
      genes: [
        PanelGene(hgncID: nil, symbol: "SCN1A", confidence: .green),
        PanelGene(hgncID: nil, symbol: "GBA", confidence: .amber),
        PanelGene(hgncID: nil, symbol: "POLG", confidence: .red),
        PanelGene(hgncID: nil, symbol: "HBB", confidence: .amber),
      ])
    let other = Panel(name: "q", genes: [PanelGene(hgncID: nil, symbol: "HBB", mode: .autosomalRecessive)])
    let set = targets([panel, other])
    #expect(set.genes.map(\.symbol) == ["SCN1A", "HBB"])
    #expect(set.unused == [.amber: ["GBA1"], .red: ["POLG"]])
    #expect(set.genes.last?.panels == ["q"])
    #expect(set.genes.last?.notes == [])
    var settings = Settings()
    settings.minimumConfidence = .amber
    #expect(targets([panel], .grch38, settings).unused == [.red: ["POLG"]])
  }

  @Test func namesWhatCannotBePlaced() {
    let panel = Panel(
      name: "p",
      genes: ["SCN1AX", "MLL4", "RNU4-2", "SCN1A"].map { PanelGene(hgncID: nil, symbol: $0) })
    let set = targets([panel])
    #expect(set.genes.map(\.symbol) == ["SCN1A", "MLL4", "RNU4-2", "SCN1AX"])
    #expect(set.unplaced == ["MLL4", "RNU4-2", "SCN1AX"])
    #expect(set.genes[1].notes == ["MLL4 is an old or other name of KMT2B and KMT2D; say which"])
    #expect(set.genes[2].notes == ["no coordinates on GRCh38; found by annotation only"])
    #expect(set.genes[3].notes == ["SCN1AX is no gene known to HGNC; did you mean SCN1A?"])
    #expect(set.genes[3].id == "SCN1AX")
  }

  @Test func screensPaddedGenesInGenomeOrder() {
    let panel = Panel(
      name: "p", genes: ["MT-ND1", "PCDH19", "HBB", "SCN1A"].map { PanelGene(hgncID: nil, symbol: $0) })
    let set = targets([panel])
    #expect(set.genes.map(\.symbol) == ["SCN1A", "HBB", "PCDH19", "MT-ND1"])
    #expect(
      set.screened.regions == [
        Region(.chr2, 165_984_812, 166_129_020), Region(.chr11, 5_224_463, 5_228_071),
        Region(.x, 100_290_643, 100_411_273), Region(.mitochondrion, 2_306, 5_262),
      ])
    #expect(targets([panel], .grch37).genes[0].notes == ["coordinates on GRCh37 are lifted from GRCh38"])
    #expect(targets([panel], .grch37).genes[0].transcripts[0].region.start == 166_842_322)
  }

  @Test func rowsOfABEDStandForGenesOrForThemselves() {
    let rows = [
      (Region(.chr11, 5_226_000, 5_226_100), "anything"), (Region(.chr2, 165_990_000, 165_990_100), "SCN1A"),
      (Region(.chr3, 1_000, 2_000), "locus 1"), (Region(.chr3, 9_000, 9_500), ""),
    ].map { Panel.NamedRegion(region: $0.0, name: $0.1) }
    let set = targets([Panel(name: "bed", regions: rows)])
    #expect(set.genes.map(\.symbol) == ["SCN1A", "locus 1", "3:9001-9500", "HBB"])
    #expect(set.screened.length == 100 + 100 + 1_000 + 500)
    #expect(set.unplaced.isEmpty)
    #expect(set.genes[1].hgncID == nil)
  }

  @Test func theOrderOfPanelsDoesNotChangeTheOrderOfGenes() {
    let panels = ["POLG", "SCN1A", "HBB", "BRCA1"].map {
      Panel(name: $0, genes: [PanelGene(hgncID: nil, symbol: $0)])
    }
    #expect(targets(panels).genes == targets(panels.reversed()).genes)
  }
}

@Suite struct TargetIndexTests {
  let genes: GeneTable
  let index: TargetIndex

  init() throws {
    genes = try Fixtures.genes()
    let panel = Panel(
      name: "p", genes: ["SCN1A", "KMT2D", "GBA1", "NOVEL1"].map { PanelGene(hgncID: nil, symbol: $0) })
    let set = genes.targets(panels: [panel], assembly: .grch38, settings: Settings())
    #expect(set.genes.map(\.symbol) == ["GBA1", "SCN1A", "KMT2D", "NOVEL1"])
    index = TargetIndex(set.genes, table: genes)
  }

  @Test(
    arguments: [
      (("HGNC:10585", nil, nil), 1), (("10585", nil, nil), 1), ((nil, "ENSG00000144285.5", nil), 1),
      ((nil, nil, "SCN1A"), 1), ((nil, nil, "GBA"), 0), ((nil, "2629", "GBA"), 0), ((nil, nil, "NOVEL1"), 3),
      ((nil, nil, "novel1"), 3), ((nil, nil, "MLL2"), 2),
      // Two genes were once MLL4; only one of them is a target.
      ((nil, nil, "MLL4"), 2),
      // The id decides: an old symbol of a target does not make another gene one.
      (("HGNC:15840", nil, "MLL2"), nil), ((nil, "ENSG00000272333", "KMT2D"), nil), ((nil, nil, "HBB"), nil),
      ((nil, nil, nil), nil), ((nil, nil, ""), nil), (("HGNC:999999", "ENSG00000144285", nil), 1),
    ] as [((String?, String?, String?), Int?)])
  func findsTheTarget(names: (String?, String?, String?), expected: Int?) {
    #expect(index.index(hgncID: names.0, ensembl: names.1, symbol: names.2) == expected)
  }

  @Test func readsAConsequence() {
    let consequence = Consequence(terms: [], source: .vep, symbol: "X", gene: "ENSG00000144285")
    #expect(index.index(of: consequence) == 1)
  }
}
