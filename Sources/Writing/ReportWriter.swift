public import Model

/// Makes the files of a run from what a screen found. Nothing here reads a clock or the environment: the same report gives
/// the same bytes.
///
///     let writer = ReportWriter(report: report, language: .english)
///     try OutputFolder(path: "out").write(writer.files())
public struct ReportWriter: Sendable {
  public let report: Report
  public let language: Language
  public let exchange: Exchange
  public let imprint: Imprint
  /// The report as the page, other systems and a terminal are given it; the tables of the laboratory are complete.
  private let shown: Report

  /// - Parameter showsCarriers: whether everybody is told what unaffected relatives carry.
  public init(
    report: Report, language: Language = .english, exchange: Exchange = Exchange(), imprint: Imprint = Imprint(),
    showsCarriers: Bool = false
  ) {
    self.report = report
    self.language = language
    self.exchange = exchange
    self.imprint = imprint
    shown = showsCarriers ? report : WithheldCarriers(report: report).shown
  }

  /// Reads templates and words, so that no writer has to: may run while a case is still being screened.
  public static func prepare(_ language: Language) {
    _ = Phrases(language)
    _ = Phrases(.english)
    _ = ReportPage.templates
  }

  /// `candidates.tsv`: one line a candidate variant, best first.
  ///
  /// An allele that is a candidate through two genes has a line for each; in several candidates of one gene it has one line,
  /// at its best rank. Positions are 1-based, frequencies fractions, missing values `.`.
  public func candidateTable() -> [UInt8] { CandidateTable(report: report).bytes }

  /// `genes.tsv`: one line a gene, best first.
  public func geneTable() -> [UInt8] { GeneTable(report: report).bytes }

  /// `candidates.json`, as `ReportWriter.schema` describes it.
  public func candidatesJSON() -> [UInt8] { CandidateJSON(report: report).document.encoded }

  /// The text of `candidates.vcf.gz` before compression: the input's records with `RS_*` INFO fields, in genome order.
  public func candidateRecords() -> [UInt8] { CandidateRecords(report: report).text }

  /// `qc.json`: every check with value, threshold and verdict.
  public func qualityJSON() -> [UInt8] { Self.qualityJSON(report.result.quality) }

  /// `qc.json` of checks that were made without a screen.
  public static func qualityJSON(_ quality: QualityReport) -> [UInt8] { quality.json.encoded }

  /// `qc_mqc.json`: the same checks, a sample a row, for MultiQC.
  public static func multiQC(_ quality: QualityReport, of pedigree: Pedigree) -> [UInt8] {
    MultiQCTable(quality: quality, pedigree: pedigree).document.encoded
  }

  /// `run.json`: provenance, settings and the funnel. The only file with times in it.
  public func runJSON() -> [UInt8] {
    RunJSON(report: report, headerNotes: CandidateRecords(report: report).notes).document.encoded
  }

  /// `report.html`: one self-contained page, in the writer's language.
  public func html() throws(WriteError) -> [UInt8] {
    do {
      let page = ReportPage(
        report: CloseFamily(report: shown).shown, phrases: Phrases(language), imprint: imprint,
        issued: exchange.issued)
      return Array(try page.html().utf8)
    } catch {
      throw WriteError(.template("\(error)"), file: "report.html", place: .rendering)
    }
  }

  /// The result in three lines for a terminal: the answer, the best candidate's explanation, and what was counted.
  public func summary() -> [String] {
    let phrases = Phrases(language)
    let page = ReportPage(report: shown, phrases: phrases)
    let conclusion = Conclusion(shown)
    let tally = report.result.tally
    let head = phrases(
      "summary_head",
      ["word": phrases("result.\(conclusion.kind.rawValue)"), "sentence": page.sentence(conclusion)])
    let best = conclusion.best.map { Explanation(candidate: $0, phrases: phrases).line } ?? phrases("no_findings")
    let counts = phrases(
      "summary_records",
      [
        "records": phrases("counted.records", count: tally.recordsRead),
        "reported": phrases.count(tally.recordsReported),
        "candidates": phrases("counted.candidates", count: report.result.candidates.count),
        "quality": Self.checks(of: report.result.quality, in: phrases),
      ])
    // A name may hold an escape sequence, which a terminal would obey.
    return [head, best, counts].map(\.shown)
  }

  /// How many checks came out how, the worst first: `1 fail, 20 pass`.
  static func checks(of quality: QualityReport, in phrases: Phrases) -> String {
    let counts = [CheckOutcome.fail, .warning, .pass, .notEvaluable].compactMap { outcome -> String? in
      let count = quality.checks.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(phrases.count(count)) \(phrases("outcome.\(outcome.rawValue)"))"
    }
    return counts.isEmpty ? phrases("none") : counts.joined(separator: ", ")
  }

  /// All files that need no compression, in the order of writing, `run.json` last.
  public func files() throws(WriteError) -> [OutputFile] { files(page: try html()) }

  /// - Parameter page: the rendered report.
  public func files(page: [UInt8]) -> [OutputFile] {
    [
      OutputFile(name: "report.html", bytes: page),
      OutputFile(name: "candidates.tsv", bytes: candidateTable()),
      OutputFile(name: "candidates.json", bytes: candidatesJSON()),
      OutputFile(name: "genes.tsv", bytes: geneTable()),
      OutputFile(name: "qc.json", bytes: qualityJSON()),
      OutputFile(name: "qc_mqc.json", bytes: Self.multiQC(report.result.quality, of: report.subject.pedigree)),
    ] + coverageTables() + exchangeFiles(page) + [OutputFile(name: "run.json", bytes: runJSON())]
  }

  /// `fhir.json` and `phenopacket.json`, as far as they are wanted.
  ///
  /// - Parameter page: the rendered report, which a bundle carries.
  private func exchangeFiles(_ page: [UInt8]) -> [OutputFile] {
    var files: [OutputFile] = []
    if let guide = exchange.fhir {
      let bundle = FHIRBundle(
        report: shown, guide: guide, issued: exchange.issued, language: language, imprint: imprint, page: page)
      files.append(OutputFile(name: "fhir.json", bytes: bundle.document.encoded))
    }
    if exchange.phenopacket {
      let packet = PhenopacketDocument(report: shown, issued: exchange.issued)
      files.append(OutputFile(name: "phenopacket.json", bytes: packet.document.encoded))
    }
    return files
  }

  /// `coverage.tsv`, `gaps.bed` and `depth_classes.bed`; none where nobody looked.
  public func coverageTables() -> [OutputFile] {
    if report.result.coverage.isEmpty { return [] }
    let names = report.contigNames
    return CoverageTable(report.result.coverage) { names[$0] ?? $0.name }.files
  }

  /// Version of the format of `candidates.json` and `run.json`, `MAJOR.MINOR.PATCH`.
  public static var schemaVersion: String { CandidateJSON.schemaVersion }

  /// JSON Schema 2020-12 of `candidates.json`.
  public static var schema: [UInt8] { PackageResources.candidates_schema_json }
}
