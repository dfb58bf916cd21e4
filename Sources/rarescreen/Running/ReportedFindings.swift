import Foundation
import Knowledge
import Model

/// The candidates of an earlier run, from its `candidates.json`.
struct ReportedFindings {
  private struct Document: Decodable {
    struct Subject: Decodable {
      struct Person: Decodable {
        var id: String
        var family: String
      }
      var id: String
      var proband: String
      var assembly: String
      var pedigree: [Person]
    }
    struct Candidate: Decodable {
      var rank: Int
      var variants: [Variant]
    }
    struct Variant: Decodable {
      struct Place: Decodable {
        var chrom: String
        var pos: Int
        var ref: String
        var alt: String
        var end: Int
      }
      struct Hint: Decodable {
        enum CodingKeys: String, CodingKey { case classHint = "class_hint" }
        var classHint: String
      }
      var allele: Place
      var acmg: Hint
    }
    var `case`: Subject
    var candidates: [Candidate]
  }

  let assembly: Assembly
  let findings: [CohortFinding]

  /// - Parameter folder: what `screen --out` left, or its `candidates.json`.
  init(folder: String, date: String, note: String?) throws(Failure) {
    let path = folder.hasSuffix(".json") ? folder : folder + "/candidates.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.missingInput, "\(path): cannot be read; give the folder that 'rarescreen screen --out' made")
    }
    guard let document = try? JSONDecoder().decode(Document.self, from: data),
      let assembly = Assembly(rawValue: document.case.assembly)
    else {
      throw Failure(.malformedInput, "\(path): not the candidates.json of a run of rarescreen; run 'screen' again")
    }
    self.assembly = assembly
    let person = document.case.pedigree.first { $0.id == document.case.proband }
    let family = person.map { $0.family.isEmpty ? $0.id : $0.family } ?? document.case.proband
    findings = document.candidates.flatMap { candidate in
      candidate.variants.compactMap { variant in
        Contig(name: variant.allele.chrom).map { contig in
          CohortFinding(
            caseID: document.case.id, family: family,
            allele: Allele(
              contig, variant.allele.pos, variant.allele.ref, variant.allele.alt, end: variant.allele.end),
            classification: variant.acmg.classHint, rank: candidate.rank, date: date, note: note)
        }
      }
    }
  }
}
