/// Which consequence term is a kind of which other, as the Sequence Ontology has it; what `is_a` asks.
///
///     TermHierarchy.kinds(of: "inframe_variant")  // inframe_deletion, missense_variant, stop_gained, …
///
/// Source: Sequence Ontology, data version 2024-11-18 (`is_a` lines of the terms that Ensembl, SnpEff and bcftools csq use and
/// of all their ancestors below `sequence_variant`), CC BY 4.0, http://www.sequenceontology.org. There, a missense or stop
/// variant is an `inframe_variant` too, since it shifts no frame.
enum TermHierarchy {
  /// All names that the table knows.
  static var names: [String] { parents.keys.sorted() + ["sequence_variant"] }

  /// Spellings, lower case and without `_variant`, of a term and of every kind of it; nil for an unknown term.
  static func kinds(of term: String) -> Set<[UInt8]>? {
    guard let wanted = name(of: term) else { return nil }
    var kinds: Set<String> = []
    for candidate in names where isA(candidate, wanted) { kinds.insert(stem(candidate)) }
    for (spelling, known) in spellings where kinds.contains(stem(known)) { kinds.insert(spelling) }
    return Set(kinds.map { Array($0.utf8) })
  }

  /// The form in which spellings are compared.
  static func stem(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix("_variant") ? String(lower.dropLast("_variant".count)) : lower
  }

  private static func name(of spelling: String) -> String? {
    let wanted = stem(spelling)
    return names.first { stem($0) == wanted } ?? spellings[wanted]
  }

  private static func isA(_ term: String, _ ancestor: String) -> Bool {
    term == ancestor || (parents[term]?.split(separator: " ").contains { isA(String($0), ancestor) } ?? false)
  }

  /// Words of SnpEff and bcftools csq, and retired words of Ensembl, by stem.
  private static let spellings: [String: String] = [
    "inframe_altering": "inframe_indel", "nc_transcript": "non_coding_transcript_variant",
    "non_coding": "non_coding_transcript_variant", "non_coding_exon": "non_coding_transcript_exon_variant",
    "nmd": "NMD_transcript_variant", "intergenic_region": "intergenic_variant", "upstream": "upstream_gene_variant",
    "downstream": "downstream_gene_variant", "5_prime_utr": "5_prime_UTR_variant", "3_prime_utr": "3_prime_UTR_variant",
    "coding_sequence": "coding_sequence_variant",
  ]

  /// Parents by name, apart by spaces.
  private static let parents: [String: String] = [
    "3D_polypeptide_structure_variant": "translational_product_function_variant",
    "3_prime_UTR_truncation": "3_prime_UTR_variant",
    "3_prime_UTR_variant": "UTR_variant",
    "5_prime_UTR_premature_start_codon_gain_variant": "5_prime_UTR_premature_start_codon_variant",
    "5_prime_UTR_premature_start_codon_variant": "5_prime_UTR_variant",
    "5_prime_UTR_truncation": "5_prime_UTR_variant",
    "5_prime_UTR_variant": "UTR_variant",
    "NMD_escaping_variant": "functionally_abnormal",
    "NMD_transcript_variant": "transcript_variant",
    "NMD_triggering_variant": "functionally_abnormal",
    "TFBS_ablation": "regulatory_region_ablation",
    "TFBS_amplification": "regulatory_region_amplification",
    "TF_binding_site_variant": "regulatory_region_variant",
    "UTR_variant": "exon_variant coding_transcript_variant",
    "bidirectional_gene_fusion": "gene_fusion",
    "coding_sequence_variant": "exon_variant coding_transcript_variant",
    "coding_transcript_variant": "transcript_variant",
    "conservative_inframe_deletion": "inframe_deletion",
    "conservative_inframe_insertion": "inframe_insertion",
    "conservative_missense_variant": "missense_variant",
    "conserved_intergenic_variant": "intergenic_variant",
    "conserved_intron_variant": "intron_variant",
    "cryptic_splice_site_variant": "splicing_variant",
    "disruptive_inframe_deletion": "inframe_deletion",
    "disruptive_inframe_insertion": "inframe_insertion",
    "downstream_gene_variant": "intergenic_variant",
    "exon_loss_variant": "splicing_variant",
    "exon_variant": "transcript_variant",
    "exonic_splice_region_variant": "splice_region_variant",
    "feature_ablation": "structural_variant",
    "feature_amplification": "structural_variant",
    "feature_elongation": "feature_variant",
    "feature_fusion": "structural_variant",
    "feature_truncation": "feature_variant",
    "feature_variant": "structural_variant",
    "frameshift_elongation": "frameshift_variant internal_feature_elongation",
    "frameshift_truncation": "frameshift_variant feature_truncation",
    "frameshift_variant": "protein_altering_variant",
    "functional_effect_variant": "sequence_variant",
    "functionally_abnormal": "functional_effect_variant",
    "gene_fusion": "gene_variant feature_fusion",
    "gene_variant": "feature_variant",
    "incomplete_terminal_codon_variant": "terminator_codon_variant inframe_variant",
    "inframe_deletion": "inframe_indel feature_truncation",
    "inframe_indel": "inframe_variant",
    "inframe_insertion": "inframe_indel internal_feature_elongation",
    "inframe_variant": "protein_altering_variant",
    "initiator_codon_variant": "coding_sequence_variant",
    "intergenic_variant": "feature_variant",
    "internal_feature_elongation": "feature_elongation",
    "intragenic_variant": "transcript_variant",
    "intron_gain_variant": "splicing_variant",
    "intron_variant": "transcript_variant",
    "mature_miRNA_variant": "non_coding_transcript_variant",
    "missense_variant": "nonsynonymous_variant",
    "non_coding_transcript_exon_variant": "non_coding_transcript_variant exon_variant",
    "non_coding_transcript_variant": "transcript_variant",
    "non_conservative_missense_variant": "missense_variant",
    "nonsynonymous_variant": "inframe_variant",
    "protein_altering_variant": "coding_sequence_variant",
    "rare_amino_acid_variant": "non_conservative_missense_variant",
    "redundant_inserted_stop_gained": "nonsynonymous_variant",
    "regulatory_region_ablation": "feature_ablation",
    "regulatory_region_amplification": "feature_amplification",
    "regulatory_region_variant": "feature_variant",
    "splice_acceptor_variant": "splice_site_variant",
    "splice_donor_5th_base_variant": "splice_site_variant",
    "splice_donor_region_variant": "splice_region_variant",
    "splice_donor_variant": "splice_site_variant",
    "splice_polypyrimidine_tract_variant": "splicing_variant",
    "splice_region_variant": "splicing_variant",
    "splice_site_variant": "splicing_variant intron_variant",
    "splicing_variant": "transcript_variant",
    "start_lost": "initiator_codon_variant nonsynonymous_variant",
    "start_retained_variant": "initiator_codon_variant synonymous_variant",
    "stop_gained": "feature_truncation nonsynonymous_variant",
    "stop_gained_NMD_escaping": "stop_gained NMD_escaping_variant",
    "stop_gained_NMD_triggering": "stop_gained NMD_triggering_variant",
    "stop_lost": "terminator_codon_variant feature_elongation nonsynonymous_variant",
    "stop_retained_variant": "terminator_codon_variant synonymous_variant",
    "structural_interaction_variant": "3D_polypeptide_structure_variant",
    "structural_variant": "sequence_variant",
    "synonymous_variant": "coding_sequence_variant",
    "terminator_codon_variant": "coding_sequence_variant",
    "transcript_ablation": "feature_ablation",
    "transcript_amplification": "feature_amplification",
    "transcript_variant": "gene_variant",
    "translational_product_function_variant": "functionally_abnormal",
    "upstream_gene_variant": "intergenic_variant",
  ]
}
