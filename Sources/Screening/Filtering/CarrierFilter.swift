import Model

/// Keeps alleles that at least one affected member carries, by the genotypes as called.
///
/// Quality is judged later, so that a carrier with a poor genotype is counted as that and not as a non-carrier. In a file
/// that holds no affected member nothing can be told yet, and everything stays.
struct CarrierFilter: AlleleFilter {
  let stage = Removal.notCarried

  func decide(_ row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule = "carried by the proband, or by another affected member"
    let plan = alleles.plan
    guard plan.hasAffectedMember else {
      return Decision(stage, .kept, value: .text("file without affected members"), threshold: .missing, rule: rule)
    }
    let target = alleles.rows[row].alternate
    let calls = alleles.calls(of: row)
    for member in plan.affectedMembers where calls[member]?.alleles.contains(target) == true {
      let name = plan.memberNames[member]
      return Decision(
        stage, .kept, value: .text("\(name) \(calls[member]?.text ?? ".")"), threshold: .missing, rule: rule)
    }
    let seen = plan.affectedMembers.map { "\(plan.memberNames[$0]) \(calls[$0]?.text ?? "no column")" }
    return Decision(
      stage, .removed, value: .text(seen.joined(separator: ", ")), threshold: .text("the allele"), rule: rule)
  }
}
