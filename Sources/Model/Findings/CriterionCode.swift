/// A criterion of ACMG/AMP at a strength, as people and ClinGen's registry write it: `PM2_Supporting`.
///
///     try CriterionCode("pvs1_very_strong").name  // "PVS1"
///     try CriterionCode("PM2_P").name             // "PM2_Supporting"
///
/// Source: Richards et al. 2015 (doi:10.1038/gim.2015.30); PP5 and BP6 were retired by ClinGen (Biesecker and Harrison 2018,
/// doi:10.1038/gim.2018.42).
public struct CriterionCode: Sendable, Hashable {
  /// `PVS1`, `PM2`, `BA1`, …
  public let code: String
  public let strength: EvidenceStrength

  public var isBenign: Bool { code.hasPrefix("B") }

  /// `PM2_Supporting`; the plain code where the strength is the criterion's own.
  public var name: String { Self.name(of: code, at: strength) }

  /// What the criterion asks, in a few words.
  public var meaning: Wording { Self.meanings[code] ?? "\(code)" }

  /// Reads a code without regard to case. The strength follows `_`, `-` or a space: `Supporting`, `Moderate`, `Strong`,
  /// `VeryStrong`, `Very_Strong`, `Stand_Alone`, the registry's `Very` and `Stand`, and `P` for Supporting.
  public init(_ text: String) throws(CriterionFault) {
    let parts = text.split { $0 == "_" || $0 == "-" || $0.isWhitespace }.map { $0.uppercased() }
    guard let code = parts.first else { throw CriterionFault(text, .unknown(nearest: nil)) }
    if Self.retired.contains(code) { throw CriterionFault(text, .retired) }
    guard Self.meanings[code] != nil else { throw CriterionFault(text, .unknown(nearest: Self.nearest(to: parts))) }
    let word = parts.dropFirst().joined()
    guard let strength = word.isEmpty ? Self.strength(of: code) : Self.strength(word) else {
      throw CriterionFault(text, .unknownStrength(code: code, nearest: Self.nearestStrength(to: word, of: code)))
    }
    guard Self.strengths(of: code).contains(strength) else {
      throw CriterionFault(text, .impossibleStrength(code: code, strength))
    }
    self.code = code
    self.strength = strength
  }

  // MARK: Strengths

  /// The strength at which a criterion is given where none is written.
  static func strength(of code: String) -> EvidenceStrength {
    if code == "PVS1" { return .veryStrong }
    if code == "BA1" { return .standAlone }
    if code.hasPrefix("PS") || code.hasPrefix("BS") { return .strong }
    return code.hasPrefix("PM") ? .moderate : .supporting
  }

  static func name(of code: String, at strength: EvidenceStrength) -> String {
    strength == self.strength(of: code) ? code : "\(code)_\(strength.rawValue)"
  }

  /// Nothing but BA1 stands alone, and BA1 does nothing else.
  public static func strengths(of code: String) -> [EvidenceStrength] {
    code == "BA1" ? [.standAlone] : [.supporting, .moderate, .strong, .veryStrong]
  }

  /// Words for a strength in capital letters and without separators: its name, or what the registry writes.
  public static func words(for strength: EvidenceStrength) -> [String] {
    let short: [EvidenceStrength: String] = [.supporting: "P", .veryStrong: "VERY", .standAlone: "STAND"]
    return [strength.rawValue.uppercased()] + [short[strength]].compactMap { $0 }
  }

  private static func strength(_ word: String) -> EvidenceStrength? {
    EvidenceStrength.allCases.first { words(for: $0).contains(word) }
  }

  // MARK: What was meant

  private static func nearest(to parts: [String]) -> String? {
    let known = meanings.keys.sorted()
    let close = Spelling.nearest(to: parts[0], among: known, limit: known.count)
    // Letters that changed places say more than a letter too many; then a wrong number more than a wrong letter.
    let swapped = close.first { $0.sorted() == parts[0].sorted() }
    if let code = swapped ?? close.first(where: { $0.hasPrefix(parts[0].prefix(2)) }) ?? close.first {
      let strength = Self.strength(parts.dropFirst().joined()) ?? Self.strength(of: code)
      return name(of: code, at: strengths(of: code).contains(strength) ? strength : Self.strength(of: code))
    }
    let names = known.flatMap { code in strengths(of: code).map { "\(code)_\($0.rawValue)" } }
    return Spelling.nearest(to: parts.joined(separator: "_"), among: names).first
  }

  private static func nearestStrength(to word: String, of code: String) -> String? {
    // S may be Strong or Supporting: a guess would be worth two points or more.
    guard word.count > 2 else { return nil }
    let words = strengths(of: code).map(\.rawValue)
    let meant = Spelling.nearest(to: word, among: words).first ?? words.first { $0.uppercased().hasPrefix(word) }
    return meant.flatMap(EvidenceStrength.init(rawValue:)).map { name(of: code, at: $0) }
  }

  // MARK: Table

  public static let retired: Set<String> = ["PP5", "BP6"]

  /// Every criterion in use.
  public static var known: [String] { meanings.keys.sorted() }

  static let meanings: [String: Wording] = [
    "PVS1": "the product is lost in a gene whose loss causes the disease",
    "PS1": "same change of the amino acid as a known pathogenic variant",
    "PS2": "de novo, parents confirmed, the phenotype fits",
    "PS3": "a sound functional study shows damage",
    "PS4": "more frequent among affected than among controls",
    "PM1": "in a hot spot, or in a domain without benign variation",
    "PM2": "absent from populations, or very rare",
    "PM3": "in trans with a pathogenic variant of a recessive gene",
    "PM4": "the protein changes its length outside a repeat",
    "PM5": "another missense change of the residue is pathogenic",
    "PM6": "de novo, parents not confirmed",
    "PP1": "segregates with the disease in affected relatives",
    "PP2": "missense in a gene where missense is a common cause and rarely benign",
    "PP3": "prediction speaks for damage",
    "PP4": "the phenotype is highly specific for the gene",
    "BA1": "too frequent for any rare disease",
    "BS1": "more frequent than the disease allows",
    "BS2": "seen in healthy adults where the disease would show early and always",
    "BS3": "a sound functional study shows no damage",
    "BS4": "does not segregate with the disease",
    "BP1": "missense in a gene where only truncation causes disease",
    "BP2": "in cis with a pathogenic variant, or in trans with one of a dominant gene",
    "BP3": "in-frame indel in a repeat without known function",
    "BP4": "prediction speaks against damage",
    "BP5": "the case has another cause",
    "BP7": "silent, without predicted effect on splicing",
  ]
}

/// Why a text is no criterion.
public struct CriterionFault: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Reason: Sendable, Hashable {
    case unknown(nearest: String?)
    case retired
    case unknownStrength(code: String, nearest: String?)
    case impossibleStrength(code: String, EvidenceStrength)
  }

  /// As written.
  public let text: String
  public let reason: Reason

  init(_ text: String, _ reason: Reason) {
    self.text = text
    self.reason = reason
  }

  /// What is wrong, without the text.
  public var problem: String {
    switch reason {
    case .unknown: "is no ACMG/AMP criterion"
    case .retired: "was retired by ClinGen (2018): the word of another database is no evidence of its own"
    case .unknownStrength: "has no strength that is known"
    case .impossibleStrength(let code, let strength):
      code == "BA1" ? "cannot be \(strength.rawValue): BA1 stands alone" : "cannot stand alone: only BA1 does"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch reason {
    case .unknown(let nearest?), .unknownStrength(_, let nearest?): "did you mean \(nearest)?"
    case .unknown(nil): "write one of \(CriterionCode.known.joined(separator: ", "))"
    case .retired: "leave it out and give the evidence behind it"
    case .unknownStrength(let code, nil):
      "write one of \(CriterionCode.strengths(of: code).map { "\(code)_\($0.rawValue)" }.joined(separator: ", "))"
    case .impossibleStrength(let code, _): code == "BA1" ? "write BA1, or BS1 with a strength" : "write BA1, or \(code)"
    }
  }

  public var description: String { "'\(text)' \(problem); \(remedy)" }
}
