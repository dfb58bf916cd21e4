import Foundation
import Model
import Testing

@testable import Writing

/// The picture of the chromosomes.
@Suite struct GenomeViewTests {
  private static let all = Contig.allCases.filter { $0.isAutosome || $0 == .x }

  private static func homozygosity(_ runs: [Region], tested: [Contig] = all) -> Homozygosity {
    Homozygosity(
      sample: "CHILD", runs: runs.map { HomozygousRun(region: $0, sites: 60, heterozygous: 1) }, wholeChromosomes: [],
      tested: tested)
  }

  private static let origins = ChromosomeOrigins(
    child: "CHILD", father: "DAD", mother: "MUM",
    chromosomes: all.dropLast().map {
      ChromosomeOrigins.Chromosome($0, biparental: 30, maternalOnly: $0 == .chr15 ? 90 : 0, paternalOnly: 0)
    })

  private static func svg(_ homozygosity: Homozygosity, _ origins: ChromosomeOrigins? = nil, title: String = "")
    -> String
  {
    GenomeView(
      assembly: .grch38, homozygosity: homozygosity, origins: origins, title: title, phrases: Phrases(.english)
    ).svg
  }

  @Test func drawsARunWhereItLies() {
    let picture = Self.svg(
      Self.homozygosity([Region(.chr2, 10_000_000, 30_500_000), Region(.chr2, 31_000_000, 33_000_000)]))
    // Row 1, from 10 to 33 Mb: the two touch at the resolution of the picture.
    #expect(picture.contains("d=\"M10 22h23\""))
    #expect(picture.hasPrefix("<svg role=\"img\" ") && picture.hasSuffix("</svg>"))
  }

  @Test func showsHowMuchComesFromOneParent() {
    let picture = Self.svg(Self.homozygosity([]), Self.origins)
    // Three quarters of 120 units on row 14.
    #expect(picture.contains("<path d=\"M386 217h90\" style=\"stroke:var(--p)"))
    #expect(!Self.svg(Self.homozygosity([])).contains("var(--p)"))
  }

  @Test func dashesWhatIsNotKnown() {
    func dashed(_ picture: String) -> Int {
      picture.components(separatedBy: "<path d=\"").first { $0.contains("stroke-dasharray") }?.filter { $0 == "z" }
        .count ?? -1
    }
    #expect(dashed(Self.svg(Self.homozygosity([], tested: Self.all.dropLast()))) == 1)
    #expect(dashed(Self.svg(Self.homozygosity([], tested: [.chr1]))) == 22)
  }

  /// A megabase in runs, a megabase without, everywhere: more than any genome has.
  @Test func staysSmall() {
    let runs = Self.all.flatMap { contig in
      stride(from: 0, to: Assembly.grch38.length(of: contig) - 2_000_000, by: 2_000_000).map {
        Region(contig, $0, $0 + 1_000_000)
      }
    }
    #expect(Self.svg(Self.homozygosity(runs), Self.origins).utf8.count < 15_000)
    let usual = runs.enumerated().filter { $0.offset % 5 == 0 }.map(\.element)
    #expect(Self.svg(Self.homozygosity(usual), Self.origins).utf8.count < 8_000)
  }

  @Test(arguments: [Language.english, .vietnamese])
  func standsBesideTheChecksAndIsToldInWords(language: Language) throws {
    var report = SmallReport.report
    func html(_ report: Report) throws -> String {
      String(decoding: try ReportWriter(report: report, language: language).html(), as: UTF8.self)
    }
    let heading = Phrases(language)("genome_heading").escapedMarkup
    #expect(try !html(report).contains(heading))
    report.result.quality.homozygosity = [Self.homozygosity([Region(.chr2, 10_000_000, 30_500_000)])]
    report.result.quality.origins = [Self.origins]
    let page = try html(report)
    #expect(page.contains(heading))
    #expect(page.contains(language == .english ? "2: 20.5 Mb" : "2: 20,5 Mb"))
    #expect(page.contains("15: 75 / 0 %"))
  }
}
