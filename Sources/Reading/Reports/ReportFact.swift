extension CaseFault.ReportFact {
  var words: (what: String, remedy: String) {
    switch self {
    case .logoFormat(let path):
      ("the logo \(quoted(path, limit: 4_096)) is neither PNG nor SVG", "convert it to one of them")
    case .damagedLogo(let path):
      ("the logo \(quoted(path, limit: 4_096)) is cut off or damaged", "save it again from its source")
    case .logoTooLarge(let path, let limit):
      (
        "the logo \(quoted(path, limit: 4_096)) is larger than \(limit >> 10) KiB",
        "make it smaller: every page carries it, and it is printed 15 mm high"
      )
    case .activeLogo(let path, let what):
      (
        "the logo \(quoted(path, limit: 4_096)) holds \(what)",
        "save it as a plain SVG: shapes alone, without scripts and without anything from elsewhere"
      )
    case .repeatedSection(let name): ("section \(quoted(name)) is there twice", "keep it once")
    case .noSubject:
      ("the file does not say whose it is", "add `case:` with the id of the case, or `proband:` with the sample")
    case .noName: ("the patient has no name", "add `name`, or `family_name` and `given_name`")
    case .otherPatient(let key, let written, let own):
      (
        "this is the patient of \(key) \(quoted(written)), the run is of \(quoted(own))",
        "give the file of this patient; nothing was screened"
      )
    case .futureDay(let key, let day): ("`\(key)` \(quoted(day)) has not come yet", "correct the date")
    case .distantDay(let key, let day, let years):
      ("`\(key)` \(quoted(day)) is more than \(years) years ago", "correct the date")
    case .dateOrder(let early, let late): ("`\(late)` lies before `\(early)`", "correct one of the dates")
    }
  }
}
