/// Who the patient is: what the page and the FHIR bundle of an identified report tell, and no other file.
public struct Demographics: Sendable, Hashable {
  public struct Name: Sendable, Hashable {
    public var family: String?
    public var given: String?
    /// The whole name as it is written where the patient lives: family name first in Vietnam.
    public var whole: String

    public init(whole: String, family: String? = nil, given: String? = nil) {
      self.whole = whole
      self.family = family
      self.given = given
    }
  }

  /// Days are `YYYY-MM-DD`.
  public struct Sample: Sendable, Hashable {
    public var id: String?
    /// For example `EDTA blood`.
    public var kind: String?
    public var collected: String?
    public var received: String?

    public init(id: String? = nil, kind: String? = nil, collected: String? = nil, received: String? = nil) {
      self.id = id
      self.kind = kind
      self.collected = collected
      self.received = received
    }
  }

  public var name: Name
  /// `YYYY-MM-DD`.
  public var birthDate: String?
  /// Number of the patient in the hospital.
  public var hospitalNumber: String?
  public var insuranceNumber: String?
  public var address: String?
  public var clinician: String?
  public var sample: Sample
  public var reportID: String?

  public init(
    name: Name, birthDate: String? = nil, hospitalNumber: String? = nil, insuranceNumber: String? = nil,
    address: String? = nil, clinician: String? = nil, sample: Sample = Sample(), reportID: String? = nil
  ) {
    self.name = name
    self.birthDate = birthDate
    self.hospitalNumber = hospitalNumber
    self.insuranceNumber = insuranceNumber
    self.address = address
    self.clinician = clinician
    self.sample = sample
    self.reportID = reportID
  }
}
