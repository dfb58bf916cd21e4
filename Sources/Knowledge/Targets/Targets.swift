public import Model

extension GeneTable {
  /// What a case is screened against: the genes of all its panels joined, with their places on one assembly.
  ///
  /// Entries below `settings.minimumConfidence` are left out and named in `unused`. The others are joined by HGNC id: modes
  /// and mechanisms are united, penetrance is incomplete as soon as one panel says so, the best confidence counts. A
  /// row of a BED stands for the gene that it names, else for the genes that it overlaps, else for itself; what is
  /// screened there is the row, not the gene.
  ///
  /// Genes are in genome order, then by symbol; those without coordinates come last and are named in `unplaced`.
  public func targets(panels: [Panel], assembly: Assembly, settings: Settings) -> TargetSet {
    var joined = JoinedGenes()
    var refused: [PanelConfidence: [String: String]] = [:]
    var bodies: Set<String> = []
    for panel in panels {
      for entry in panel.genes {
        let (gene, notes) = resolved(entry)
        let key = gene?.hgncID ?? entry.symbol
        if entry.confidence < settings.minimumConfidence {
          refused[entry.confidence, default: [:]][key] = gene?.symbol ?? entry.symbol
        } else {
          joined.add(target(of: entry, gene: gene, panel: panel.name, notes: notes, assembly: assembly))
          bodies.insert(key)
        }
      }
      for row in panel.regions {
        for target in targets(of: row, panel: panel.name, assembly: assembly) { joined.add(target) }
      }
    }
    let regions = panels.flatMap(\.regions).sorted { ($0.region, $0.name) < ($1.region, $1.name) }
    let genes = sorted(joined.genes, assembly: assembly, regions: regions)
    let gene = genes.filter { bodies.contains($0.id) }.flatMap { self.regions(of: $0.id, on: assembly) }
    return TargetSet(
      assembly: assembly, panels: panels, genes: genes, regions: regions,
      screened: RegionSet(
        gene.map { Self.padded($0, by: settings.genePadding, assembly) }
          + regions.map { Self.padded($0.region, by: 0, assembly) }),
      unplaced: genes.filter { bodies.contains($0.id) && $0.transcripts.isEmpty }.map(\.symbol),
      unused: refused.compactMapValues { names in
        let left = names.filter { !joined.holds($0.key) }.values.sorted()
        return left.isEmpty ? nil : left
      })
  }

  /// The gene that a panel entry means, and what the reader should know of how it was found.
  func resolved(_ entry: PanelGene) -> (gene: Gene?, notes: [Wording]) {
    switch find(hgncID: entry.hgncID, ensembl: entry.ensembl, symbol: entry.symbol) {
    case .found(let gene, let kind):
      return (gene, Self.notes(entry, gene, kind))
    case .ambiguous(let symbols):
      return (nil, ["\(entry.symbol) is an old or other name of \(symbols.joined(separator: " and ")); say which"])
    case .none:
      let near = symbolsNear(entry.symbol)
      let hint: Wording = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
      return (nil, ["\(entry.symbol) is no gene known to HGNC\(hint)"])
    }
  }

  private static func notes(_ entry: PanelGene, _ gene: Gene, _ kind: MatchKind) -> [Wording] {
    var notes: [Wording] = []
    if let id = entry.hgncID, kind > .hgncID { notes.append("\(id) is not known; found by \(kind.words)") }
    let written = NameIndex.key(entry.symbol)
    guard !written.isEmpty, written != NameIndex.key(gene.symbol), number(ofHGNC: entry.symbol) == nil,
      number(ofEnsembl: entry.symbol) == nil
    else { return notes }
    let isOld = (gene.previousSymbols + gene.aliases).contains { NameIndex.key($0) == written }
    notes.append(
      isOld
        ? "panel symbol \(entry.symbol) is now \(gene.symbol)"
        : "panel symbol \(entry.symbol) is no name of \(gene.symbol), which the panel's id stands for")
    return notes
  }

  private func target(of entry: PanelGene, gene: Gene?, panel: String, notes: [Wording], assembly: Assembly)
    -> TargetGene
  {
    let transcripts = gene.map { self.transcripts(of: $0.hgncID, on: assembly) } ?? []
    var notes = notes
    if gene != nil, transcripts.isEmpty { notes.append("no coordinates on \(assembly); found by annotation only") }
    if transcripts.contains(where: { $0.origin.contains("lifted") }) {
      notes.append("coordinates on \(assembly) are lifted from \(assembly.other)")
    }
    return TargetGene(
      id: gene?.hgncID ?? entry.symbol, hgncID: gene?.hgncID, symbol: gene?.symbol ?? entry.symbol,
      ensembl: gene?.ensembl ?? entry.ensembl, confidence: entry.confidence, modes: entry.modes,
      mechanisms: entry.mechanisms, penetrance: entry.penetrance, diseases: entry.diseases, panels: [panel],
      transcript: entry.transcript, transcripts: transcripts, notes: notes)
  }

  private func targets(of row: Panel.NamedRegion, panel: String, assembly: Assembly) -> [TargetGene] {
    // Names such as `T1` or `p53_4` are no sure sign of a gene, so an alias does not count here.
    var genes = self.genes(overlapping: row.region, on: assembly)
    if case .found(let named, let kind) = find(row.name), kind <= .symbol { genes = [named] }
    if genes.isEmpty {
      let name = row.label
      return [TargetGene(id: name, hgncID: nil, symbol: name, panels: [panel])]
    }
    return genes.map { gene in
      TargetGene(
        id: gene.hgncID, hgncID: gene.hgncID, symbol: gene.symbol, ensembl: gene.ensembl, panels: [panel],
        transcripts: transcripts(of: gene.hgncID, on: assembly))
    }
  }

  /// Genome order; a target without transcripts takes the place of its BED row, if it has one.
  private func sorted(_ genes: [TargetGene], assembly: Assembly, regions: [Panel.NamedRegion]) -> [TargetGene] {
    let rows = Dictionary(
      regions.map { ($0.label, $0.region) },
      uniquingKeysWith: { first, _ in first })
    let nowhere = Region(.mitochondrion, .max, .max)
    return genes.map { gene in
      (gene.transcripts.map(\.region).min() ?? (gene.hgncID == nil ? rows[gene.id] : nil) ?? nowhere, gene)
    }
    .sorted { ($0.0, $0.1.symbol, $0.1.id) < ($1.0, $1.1.symbol, $1.1.id) }
    .map(\.1)
  }

  private static func padded(_ region: Region, by bases: Int, _ assembly: Assembly) -> Region {
    var padded = region.padded(by: bases)
    padded.end = min(padded.end, assembly.length(of: region.contig))
    return padded
  }
}

extension GeneTable.MatchKind {
  /// For messages: `found by …`.
  var words: Wording {
    switch self {
    case .hgncID: "HGNC id"
    case .ensembl: "Ensembl id"
    case .symbol: "symbol"
    case .previousSymbol: "previous symbol"
    case .alias: "alias"
    }
  }
}

/// Target genes by id, each joined from all entries that mean it.
private struct JoinedGenes {
  private(set) var genes: [TargetGene] = []
  private var index: [String: Int] = [:]

  func holds(_ id: String) -> Bool { index[id] != nil }

  mutating func add(_ target: TargetGene) {
    guard let position = index[target.id] else {
      index[target.id] = genes.count
      genes.append(target)
      genes[genes.count - 1].modes = ModeOfInheritance.joined(target.modes)
      return
    }
    var gene = genes[position]
    gene.confidence = max(gene.confidence, target.confidence)
    gene.modes = ModeOfInheritance.joined(gene.modes + target.modes)
    let mechanisms = Set(gene.mechanisms + target.mechanisms).subtracting([.unknown])
    gene.mechanisms =
      mechanisms.isEmpty
      ? [.unknown] : [.lossOfFunction, .gainOfFunction, .dominantNegative, .altered].filter(mechanisms.contains)
    gene.penetrance = gene.penetrance.joined(target.penetrance)
    gene.diseases = gene.diseases.joined(target.diseases)
    gene.panels = gene.panels.adding(target.panels)
    gene.transcript = gene.transcript ?? target.transcript
    gene.notes = gene.notes.adding(target.notes)
    genes[position] = gene
  }
}

extension Array where Element: Equatable {
  /// The list with those of `others` that it lacks, in their order.
  fileprivate func adding(_ others: [Element]) -> [Element] {
    others.reduce(into: self) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension PanelGene.Penetrance {
  /// Incomplete as soon as one source says so: a healthy carrier is then possible.
  fileprivate func joined(_ other: Self) -> Self {
    switch (self, other) {
    case (.incomplete, _), (_, .incomplete): .incomplete
    case (.complete, _), (_, .complete): .complete
    case (.unknown, .unknown): .unknown
    }
  }
}

extension [Disease] {
  /// Both lists without repeats: one disease an id, or a name where there is no id, with the mode that is known.
  fileprivate func joined(_ others: [Disease]) -> [Disease] {
    var joined = self
    for disease in others {
      let same = joined.firstIndex {
        if let id = disease.id { $0.id == id } else { $0.name.lowercased() == disease.name.lowercased() }
      }
      if let same {
        if joined[same].mode == .unknown { joined[same].mode = disease.mode }
      } else {
        joined.append(disease)
      }
    }
    return joined
  }
}
