internal import Model

/// What was found beside the question, and in whom nobody looked.
struct SecondaryView {
  let findings: SecondaryFindings?
  let subject: Case
  let phrases: Phrases

  var members: [String: View] {
    guard let findings else { return ["has_secondary": .flag(false)] }
    let title = findings.list.title(in: phrases.language.rawValue)
    let list = [title.isEmpty ? findings.list.name : title, findings.list.source]
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let unplaced = findings.unplaced.sorted().joined(separator: ", ")
    return [
      "has_secondary": .flag(true),
      "secondary_text": .text(
        phrases("secondary_text", count: findings.genes, ["list": list, "date": findings.list.date])),
      "secondary_unplaced": .optional(unplaced.isEmpty ? nil : phrases("secondary_unplaced", ["genes": unplaced])),
      "secondary_people": .list(findings.people.map(person)),
    ]
  }

  private func person(_ person: SecondaryFindings.Person) -> View {
    let role = subject.pedigree[person.sample].map { phrases(VariantView.role(of: $0, in: subject)) }
    var words = phrases("standing.\(person.standing.rawValue)")
    if person.standing == .screened, person.findings.isEmpty { words = phrases("secondary_none") }
    if person.candidates > 0 {
      words += " " + phrases("secondary_among", ["count": phrases.count(person.candidates)])
    }
    return .object([
      "sample": .text(person.sample), "part": .text(role ?? ""), "standing": .text(words),
      "has_rows": .flag(!person.findings.isEmpty), "rows": .list(person.findings.map { row($0, of: person.sample) }),
    ])
  }

  private func row(_ finding: SecondaryFinding, of sample: String) -> View {
    var alone = subject
    alone.pedigree = Pedigree(subject.pedigree.individuals.filter { $0.id == sample })
    let variants = zip(finding.variants, finding.grounds).map { seen, ground -> View in
      let one = VariantView(variant: seen, label: "", subject: alone, phrases: phrases)
      return .object([
        "name": .text(one.name), "allele": .text(one.alleleName), "zygosity": .text(one.zygosity(of: sample)),
        "clinvar": .text(phrases.clinVar(seen.variant.clinVar) ?? "–"), "hint": .text(one.hint),
        "ground": .text(phrases("ground.\(ground.rawValue)")),
      ])
    }
    let disease = finding.gene.diseases.map { $0.name }.joined(separator: "; ")
    let models = finding.models.map { phrases("model.\($0.rawValue)") }.joined(separator: ", ")
    return .object([
      "gene": .text(finding.gene.symbol), "disease": .text(disease), "models": .text(models),
      "phase": .optional(finding.phase.map { phrases("phase.\($0.rawValue)") }), "variants": .list(variants),
    ])
  }
}
