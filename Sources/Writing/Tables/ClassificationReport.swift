public import Model

/// Criteria that somebody named, each with its points, and what they sum up to.
public struct CriteriaReport: Sendable {
  private let evidence: AutomatedEvidence

  public init(_ evidence: AutomatedEvidence) {
    self.evidence = evidence
  }

  /// One line a criterion, the sum in the last, whose name is `total`.
  public var table: [UInt8] {
    var table = Table(columns: ["criterion", "points", "posterior", "rule", "remark"])
    for criterion in evidence.criteria {
      table.append([
        criterion.name, "\(criterion.points)", nil, criterion.rule.description, criterion.remark?.description,
      ])
    }
    table.append(["total", "\(evidence.points)", evidence.posterior.map(Self.probability), evidence.wording, nil])
    return table.bytes
  }

  /// The same as a document, laid out as `acmg` in `candidates.json`.
  public var json: [UInt8] { evidence.json.encoded }

  /// Four decimals; what is beyond them is never told as certain.
  static func probability(_ value: Double) -> String {
    if value < 0.000_05 { return "<0.0001" }
    return value > 0.999_95 ? ">0.9999" : Number.short(value)
  }
}

/// What reviewers' criteria change in the variants of a run.
public struct ReviewReport: Sendable {
  public struct Entry: Sendable {
    /// `CHROM-POS-REF-ALT`.
    public var variant: String
    public var gene: String
    /// Rank of the candidate; nil for a near miss.
    public var rank: Int?
    /// Kind of the near miss; nil for a candidate.
    public var nearMiss: String?
    public var before: AutomatedEvidence
    public var after: AutomatedEvidence

    public init(
      variant: String, gene: String, rank: Int?, nearMiss: String?, before: AutomatedEvidence, after: AutomatedEvidence
    ) {
      self.variant = variant
      self.gene = gene
      self.rank = rank
      self.nearMiss = nearMiss
      self.before = before
      self.after = after
    }
  }

  private let caseID: String
  private let entries: [Entry]
  private let warnings: [Wording]

  public init(caseID: String, entries: [Entry], warnings: [Wording]) {
    self.caseID = caseID
    self.entries = entries
    self.warnings = warnings
  }

  /// One line for each place of a reviewed variant in the run: a candidate by its rank, or a near miss.
  public var table: [UInt8] {
    var table = Table(
      columns: [
        "variant", "gene", "rank", "near_miss", "points_before", "class_before", "criteria_before", "points_after",
        "class_after", "posterior_after", "criteria_after", "set_aside",
      ])
    for entry in entries {
      let aside = entry.after.criteria.filter { $0.setAside != nil }.map { "\($0.name): \($0.setAside ?? "")" }
      table.append([
        entry.variant, entry.gene, entry.rank.map { "\($0)" }, entry.nearMiss, "\(entry.before.points)",
        entry.before.wording, CandidateTable.criteria(entry.before), "\(entry.after.points)", entry.after.wording,
        entry.after.posterior.map(CriteriaReport.probability), CandidateTable.criteria(entry.after),
        CandidateTable.list(aside, "; "),
      ])
    }
    return table.bytes
  }

  /// The same as a document; `before` and `after` are laid out as `acmg` in `candidates.json`.
  public var json: [UInt8] {
    JSONValue.object([
      "case": .string(caseID),
      "reviewed": .array(
        entries.map {
          .object([
            "variant": .string($0.variant), "gene": .string($0.gene), "rank": .optional($0.rank),
            "near_miss": .optional($0.nearMiss), "before": $0.before.json, "after": $0.after.json,
          ])
        }),
      "warnings": .strings(warnings),
    ]).encoded
  }
}
