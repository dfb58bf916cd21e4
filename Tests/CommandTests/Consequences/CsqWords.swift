/// The words that rarescreen and bcftools csq both have for what an allele does.
///
/// bcftools says `5_prime_utr` for `5_prime_UTR_variant` and drops `_variant`; it has no words for what lies beside a gene, for the
/// fifth base and the region of a donor and for the polypyrimidine tract; it leaves out `intron`, `splice_region` and
/// `coding_sequence` where it has a word that says more.
enum CsqWords {
  static func common(_ names: some Sequence<some StringProtocol>) -> Set<String> {
    var words = Set(names.map { String($0).replacing("_variant", with: "").replacing("UTR", with: "utr") })
    words.subtract([
      "upstream_gene", "downstream_gene", "intergenic", "NMD_transcript", "splice_donor_5th_base",
      "splice_donor_region",
      "splice_polypyrimidine_tract",
    ])
    if !words.isDisjoint(with: ["splice_donor", "splice_acceptor"]) {
      words.subtract(["splice_region", "coding_sequence"])
    }
    if words.count > 1 { words.remove("intron") }
    return words
  }
}
