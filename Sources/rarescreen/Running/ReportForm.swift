import Model
import Reading
import Writing

/// In which forms a report is left, and how it is dressed: the same for every case of a run, save the patient.
struct ReportForm: Sendable {
  var exchange: Exchange
  var imprint: Imprint
  /// What is told of the people.
  var privacy: PrivacyOptions
  /// Prints the page, where PDF is wanted too.
  var printer: PagePrinter?
  /// Files that the dress was taken from.
  var files: [(role: String, path: String)] = []

  func writer(_ report: Report, language: Language) -> ReportWriter {
    ReportWriter(
      report: report, language: language, exchange: exchange, imprint: imprint, showsCarriers: privacy.showCarriers)
  }
}

extension TemplateFile {
  var inputs: [(role: String, path: String)] {
    [("template", path)] + (logoPath.map { [("logo", $0)] } ?? [])
  }
}
