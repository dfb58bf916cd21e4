/// Two samples of different families in a batch that are not as different as they should be.
public struct RelatedSamples: Sendable, Hashable {
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    /// One person under two names, identical twins, or one tube read twice.
    case samePerson = "same_person"
    /// Parent and child, or full siblings.
    case firstDegree = "first_degree"
  }

  public struct Member: Sendable, Hashable {
    public var caseID: String
    public var family: String
    public var sample: String

    public init(caseID: String, family: String, sample: String) {
      self.caseID = caseID
      self.family = family
      self.sample = sample
    }
  }

  public var first: Member
  public var second: Member
  public var relation: Relation
  /// Share, 0…1, of equal genotypes where both carry the allele; nil where nothing was compared.
  public var concordance: Double?
  /// KING-robust; nil where files leave out who has the reference.
  public var kinship: Double?
  /// Sites called in both.
  public var sites: Int

  public init(
    first: Member, second: Member, relation: Relation, concordance: Double?, kinship: Double?, sites: Int
  ) {
    self.first = first
    self.second = second
    self.relation = relation
    self.concordance = concordance
    self.kinship = kinship
    self.sites = sites
  }
}
