public import Model

extension AutomatedEvidence {
  /// Evidence of criteria that somebody names: each with its own rule, settled against double counting.
  public init(given codes: [CriterionCode], by reviewer: String) {
    self.init(
      criteria: DoubleCounting.settled(
        codes.map { code in
          Criterion(
            code.code, code.strength, isBenign: code.isBenign, evidence: "given by \(reviewer)", rule: code.meaning,
            reviewer: reviewer)
        }))
  }

  /// The automated criteria as `reviews` leave them, with those that they give, settled against double counting anew.
  ///
  /// A reviewer's criterion stands in the place of the automated one of its code. Of two reviews that give one code the later
  /// counts. Of classes each person's last counts, of several people's the latest by date;
  /// where they signed different ones none. Nothing leaves the list.
  public func reviewed(by reviews: [Review]) -> AutomatedEvidence {
    var criteria = automated
    for review in reviews {
      for code in review.removed {
        let words: Wording =
          review.note.map { "removed by \(review.signature): \($0)" } ?? "removed by \(review.signature)"
        for place in criteria.indices where criteria[place].code == code && criteria[place].reviewer == nil {
          criteria[place].setAside(because: words)
          criteria[place].remover = review.reviewer
        }
      }
      for code in review.criteria {
        for place in criteria.indices where criteria[place].code == code.code && criteria[place].setAside == nil {
          criteria[place].setAside(because: "\(review.reviewer) gave \(code.name) in its place")
        }
        criteria.append(Criterion(code, by: review))
      }
    }
    return AutomatedEvidence(
      criteria: DoubleCounting.settled(criteria), given: Self.standingClass(of: reviews))
  }

  private static func standingClass(of reviews: [Review]) -> GivenClass? {
    let last = reviews.lastClasses
    if Set(last.filter { $0.signed != nil }.map(\.classification)).count > 1 { return nil }
    return last.indices.max { (last[$0].date ?? "", $0) < (last[$1].date ?? "", $1) }.flatMap { last[$0].givenClass }
  }

  /// What the rules gave, before any reviewer and before double counting.
  private var automated: [Criterion] {
    criteria.filter { $0.reviewer == nil }.map { criterion in
      var criterion = criterion
      criterion.restore()
      return criterion
    }
  }

  /// The codes that a review takes away but that no rule gave.
  public func missing(from review: Review) -> [String] {
    review.removed.filter { code in !criteria.contains { $0.code == code && $0.reviewer == nil } }
  }
}

extension Criterion {
  /// A criterion that a reviewer gave.
  fileprivate init(_ code: CriterionCode, by review: Review) {
    self.init(
      code.code, code.strength, isBenign: code.isBenign,
      evidence: review.note.map { "\($0) (by \(review.signature))" } ?? "(by \(review.signature))",
      rule: "reviewer's criterion",
      reviewer: review.reviewer)
  }
}

extension [Review] {
  /// The last review with a class of each reviewer, in their order.
  fileprivate var lastClasses: [Review] {
    indices.filter { place in
      self[place].classification != nil
        && !self[(place + 1)...].contains { $0.classification != nil && $0.reviewer == self[place].reviewer }
    }.map { self[$0] }
  }
}

/// The reviews of a case, held against what a run found.
public struct ReviewCheck {
  private let reviews: [Review]
  /// What the run holds of each review, in the order of the reviews.
  private var found: [[AutomatedEvidence]]

  public init(_ reviews: [Review]) {
    self.reviews = reviews
    found = Array(repeating: [], count: reviews.count)
  }

  /// Takes note of a variant that the run holds as candidate or as near miss.
  ///
  /// - Parameter isOf: whether a review speaks of the variant.
  public mutating func note(_ evidence: AutomatedEvidence, where isOf: (Review) -> Bool) {
    for place in reviews.indices where isOf(reviews[place]) { found[place].append(evidence) }
  }

  /// What in the reviews has no effect, each by name.
  public var warnings: [Wording] {
    zip(reviews, found).flatMap { review, found -> [Wording] in
      if found.isEmpty {
        return [
          """
          the review \(review.title) counts nowhere: the run holds the variant neither as candidate nor as near miss; \
          'rarescreen explain --variant \(review.written)' tells why
          """
        ]
      }
      return review.removed.filter { code in found.allSatisfy { $0.missing(from: review).contains(code) } }.map {
        code in
        "the review \(review.title) removes \(code), which no rule gave"
      }
    } + disagreements
  }

  /// Variants to which people give different classes.
  private var disagreements: [Wording] {
    var shown: Set<Allele> = []
    return reviews.filter { shown.insert($0.allele).inserted }.compactMap { first in
      let given = reviews.filter { $0.allele == first.allele && $0.gene == first.gene }.lastClasses
      guard Set(given.map(\.classification)).count > 1 else { return nil }
      let classes = given.map { "\($0.reviewer): \($0.classification?.rawValue ?? "")" }.joined(separator: ", ")
      return given.count(where: { $0.signed != nil }) > 1
        ? "reviewers give \(first.written) different classes (\(classes)): where two signed, none counts until they agree"
        : "reviewers give \(first.written) different classes (\(classes)): the latest counts"
    }
  }
}
