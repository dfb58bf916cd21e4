import Knowledge
import Model
import Testing

@Suite struct PanelFindingTests {
  let genes: GeneTable

  init() throws { genes = try Fixtures.genes() }

  private func kinds(_ entries: PanelGene...) -> [PanelFinding.Kind] {
    genes.validate(Panel(name: "p", genes: entries)).map(\.kind)
  }

  @Test func aSoundPanelHasNoFindings() {
    #expect(
      kinds(
        PanelGene(hgncID: "HGNC:6990", symbol: "MECP2", mode: .xLinkedDominant),
        PanelGene(hgncID: "HGNC:7490", symbol: "MT-TL1", mode: .mitochondrial),
        PanelGene(hgncID: "HGNC:10585", symbol: "SCN1A", mode: .autosomalDominant),
        PanelGene(hgncID: "HGNC:10853", symbol: "SHOX", mode: .autosomalDominant)
      ).isEmpty)
  }

  @Test(arguments: [
    (PanelGene(hgncID: "HGNC:1", symbol: "SCN1A", mode: .autosomalDominant), [PanelFinding.Kind.unknownID("HGNC:1")]),
    (PanelGene(hgncID: nil, symbol: "SCN1A", mode: .autosomalDominant), [.missingID(shouldBe: "HGNC:10585")]),
    (PanelGene(hgncID: "HGNC:4177", symbol: "GBA", mode: .autosomalRecessive), [.outdatedSymbol(now: "GBA1")]),
    (PanelGene(hgncID: "HGNC:4177", symbol: "HBB", mode: .autosomalRecessive), [.disagreement(idMeans: "GBA1")]),
    (PanelGene(hgncID: nil, symbol: "SCN1AX", mode: .autosomalDominant), [.unknownSymbol(near: ["SCN1A"])]),
    (PanelGene(hgncID: nil, symbol: "MLL4", mode: .autosomalDominant), [.ambiguousSymbol(["KMT2B", "KMT2D"])]),
    (
      PanelGene(hgncID: "HGNC:6990", symbol: "MECP2", mode: .autosomalDominant),
      [.modeAgainstContig(.autosomalDominant, .x)]
    ),
    (PanelGene(hgncID: "HGNC:10585", symbol: "SCN1A", mode: .xLinked), [.modeAgainstContig(.xLinked, .chr2)]),
    (
      PanelGene(hgncID: "HGNC:7490", symbol: "MT-TL1", mode: .autosomalRecessive),
      [.modeAgainstContig(.autosomalRecessive, .mitochondrion)]
    ),
    (PanelGene(hgncID: "HGNC:10585", symbol: "SCN1A"), [.unknownMode]),
    (
      PanelGene(hgncID: "HGNC:10193", symbol: "RNU4-2", mode: .autosomalDominant),
      [.noCoordinates(.grch37), .noCoordinates(.grch38)]
    ),
    (PanelGene(hgncID: "HGNC:10585", symbol: "SCN1A", confidence: .amber, mode: .autosomalDominant), [.noGreenGene]),
  ])
  func namesTheFault(entry: PanelGene, expected: [PanelFinding.Kind]) { #expect(kinds(entry) == expected) }

  @Test func findsRepeatsByGeneAndDisorder() {
    #expect(
      kinds(
        PanelGene(hgncID: "HGNC:7526", symbol: "MMUT", mode: .autosomalRecessive),
        PanelGene(hgncID: "HGNC:4177", symbol: "GBA1", mode: .autosomalRecessive),
        PanelGene(hgncID: "HGNC:7526", symbol: "MUT", mode: .autosomalRecessive))
        == [.unsorted(after: "MMUT"), .outdatedSymbol(now: "MMUT"), .duplicate])
  }

  @Test func saysWhatToDo() {
    let finding = genes.validate(Panel(name: "p", genes: [PanelGene(hgncID: nil, symbol: "SCN1AX")]))[0]
    #expect(finding.severity == .error)
    #expect(finding.description == "SCN1AX: no gene of this name is known to HGNC; did you mean SCN1A?")
  }
}
