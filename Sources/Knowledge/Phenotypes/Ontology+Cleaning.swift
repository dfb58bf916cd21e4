public import Model

/// The terms of a case after cleaning: what is scored, what is set aside, and why.
public struct CleanedPhenotypes: Sendable {
  /// Observed phenotypic abnormalities, primary ids with labels, in the order of the case.
  public var observed: [PhenotypeTerm] = []
  /// Phenotypic abnormalities that were looked for and found absent.
  public var excluded: [PhenotypeTerm] = []
  /// Observed terms of other branches (inheritance, onset, modifiers): kept for the report, not scored.
  public var others: [PhenotypeTerm] = []
  /// What was replaced, left out or joined.
  public var notes: [Wording] = []
  /// All that is wrong with the terms; not empty means that the case must not go on.
  public var faults: [KnowledgeError] = []
}

extension Ontology {
  /// Terms are compared with each other, so that their number is bounded; published cases have fewer than a hundred.
  static let mostTerms = 300

  /// Cleans the terms of a case; every fault is reported, not only the first.
  ///
  /// Ids become primary ones, repeats go, and of an observed term and an observed broader one the narrower stays, since it
  /// says all that the broader does. A term that is both observed and excluded, itself or by a broader one, is a fault.
  public func clean(observed: [PhenotypeTerm], excluded: [PhenotypeTerm]) -> CleanedPhenotypes {
    var cleaned = CleanedPhenotypes()
    if observed.count + excluded.count > Self.mostTerms {
      cleaned.faults = [KnowledgeError(.tooManyTerms(observed.count + excluded.count))]
      return cleaned
    }
    let present = resolved(observed, "observed", &cleaned)
    let absent = resolved(excluded, "excluded", &cleaned)
    for id in present {
      let broader = ancestors(of: id)
      for other in absent where broader.contains(other) {
        cleaned.faults.append(KnowledgeError(.contradiction(observed: id, excluded: other)))
      }
    }
    let phenotypic = present.filter(isPhenotypic)
    for id in phenotypic {
      if let narrower = phenotypic.first(where: { $0 != id && ancestors(of: $0).contains(id) }) {
        cleaned.notes.append("\(shown(id)) is implied by \(shown(narrower)) and was left out")
      } else {
        cleaned.observed.append(term(id))
      }
    }
    let absentTerms = absent.filter(isPhenotypic)
    for id in absentTerms {
      if let broader = absentTerms.first(where: { $0 != id && ancestors(of: id).contains($0) }) {
        cleaned.notes.append("the absence of \(shown(id)) is implied by that of \(shown(broader)) and was left out")
      } else {
        cleaned.excluded.append(term(id))
      }
    }
    for id in present where !isPhenotypic(id) {
      cleaned.others.append(term(id))
      cleaned.notes.append("\(shown(id)) is no phenotypic abnormality and is not scored")
    }
    for id in absent where !isPhenotypic(id) {
      cleaned.notes.append("\(shown(id)) is no phenotypic abnormality; its exclusion is not used")
    }
    return cleaned
  }

  private func resolved(_ terms: [PhenotypeTerm], _ kind: Wording, _ cleaned: inout CleanedPhenotypes) -> [String] {
    var ids: [String] = []
    for term in terms {
      do throws(KnowledgeError) {
        let resolution = try resolve(term.id)
        if let note = resolution.note { cleaned.notes.append(note) }
        guard let id = resolution.id else { continue }
        if ids.contains(id) {
          cleaned.notes.append("\(shown(id)) is given more than once as \(kind)")
        } else {
          ids.append(id)
        }
      } catch {
        cleaned.faults.append(error)
      }
    }
    return ids
  }

  /// The root itself says nothing of a patient.
  private func isPhenotypic(_ id: String) -> Bool {
    id != Self.phenotypicAbnormality && ancestors(of: id).contains(Self.phenotypicAbnormality)
  }

  func term(_ id: String) -> PhenotypeTerm { PhenotypeTerm(id: id, label: self[id]?.label) }

  private func shown(_ id: String) -> String { self[id].map { "\(id) (\($0.label))" } ?? id }
}
