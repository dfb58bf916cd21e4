import ArgumentParser
import Foundation

/// Where the laboratory's own cohort is kept.
struct CohortLocation: ParsableArguments {
  @Option(
    name: [.customLong("cohort"), .customLong("database")],
    help:
      "Database of the cohort; else RARESCREEN_COHORT, else cohort.sqlite in the folder of --knowledge, else ~/.local/share/rarescreen/cohort.sqlite.",
    completion: .file(extensions: ["sqlite"]))
  var cohort: String?

  func validate() throws {
    if cohort?.isEmpty == true { throw ValidationError("--cohort takes the path of a file, not an empty text.") }
  }

  func path(_ common: CommonOptions) -> String {
    if let cohort { return cohort }
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["RARESCREEN_COHORT"], !path.isEmpty { return path }
    if let folder = common.knowledge { return folder + "/cohort.sqlite" }
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
    return home + "/.local/share/rarescreen/cohort.sqlite"
  }
}

/// The cohort that a screen asks for local counts. It is asked only where it is named: the same inputs and flags give the same result.
struct CohortOption: ParsableArguments {
  @Option(
    help:
      "Database of the laboratory's own cohort ('rarescreen cohort add'), for local allele counts without this family and a comparison with earlier samples.",
    completion: .file(extensions: ["sqlite"]))
  var cohort: String?
}
