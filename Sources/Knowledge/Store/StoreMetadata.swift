public import Model

/// What a store holds, where it comes from, and what was left out when it was made.
public struct StoreMetadata: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Allele frequencies and counts of populations.
    case frequency
    /// Significance, review status and conditions of ClinVar.
    case clinvar
    /// Predictions for single alleles.
    case scores
  }

  /// One figure or text that the store has for its alleles.
  public struct Field: Sendable, Equatable, Codable {
    public enum ValueType: String, Sendable, Codable {
      case integer = "Integer"
      case float = "Float"
      case text = "String"
    }

    /// The INFO key under which `annotate` writes it.
    public var name: String
    public var type: ValueType
    public var description: String

    public init(name: String, type: ValueType, description: String) {
      self.name = name
      self.type = type
      self.description = description
    }
  }

  /// A file that the store was made from.
  public struct Source: Sendable, Equatable, Codable {
    /// Without its folder.
    public var name: String
    public var bytes: Int
    /// In lower-case hexadecimal.
    public var sha256: String

    public init(name: String, bytes: Int, sha256: String) {
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  public var kind: Kind
  public var name: String
  /// Release of the source: `4.1`, `2026-11-02`.
  public var version: String
  public var licence: String
  /// `GRCh37` or `GRCh38`.
  public var assembly: String
  /// Date of building, `YYYY-MM-DD`.
  public var built: String
  /// The program that built it.
  public var program: String
  public var fields: [Field]
  public var sources: [Source]
  public var alleles: Int
  /// Rows of the sources that are not in the store, by reason in words.
  public var leftOut: [String: Int]
  /// Whether alleles were moved to the left on a reference sequence.
  public var isLeftAligned: Bool

  public init(
    kind: Kind, name: String, version: String, licence: String, assembly: Assembly, built: String, program: String,
    fields: [Field], sources: [Source] = [], alleles: Int = 0, leftOut: [String: Int] = [:], isLeftAligned: Bool
  ) {
    self.kind = kind
    self.name = name
    self.version = version
    self.licence = licence
    self.assembly = assembly.rawValue
    self.built = built
    self.program = program
    self.fields = fields
    self.sources = sources
    self.alleles = alleles
    self.leftOut = leftOut
    self.isLeftAligned = isLeftAligned
  }

  /// Name of the file in the folder of stores.
  public var fileName: String { "\(name).\(assembly).\(Self.fileExtension)" }

  public static let fileExtension = "rsk"
}
