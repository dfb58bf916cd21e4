public import Model

/// Who a patient is, in a JSON file apart from the case, so that a name reaches the report and nothing else.
public struct DemographicsFile: Sendable {
  public private(set) var demographics = Demographics(name: Demographics.Name(whole: ""))
  /// Whose it is: at least one of both.
  private var caseID: Located<String>?
  private var proband: Located<String>?
  /// No day in the file lies behind it.
  private let latest: String

  /// Years; nobody who lived to 123 is known.
  private static let greatestAge = 130

  private init(latest: String) { self.latest = latest }

  /// - Parameter latest: the last day, `YYYY-MM-DD`, that has begun anywhere on earth.
  /// - Throws: every fault of the file at once.
  public static func read(path: String, latest: String) throws(CaseError) -> DemographicsFile {
    do throws(CaseError) {
      let text = try CaseText.read(path, as: .demographics, reason: .malformedInput)
      var file = DemographicsFile(latest: latest)
      var list = FaultList(.malformedInput)
      file.read(try DocumentNode.json(text, file: path), &list)
      if !list.faults.isEmpty { throw CaseError(list.faults) }
      return file
    } catch {
      throw error.ofInput
    }
  }

  /// - Throws: where the file is another patient's.
  public func check(caseID: String, proband: String) throws(CaseError) {
    for (key, written, own) in [("case", self.caseID, caseID), ("proband", self.proband, proband)] {
      guard let written, written.value != own else { continue }
      let fact = CaseFault.ReportFact.otherPatient(key: key, written: written.value, own: own)
      throw CaseError([CaseFault(.report(fact), reason: .malformedInput, at: written.place)])
    }
  }

  private static let keys = [
    "case", "proband", "name", "family_name", "given_name", "birth_date", "identifiers", "address",
    "referring_clinician", "sample", "report_id",
  ]
  private static let synonyms = [
    "case_id": "case", "patient": "name", "full_name": "name", "surname": "family_name", "last_name": "family_name",
    "first_name": "given_name", "dob": "birth_date", "date_of_birth": "birth_date", "born": "birth_date",
    "ids": "identifiers", "hospital": "identifiers", "insurance": "identifiers", "clinician": "referring_clinician",
    "doctor": "referring_clinician", "physician": "referring_clinician", "specimen": "sample", "report": "report_id",
  ]

  private mutating func read(_ root: DocumentNode, _ list: inout FaultList) {
    var name: String?
    for entry in list.entries(
      "the file", of: root, expected: "an object with the keys " + Self.keys.joined(separator: ", "))
    {
      if case .null = entry.value.content, Self.keys.contains(entry.key.value) { continue }
      switch entry.key.value {
      case "case": caseID = list.text(of: entry)
      case "proband": proband = list.text(of: entry)
      case "name": name = list.words(of: entry)
      case "family_name": demographics.name.family = list.words(of: entry)
      case "given_name": demographics.name.given = list.words(of: entry)
      case "birth_date": demographics.birthDate = pastDay(of: entry, &list)?.value
      case "identifiers": readIdentifiers(entry.value, &list)
      case "address": demographics.address = list.words(of: entry)
      case "referring_clinician": demographics.clinician = list.words(of: entry)
      case "sample": readSample(entry.value, &list)
      case "report_id": demographics.reportID = list.words(of: entry)
      default: list.addUnknown(entry.key, among: Self.keys, synonyms: Self.synonyms)
      }
    }
    let parts = [demographics.name.family, demographics.name.given].compactMap { $0 }
    demographics.name.whole = name ?? parts.joined(separator: " ")
    guard list.faults.isEmpty else { return }
    if caseID == nil, proband == nil { list.add(.report(.noSubject), at: root.place) }
    if demographics.name.whole.isEmpty { list.add(.report(.noName), at: root.place) }
  }

  /// A day that has come, and of somebody who may live. A sample may be older than the patient: it was taken before birth.
  private func pastDay(of entry: DocumentNode.Entry, _ list: inout FaultList) -> Located<String>? {
    guard let day = list.day(of: entry) else { return nil }
    if day.value > latest {
      list.add(.report(.futureDay(key: entry.key.value, day.value)), at: day.place)
    } else if let year = Int(day.value.prefix(4)), let now = Int(latest.prefix(4)), now - year > Self.greatestAge {
      list.add(.report(.distantDay(key: entry.key.value, day.value, years: Self.greatestAge)), at: day.place)
    }
    return day
  }

  private mutating func readIdentifiers(_ node: DocumentNode, _ list: inout FaultList) {
    for entry in list.entries("identifiers", of: node, expected: "`{\"hospital\": …, \"insurance\": …}`") {
      switch entry.key.value {
      case "hospital": demographics.hospitalNumber = list.words(of: entry)
      case "insurance": demographics.insuranceNumber = list.words(of: entry)
      default:
        list.addUnknown(
          entry.key, among: ["hospital", "insurance"], synonyms: ["mrn": "hospital", "patient": "hospital"])
      }
    }
  }

  private mutating func readSample(_ node: DocumentNode, _ list: inout FaultList) {
    var (collected, received): (Located<String>?, Located<String>?)
    let expected = "`{\"type\": …, \"collected\": \"YYYY-MM-DD\", \"received\": \"YYYY-MM-DD\"}`"
    for entry in list.entries("sample", of: node, expected: expected) {
      switch entry.key.value {
      case "id": demographics.sample.id = list.words(of: entry)
      case "type": demographics.sample.kind = list.words(of: entry)
      case "collected": collected = pastDay(of: entry, &list)
      case "received": received = pastDay(of: entry, &list)
      default:
        list.addUnknown(
          entry.key, among: ["id", "type", "collected", "received"],
          synonyms: ["kind": "type", "material": "type", "taken": "collected", "arrived": "received"])
      }
    }
    if let collected, let received, received.value < collected.value {
      list.add(.report(.dateOrder(early: "collected", late: "received")), at: received.place)
    }
    (demographics.sample.collected, demographics.sample.received) = (collected?.value, received?.value)
  }
}
