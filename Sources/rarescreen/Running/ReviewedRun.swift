import Model
import Screening
import Writing

/// An earlier run with reviewers' criteria over it, without its inputs.
struct ReviewedRun {
  let entries: [ReviewReport.Entry]
  /// What in the reviews has no effect, and what of the run gave way.
  let warnings: [String]

  init(_ document: RunDocument, reviews: [Review]) {
    let normaliser = AlleleNormaliser()
    let asked = reviews.map { review in
      var review = review
      review.allele = normaliser.normalised(review.allele)
      return review
    }
    var check = ReviewCheck(asked)
    var entries: [ReviewReport.Entry] = []
    var replaced: [String] = []
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
        let warning =
          "\(allele.name) in \(held.gene): the run holds a review by \(others.joined(separator: ", ")), for which the given one "
          + "stands in"
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
