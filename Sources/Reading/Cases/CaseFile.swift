public import Model

/// A case as written: in a YAML case file, a GA4GH Phenopacket v2, the flags of the command line, or a file with flags over it.
///
/// Nothing is looked up or converted yet, and each value keeps its place. Faults of keys and values are collected in
/// `faults`, so that `resolve()` can report them together with those that it finds.
public struct CaseFile: Sendable {
  public enum Format: String, Sendable, Hashable {
    case yaml
    /// GA4GH Phenopacket, one person.
    case phenopacket
    /// GA4GH Family: proband, relatives and pedigree.
    case family
    /// No file; everything is given by flags.
    case flags
  }

  /// A file of reads and whose they are.
  public struct Alignment: Sendable, Hashable {
    public var sample: Located<String>
    public var path: Located<String>

    public init(sample: Located<String>, path: Located<String>) {
      self.sample = sample
      self.path = path
    }
  }

  /// One threshold, still as text; a list has several values.
  public struct WrittenSetting: Sendable, Hashable {
    public var key: Located<String>
    public var values: [Located<String>]
    /// Whether it was written as a list, or has list syntax.
    public var isList: Bool

    public init(key: Located<String>, values: [Located<String>], isList: Bool = false) {
      self.key = key
      self.values = values
      self.isList = isList
    }
  }

  public var format: Format
  /// Path of the file as the user gave it; nil when flags say everything.
  public var path: String?
  public var id: Located<String>?
  public var build: Located<String>?
  /// Small variants, structural variants, repeats, mitochondrial calls; joint or one file a person.
  public var variants: [Located<String>] = []
  /// Path of a PED file.
  public var pedigree: Located<String>?
  /// The pedigree written inline, or that of a phenopacket.
  public var family: [WrittenIndividual] = []
  public var proband: Located<String>?
  public var sex: Located<String>?
  public var phenotypes: [Located<String>] = []
  /// Terms that were looked for and found absent.
  public var excludedPhenotypes: [Located<String>] = []
  /// Names of bundled panels, or paths.
  public var panels: [Located<String>] = []
  public var alignments: [Alignment] = []
  public var reference: Located<String>?
  public var settings: [WrittenSetting] = []
  /// Reviewers' own criteria; nil where the file has no such list.
  public var reviews: [WrittenReview]?
  /// A signature under the report as a whole.
  public internal(set) var signature: WrittenSignature?
  /// Members who agreed to be told of secondary findings.
  public var secondaryConsent: [Located<String>] = []
  /// Path of the file that holds the reviews, where the case names one in place of a list.
  public internal(set) var reviewFile: String?
  /// Age at the last encounter as an ISO 8601 duration, for example `P3Y6M`; only phenopackets tell it.
  public var age: Located<String>?
  /// When the disease began: an HPO term of onset, or an age as an ISO 8601 duration.
  public var onset: Located<String>?
  /// Names that individuals have in the variant files, where they differ from their ids (phenopackets only).
  public var sampleNames: [SampleName] = []
  /// Faults of keys and values, thrown by `resolve()`.
  public internal(set) var faults: [CaseFault] = []
  /// What was read but has no effect; one sentence each, beginning with its place.
  public internal(set) var warnings: [Wording] = []

  /// How the variant files name an individual.
  public struct SampleName: Sendable, Hashable {
    public var individual: String
    public var sample: Located<String>
  }

  init(format: Format, path: String?) {
    self.format = format
    self.path = path
  }

  /// Stands for a key in faults of the file as a whole.
  static let wholeCase = "the case"

  /// Keys of a case file, in the order of the documentation.
  static let keys = [
    "case", "build", "variants", "pedigree", "family", "proband", "sex", "onset", "phenotypes", "excluded_phenotypes",
    "panels", "alignments", "reference", "settings", "review", "report", "consent",
  ]

  /// Reads a case file, YAML or phenopacket by its content.
  ///
  /// - Throws: only what keeps the file from being read at all: it is missing, no UTF-8, or its syntax is broken. All other
  ///   faults are in `faults`.
  public static func read(path: String) throws(CaseError) -> CaseFile {
    let text = try CaseText.read(path, as: .caseFile, reason: .malformedCase)
    return try CaseFile(text: text, path: path)
  }

  /// Reads a case file from the bytes of its text; `path` is used in messages and as the base of relative paths.
  public init(bytes: [UInt8], path: String) throws(CaseError) {
    let text = try CaseText.decode(bytes, file: path, input: .caseFile, reason: .malformedCase)
    try self.init(text: text, path: path)
  }

  init(text: String, path: String) throws(CaseError) {
    if let root = try Self.phenopacketDocument(text, path: path) {
      self = PhenopacketReader.read(root, path: path)
      return
    }
    guard let root = try DocumentNode.yaml(text, file: path) else {
      throw CaseError([
        CaseFault(.text(.empty), reason: .malformedCase, at: SourcePlace(file: path, line: 1, column: 1))
      ])
    }
    self =
      PhenopacketReader.recognises(root)
      ? PhenopacketReader.read(root, path: path) : CaseFileReader.read(root, path: path)
  }

  /// The tree of a phenopacket in JSON, nil when the text is something else.
  ///
  /// YAML in flow style begins with `{` too; a broken text counts as JSON when its first key is in quotation marks.
  private static func phenopacketDocument(_ text: String, path: String) throws(CaseError) -> DocumentNode? {
    let start = text.unicodeScalars.drop { $0.properties.isWhitespace }
    guard start.first == "{", start.dropFirst().first(where: { !$0.properties.isWhitespace }) == "\"" else {
      return nil
    }
    let root = try DocumentNode.json(text, file: path)
    return PhenopacketReader.recognises(root) ? root : nil
  }
}
