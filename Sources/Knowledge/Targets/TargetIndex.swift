public import Model

/// Finds the target gene that an annotation speaks of.
///
/// The HGNC id decides where the annotation gives one, then the Ensembl id, then the symbol, its own before its old and
/// other names. A gene that is known but is no target stays none: its old symbol never stands for a target.
///
/// - Complexity: at most five dictionary look-ups a consequence.
public struct TargetIndex: Sendable {
  private let table: GeneTable
  /// Place in the list of targets by row of the gene table.
  private let targets: [Int: Int]
  /// Targets that HGNC does not know, by the name that their panel gives.
  private let ownNames: [String: Int]
  private let ownEnsembl: [Int: Int]

  /// - Parameters:
  ///   - genes: the targets, in the order that the answers count.
  ///   - table: the table that the targets were resolved with.
  public init(_ genes: [TargetGene], table: GeneTable) {
    self.table = table
    var targets: [Int: Int] = [:]
    var ownNames: [String: Int] = [:]
    var ownEnsembl: [Int: Int] = [:]
    for (index, gene) in genes.enumerated() {
      if let id = gene.hgncID, case .found(let row, _) = table.row(hgncID: id, ensembl: nil, symbol: nil) {
        targets[row] = index
      } else {
        ownNames[NameIndex.key(gene.symbol)] = index
        if let number = gene.ensembl.flatMap(GeneTable.number(ofEnsembl:)) { ownEnsembl[number] = index }
      }
    }
    self.targets = targets
    self.ownNames = ownNames
    self.ownEnsembl = ownEnsembl
  }

  /// The target that a consequence names, as its place in the list; nil for any other gene.
  public func index(of consequence: Consequence) -> Int? {
    index(hgncID: consequence.hgncID, ensembl: consequence.gene, symbol: consequence.symbol)
  }

  /// The target that the names mean, as its place in the list.
  public func index(hgncID: String?, ensembl: String?, symbol: String?) -> Int? {
    switch table.row(hgncID: hgncID, ensembl: ensembl, symbol: symbol) {
    case .found(let row, _):
      return targets[row]
    case .ambiguous(let rows):
      // Of several genes with this old name only one is a target: that one may be meant, and a doubt is no reason to lose it.
      let candidates = rows.compactMap { targets[$0] }
      return candidates.count == 1 ? candidates[0] : nil
    case .none:
      if let number = ensembl.flatMap(GeneTable.number(ofEnsembl:)), let index = ownEnsembl[number] { return index }
      return symbol.flatMap { ownNames[NameIndex.key($0)] }
    }
  }
}
