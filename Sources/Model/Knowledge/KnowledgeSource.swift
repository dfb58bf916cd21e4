/// A public source of knowledge: where its files are had, under which licence, and what turns them into knowledge.
///
/// Facts of `Panels/data/knowledge_sources.tsv`; nothing here has been fetched.
public struct KnowledgeSource: Sendable, Hashable {
  /// What a source tells, and with that what its files are turned into.
  public enum Kind: String, CaseIterable, Sendable, Hashable {
    /// Allele frequencies of populations.
    case frequency
    /// Classifications of alleles with their conditions.
    case clinvar
    /// Scores of single alleles.
    case scores
    /// Facts of whole genes, such as constraint.
    case genes
    /// Transcripts with exons and coding sequence.
    case geneModel = "gene_model"
    /// The Human Phenotype Ontology and its annotations.
    case phenotypes
    /// The sequence of the reference genome.
    case reference
  }

  /// One file of a source.
  public struct File: Sendable, Hashable {
    public var address: String
    /// Name under which it is kept.
    public var name: String
    /// Address of the publisher's list with its checksum; nil where the publisher has none.
    public var checksums: String?

    public init(address: String, name: String, checksums: String?) {
      self.address = address
      self.name = name
      self.checksums = checksums
    }
  }

  public var name: String
  /// Release of the publisher; nil where the address always holds the newest.
  public var version: String?
  /// Nil where the source does not depend on an assembly.
  public var assembly: Assembly?
  public var kind: Kind
  /// What it is, in words.
  public var summary: String
  /// None where the publisher hands files out to registered users only.
  public var files: [File]
  /// Size of all files together, about, in units of 10⁶ bytes; nil where it is not known.
  public var megabytes: Int?
  public var licence: String
  /// What to do before the files may be had or used; nil when nothing.
  public var registration: String?
  /// The publisher's page.
  public var page: String
  /// The one command that takes the files in; nil where nothing reads them yet.
  public var command: String?
  /// What to know besides.
  public var note: String?

  public init(
    name: String, version: String?, assembly: Assembly?, kind: Kind, summary: String, files: [File], megabytes: Int?,
    licence: String, registration: String?, page: String, command: String?, note: String?
  ) {
    self.name = name
    self.version = version
    self.assembly = assembly
    self.kind = kind
    self.summary = summary
    self.files = files
    self.megabytes = megabytes
    self.licence = licence
    self.registration = registration
    self.page = page
    self.command = command
    self.note = note
  }
}
