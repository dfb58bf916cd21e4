import Model
import Testing

@Suite struct ContigTests {
  @Test(arguments: ["1", "chr1", "CHR1", "Chr1", "NC_000001.11", "NC_000001.10"])
  func readsEveryDialectOfChromosomeOne(name: String) {
    #expect(Contig(name: name) == .chr1)
  }

  @Test(arguments: ["M", "MT", "chrM", "chrMT", "NC_012920.1"])
  func readsEveryDialectOfTheMitochondrion(name: String) {
    #expect(Contig(name: name) == .mitochondrion)
  }

  @Test(arguments: [
    "", "chr", "0", "01", "+1", "23", "chr23", "GL000220.1", "chrUn_KI270302v1", "HLA-A*01:01", "NC_000025.1",
  ])
  func refusesWhatIsNoAssembledChromosome(name: String) {
    #expect(Contig(name: name) == nil)
  }

  @Test func sortsAsAKaryotype() {
    #expect([Contig.mitochondrion, .x, .chr10, .chr2].sorted() == [.chr2, .chr10, .x, .mitochondrion])
  }
}
