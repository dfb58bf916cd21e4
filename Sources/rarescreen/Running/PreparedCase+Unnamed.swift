import Model
import Reading
import Writing

extension PreparedCase {
  /// A panel of the user's under another name and without its own words; a bundled one as it is.
  static func unnamed(_ file: PanelFile, by deidentifier: Deidentifier) -> PanelFile {
    guard let name = deidentifier.knownName(of: file.path) else { return file }
    var unnamed = file
    unnamed.path = name
    unnamed.panel.name = String(name.prefix { $0 != "." })
    unnamed.panel.title = ""
    unnamed.panel.localTitles = [:]
    unnamed.panel.version = ""
    unnamed.panel.date = Instant.isDay(file.panel.date) ? String(file.panel.date.prefix(4)) : ""
    unnamed.panel.source = ""
    unnamed.panel.licence = ""
    unnamed.notes = []
    return unnamed
  }

  /// One sentence in place of remarks that quote the case, its pedigree and the names of files, whatever they are.
  static func unnamed(_ remarks: [Wording]) -> [Wording] {
    if remarks.isEmpty { return [] }
    return [
      Wording(
        remarks.count,
        one: """
          \(remarks.count) remark on case, pedigree and files names people or files and is left out; run without --deidentify to \
          read it
          """,
        other: """
          \(remarks.count) remarks on case, pedigree and files name people or files and are left out; run without --deidentify to \
          read them
          """)
    ]
  }
}

extension PreparedCase {
  /// The writer of a report, which tells of the people what may be told.
  func writer(of report: Report, language: Language, form: ReportForm) -> ReportWriter {
    guard let deidentifier else { return form.writer(report, language: language) }
    // What relatives carry is gone already, from all files.
    return ReportWriter(
      report: deidentifier.report(report, showsCarriers: form.privacy.showCarriers), language: language,
      exchange: form.exchange,
      showsCarriers: true)
  }
}
