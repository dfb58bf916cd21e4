internal import Model

/// PM4: the protein changes its length, by an in-frame indel outside repeats or by the loss of the stop codon.
struct ProteinLength {
  let consequence: Consequence

  private static let rule: Wording = "PM4: in-frame indel outside a repeat, or stop lost (Richards et al. 2015)"

  var criterion: Criterion? {
    if consequence.has("stop_lost") { return Criterion("PM4", .moderate, evidence: "stop lost", rule: Self.rule) }
    guard consequence.has("inframe_insertion", "inframe_deletion"),
      consequence.isProteinCoding || consequence.biotype == nil
    else { return nil }
    guard !isSingleResidueRepeat else { return nil }
    let kind: Wording = consequence.has("inframe_insertion") ? "in-frame insertion" : "in-frame deletion"
    return Criterion(
      "PM4", .moderate, evidence: consequence.aminoAcids.map { "\(kind) \($0)" } ?? kind, rule: Self.rule,
      note: "repeats were looked for in the changed residues only")
  }

  /// `QQQ/QQQQQ`: a tract of one residue that grows or shrinks.
  private var isSingleResidueRepeat: Bool {
    guard let residues = consequence.aminoAcids?.filter({ $0 != "/" && $0 != "-" }), residues.count >= 4 else {
      return false
    }
    return Set(residues).count == 1
  }
}
