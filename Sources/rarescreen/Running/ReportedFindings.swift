import Knowledge
import Model

/// The candidates of an earlier run as the cohort keeps them.
struct ReportedFindings {
  let assembly: Assembly
  let findings: [CohortFinding]

  /// - Parameter folder: what `screen --out` left, or its `candidates.json`.
  init(folder: String, date: String, note: String?) throws(Failure) {
    let document = try RunDocument.read(folder: folder)
    assembly = document.case.assembly
    let person = document.case.pedigree.first { $0.id == document.case.proband }
    let family = person.map { $0.family.isEmpty ? $0.id : $0.family } ?? document.case.proband
    findings = document.candidates.flatMap { candidate in
      candidate.variants.compactMap { variant in
        variant.normalised.map { allele in
          CohortFinding(
            caseID: document.case.id, family: family, allele: allele, classification: variant.evidence.standingClass,
            rank: candidate.rank, date: date, note: note)
        }
      }
    }
  }
}
