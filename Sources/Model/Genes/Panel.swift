/// How sure a panel is that a gene causes its disease.
public enum PanelConfidence: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Not for use; never scored. PanelApp 1 and 0.
  case red
  /// Moderate evidence; used only on request. PanelApp 2.
  case amber
  /// Diagnostic grade; PanelApp 3.
  case green

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: PanelConfidence, right: PanelConfidence) -> Bool { left.order < right.order }
}

/// A disease that a panel names for a gene.
public struct Disease: Sendable, Hashable {
  /// `OMIM:613720`, `ORPHA:33069`, `MONDO:…`; nil when the source gives only a name.
  public var id: String?
  public var name: String
  public var mode: ModeOfInheritance

  public init(id: String?, name: String, mode: ModeOfInheritance) {
    self.id = id
    self.name = name
    self.mode = mode
  }
}

/// One gene of a panel, with what the panel says of it.
public struct PanelGene: Sendable, Hashable {
  public enum Penetrance: String, Sendable, Hashable {
    case complete, incomplete, unknown
  }

  /// Kind of change that causes the disease.
  public enum Mechanism: String, Sendable, Hashable {
    case lossOfFunction = "LOF"
    case gainOfFunction = "GOF"
    case dominantNegative = "DN"
    case altered
    case unknown
  }

  /// `HGNC:` and a number; nil until the gene could be placed.
  public var hgncID: String?
  public var symbol: String
  public var ensembl: String?
  public var confidence: PanelConfidence
  public var mode: ModeOfInheritance
  /// Modes beside `mode`, where the panel states several that no single code covers (`AR+MT`, `XLD+XLR`).
  public var furtherModes: [ModeOfInheritance] = []
  public var mechanisms: [Mechanism]
  public var penetrance: Penetrance
  public var diseases: [Disease]
  /// Transcript that the panel wants reported.
  public var transcript: String?
  /// Where the entry comes from, with its version.
  public var source: String

  public init(
    hgncID: String?, symbol: String, ensembl: String? = nil, confidence: PanelConfidence = .green,
    mode: ModeOfInheritance = .unknown, mechanisms: [Mechanism] = [.unknown], penetrance: Penetrance = .unknown,
    diseases: [Disease] = [], transcript: String? = nil, source: String = ""
  ) {
    self.hgncID = hgncID
    self.symbol = symbol
    self.ensembl = ensembl
    self.confidence = confidence
    self.mode = mode
    self.mechanisms = mechanisms
    self.penetrance = penetrance
    self.diseases = diseases
    self.transcript = transcript
    self.source = source
  }

  /// All modes of inheritance that the panel states; never empty.
  public var modes: [ModeOfInheritance] {
    get { [mode] + furtherModes }
    set {
      let joined = ModeOfInheritance.joined(newValue)
      mode = joined[0]
      furtherModes = Array(joined.dropFirst())
    }
  }
}

/// A gene panel as a source states it: genes, or regions (from a BED), or both.
public struct Panel: Sendable, Hashable {
  /// A named stretch of a BED panel.
  public struct NamedRegion: Sendable, Hashable {
    public var region: Region
    public var name: String

    public init(region: Region, name: String) {
      self.region = region
      self.name = name
    }

    /// The row's name; where it has none, its place.
    public var label: String { name.isEmpty ? region.description : name }
  }

  /// Short name, for example `epilepsy`.
  public var name: String
  public var title: String
  /// The title in other languages, by the code of the language; see `title(in:)`.
  public var localTitles: [String: String] = [:]
  public var version: String
  /// ISO 8601 date of the release; empty when unknown.
  public var date: String
  public var source: String
  public var licence: String
  /// Whether the panel is only ever used when named, as for secondary findings.
  public var isOptIn: Bool
  public var genes: [PanelGene]
  public var regions: [NamedRegion]

  public init(
    name: String, title: String = "", version: String = "", date: String = "", source: String = "",
    licence: String = "", isOptIn: Bool = false, genes: [PanelGene] = [], regions: [NamedRegion] = []
  ) {
    self.name = name
    self.title = title
    self.version = version
    self.date = date
    self.source = source
    self.licence = licence
    self.isOptIn = isOptIn
    self.genes = genes
    self.regions = regions
  }

  /// The title for a report in this language; where the panel has none in it, the one that it has.
  public func title(in language: String) -> String { localTitles[language] ?? title }
}

/// A gene of the case: what all its panels together say of it, and where it lies.
public struct TargetGene: Sendable, Hashable {
  /// HGNC id; for a BED row or a gene that could not be placed, its own name.
  public var id: String
  public var hgncID: String?
  public var symbol: String
  public var ensembl: String?
  public var confidence: PanelConfidence
  /// Modes of inheritance over all panels, without repeats.
  public var modes: [ModeOfInheritance]
  public var mechanisms: [PanelGene.Mechanism]
  public var penetrance: PanelGene.Penetrance
  public var diseases: [Disease]
  /// Names of the panels that hold the gene.
  public var panels: [String]
  /// Transcript wanted by a panel, if any.
  public var transcript: String?
  /// Transcripts of the case's assembly, MANE Select first; empty when the gene could not be placed.
  public var transcripts: [Transcript]
  /// What to tell the reader, for example that a symbol is outdated.
  public var notes: [Wording]
  /// What public sources say of the gene as a whole.
  public var facts = GeneFacts.unknown

  public init(
    id: String, hgncID: String?, symbol: String, ensembl: String? = nil, confidence: PanelConfidence = .green,
    modes: [ModeOfInheritance] = [.unknown], mechanisms: [PanelGene.Mechanism] = [.unknown],
    penetrance: PanelGene.Penetrance = .unknown, diseases: [Disease] = [], panels: [String] = [],
    transcript: String? = nil, transcripts: [Transcript] = [], notes: [Wording] = []
  ) {
    self.id = id
    self.hgncID = hgncID
    self.symbol = symbol
    self.ensembl = ensembl
    self.confidence = confidence
    self.modes = modes
    self.mechanisms = mechanisms
    self.penetrance = penetrance
    self.diseases = diseases
    self.panels = panels
    self.transcript = transcript
    self.transcripts = transcripts
    self.notes = notes
  }
}

/// The genes and regions that a case is screened against, resolved from its panels for one assembly.
public struct TargetSet: Sendable {
  public var assembly: Assembly
  public var panels: [Panel]
  public var genes: [TargetGene]
  /// BED rows of region panels.
  public var regions: [Panel.NamedRegion]
  /// Everything that is looked at: gene bodies and regions, padded.
  public var screened: RegionSet
  /// Panel genes without coordinates on this assembly: found by annotation only, and named in the report.
  public var unplaced: [String]
  /// Those of the unplaced that HGNC does not know: most likely misspelt.
  public var unknown: [String] { genes.filter { $0.hgncID == nil && unplaced.contains($0.symbol) }.map(\.symbol) }
  /// Genes with a pseudogene or a near copy, where short reads miss or misplace variants.
  public var difficult: [String] = []
  /// Panel genes of a confidence that is not used in this case, by confidence.
  public var unused: [PanelConfidence: [String]]

  public init(
    assembly: Assembly, panels: [Panel], genes: [TargetGene], regions: [Panel.NamedRegion] = [],
    screened: RegionSet, unplaced: [String] = [], unused: [PanelConfidence: [String]] = [:]
  ) {
    self.assembly = assembly
    self.panels = panels
    self.genes = genes
    self.regions = regions
    self.screened = screened
    self.unplaced = unplaced
    self.unused = unused
  }
}

extension [Panel.NamedRegion] {
  /// The rows, those of one name that overlap made one, in the place of the first: a base counts once however often it is named.
  ///
  /// Rows that only touch stay apart.
  ///
  /// - Returns: the rows, and the positions of those that went into another.
  public func joiningOverlaps() -> (rows: [Panel.NamedRegion], joined: [Int]) {
    var rows: [Panel.NamedRegion?] = self
    var joined: [Int] = []
    for places in Dictionary(grouping: indices, by: { self[$0].name }).values {
      var cluster: [Int] = []
      var region: Region?
      func close() {
        guard let region, cluster.count > 1, let first = cluster.min() else { return }
        rows[first]?.region = region
        for place in cluster where place != first {
          rows[place] = nil
          joined.append(place)
        }
      }
      for place in places.sorted(by: { (self[$0].region, $0) < (self[$1].region, $1) }) {
        let next = self[place].region
        if let last = region, last.overlaps(next) {
          region?.end = Swift.max(last.end, next.end)
          cluster.append(place)
        } else {
          close()
          (region, cluster) = (next, [place])
        }
      }
      close()
    }
    return (rows.compactMap { $0 }, joined.sorted())
  }
}
