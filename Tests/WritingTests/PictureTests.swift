import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// Pictures of reads and of depth: markup made by hand, which must hold whatever it is given.
@Suite struct PictureTests {
  private static let attack = "\"><script>alert(1)</script>&' onload=x"

  private static func svg(_ pileUp: PileUp, _ allele: Allele = allele, title: String = "reads") -> String {
    PileUpPicture(pileUp: pileUp, allele: allele, title: title).svg
  }

  private static func svg(_ gene: GeneCoverage, threshold: Int = 20, title: String = "depth") -> String {
    GeneDepthPicture(gene: gene, threshold: threshold, title: title).svg
  }

  /// Values of an attribute, in the order of the picture.
  private static func values(_ name: String, of svg: String) -> [Double] {
    svg.matches(of: /\b([a-z]+)="([-0-9.]+)"/).filter { $0.1 == name }.compactMap { Double($0.2) }
  }

  /// Every number is one, and every tag is closed.
  private static func isSound(_ svg: String) throws -> Bool {
    let lower = svg.lowercased()
    // A number that is none is written as a dot.
    if lower.contains("nan") || lower.contains("<script") || svg.contains(/[^0-9]\.[^0-9]/) { return false }
    guard Tool.isPresent("python3") else { return true }
    return try Tool.output("python3", ["-c", "import sys, xml.dom.minidom as d; d.parseString(sys.argv[1])", svg])
      != nil
  }

  // MARK: - Reads

  private static let allele = Allele(.chr1, 141, "A", "G")

  private static func pileUp(_ lines: [[PileUp.Read]], hasReference: Bool = true) -> PileUp {
    PileUp(
      sample: "CHILD", window: Region(.chr1, 100, 181), reference: hasReference ? Array(repeating: 65, count: 81) : [],
      lines: lines, total: lines.count, shown: lines.count)
  }

  private static func read(_ start: Int, _ end: Int, isReverse: Bool = false) -> PileUp.Read {
    PileUp.Read(start: start, end: end, isReverse: isReverse, isDoubtful: false)
  }

  @Test func aLineIsARowOfThePicture() throws {
    for (lines, hasReference, height) in [
      (0, true, 25), (1, true, 25), (48, true, 354), (48, false, 342), (0, false, 13),
    ] {
      let reads = (0..<lines).map { [Self.read(110 + $0, 160 + $0)] }
      let svg = Self.svg(Self.pileUp(reads, hasReference: hasReference))
      #expect(svg.contains("width=\"567\" height=\"\(height)\" viewBox=\"0 0 567 \(height)\""), "\(svg.prefix(200))")
      #expect(svg.contains("<text") == hasReference)
      #expect(svg.components(separatedBy: "fill:var(--gray)").count == lines + 1)
      #expect(try Self.isSound(svg))
    }
  }

  @Test func theAllelesPlaceStandsBetweenTwoLines() {
    #expect(Self.svg(Self.pileUp([])).contains("M280 0V25M287 0V25"))
    // A deletion longer than the window ends with it.
    let long = Allele(.chr1, 141, String(repeating: "A", count: 300), "A")
    #expect(Self.svg(Self.pileUp([]), long).contains("M280 0V25M567 0V25"))
  }

  @Test func directionsDifferAndDoubtIsPale() {
    var read = Self.read(110, 120)
    #expect(Self.svg(Self.pileUp([[read]])).contains("M70 16H137L140 19L137 22H70Z"))
    #expect(Self.svg(Self.pileUp([[Self.read(110, 120, isReverse: true)]])).contains("M140 16H73L70 19L73 22H140Z"))
    #expect(!Self.svg(Self.pileUp([[read]])).contains("fill-opacity:.15"))
    read.isDoubtful = true
    #expect(Self.svg(Self.pileUp([[read]])).contains("fill-opacity:.15"))
  }

  @Test func whatReachesOutOfTheWindowIsCutOff() throws {
    var read = Self.read(0, 10_000)
    read.deletions = [20..<90, 90..<130, 150..<9_000, 9_500..<9_600]
    read.mismatches = [50, 100, 180, 181, 5_000].map { PileUp.Mismatch(position: $0, base: 67, isWeak: false) }
    read.insertions = [10, 120, 8_000]
    read.isClippedAtStart = true
    read.isClippedAtEnd = true
    let svg = Self.svg(Self.pileUp([[read], [Self.read(0, 100)], [Self.read(181, 300)]]))
    #expect(try Self.isSound(svg))
    #expect(svg.components(separatedBy: "fill:var(--gray)").count == 2)
    #expect(svg.components(separatedBy: "fill:var(--paper)").count == 3)
    #expect(svg.components(separatedBy: "fill:var(--v)").count == 3)
    #expect(svg.components(separatedBy: "fill:var(--p)").count == 2)
    #expect(!svg.contains("--amber"))
    let (lefts, widths) = (Self.values("x", of: svg), Self.values("width", of: svg))
    #expect(lefts.allSatisfy { (0...567).contains($0) })
    #expect(widths.allSatisfy { (0...567).contains($0) })
  }

  @Test func basesHaveTheirColoursAndWeakOnesArePale() {
    var read = Self.read(110, 170)
    let bases = Array("ACGTN".utf8)
    read.mismatches = bases.enumerated().map { PileUp.Mismatch(position: 120 + $0, base: $1, isWeak: $1 == 84) }
    read.isClippedAtStart = true
    read.isClippedAtEnd = true
    let svg = Self.svg(Self.pileUp([[read]]))
    for colour in ["s", "v", "g", "soft"] { #expect(svg.contains("fill:var(--\(colour))\"/>"), "\(colour)") }
    #expect(svg.contains("fill:var(--red);fill-opacity:.35\"/>"))
    #expect(svg.components(separatedBy: "fill:var(--amber)").count == 3)
  }

  @Test func textIsNoMarkup() throws {
    var pileUp = Self.pileUp([[Self.read(110, 160)]])
    pileUp.reference = Array((Self.attack + String(repeating: "<", count: 81)).utf8.prefix(81))
    let pictures = [
      Self.svg(pileUp, title: Self.attack),
      Self.svg(Self.gene([Self.exon(0, 100, [10])]), title: Self.attack),
    ]
    for svg in pictures {
      #expect(try Self.isSound(svg))
      #expect(svg.contains("&lt;script&gt;") && svg.components(separatedBy: "<svg").count == 2)
      #expect(!svg.contains("'") && svg.contains("aria-label=\"&quot;&gt;&lt;"))
    }
  }

  // MARK: - Points

  private static func part(_ points: Double, _ entries: [Double], colour: String = "v") -> PointsBar.Part {
    PointsBar.Part(
      label: "part", points: points, colour: colour,
      entries: entries.map { PointsBar.Entry(label: "entry <\($0)>", points: $0) })
  }

  @Test func everyEntryOfAnAccountIsAPieceOfTheBar() throws {
    let parts = [Self.part(3, [4, -1], colour: "p"), Self.part(8, [8]), Self.part(0, []), Self.part(0, [])]
    let svg = PointsBar(parts: parts, total: 11, title: Self.attack, phrases: Phrases(.vietnamese)).svg
    #expect(try Self.isSound(svg.replacing("0.0", with: "0")))
    // Twelve points to the right and one to the left on 340; zero stands after the one, the sum eleven further on.
    #expect(Self.values("width", of: svg).prefix(4) == [342, 104.6, 26.2, 209.2])
    #expect(svg.contains("M26.2 14V48") && svg.contains("M313.8 14V48") && svg.contains(">T 11</text>"))
    #expect(svg.contains("<title>part: entry &lt;4.0&gt; +4</title>"))
    #expect(svg.components(separatedBy: "<title>").count == 4)
  }

  @Test func piecesOfAPartComeToThePart() {
    // The mean of two variants, a part at its ceiling, and one whose entries cancel out.
    #expect(Self.part(4.5, [8, 1]).counted.map(\.points) == [4, 0.5])
    #expect(Self.part(10, [12, 8]).counted.map(\.points) == [6, 4])
    #expect(Self.part(-3, [-4, 1]).counted.map(\.points) == [-4, 1])
    #expect(Self.part(2, [1, -1]).counted.map(\.points) == [2] && Self.part(0, []).counted.map(\.points) == [0])
  }

  // MARK: - Frequencies

  @Test(arguments: Language.allCases) func ancestriesStandInTheirOrderOnALogarithm(language: Language) throws {
    var report = SmallReport.report
    var known = PopulationFrequency(
      state: .value, faf95: 1e-5, alleleFrequency: 1e-4, populationMaximum: 0.01, alleleCount: 3, alleleNumber: 150_000)
    known.groups = [("nfe", 0.01), ("eas", 0), ("xyz", 1e-7), ("sas", 1)].map { .init(name: $0, frequency: $1) }
    report.result.candidates[1].variants[0].variant.frequency = known
    let phrases = Phrases(language)
    let page = String(decoding: try ReportWriter(report: report, language: language).html(), as: UTF8.self)
    let title = try #require(page.range(of: "p.(Ala150Thr): \(phrases("frequency_all")) 1 : "))
    let start = try #require(page[..<title.lowerBound].range(of: "<svg", options: .backwards))
    let end = try #require(page[start.lowerBound...].range(of: "</svg>"))
    let svg = String(page[start.lowerBound..<end.upperBound])
    let labels = svg.matches(of: /text-anchor="end">([^<]+)</).map { String($0.1) }
    #expect(
      labels
        == [
          phrases("frequency_all"), "FAF95", phrases("ancestry.nfe"), phrases("ancestry.eas"), "xyz",
          phrases("ancestry.sas"),
        ].map { $0.count > 18 ? $0.prefix(17) + "…" : $0 })
    // 190 wide for six decades from 166 on; nobody stands apart, and less than one in a million at the left end.
    #expect(Self.values("cx", of: svg) == [229.3, 197.7, 292.7, 136, 166, 356])
    // Where no group is known the highest stands for them; where nobody looked there is no picture.
    known.groups = []
    report.result.candidates[1].variants[0].variant.frequency = known
    let alone = String(decoding: try ReportWriter(report: report, language: language).html(), as: UTF8.self)
    #expect(alone.contains(">\(phrases("frequency_highest_group").prefix(17))"))
    report.result.candidates[1].variants[0].variant.frequency = .noData
    let none = String(decoding: try ReportWriter(report: report, language: language).html(), as: UTF8.self)
    #expect(!none.contains("p.(Ala150Thr): \(phrases("frequency_all"))"))
  }

  // MARK: - Depth

  private static func exon(_ start: Int, _ end: Int, _ profile: [Float]) -> ExonCoverage {
    var summary = DepthSummary()
    summary.length = end - start
    return ExonCoverage(
      name: "1", region: Region(.chr1, start, end), summary: summary, profile: profile, levels: DepthLevels())
  }

  private static func gene(_ exons: [ExonCoverage], gaps: [Region] = []) -> GeneCoverage {
    let gaps = gaps.map {
      CoverageGap(region: $0, exon: "1", minimum: 0, mean: 0, meanUnfiltered: 0, cause: .noReads, detection: 0)
    }
    return GeneCoverage(
      symbol: "GENE", hgncID: nil, transcript: nil, exons: exons, summary: DepthSummary(), gaps: gaps, verdict: .pass)
  }

  @Test func theSizeIsTheSameWhateverIsShown() throws {
    let many = (0..<400).map { Self.exon($0 * 1_000, $0 * 1_000 + 10, [30, 20]) }
    let deep = Self.exon(0, 100, Array(repeating: 100_000, count: 64))
    for exons in [[], [Self.exon(0, 100, [])], [Self.exon(0, 100, [0])], many, [deep], [Self.exon(5, 5, [])]] {
      for threshold in [0, 10, 20, 100_000] {
        let svg = Self.svg(Self.gene(exons), threshold: threshold)
        #expect(try Self.isSound(svg), "\(svg.prefix(300))")
        #expect(svg.contains("width=\"680\" height=\"82\" viewBox=\"0 0 680 82\""))
        let (lefts, widths) = (Self.values("x", of: svg), Self.values("width", of: svg))
        #expect(lefts.allSatisfy { (0...644).contains($0) } && widths.allSatisfy { (0...680).contains($0) })
      }
    }
  }

  @Test func exonsAreAsWideAsTheyAreLongAndGapsAreMarked() {
    let gene = Self.gene(
      [Self.exon(1_000, 1_100, [40]), Self.exon(2_000, 2_300, [10, 0, 0])], gaps: [Region(.chr1, 2_100, 2_300)])
    let svg = Self.svg(gene)
    // 640 less a space of 3, a quarter and three.
    #expect(Self.values("width", of: svg).dropFirst().map { ($0 * 10).rounded() / 10 } == [159.3, 477.8, 318.5])
    #expect(svg.components(separatedBy: "fill:var(--red)").count == 2)
    // The highest is 40, twice the threshold too: the line stands in the middle.
    #expect(svg.contains("M0 37H640") && svg.contains(">20×</text>"))
  }
}
