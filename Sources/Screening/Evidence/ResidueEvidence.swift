internal import Model

/// PS1 and PM5: another allele that changes the same residue is known to cause disease.
///
/// Source: Richards et al. 2015 (doi:10.1038/gim.2015.30); strengths by ClinVar's review stars, as Exomiser draws them. The
/// variant's own ClinVar record is not asked, so that ClinVar counts once.
struct ResidueEvidence {
  let variant: Variant
  let consequence: Consequence

  private static let sameRule: Wording =
    """
    PS1: same amino acid change by another allele that ClinVar calls P or LP: Strong with 2 stars, Moderate with 1, Supporting \
    with none; neither predicted to change splicing (Richards et al. 2015)
    """
  private static let otherRule: Wording =
    """
    PM5: another missense change of the residue that ClinVar calls P or LP: Moderate with 2 stars, else Supporting (Richards et \
    al. 2015)
    """

  var criteria: [Criterion] {
    guard consequence.terms.first?.name == "missense_variant", let residue = consequence.proteinPosition,
      let change = ownChange
    else { return [] }
    let known = (variant.residueRecords ?? []).filter {
      $0.position == residue && $0.from == change.from && $0.clinVar.isPathogenicOrLikely
    }
    let same = isAlteringSplicing ? [] : known.filter { $0.to == change.to && !Self.altersSplicing($0.spliceAI) }
    let other = known.filter { $0.to != change.to }
    return [Self.best(same).map { self.same($0) }, Self.best(other).map { Self.other($0) }].compactMap { $0 }
  }

  /// The residue before and after, of VEP's `K/E`, else of HGVS's `p.(Lys34Glu)`, which is all that SnpEff tells.
  private var ownChange: (from: String, to: String)? {
    if let parts = consequence.aminoAcids?.split(separator: "/") {
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    guard let name = consequence.hgvsP,
      let match = name.firstMatch(of: /p\.\(?([A-Z][a-z]{2})[0-9]+([A-Z][a-z]{2})\)?$/),
      let from = ProteinNaming.letter(ofName: match.1), let to = ProteinNaming.letter(ofName: match.2)
    else { return nil }
    return (from, to)
  }

  private var isAlteringSplicing: Bool {
    Self.altersSplicing(variant.predictions.spliceAI)
      || consequence.terms.contains {
        $0.name.hasPrefix("splice_acceptor") || $0.name.hasPrefix("splice_donor_variant")
      }
  }

  private static func altersSplicing(_ delta: Double?) -> Bool {
    delta.map { $0 >= ComputationalEvidence.splicePathogenic } ?? false
  }

  /// The record with the most stars; of equals the first on the genome.
  private static func best(_ records: [ResidueRecord]) -> ResidueRecord? {
    records.max { left, right in
      (left.clinVar.stars ?? 0, right.allele) < (right.clinVar.stars ?? 0, left.allele)
    }
  }

  private func same(_ record: ResidueRecord) -> Criterion {
    let doubt: [Wording] = [
      variant.predictions.spliceAI == nil ? "the allele" : nil,
      record.spliceAI == nil ? "the other allele" : nil,
    ].compactMap { $0 }
    let strength: EvidenceStrength =
      switch record.clinVar.stars ?? 0 {
      case 2...: .strong
      case 1: .moderate
      default: .supporting
      }
    return Criterion(
      "PS1", strength, evidence: Self.wording(record), rule: Self.sameRule,
      note: doubt.isEmpty ? nil : "whether \(doubt.joined(separator: " and ")) changes splicing is not known")
  }

  private static func other(_ record: ResidueRecord) -> Criterion {
    Criterion(
      "PM5", record.clinVar.stars ?? 0 >= 2 ? .moderate : .supporting, evidence: wording(record), rule: otherRule)
  }

  private static func wording(_ record: ResidueRecord) -> Wording {
    let stars: Wording =
      record.clinVar.stars.map { $0 == 1 ? ", 1 star" : ", \($0) stars" } ?? ", review status unknown"
    return
      "\(record.from)\(record.position)\(record.to) by \(record.allele): ClinVar \(record.clinVar.significance.rawValue)\(stars)"
  }
}
