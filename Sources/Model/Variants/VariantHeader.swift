/// The meta-information of a VCF or BCF file: what its records may contain and whose genotypes they carry.
public struct VariantHeader: Sendable, Equatable {
  /// How many values a field holds (VCF 4.5, section 1.4.2).
  public enum Number: Sendable, Hashable {
    case count(Int)
    case perAlternate, perAllele, perGenotype
    case perLocalAlternate, perLocalAllele, perLocalGenotype
    case perPloidy, perBaseModification
    case unbounded
  }

  public enum ValueType: String, Sendable, Hashable {
    case integer = "Integer"
    case float = "Float"
    case flag = "Flag"
    case character = "Character"
    case string = "String"
  }

  /// An `INFO` or `FORMAT` definition.
  public struct Field: Sendable, Hashable {
    public var id: String
    public var number: Number
    public var type: ValueType
    public var description: String

    public init(id: String, number: Number, type: ValueType, description: String) {
      self.id = id
      self.number = number
      self.type = type
      self.description = description
    }
  }

  /// A `##contig` line. `length` is in bases, nil when the line does not tell.
  public struct ContigLine: Sendable, Hashable {
    public var name: String
    public var length: Int?

    public init(name: String, length: Int?) {
      self.name = name
      self.length = length
    }
  }

  /// `4.1` … `4.5`.
  public var version: String
  /// Every `##` line as it stands in the file, in order, without line ends.
  public var lines: [String]
  public var contigs: [ContigLine]
  public var info: [String: Field]
  public var format: [String: Field]
  /// `FILTER` ids with their descriptions.
  public var filters: [String: String]
  /// Ids of `##ALT` lines.
  public var symbolicAlleles: Set<String>
  public var samples: [String]

  public init(
    version: String, lines: [String] = [], contigs: [ContigLine] = [], info: [String: Field] = [:],
    format: [String: Field] = [:], filters: [String: String] = [:], symbolicAlleles: Set<String> = [],
    samples: [String] = []
  ) {
    self.version = version
    self.lines = lines
    self.contigs = contigs
    self.info = info
    self.format = format
    self.filters = filters
    self.symbolicAlleles = symbolicAlleles
    self.samples = samples
  }
}
