/// How a gene's disease is inherited, as gene panels state it.
///
/// The raw values are the codes of `Panels/*.tsv`. PanelApp's sentences are read too, by prefix and without regard to case.
public enum ModeOfInheritance: String, Sendable, Hashable, CaseIterable {
  case autosomalDominant = "AD"
  /// Dominant, and only the paternal copy is expressed.
  case dominantMaternallyImprinted = "AD-maternally-imprinted"
  /// Dominant, and only the maternal copy is expressed.
  case dominantPaternallyImprinted = "AD-paternally-imprinted"
  case autosomalRecessive = "AR"
  case dominantAndRecessive = "AD+AR"
  /// X-linked; females are ill with two altered copies only.
  case xLinkedRecessive = "XLR"
  /// X-linked; females may be ill with one altered copy.
  case xLinkedDominant = "XLD"
  /// X-linked, not said which.
  case xLinked = "XL"
  case yLinked = "YL"
  case mitochondrial = "MT"
  case unknown

  /// Reads a panel code or one of PanelApp's sentences; anything else is `unknown`.
  public init(reading text: String) {
    if let code = Self.codes[text] {
      self = code
      return
    }
    let upper = text.uppercased().trimmingSpaces()
    if let code = Self.codes[upper] {
      self = code
    } else {
      let sentence = Self.panelAppSentences.first { upper.hasPrefix($0.prefix) && upper.contains($0.part) }
      self = sentence?.mode ?? .unknown
    }
  }

  /// The codes in capitals.
  private static let codes = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue.uppercased(), $0) })

  /// PanelApp's controlled sentences, the more specific first.
  private static let panelAppSentences: [(prefix: String, part: String, mode: ModeOfInheritance)] = [
    ("MONOALLELIC", " MATERNALLY IMPRINTED (PATERNAL", .dominantMaternallyImprinted),
    ("MONOALLELIC", " PATERNALLY IMPRINTED (MATERNAL", .dominantPaternallyImprinted),
    ("MONOALLELIC", "", .autosomalDominant),
    ("BIALLELIC", "", .autosomalRecessive),
    ("BOTH", "", .dominantAndRecessive),
    ("X-LINKED", "BIALLELIC", .xLinkedRecessive),
    ("X-LINKED", "MONOALLELIC", .xLinkedDominant),
    ("X-LINKED", "", .xLinked),
    ("MITOCHONDRIAL", "", .mitochondrial),
  ]

  /// Reads one code, or several joined by `+`; a gene may have diseases of several modes.
  ///
  ///     ModeOfInheritance.list(reading: "AD+AR+XL")  // modes [.dominantAndRecessive, .xLinked], unread []
  ///
  /// `AD` and `AR` together are `dominantAndRecessive`. Parts that are no code come back in `unread`; modes are never
  /// empty, `[.unknown]` standing for "not said".
  public static func list(reading text: String) -> (modes: [ModeOfInheritance], unread: [String]) {
    if let code = codes[text] { return ([code], []) }
    var modes: [ModeOfInheritance] = []
    var unread: [String] = []
    for part in text.split(separator: "+").map({ String($0).trimmingSpaces() }) where part != "." && !part.isEmpty {
      let mode = ModeOfInheritance(reading: part)
      if mode == .unknown, part.uppercased() != "UNKNOWN" { unread.append(part) } else { modes.append(mode) }
    }
    return (joined(modes), unread)
  }

  /// The modes without repeats, in the order of the codes; `unknown` only where nothing else is known.
  public static func joined(_ modes: some Sequence<ModeOfInheritance>) -> [ModeOfInheritance] {
    var found = Set(modes).subtracting([.unknown])
    if found.isSuperset(of: [.autosomalDominant, .autosomalRecessive]) { found.insert(.dominantAndRecessive) }
    if found.contains(.dominantAndRecessive) { found.subtract([.autosomalDominant, .autosomalRecessive]) }
    return found.isEmpty ? [.unknown] : allCases.filter(found.contains)
  }

  /// Whether one altered copy of an autosomal gene can cause the disease.
  public var allowsOneCopy: Bool {
    switch self {
    case .autosomalDominant, .dominantMaternallyImprinted, .dominantPaternallyImprinted, .dominantAndRecessive,
      .unknown:
      true
    case .autosomalRecessive, .xLinkedRecessive, .xLinkedDominant, .xLinked, .yLinked, .mitochondrial: false
    }
  }

  /// Whether the disease needs both copies altered and nothing else will do.
  public var isPurelyBiallelic: Bool { self == .autosomalRecessive || self == .xLinkedRecessive }
}

extension ModeOfInheritance {
  /// Whether a disease of this mode is what a model looks for.
  public func fits(_ model: InheritanceModel) -> Bool {
    switch model {
    case .autosomalDominant, .deNovo: allowsOneCopy && self != .unknown || model == .deNovo && isXLinked
    case .recessiveHomozygous, .recessiveCompound:
      self == .autosomalRecessive || self == .dominantAndRecessive || self == .xLinkedRecessive
    case .xLinkedDominant: self == .xLinkedDominant || self == .xLinked
    case .xLinkedRecessive: isXLinked
    case .yLinked: self == .yLinked
    case .mitochondrial: self == .mitochondrial
    }
  }

  private var isXLinked: Bool { self == .xLinked || self == .xLinkedRecessive || self == .xLinkedDominant }
}

extension String {
  func trimmingSpaces() -> String {
    var slice = Substring(self)
    while let first = slice.first, first.isWhitespace { slice.removeFirst() }
    while let last = slice.last, last.isWhitespace { slice.removeLast() }
    return String(slice)
  }
}
