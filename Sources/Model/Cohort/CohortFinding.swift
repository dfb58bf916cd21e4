/// An allele that a case was reported with.
public struct CohortFinding: Sendable, Hashable {
  /// Id of the case.
  public var caseID: String
  public var family: String
  public var allele: Allele
  /// Class as in the report, for example `likely_pathogenic`; nil when none was given.
  public var classification: String?
  /// Place among the candidates of the case, from 1.
  public var rank: Int?
  /// ISO 8601.
  public var date: String
  public var note: String?

  public init(
    caseID: String, family: String, allele: Allele, classification: String? = nil, rank: Int? = nil, date: String,
    note: String? = nil
  ) {
    self.caseID = caseID
    self.family = family
    self.allele = allele
    self.classification = classification
    self.rank = rank
    self.date = date
    self.note = note
  }
}
