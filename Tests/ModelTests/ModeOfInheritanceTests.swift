import Model
import Testing

@Suite struct ModeOfInheritanceTests {
  @Test(arguments: [
    ("AD", [ModeOfInheritance.autosomalDominant], []), ("AR+AD", [.dominantAndRecessive], []),
    ("AD+AR+XL", [.dominantAndRecessive, .xLinked], []), ("XLD+XLR", [.xLinkedRecessive, .xLinkedDominant], []),
    ("AD+AD-paternally-imprinted", [.autosomalDominant, .dominantPaternallyImprinted], []), ("unknown", [.unknown], []),
    ("unknown+AR", [.autosomalRecessive], []), (".", [.unknown], []), ("", [.unknown], []),
    ("AR+dominant", [.autosomalRecessive], ["dominant"]),
  ])
  func readsSeveralCodes(text: String, modes: [ModeOfInheritance], unread: [String]) {
    let read = ModeOfInheritance.list(reading: text)
    #expect(read.modes == modes)
    #expect(read.unread == unread)
  }

  @Test func aPanelGeneHoldsAllItsModes() {
    var gene = PanelGene(hgncID: nil, symbol: "A")
    #expect(gene.modes == [.unknown])
    gene.modes = [.mitochondrial, .autosomalRecessive, .unknown]
    #expect(gene.mode == .autosomalRecessive)
    #expect(gene.modes == [.autosomalRecessive, .mitochondrial])
    gene.modes = []
    #expect(gene.modes == [.unknown])
  }
}
