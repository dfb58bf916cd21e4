import ArgumentParser
import Foundation
import Model
import Reading
import Writing

/// Flags for how the report looks, and in which forms it is left.
struct PageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The laboratory's template for the report (YAML): name, logo, disclaimer, who signs, order of the sections.",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var template: String?

  @Flag(
    help:
      "Leave report.pdf too: the page, printed by Chromium, which must be installed (or named in RARESCREEN_BROWSER).")
  var pdf = false

  /// What the options amount to; whatever is wrong with them is wrong here, before any case is screened.
  func form(
    exchange: ExchangeOptions, privacy: PrivacyOptions, patient: Demographics? = nil
  ) throws -> ReportForm {
    if privacy.deidentify, template != nil || patient != nil {
      throw Failure(
        .usage, "--deidentify takes names out, --template and --identified put them in; leave out the one or the others"
      )
    }
    let file = try template.map { try TemplateFile.read(path: $0) }
    return ReportForm(
      exchange: exchange.exchange, imprint: Imprint(template: file?.template ?? ReportTemplate(), patient: patient),
      privacy: privacy, printer: try pdf ? PagePrinter(browser: PageBrowser.find()) : nil, files: file?.inputs ?? [])
  }
}
