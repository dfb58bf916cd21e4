public import ArgumentParser
import Model
public import Writing

/// Flags for what a run leaves for other systems.
struct ExchangeOptions: ParsableArguments {
  @Flag(help: "Leave fhir.json too: a FHIR R4 bundle of the Genomics Reporting guide.")
  var fhir = false

  @Option(help: ArgumentHelp("Version of the guide: 3.0 (default) or 2.0. Implies --fhir.", valueName: "version"))
  var fhirGuide: FHIRGuide?

  @Flag(help: "Leave phenopacket.json too: the case and its candidates as a GA4GH Phenopacket v2.")
  var phenopacket = false

  @Option(
    help: ArgumentHelp(
      "When the report is issued, ISO 8601 with zone (2026-03-01T09:30:00+07:00): the only time in these files and on the page. Without it they have none.",
      valueName: "time"))
  var issued: String?

  var exchange: Exchange {
    Exchange(
      fhir: fhirGuide ?? (fhir ? .stu3 : nil), phenopacket: phenopacket, issued: issued.flatMap(Instant.init))
  }

  func validate() throws {
    guard let issued else { return }
    if Instant(issued) == nil {
      throw ValidationError(
        "--issued takes a time with its zone, for example 2026-03-01T09:30:00+07:00, not '\(issued)'.")
    }
  }
}

extension FHIRGuide: ExpressibleByArgument {}
