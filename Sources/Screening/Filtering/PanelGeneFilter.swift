import Model

/// Keeps alleles that belong to a gene or region of the panels.
///
/// The annotation decides where there is one, since genes overlap; coordinates decide where there is none.
struct PanelGeneFilter: AlleleFilter {
  let stage = Removal.otherGene

  func ground(_ row: Int, in alleles: inout AlleleBatch) -> Decision.Outcome {
    alleles.genes(of: row).isEmpty ? .removed : .kept
  }

  func decision(_ ground: Decision.Outcome, on row: Int, in alleles: inout AlleleBatch) -> Decision {
    let rule: Wording = "the consequence names a gene of the panels"
    let genes = alleles.genes(of: row)
    if ground == .kept {
      let names = genes.map { alleles.placement.targets.genes[$0].symbol }.joined(separator: ", ")
      return Decision(stage, ground, value: .text("\(names)"), threshold: .missing, rule: rule)
    }
    var seen: [String] = []
    for consequence in alleles.consequences(of: row) {
      if let name = consequence.symbol ?? consequence.gene, !seen.contains(name) { seen.append(name) }
    }
    return Decision(
      stage, ground, value: seen.isEmpty ? .missing : .text("\(seen.joined(separator: ", "))"),
      threshold: .text("panel genes"), rule: rule)
  }
}
