internal import Model

extension SecondaryFindings {
  /// All findings, person by person.
  func findings(of subject: Case) -> JSONValue {
    .array(people.flatMap { person in person.findings.map { $0.json(of: person.sample, in: subject) } })
  }

  /// Which list was used, and who was looked at.
  var summary: JSONValue {
    .object([
      "list": list.summary, "genes": .integer(genes), "unplaced": .strings(unplaced),
      "people": .array(
        people.map {
          .object([
            "sample": .string($0.sample), "standing": .string($0.standing.rawValue),
            "findings": .integer($0.findings.count), "among_candidates": .integer($0.candidates),
          ])
        }),
    ])
  }
}

extension SecondaryFinding {
  fileprivate func json(of sample: String, in subject: Case) -> JSONValue {
    // Of nobody else the genotypes were looked at.
    var alone = subject
    alone.pedigree = Pedigree(subject.pedigree.individuals.filter { $0.id == sample })
    return .object([
      "sample": .string(sample), "gene": gene.json, "models": .strings(models.map(\.rawValue)),
      "phase": .optional(phase?.rawValue), "grounds": .strings(grounds.map(\.rawValue)),
      "variants": .array(variants.map { $0.json(of: alone) }),
    ])
  }
}
