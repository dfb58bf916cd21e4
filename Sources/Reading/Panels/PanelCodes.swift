import Model

/// The words of panels and what they mean: confidence, mode of inheritance, mechanism, disease.
enum PanelCodes {
  /// `green`, PanelApp's numbers, the words of G2P and of ClinGen's gene–disease validity.
  static func confidence(_ text: String) -> PanelConfidence? {
    let word = text.lowercased().trimmed
    if word.hasPrefix("green") { return .green }
    if word.hasPrefix("amber") { return .amber }
    if word.hasPrefix("red") { return .red }
    // G2P's "both RD and IF" is confirmed and also on a list of incidental findings; "child IF" is only the latter.
    return switch word {
    case "3", "4", "definitive", "strong", "confirmed", "probable", "both rd and if", "both dd and if": .green
    case "2", "moderate", "possible", "child if": .amber
    case "1", "0", "limited", "disputed", "refuted", "no list", "no known disease relationship": .red
    default: nil
    }
  }

  /// Modes of one cell: codes joined by `+`, one of PanelApp's sentences, or the words of G2P joined by commas.
  ///
  /// `unread` holds parts that are none of these.
  static func modes(_ text: String) -> (modes: [ModeOfInheritance], unread: [String]) {
    let text = text.trimmed
    if isMissing(text) { return ([.unknown], []) }
    if let modes = words[text.lowercased()] { return (modes, []) }
    if text.contains("+") { return ModeOfInheritance.list(reading: text) }
    var modes: [ModeOfInheritance] = []
    var unread: [String] = []
    for part in text.lowercased().split(whereSeparator: { ",;/|".contains($0) }).map(\.trimmed) {
      if let known = words[part] {
        modes += known
      } else if case let mode = ModeOfInheritance(reading: part), mode != .unknown, !part.contains(" ") {
        modes.append(mode)
      } else {
        unread.append(part)
      }
    }
    // PanelApp's sentences hold commas themselves.
    if !unread.isEmpty, case let mode = ModeOfInheritance(reading: text), mode != .unknown { return ([mode], []) }
    return (ModeOfInheritance.joined(modes), unread)
  }

  /// Words of G2P's "allelic requirement" and of gene lists. Looked up before PanelApp's sentences, whose prefixes
  /// (`monoallelic`, `x-linked`) they share.
  private static let words: [String: [ModeOfInheritance]] = [
    "autosomal dominant": [.autosomalDominant], "autosomal recessive": [.autosomalRecessive],
    "monoallelic_autosomal": [.autosomalDominant], "monoallelic_par": [.autosomalDominant],
    "biallelic_autosomal": [.autosomalRecessive], "biallelic_par": [.autosomalRecessive],
    "monoallelic_x_hem": [.xLinkedRecessive], "hemizygous": [.xLinkedRecessive],
    "x-linked recessive": [.xLinkedRecessive], "xr": [.xLinkedRecessive],
    "monoallelic_x_het": [.xLinkedDominant], "x-linked dominant": [.xLinkedDominant], "xd": [.xLinkedDominant],
    // Heterozygous females are worse off than hemizygous males (PCDH19).
    "x-linked over-dominance": [.xLinkedDominant],
    "monoallelic_y_hem": [.yLinked], "y-linked": [.yLinked], "mtdna": [.mitochondrial],
    // One allele is enough; it arises after fertilisation.
    "mosaic": [.autosomalDominant],
    // Said without whose allele is silent, or not of one gene.
    "imprinted": [.unknown], "digenic": [.unknown], "uncertain": [.unknown], "unknown": [.unknown],
    "other": [.unknown], "other - please specifiy in evaluation comments": [.unknown],
    "other - please specify in evaluation comments": [.unknown],
  ]

  /// Mechanisms of one cell; `unread` holds parts that are none.
  static func mechanisms(_ text: String) -> (mechanisms: [PanelGene.Mechanism], unread: [String]) {
    let text = text.trimmed
    if isMissing(text) { return ([.unknown], []) }
    let lower = text.lowercased()
    // PanelApp: "Loss-of-function variants (as defined in pop up message) DO NOT cause this phenotype - …".
    if lower.hasPrefix("loss-of-function variants") {
      return ([lower.contains("do not cause") ? .altered : .unknown], [])
    }
    if lower.hasPrefix("other") { return ([.unknown], []) }
    if let whole = mechanismWords[lower] { return ([whole], []) }
    var mechanisms: [PanelGene.Mechanism] = []
    var unread: [String] = []
    for part in text.split(whereSeparator: { "+;|,".contains($0) }).map(\.trimmed) {
      let code = PanelGene.Mechanism.allCodes.first { $0.rawValue.lowercased() == part.lowercased() }
      if let mechanism = code ?? mechanismWords[part.lowercased()] {
        if mechanism != .unknown, !mechanisms.contains(mechanism) { mechanisms.append(mechanism) }
      } else {
        unread.append(part)
      }
    }
    return (mechanisms.isEmpty ? [.unknown] : mechanisms, unread)
  }

  /// Words of G2P's "mutation consequence". Too much of a normal product counts as a gain.
  private static let mechanismWords: [String: PanelGene.Mechanism] = [
    "loss of function": .lossOfFunction, "absent gene product": .lossOfFunction,
    "decreased gene product level": .lossOfFunction, "dominant negative": .dominantNegative,
    "activating": .gainOfFunction, "gain of function": .gainOfFunction, "increased gene dosage": .gainOfFunction,
    "increased gene product level": .gainOfFunction, "part of contiguous gene duplication": .gainOfFunction,
    "all missense/in frame": .altered, "altered gene product sequence": .altered,
    "undetermined non-loss-of-function": .altered, "cis-regulatory or promotor mutation": .unknown,
    "5_prime or 3_prime utr mutation": .unknown, "uncertain": .unknown, "undetermined": .unknown,
  ]

  static func penetrance(_ text: String) -> PanelGene.Penetrance {
    PanelGene.Penetrance(rawValue: text.lowercased().trimmed) ?? .unknown
  }

  static func isMissing(_ text: String) -> Bool {
    text.isEmpty || text == "." || text == "-" || text == "NA" || text == "N/A"
  }

  /// `HGNC:1100`, also from the bare number; nil for anything else.
  static func hgncID(_ text: String) -> String? {
    let digits = text.uppercased().hasPrefix("HGNC:") ? text.dropFirst(5) : text[...]
    guard let number = UInt32(digits), digits.first != "+" else { return nil }
    return "HGNC:\(number)"
  }

  /// `ENSG00000012048` without version; nil for anything else.
  static func ensembl(_ text: String) -> String? {
    let stem = text.uppercased().prefix { $0 != "." }
    let digits = stem.dropFirst(4)
    return stem.hasPrefix("ENSG") && digits.count == 11 && UInt64(digits) != nil ? String(stem) : nil
  }

  /// The entry that one word stands for: HGNC id, Ensembl id or symbol; nil for what can be none of them.
  static func gene(named name: String) -> PanelGene? {
    if name.uppercased().hasPrefix("HGNC:") {
      return hgncID(name).map { PanelGene(hgncID: $0, symbol: $0) }
    }
    if let id = ensembl(name) { return PanelGene(hgncID: nil, symbol: id, ensembl: id) }
    return isSymbol(name) ? PanelGene(hgncID: nil, symbol: name) : nil
  }

  /// Symbols are ASCII letters, digits and a few signs; old names hold dots, slashes and `@`. A dash that a word
  /// processor put in is refused here rather than looked up in vain.
  static func isSymbol(_ text: String) -> Bool {
    var hasLetter = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): hasLetter = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      default: if !signs.contains(byte) { return false }
      }
    }
    return hasLetter && text.utf8.count <= 40
  }

  private static let signs = Array("-_.@/+*'()".utf8)

  /// `OMIM:613720 (AD) Name`, the parts of rarescreen's own tables; `.` stands for no id.
  static func disease(ofTable text: String) -> Disease {
    // On bytes, and only the parts become strings: a panel of all genes names ten thousand diseases.
    let blank = UInt8(ascii: " ")
    var rest = text.trimmed[...].utf8
    var id: String?
    let first = rest.prefix { $0 != blank }
    if first.contains(UInt8(ascii: ":")) || first.elementsEqual(".".utf8) {
      id = first.elementsEqual(".".utf8) ? nil : String(Substring(first))
      rest = rest[first.endIndex...].drop { $0 == blank }
    }
    var mode = ModeOfInheritance.unknown
    if rest.first == UInt8(ascii: "("), let close = rest.firstIndex(of: UInt8(ascii: ")")) {
      let modes = ModeOfInheritance.list(reading: String(Substring(rest[rest.index(after: rest.startIndex)..<close])))
      if modes.unread.isEmpty {
        mode = modes.modes.count == 1 ? modes.modes[0] : .unknown
        rest = rest[rest.index(after: close)...]
      }
    }
    return Disease(id: id, name: Substring(rest).trimmed, mode: mode)
  }

  /// A disease from free text such as `Dravet syndrome, OMIM:607208` or `Epilepsy, 613720`.
  static func disease(ofText text: String) -> Disease {
    let pattern = /[\s,;(]*(?:\b(OMIM|MIM|MONDO|ORPHA|ORPHANET)[:#\s]*(\d+)|\b(\d{6})\b)\)?/
    guard let match = text.firstMatch(of: pattern.ignoresCase()) else {
      return Disease(id: nil, name: text.trimmed, mode: .unknown)
    }
    let number = String(match.output.2 ?? match.output.3 ?? "")
    let id =
      switch match.output.1?.uppercased() {
      case "MONDO": "MONDO:" + number
      case "ORPHA", "ORPHANET": "ORPHA:" + number
      default: "OMIM:" + number
      }
    var name = text
    name.removeSubrange(match.range)
    return Disease(id: id, name: name.trimmed, mode: .unknown)
  }
}

extension PanelGene.Mechanism {
  static let allCodes: [Self] = [.lossOfFunction, .gainOfFunction, .dominantNegative, .altered, .unknown]
}
