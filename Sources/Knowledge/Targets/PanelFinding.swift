public import Model

/// Something in a panel that whoever keeps it should look at.
public struct PanelFinding: Sendable, Hashable {
  public enum Severity: Int, Sendable, Hashable, Comparable {
    /// Worth knowing.
    case note
    /// The panel works, but not as its keeper may think.
    case warning
    /// A gene of the panel is lost or judged by the wrong rule.
    case error

    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  }

  public enum Kind: Sendable, Hashable {
    case unknownID(String)
    case unknownSymbol(near: [String])
    case ambiguousSymbol([String])
    case outdatedSymbol(now: String)
    /// The id stands for another gene than the symbol.
    case disagreement(idMeans: String)
    case missingID(shouldBe: String)
    case modeAgainstContig(ModeOfInheritance, Contig)
    case unknownMode
    case noCoordinates(Assembly)
    case duplicate
    case unsorted(after: String)
    case noGreenGene
  }

  public var kind: Kind
  public var severity: Severity
  /// Symbol as the panel writes it; empty where the whole panel is meant.
  public var gene: String
}

extension PanelFinding: CustomStringConvertible {
  /// What, where, why and what to do.
  public var description: String {
    let text: String =
      switch kind {
      case .unknownID(let id): "\(id) is not known to HGNC; correct the id"
      case .unknownSymbol(let near):
        "no gene of this name is known to HGNC"
          + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?")
      case .ambiguousSymbol(let symbols):
        "an old or other name of \(symbols.joined(separator: " and ")); give the HGNC id"
      case .outdatedSymbol(let now): "the symbol is outdated; it is now \(now)"
      case .disagreement(let symbol):
        "the id is that of \(symbol), and the symbol is no name of it; correct one of them"
      case .missingID(let id): "no HGNC id; add \(id)"
      case .modeAgainstContig(let mode, let contig):
        "mode of inheritance \(mode.rawValue) does not fit a gene of chromosome \(contig)"
      case .unknownMode: "mode of inheritance unknown; variants can be no more than possible candidates"
      case .noCoordinates(let assembly): "no coordinates on \(assembly); found by annotation only"
      case .duplicate: "occurs more than once; keep one line a gene"
      case .unsorted(let before): "stands after \(before); sort the lines by symbol"
      case .noGreenGene: "no green gene: with default settings nothing of this panel is used"
      }
    return gene.isEmpty ? text : "\(gene): \(text)"
  }
}

extension GeneTable {
  /// Checks a panel against the table of genes, gene by gene in the panel's order.
  ///
  /// Codes that could not be read are not here but among the notes of the reader, which knows their lines.
  public func validate(_ panel: Panel) -> [PanelFinding] {
    var findings: [PanelFinding] = []
    var seen: Set<String> = []
    var last = ""
    for entry in panel.genes {
      findings += identity(entry)
      let gene = find(hgncID: entry.hgncID, ensembl: entry.ensembl, symbol: entry.symbol).gene
      if !seen.insert(gene?.hgncID ?? NameIndex.key(entry.symbol)).inserted {
        findings.append(PanelFinding(kind: .duplicate, severity: .warning, gene: entry.symbol))
      }
      if entry.symbol < last {
        findings.append(PanelFinding(kind: .unsorted(after: last), severity: .note, gene: entry.symbol))
      }
      last = entry.symbol
      if let gene { findings += place(entry, gene) }
      if entry.modes == [.unknown] {
        findings.append(PanelFinding(kind: .unknownMode, severity: .note, gene: entry.symbol))
      }
    }
    if !panel.genes.isEmpty, !panel.genes.contains(where: { $0.confidence == .green }) {
      findings.append(PanelFinding(kind: .noGreenGene, severity: .warning, gene: ""))
    }
    return findings
  }

  private func identity(_ entry: PanelGene) -> [PanelFinding] {
    var findings: [PanelFinding] = []
    func add(_ kind: PanelFinding.Kind, _ severity: PanelFinding.Severity) {
      findings.append(PanelFinding(kind: kind, severity: severity, gene: entry.symbol))
    }
    let byID = entry.hgncID.flatMap { self[$0] }
    if let id = entry.hgncID, byID == nil { add(.unknownID(id), .error) }
    let bySymbol = find(symbol: entry.symbol)
    if let byID {
      guard NameIndex.key(byID.symbol) != NameIndex.key(entry.symbol) else { return findings }
      let names = (byID.previousSymbols + byID.aliases).map(NameIndex.key)
      if names.contains(NameIndex.key(entry.symbol)) {
        add(.outdatedSymbol(now: byID.symbol), .warning)
      } else {
        add(.disagreement(idMeans: byID.symbol), .error)
      }
      return findings
    }
    switch bySymbol {
    case .found(let gene, let kind):
      if kind > .symbol { add(.outdatedSymbol(now: gene.symbol), .warning) }
      if entry.hgncID == nil { add(.missingID(shouldBe: gene.hgncID), .note) }
    case .ambiguous(let symbols): add(.ambiguousSymbol(symbols), .error)
    case .none:
      if find(ensembl: entry.ensembl) == .none { add(.unknownSymbol(near: symbolsNear(entry.symbol)), .error) }
    }
    return findings
  }

  private func place(_ entry: PanelGene, _ gene: Gene) -> [PanelFinding] {
    var findings: [PanelFinding] = []
    for assembly in Assembly.allCases {
      let regions = regions(of: gene.hgncID, on: assembly)
      if regions.isEmpty {
        findings.append(PanelFinding(kind: .noCoordinates(assembly), severity: .warning, gene: entry.symbol))
      }
    }
    guard let region = regions(of: gene.hgncID, on: .grch38).first ?? regions(of: gene.hgncID, on: .grch37).first
    else { return findings }
    let isPseudoautosomal = Assembly.grch38.isPseudoautosomal(Locus(region.contig, region.start + 1))
    for mode in entry.modes where !mode.fits(region.contig, isPseudoautosomal: isPseudoautosomal) {
      findings.append(
        PanelFinding(kind: .modeAgainstContig(mode, region.contig), severity: .error, gene: entry.symbol))
    }
    return findings
  }
}

extension ModeOfInheritance {
  /// Whether the mode is possible for a gene of the contig; pseudoautosomal genes are inherited as autosomal ones.
  func fits(_ contig: Contig, isPseudoautosomal: Bool) -> Bool {
    switch self {
    case .autosomalDominant, .autosomalRecessive, .dominantAndRecessive, .dominantMaternallyImprinted,
      .dominantPaternallyImprinted:
      contig.isAutosome || isPseudoautosomal
    case .xLinked, .xLinkedDominant, .xLinkedRecessive: contig == .x
    case .yLinked: contig == .y
    case .mitochondrial: contig == .mitochondrion
    case .unknown: true
    }
  }
}
