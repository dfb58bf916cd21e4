/// How a laboratory dresses its reports. Nothing of it changes a finding.
public struct ReportTemplate: Sendable, Hashable {
  public var laboratory: Laboratory?
  public var logo: Logo?
  /// In place of the usual heading.
  public var title: LocalText?
  public var disclaimer: LocalText?
  /// Who signs, in the order of the lines; the usual two lines where it is empty.
  public var signatures: [Signature] = []
  /// Sections that come first, each once.
  public var sections: [ReportSection] = []

  public init() {}

  public struct Laboratory: Sendable, Hashable {
    public var name: LocalText
    public var address: LocalText?
    public var phone: String?
    public var email: String?
    /// For example `ISO 15189, VILAS Med 123`.
    public var accreditation: LocalText?

    public init(
      name: LocalText, address: LocalText? = nil, phone: String? = nil, email: String? = nil,
      accreditation: LocalText? = nil
    ) {
      self.name = name
      self.address = address
      self.phone = phone
      self.email = email
      self.accreditation = accreditation
    }
  }

  /// A picture that the page carries within itself.
  public struct Logo: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
      case png = "image/png"
      case svg = "image/svg+xml"
    }
    public var kind: Kind
    public var bytes: [UInt8]

    public init(kind: Kind, bytes: [UInt8]) {
      self.kind = kind
      self.bytes = bytes
    }
  }

  /// A line of the sign-off block.
  public struct Signature: Sendable, Hashable {
    public var role: LocalText
    /// Left to be written by hand where it is nil.
    public var name: String?

    public init(role: LocalText, name: String? = nil) {
      self.role = role
      self.name = name
    }
  }
}
