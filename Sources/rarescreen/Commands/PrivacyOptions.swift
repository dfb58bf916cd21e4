import ArgumentParser
import Reading
import Writing

/// Flags for what is told of the people in a case.
struct PrivacyOptions: ParsableArguments {
  @Flag(
    help:
      "Tell on the page, in FHIR and in the phenopacket which variants unaffected relatives carry, where the patient's result does not need it."
  )
  var showCarriers = false

  @Flag(
    help:
      "Replace names by tokens, leave out file names, texts, days and what unaffected relatives carry: for passing results on. Needs --key."
  )
  var deidentify = false

  @Option(
    help: ArgumentHelp(
      "File with the secret of the tokens, 16 bytes or more, outside of the output folder: the same key makes the same tokens.",
      valueName: "file"))
  var key: String?

  /// What makes tokens; nil where everybody keeps the own name.
  func pseudonyms(outside out: String, session: Session) throws -> Pseudonyms? {
    guard let key else { return nil }
    let read = try KeyFile.read(key, outside: out)
    if session.options.strict, !read.warnings.isEmpty { throw Failure.strict(read.warnings) }
    session.warn(read.warnings)
    return read.pseudonyms
  }

  /// - Parameter issued: the day of the report, where one is given.
  func check(issued: String?) throws {
    if deidentify, issued != nil {
      throw ValidationError("--issued tells a day, of which --deidentify keeps the year alone; leave one of them out.")
    }
  }

  func validate() throws {
    if deidentify, key == nil {
      throw ValidationError(
        "--deidentify needs --key FILE, the secret of the tokens; make one: head -c 32 /dev/urandom > key, chmod 600 key."
      )
    }
    if key != nil, !deidentify { throw ValidationError("--key is for --deidentify; give both or none.") }
  }
}

/// Flag for what is looked for beside the question.
struct SecondaryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look for secondary findings in the genes of a list, a panel with date and source ('acmg_sf' comes with rarescreen), in those whom the case file's 'consent: {secondary_findings: [CHILD]}' names.",
      valueName: "panel"))
  var secondaryFindings: String?

  /// The list as a case would name a panel.
  var list: CaseInputs.Panel? {
    secondaryFindings.map { name in
      let place = Located(name, at: SourcePlace(flag: "--secondary-findings"))
      return name.contains("/") || name.contains(".") ? .file(place) : .name(place)
    }
  }

  /// Path of the list where it is a file.
  var path: String? {
    if case .file(let place) = list { return place.value }
    return nil
  }

  func validate() throws {
    if secondaryFindings?.isEmpty == true {
      throw ValidationError("--secondary-findings takes a panel, for example acmg_sf, not an empty text.")
    }
  }
}
