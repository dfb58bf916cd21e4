import Model
import Reading
import TestSupport
import Testing

/// Who the patient is, in a file apart.
@Suite("A file of demographics") struct DemographicsFileTests {
  private func read(_ text: String) throws -> DemographicsFile {
    let folder = try TemporaryFolder()
    return try DemographicsFile.read(path: try folder.write("patient.json", text), latest: "2026-11-28")
  }

  @Test("the example is read whole")
  func example() throws {
    let file = try DemographicsFile.read(path: Checkout.fixture("template/patient.json"), latest: "2026-11-28")
    #expect(
      file.demographics
        == Demographics(
          name: Demographics.Name(whole: "Nguyễn Thị Mẫu", family: "Nguyễn", given: "Thị Mẫu"),
          birthDate: "2025-04-30", hospitalNumber: "BN-000123", insuranceNumber: "TE1010000000001",
          address: "2 Example Street, Hanoi", clinician: "Dr. B. Example, Example Children's Hospital",
          sample: Demographics.Sample(
            id: "S-77", kind: "EDTA blood", collected: "2026-02-01", received: "2026-02-03"),
          reportID: "R-2026-0017"))
    try file.check(caseID: "DEMO-001", proband: "CHILD")
  }

  @Test(
    "another patient's file is refused, whichever of both names it", arguments: [("A", "CHILD"), ("DEMO-001", "B")])
  func other(caseID: String, proband: String) throws {
    let file = try DemographicsFile.read(path: Checkout.fixture("template/patient.json"), latest: "2026-11-28")
    let error = #expect(throws: CaseError.self) { try file.check(caseID: caseID, proband: proband) }
    #expect(error?.reason == .malformedInput)
    #expect(error?.description.contains("the run is of \"\(caseID == "A" ? caseID : proband)\"") == true)
  }

  @Test("one name of both is enough")
  func oneName() throws {
    let file = try read(
      #"{"proband": "B", "name": "Trần Văn Hai", "address": null, "sample": {"received": "2026-02-03"}}"#)
    #expect(file.demographics.name.whole == "Trần Văn Hai" && file.demographics.name.family == nil)
    try file.check(caseID: "A", proband: "B")
    #expect(throws: CaseError.self) { try file.check(caseID: "B", proband: "A") }
  }

  @Test(
    "what is wrong is told with its place and what was meant",
    arguments: [
      (#"{"name": "A"}"#, "the file does not say whose it is"), (#"{"case": "A"}"#, "the patient has no name"),
      (
        #"{"case": "A", "name": "B", "dob": "2020-01-01"}"#,
        "patient.json:1:28: unknown key \"dob\"; did you mean `birth_date`?"
      ),
      (#"{"case": "A", "name": "B", "sample": {"taken": "2020-01-01"}}"#, "did you mean `collected`?"),
      (#"{"case": "A", "name": "B", "identifiers": {"mrn": "1"}}"#, "did you mean `hospital`?"),
      (#"{"case": "A", "name": "B", "birth_date": "30/04/2025"}"#, "\"30/04/2025\" is no date; write YYYY-MM-DD"),
      (#"{"case": "A", "name": "B", "birth_date": "2025-02-29"}"#, "is no date"),
      (
        #"{"case": "A", "name": "B", "sample": {"received": "2026-02-01", "collected": "2026-02-02"}}"#,
        "`received` lies before `collected`"
      ),
      (#"{"case": "A", "name": "B", "birth_date": "2026-11-29"}"#, "`birth_date` \"2026-11-29\" has not come yet"),
      (#"{"case": "A", "name": "B", "birth_date": "1026-11-28"}"#, "is more than 130 years ago"),
      (#"{"case": "A", "name": "B", "sample": {"collected": "9999-01-01"}}"#, "`collected` \"9999-01-01\" has not"),
      (#"{"case": "A", "name": "\u200b\u2060\u0301"}"#, "`name` has no value"),
      (#"{"case": "A", "name": " "}"#, "`name` has no value"), (#"{"case": "A", "name": ["B"]}"#, "`name` is a list"),
      (#"{"case": "A", "name": "B", "sample": "blood"}"#, "`sample` is the text"),
      ("[]", "`the file` is a list"), ("", "JSON syntax"), (#"{"case": "A", "case": "B"}"#, "written twice"),
    ])
  func wrong(text: String, words: String) throws {
    let error = #expect(throws: CaseError.self) { try read(text) }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    #expect(error?.reason == .malformedInput)
  }
}
