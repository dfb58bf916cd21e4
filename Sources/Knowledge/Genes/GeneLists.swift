public import Model

/// Common alleles that must not be called benign for being common (BA1): ClinGen's list of exceptions.
///
/// Source: Ghosh et al. 2018, Human Mutation 39:1525 (PMID 30311383).
public struct BenignExceptions: Sendable {
  private let alleles: [Assembly: Set<Allele>]

  /// Loads `ba1_exceptions.tsv` of a folder, columns `gene hgvs_c grch37 grch38`, alleles as `CHROM-POS-REF-ALT`.
  public init(directory: String) throws(KnowledgeError) {
    let table = try TextTable(file: directory + "/ba1_exceptions.tsv")
    var alleles: [Assembly: Set<Allele>] = [:]
    for assembly in Assembly.allCases {
      let column = try table.column(assembly.rawValue.lowercased())
      for row in 0..<table.count where !table.isMissing(row, column) {
        let parts = table.text(row, column).split(separator: "-").map(String.init)
        guard parts.count == 4, let contig = Contig(name: parts[0]), let position = Int(parts[1]) else {
          throw table.bad(row, column, expected: "an allele as CHROM-POS-REF-ALT")
        }
        alleles[assembly, default: []].insert(Allele(contig, position, parts[2], parts[3]))
      }
    }
    self.alleles = alleles
  }

  /// The alleles in the coordinates of one assembly.
  public func alleles(on assembly: Assembly) -> Set<Allele> { alleles[assembly] ?? [] }
}

/// A gene whose short reads are hard to place, which a negative report must name.
public struct DifficultGene: Sendable, Hashable {
  public enum Reason: String, Sendable, Hashable {
    /// A copy without function elsewhere.
    case pseudogene
    /// A nearly identical gene with function elsewhere.
    case paralogue
    /// A repeat within the gene.
    case `repeat`
    /// A second copy that the assembly GRCh38 holds by mistake.
    case duplicate
  }

  public var hgncID: String
  public var symbol: String
  public var reason: Reason
  /// Symbol of the copy; nil when it is the gene itself.
  public var copy: String?

  /// Loads `difficult_genes.tsv` of a folder, columns `hgnc_id symbol reason copy`, in the order of the file.
  public static func load(directory: String) throws(KnowledgeError) -> [DifficultGene] {
    let table = try TextTable(file: directory + "/difficult_genes.tsv")
    let id = try table.column("hgnc_id")
    let symbol = try table.column("symbol")
    let reason = try table.column("reason")
    let copy = try table.column("copy")
    var genes: [DifficultGene] = []
    for row in 0..<table.count {
      guard let known = Reason(rawValue: table.text(row, reason)) else {
        throw table.bad(row, reason, expected: "pseudogene, paralogue, repeat or duplicate")
      }
      genes.append(
        DifficultGene(
          hgncID: table.text(row, id), symbol: table.text(row, symbol), reason: known,
          copy: table.optionalText(row, copy)))
    }
    return genes
  }
}
