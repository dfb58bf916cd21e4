import Model
import Screening
import Testing

/// What of a gene is to be covered.
@Suite("Targets of coverage") struct CoverageTargetTests {
  private static func transcript(
    isForward: Bool, coding: Range<Int>?, exons: [Range<Int>], refSeq: String? = "NM_1.1", contig: Contig = .chr1
  ) -> Transcript {
    Transcript(
      gene: "HGNC:1", region: Region(contig, exons[0].lowerBound, exons[exons.count - 1].upperBound),
      isForward: isForward, coding: coding, exons: exons, tag: .maneSelect, refSeq: refSeq, ensembl: "ENST1.1",
      origin: "MANE")
  }

  private static func targets(
    _ transcripts: [Transcript], wanted: String? = nil, padding: Int = 10, regions: [Panel.NamedRegion] = []
  ) -> [CoverageTarget] {
    let gene = TargetGene(
      id: "HGNC:1", hgncID: "HGNC:1", symbol: "A", panels: ["p"], transcript: wanted, transcripts: transcripts)
    let panel = Panel(name: "p", genes: [PanelGene(hgncID: "HGNC:1", symbol: "A", mode: .autosomalDominant)])
    let set = TargetSet(
      assembly: .grch38, panels: [panel], genes: [gene], regions: regions, screened: RegionSet([]))
    return set.coverageTargets(padding: padding)
  }

  private static let exons = [1_000..<1_100, 2_000..<2_200, 3_000..<3_300, 4_000..<4_400]

  @Test("Coding parts with ten bases around; exons count from where the transcript begins", arguments: [true, false])
  func strands(isForward: Bool) throws {
    let targets = Self.targets([Self.transcript(isForward: isForward, coding: 2_050..<4_100, exons: Self.exons)])
    let target = try #require(targets.first)
    #expect(targets.count == 1)
    #expect(target.transcript == "NM_1.1")
    #expect(target.hgncID == "HGNC:1")
    #expect(
      target.exons.map(\.region) == [
        Region(.chr1, 2_040, 2_210), Region(.chr1, 2_990, 3_310), Region(.chr1, 3_990, 4_110),
      ])
    #expect(target.exons.map(\.name) == (isForward ? ["2", "3", "4"] : ["3", "2", "1"]))
  }

  @Test("A transcript that codes for nothing is covered whole")
  func nonCoding() {
    let target = Self.targets([Self.transcript(isForward: true, coding: nil, exons: Self.exons)]).first
    #expect(target?.exons.map(\.name) == ["1", "2", "3", "4"])
    #expect(target?.exons.map(\.region.length) == [120, 220, 320, 420])
  }

  @Test("The transcript that a panel wants goes before the first", arguments: ["NM_2.1", "ENST1.1", "NM_9.9"])
  func wanted(name: String) {
    let transcripts = [
      Self.transcript(isForward: true, coding: nil, exons: [100..<200]),
      Self.transcript(isForward: true, coding: nil, exons: [300..<400], refSeq: "NM_2.1"),
    ]
    let target = Self.targets(transcripts, wanted: name).first
    #expect(target?.transcript == (name == "NM_2.1" ? "NM_2.1" : "NM_1.1"))
  }

  @Test("Where padding meets, it is cut in the middle: no base counts twice", arguments: [0, 1, 19, 20, 21])
  func meeting(distance: Int) throws {
    let exons = [1_000..<1_050, 1_050 + distance..<1_100 + distance]
    let target = try #require(Self.targets([Self.transcript(isForward: true, coding: nil, exons: exons)]).first)
    let regions = target.exons.map(\.region)
    #expect(regions.count == 2)
    #expect(regions[0].end <= regions[1].start)
    #expect(RegionSet(regions).length == regions.reduce(0) { $0 + $1.length })
    #expect(regions.first?.start == 990 && regions.last?.end == 1_110 + distance)
    #expect(RegionSet(regions).length == min(140, 120 + distance))
    #expect(zip(exons, regions).allSatisfy { $1.start <= $0.lowerBound && $0.upperBound <= $1.end })
  }

  @Test("Padding stays within the chromosome")
  func ends() {
    let length = Assembly.grch38.length(of: .mitochondrion)
    let exons = [4..<50, length - 3..<length]
    let target = Self.targets([
      Self.transcript(isForward: true, coding: nil, exons: exons, contig: .mitochondrion)
    ]).first
    #expect(target?.exons.first?.region == Region(.mitochondrion, 0, 60))
    #expect(target?.exons.last?.region == Region(.mitochondrion, length - 13, length))
  }

  @Test("Rows of a BED are covered as they are, those of one name together")
  func rows() throws {
    let rows = [
      Panel.NamedRegion(region: Region(.chr2, 10, 20), name: "B"),
      Panel.NamedRegion(region: Region(.chr2, 30, 40), name: "A"),
      Panel.NamedRegion(region: Region(.chr3, 10, 20), name: "B"),
      Panel.NamedRegion(region: Region(.chr3, 50, 60), name: ""),
    ]
    let set = TargetSet(
      assembly: .grch38, panels: [Panel(name: "rows", regions: rows)], genes: [], regions: rows,
      screened: RegionSet([]))
    let targets = set.coverageTargets(padding: 10)
    #expect(targets.map(\.symbol) == ["B", "A", "3:51-60"])
    #expect(targets.first?.exons.map(\.region) == [Region(.chr2, 10, 20), Region(.chr3, 10, 20)])
    #expect(targets.first?.exons.map(\.name) == ["2:11-20", "3:11-20"])
    #expect(targets.allSatisfy { $0.transcript == nil && $0.hgncID == nil })
  }

  @Test("Of a gene that only a BED names, its rows are covered, not its exons")
  func rowOfAGene() {
    let gene = TargetGene(
      id: "HGNC:1", hgncID: "HGNC:1", symbol: "A", panels: ["rows"],
      transcripts: [Self.transcript(isForward: true, coding: nil, exons: Self.exons)])
    let rows = [Panel.NamedRegion(region: Region(.chr1, 1_010, 1_020), name: "A")]
    let set = TargetSet(
      assembly: .grch38, panels: [Panel(name: "rows", regions: rows)], genes: [gene], regions: rows,
      screened: RegionSet([]))
    let targets = set.coverageTargets(padding: 10)
    #expect(targets.map { $0.exons.map(\.region) } == [[Region(.chr1, 1_010, 1_020)]])
    #expect(targets.first?.hgncID == "HGNC:1")
  }
}
