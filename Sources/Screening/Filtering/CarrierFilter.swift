import Model

/// Keeps alleles that at least one affected member carries, by the genotypes as called.
///
/// Quality is judged later, so that a carrier with a poor genotype is counted as that and not as a non-carrier. In a file
/// that holds no affected member nothing can be told yet, and everything stays.
struct CarrierFilter: AlleleFilter {
  let stage = Removal.notCarried

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Decision.Outcome {
    guard alleles.plan.hasAffectedMember else { return .kept }
    return alleles.isCarriedByAffected(row) ? .kept : .removed
  }

  func decision(_ ground: Decision.Outcome, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule: Wording = "carried by the proband, or by another affected member"
    let plan = alleles.plan
    guard plan.hasAffectedMember else {
      return Decision(stage, ground, value: .text("file without affected members"), threshold: .missing, rule: rule)
    }
    let target = alleles.rows[row].alternate
    let calls = alleles.calls(of: row)
    let carrier = plan.affectedMembers.first { calls[$0]?.alleles.contains(target) == true }
    let shown = (carrier.map { [$0] } ?? plan.affectedMembers)
      .map { "\(plan.memberNames[$0]) \(calls[$0].map { "\($0.text)" } ?? "no column")" as Wording }
    return Decision(
      stage, ground, value: .text(shown.joined(separator: ", ")),
      threshold: ground == .removed ? .text("the allele") : .missing, rule: rule)
  }
}
