/// What a reviewer judged of one allele: criteria given, automated ones taken away, and a class.
public struct Review: Sendable, Hashable {
  /// The allele as the reviewer wrote it, for messages.
  public var written: String
  /// Compared with the alleles of the records, which are normalised.
  public var allele: Allele
  /// HGNC symbol; nil for every gene of the allele.
  public var gene: String?
  public var criteria: [CriterionCode]
  /// Codes of automated criteria that do not count.
  public var removed: [String]
  /// The reviewer's own class; nil for one who judged criteria alone.
  public var classification: VariantClass?
  public var reviewer: String
  /// `YYYY-MM-DD`.
  public var date: String?
  /// When the class was signed; nil for a draft.
  public var signed: Instant?
  public var note: String?
  /// Why the reviewer dismisses the variant as an explanation; nil for one that stands.
  public var dismissal: String?

  public init(
    written: String, allele: Allele, gene: String? = nil, criteria: [CriterionCode] = [], removed: [String] = [],
    classification: VariantClass? = nil, reviewer: String, date: String? = nil, signed: Instant? = nil,
    note: String? = nil, dismissal: String? = nil
  ) {
    self.written = written
    self.allele = allele
    self.gene = gene
    self.criteria = criteria
    self.removed = removed
    self.classification = classification
    self.reviewer = reviewer
    self.date = date
    self.signed = signed
    self.note = note
    self.dismissal = dismissal
  }

  /// `of 2-165310413-C-T in SCN1A by AB`, for messages.
  public var title: String { "of \(written)" + (gene.map { " in \($0)" } ?? "") + " by \(reviewer)" }

  /// `AB, 2026-03-01`.
  public var signature: String { ([reviewer] + [date].compactMap { $0 }).joined(separator: ", ") }

  /// What the review says beside criteria and class; nil where it says nothing else.
  public var remark: ReviewRemark? {
    note == nil && dismissal == nil ? nil : ReviewRemark(signature: signature, note: note, dismissal: dismissal)
  }

  /// The class with who gave it.
  public var givenClass: GivenClass? {
    classification.map { GivenClass($0, reviewer: reviewer, date: date, signed: signed) }
  }

  /// Whether the review speaks of an allele in a gene.
  public func isOf(_ other: Allele, in symbol: String) -> Bool {
    other.isSame(as: allele) && (gene.map { $0.lowercased() == symbol.lowercased() } ?? true)
  }
}

/// A reviewer's words about a variant: a note, and why it is dismissed.
public struct ReviewRemark: Sendable, Hashable {
  /// `AB, 2026-03-01`.
  public var signature: String
  public var note: String?
  public var dismissal: String?

  public init(signature: String, note: String? = nil, dismissal: String? = nil) {
    self.signature = signature
    self.note = note
    self.dismissal = dismissal
  }
}

extension [Review] {
  /// What reviewers say of one allele beside criteria and class. Only in the last word of each a dismissal stands.
  public var remarks: [ReviewRemark] {
    enumerated().compactMap { place, review in
      let isLast = !self[(place + 1)...].contains { $0.reviewer == review.reviewer }
      var review = review
      if !isLast { review.dismissal = nil }
      return review.remark
    }
  }
}
