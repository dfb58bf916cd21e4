import Model
import Reading
import Screening
import Writing

/// An earlier run with reviewers' criteria over it, without its inputs.
struct ReviewedRun {
  let caseID: String
  let assembly: Assembly
  /// Those that count, in their order.
  let reviews: [Review]
  /// The latest under the report as a whole.
  private(set) var signature: ReportSignature?
  let entries: [ReviewReport.Entry]
  /// What in the reviews has no effect, and what of the run gave way.
  private(set) var warnings: [Wording]

  var report: ReviewReport { ReviewReport(caseID: caseID, entries: entries, warnings: warnings) }

  /// - Parameter files: case files, or files that hold reviews alone; each must be of the run's case where it names one.
  init(folder: String, files: [String], session: Session) throws {
    let document = try RunDocument.read(folder: folder)
    var given: [Review] = []
    var signatures: [ReportSignature] = []
    for file in files {
      let (written, reviews, signature) = try CaseFile.reviewed(path: file)
      if let build = written.build.flatMap({ Assembly(name: $0.value) }), build != document.case.assembly {
        throw Failure(
          .malformedInput,
          "\(file) is a case of \(build), the run in \(folder) of \(document.case.assembly); give those of one case")
      }
      if let id = written.id?.value, id != document.case.id {
        throw Failure(
          .malformedInput,
          "\(file) is of the case \(id), the run in \(folder) of \(document.case.id); give those of one case")
      }
      given += reviews
      if let signature { signatures.append(signature) }
    }
    let counted = Self.latest(given)
    self.init(document, reviews: counted)
    signature = signatures.max { "\($0.signed)" < "\($1.signed)" }
    if given.count > counted.count {
      let count = given.count - counted.count
      warnings.append(
        "\(count) review\(count == 1 ? "" : "s") gave way to a later one of the same reviewer and variant")
    }
    if session.options.strict, !warnings.isEmpty { throw Failure.strict(warnings) }
    session.warn(warnings)
  }

  /// Of reviews of one allele and gene by one reviewer the last by date; of one date, the last given.
  private static func latest(_ reviews: [Review]) -> [Review] {
    struct Key: Hashable {
      var allele: Allele
      var gene: String?
      var reviewer: String
    }
    func key(_ review: Review) -> Key {
      Key(allele: review.allele, gene: review.gene?.lowercased(), reviewer: review.reviewer)
    }
    var places: [Key: Int] = [:]
    for (place, review) in reviews.enumerated() {
      if let other = places[key(review)], (reviews[other].date ?? "") > (review.date ?? "") { continue }
      places[key(review)] = place
    }
    let kept = Set(places.values)
    return reviews.indices.filter(kept.contains).map { reviews[$0] }
  }

  private init(_ document: RunDocument, reviews: [Review]) {
    caseID = document.case.id
    assembly = document.case.assembly
    self.reviews = reviews
    let normaliser = AlleleNormaliser()
    let asked = reviews.map { review in
      var review = review
      review.allele = normaliser.normalised(review.allele)
      return review
    }
    var check = ReviewCheck(asked)
    var entries: [ReviewReport.Entry] = []
    var replaced: [Wording] = []
    for held in Self.variants(of: document) {
      // Without a reference nothing is moved: the spelling of the report and that of the record are both known.
      let spellings = [held.variant.normalised, held.variant.written].compactMap { $0.map(normaliser.normalised) }
      let isOf = { (review: Review) in spellings.contains { review.isOf($0, in: held.gene) } }
      let own = asked.filter(isOf)
      guard !own.isEmpty, let allele = held.variant.normalised else { continue }
      let before = held.variant.evidence
      let after = before.reviewed(by: own)
      check.note(after, where: isOf)
      let others = before.reviewers.filter { name in !own.contains { $0.reviewer == name } }
      if !others.isEmpty {
        let warning: Wording =
          """
          \(allele.name) in \(held.gene): the run holds a review by \(others.joined(separator: ", ")), for which the given one \
          stands in
          """
        if !replaced.contains(warning) { replaced.append(warning) }
      }
      entries.append(
        ReviewReport.Entry(
          variant: allele.name, gene: held.gene, rank: held.rank, nearMiss: held.nearMiss, before: before, after: after)
      )
    }
    self.entries = entries
    warnings = check.warnings + replaced
  }

  private static func variants(
    of document: RunDocument
  ) -> [(variant: RunDocument.Variant, gene: String, rank: Int?, nearMiss: String?)] {
    document.candidates.flatMap { candidate in
      candidate.variants.map { ($0, candidate.gene.symbol, candidate.rank, nil) }
    } + document.nearMisses.map { ($0.variant, $0.gene.symbol, nil, $0.kind) }
  }
}
