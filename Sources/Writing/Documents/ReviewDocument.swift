public import Model

/// Reviews as a file that a case names as `review: FILE`, that `classify --review` reads, and that the page loads: the keys are those of
/// a case file, in JSON.
public struct ReviewDocument: Sendable {
  private let caseID: String
  private let assembly: Assembly
  private let reviews: [Review]
  private let signature: ReportSignature?

  public init(caseID: String, assembly: Assembly, reviews: [Review], signature: ReportSignature? = nil) {
    self.caseID = caseID
    self.assembly = assembly
    self.reviews = reviews
    self.signature = signature
  }

  public var bytes: [UInt8] {
    var members = [
      JSONValue.Member("case", .string(caseID)), JSONValue.Member("build", .string(assembly.rawValue)),
      JSONValue.Member("review", .array(reviews.map(\.json))),
    ]
    if let signature { members.append(JSONValue.Member("report", signature.json)) }
    return JSONValue.object(members).encoded
  }
}

extension ReportSignature {
  fileprivate var json: JSONValue {
    .object(["by": .string(reviewer), "signed": .string(signed.description), "basis": .string(basis)])
  }
}

extension Review {
  /// What is not said is left out: an empty value of a case file is a fault.
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [JSONValue.Member("variant", .string(written))]
    func add(_ key: String, _ value: JSONValue?) {
      if let value { members.append(JSONValue.Member(key, value)) }
    }
    add("gene", gene.map(JSONValue.string))
    add("criteria", criteria.isEmpty ? nil : .strings(criteria.map(\.name)))
    add("remove", removed.isEmpty ? nil : .strings(removed))
    add("class", classification.map { .string($0.word) })
    add("dismiss", dismissal.map(JSONValue.string))
    add("note", note.map(JSONValue.string))
    add("by", .string(reviewer))
    add("date", date.map(JSONValue.string))
    add("signed", signed.map { .string($0.description) })
    return .object(members)
  }
}
