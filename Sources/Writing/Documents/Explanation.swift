internal import Model

/// The explanation line of a candidate: its whole account on one line, made from the ledger alone.
///
///     #1 GENE - Disease X (AR, confirmed trans) T=10.5: phenotype not scored | variants +7.5 (v1 PVS1 +8, PM2 +1; v2
///     PP3_Moderate +2, PM2 +1, ClinVar 1-star LP +3; mean of 9 and 6) | family +2 (parents carry one each) | panel +1
///     (green epilepsy 1.0) | share 0.99 | flags: GQ low
///
/// Points are shown with one decimal, shares with two; `candidates.json` holds each of them unrounded.
struct Explanation {
  let candidate: Candidate
  let phrases: Phrases

  var line: String {
    ([head] + [variants, family, gene, share, flags].compactMap { $0 }).joined(separator: " | ")
  }

  private var head: String {
    let disease = candidate.disease?.name ?? phrases("explain.no_disease")
    let models = candidate.models.map(phrases.shortName(of:)).joined(separator: ", ")
    let phase = candidate.phase.map { ", " + phrases("phase.\($0.rawValue)").lowercased() } ?? ""
    let total = phrases.localized(Number.short(candidate.ledger.total, places: 1))
    return "#\(candidate.rank) \(candidate.gene.symbol) - \(disease) (\(models)\(phase)) T=\(total): \(phenotype)"
  }

  private var phenotype: String {
    guard let entries = candidate.ledger.phenotype else { return phrases("explain.phenotype_not_scored") }
    let pro = entries.filter { $0.points >= 0 }
    let against = entries.filter { $0.points < 0 }
    var inner = list(pro)
    if !against.isEmpty {
      inner += (inner.isEmpty ? "" : "; ") + "\(phrases("explain.against")): \(list(against))"
    }
    let score = candidate.ledger.phenotypeScore
    let sum = entries.reduce(0) { $0 + $1.points }
    if sum != score { inner += "; \(phrases("explain.capped")) \(points(score))" }
    return "\(phrases("explain.phenotype")) \(points(score))" + parenthesised(inner)
  }

  private var variants: String {
    let ledger = candidate.ledger
    let isPair = ledger.variants.count > 1
    var parts: [String] = []
    for (index, entries) in ledger.variants.enumerated() {
      let sum = entries.reduce(0) { $0 + $1.points }
      var text = entries.isEmpty ? phrases("explain.nothing") : list(entries)
      if sum > PointsLedger.variantCeiling {
        text += ", \(phrases("explain.capped")) \(points(PointsLedger.variantCeiling))"
      }
      parts.append(isPair ? "v\(index + 1) \(text)" : text)
    }
    if isPair {
      let sums = ledger.variantSums.map { phrases.localized(Number.short($0, places: 1)) }
      parts.append("\(phrases("explain.mean_of")) \(sums.joined(separator: " \(phrases("explain.and")) "))")
    }
    return "\(phrases("explain.variants")) \(points(ledger.variantScore))"
      + parenthesised(parts.joined(separator: "; "))
  }

  private var family: String { section("explain.family", candidate.ledger.segregation) }

  private var gene: String { section("explain.panel", candidate.ledger.gene) }

  /// A sum with its entries; where there is a single one, the sum says its points already.
  private func section(_ key: String, _ entries: [PointsEntry]) -> String {
    let sum = entries.reduce(0) { $0 + $1.points }
    let inner = entries.count == 1 ? phrases(entries[0].label) : list(entries)
    return "\(phrases(key)) \(points(sum))" + parenthesised(inner)
  }

  private var share: String {
    "\(phrases("explain.share")) \(phrases.share(candidate.share))"
  }

  private var flags: String? {
    let all = distinct(
      (candidate.flags + candidate.variants.flatMap(\.variant.flags) + candidate.verdicts.flatMap(\.flags))
        .map { phrases($0) })
    return all.isEmpty ? nil : "\(phrases("explain.flags")): \(all.joined(separator: ", "))"
  }

  private func list(_ entries: [PointsEntry]) -> String {
    entries.map { "\(phrases($0.label)) \(points($0.points))" }.joined(separator: ", ")
  }

  private func points(_ value: Double) -> String { phrases.localized(Number.points(value)) }

  private func parenthesised(_ text: String) -> String { text.isEmpty ? "" : " (\(text))" }
}

extension Phrases {
  /// The abbreviation of the field, for one line: `AR`, `XLD`, `de novo`.
  fileprivate func shortName(of model: InheritanceModel) -> String {
    switch model {
    case .autosomalDominant: "AD"
    case .recessiveHomozygous: self("explain.homozygous")
    case .recessiveCompound: "AR"
    case .xLinkedDominant: "XLD"
    case .xLinkedRecessive: "XLR"
    case .yLinked: "YL"
    case .mitochondrial: "MT"
    case .deNovo: "de novo"
    }
  }
}
