/// What public sources say of a gene as a whole.
public struct GeneFacts: Sendable, Hashable {
  /// ClinGen's classification of a relationship between gene and disease, the strongest first.
  ///
  /// Source: ClinGen's standard operating procedure for gene-disease validity, https://clinicalgenome.org.
  public enum Validity: String, Sendable, Hashable, CaseIterable, Comparable {
    case definitive = "Definitive"
    case strong = "Strong"
    case moderate = "Moderate"
    case limited = "Limited"
    case none = "No Known Disease Relationship"
    case disputed = "Disputed"
    case refuted = "Refuted"

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The weaker is less.
    public static func < (left: Validity, right: Validity) -> Bool { left.order > right.order }

    /// Reads ClinGen's words, whatever their capitals; nil for others.
    public init?(reading text: String) {
      let words = text.lowercased()
      guard let found = Self.allCases.first(where: { words == $0.rawValue.lowercased() }) else { return nil }
      self = found
    }
  }

  /// Upper bound of the ratio of observed to expected loss-of-function alleles (LOEUF): below about 0.6 the gene bears few.
  public var loeuf: Double?
  /// Probability that the gene bears no loss of one copy (pLI), 0…1.
  public var pLI: Double?
  /// The strongest classification of any of the gene's diseases.
  public var validity: Validity?
  /// Names and releases of the sources.
  public var sources: [String]

  public init(loeuf: Double? = nil, pLI: Double? = nil, validity: Validity? = nil, sources: [String] = []) {
    self.loeuf = loeuf
    self.pLI = pLI
    self.validity = validity
    self.sources = sources
  }

  public static let unknown = GeneFacts()

  /// The facts of two sources: constraint of the first that has it, the strongest validity.
  public func merging(_ other: GeneFacts) -> GeneFacts {
    let strongest = [validity, other.validity].compactMap { $0 }.max()
    return GeneFacts(
      loeuf: loeuf ?? other.loeuf, pLI: pLI ?? other.pLI, validity: strongest, sources: sources + other.sources)
  }
}
