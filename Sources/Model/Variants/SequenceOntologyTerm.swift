/// A consequence term of the Sequence Ontology with Ensembl's severity rank and impact.
///
/// Ranks and impacts are those of Ensembl's variation constants; a lower rank is more severe. Names are read with or without
/// `_variant`, in SnpEff's and bcftools' spellings too. A term that is not in the table keeps its name and gets the last rank.
public struct SequenceOntologyTerm: Sendable, Hashable {
  /// Name as Ensembl writes it, for example `stop_gained`, `missense_variant`.
  public let name: String
  /// 1 (most severe) … 41.
  public let rank: Int
  public let impact: Impact
  /// Whether the table knows the term.
  public let isKnown: Bool

  public static let unknownRank = 41

  /// - Parameter fallback: the annotation source's own impact, used for a term that the table does not know.
  public init(_ spelling: String, fallback: Impact? = nil) {
    let stem = Self.stem(of: spelling)
    if let entry = Self.table[Self.aliases[stem] ?? stem] {
      name = entry.name
      rank = entry.rank
      impact = entry.impact
      isKnown = true
    } else {
      name = spelling
      rank = Self.unknownRank
      impact = fallback ?? .modifier
      isKnown = false
    }
  }

  private init(_ entry: Entry) {
    name = entry.name
    rank = entry.rank
    impact = entry.impact
    isKnown = true
  }

  /// Ensembl's term of a severity rank, 1…41; nil for other numbers.
  public init?(rank: Int) {
    guard let term = Self.byRank[rank] else { return nil }
    self = term
  }

  /// Every term that the table knows, most severe first.
  public static let allKnown = table.values.map { Self($0) }.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }

  private static let byRank = Dictionary(
    allKnown.filter { !borrowed.contains($0.name) }.map { ($0.rank, $0) }, uniquingKeysWith: { first, _ in first })

  /// SnpEff's own terms, which borrow a rank.
  private static let borrowed = ["exon_loss_variant", "5_prime_UTR_premature_start_codon_gain_variant"]

  private static func stem(of spelling: String) -> String {
    let lower = spelling.lowercased()
    return lower.hasSuffix("_variant") ? String(lower.dropLast("_variant".count)) : lower
  }

  private struct Entry {
    let name: String
    let rank: Int
    let impact: Impact
  }

  private static let table: [String: Entry] = {
    let high = [
      "transcript_ablation", "splice_acceptor_variant", "splice_donor_variant", "stop_gained", "frameshift_variant",
      "stop_lost", "start_lost", "transcript_amplification", "feature_elongation", "feature_truncation",
    ]
    let moderate = ["inframe_insertion", "inframe_deletion", "missense_variant", "protein_altering_variant"]
    let low = [
      "splice_donor_5th_base_variant", "splice_region_variant", "splice_donor_region_variant",
      "splice_polypyrimidine_tract_variant", "incomplete_terminal_codon_variant", "start_retained_variant",
      "stop_retained_variant", "synonymous_variant",
    ]
    let modifier = [
      "coding_sequence_variant", "mature_miRNA_variant", "5_prime_UTR_variant", "3_prime_UTR_variant",
      "non_coding_transcript_exon_variant", "intron_variant", "NMD_transcript_variant",
      "non_coding_transcript_variant", "coding_transcript_variant", "upstream_gene_variant",
      "downstream_gene_variant", "TFBS_ablation", "TFBS_amplification", "TF_binding_site_variant",
      "regulatory_region_ablation", "regulatory_region_amplification", "regulatory_region_variant",
      "intergenic_variant", "sequence_variant",
    ]
    var table: [String: Entry] = [:]
    var rank = 0
    for (names, impact) in [(high, Impact.high), (moderate, .moderate), (low, .low), (modifier, .modifier)] {
      for name in names {
        rank += 1
        table[stem(of: name)] = Entry(name: name, rank: rank, impact: name == "TFBS_ablation" ? .moderate : impact)
      }
    }
    // SnpEff's own terms that Ensembl has no word for borrow a rank but keep their names.
    for (name, rank, impact) in [
      ("exon_loss_variant", 1, Impact.high), ("5_prime_UTR_premature_start_codon_gain_variant", 22, .low),
    ] {
      table[stem(of: name)] = Entry(name: name, rank: rank, impact: impact)
    }
    return table
  }()

  /// Spellings of SnpEff and bcftools csq, and retired Ensembl terms, by stem.
  private static let aliases: [String: String] = [
    "disruptive_inframe_insertion": "inframe_insertion",
    "conservative_inframe_insertion": "inframe_insertion",
    "disruptive_inframe_deletion": "inframe_deletion",
    "conservative_inframe_deletion": "inframe_deletion",
    "inframe_altering": "protein_altering",
    "initiator_codon": "start_retained",
    "nc_transcript": "non_coding_transcript",
    "non_coding": "non_coding_transcript",
    "non_coding_exon": "non_coding_transcript_exon",
    "nmd": "nmd_transcript",
    "intergenic_region": "intergenic",
    "upstream": "upstream_gene",
    "downstream": "downstream_gene",
    "intragenic": "coding_transcript",
  ]
}
