internal import Model

/// PP3, BP4 and BP7: predictions of the effect on the protein and on splicing.
struct ComputationalEvidence {
  let variant: Variant
  let consequence: Consequence
  let gene: TargetGene
  /// The one missense predictor of the file, chosen before any variant was looked at.
  let tool: MissenseTool?

  /// Highest SpliceAI delta from which PP3 applies, and up to which BP4 and BP7 do. Source: Walker et al. 2023
  /// (doi:10.1016/j.ajhg.2023.06.002).
  static let splicePathogenic = 0.2
  static let spliceBenign = 0.1

  private static let missenseRule: Wording =
    "PP3/BP4 by one calibrated missense predictor (Pejaver et al. 2022); BP4 capped at Supporting [E]"
  private static let spliceRule: Wording =
    "PP3/BP4 by SpliceAI's highest delta: >= 0.2 and <= 0.1 (Walker et al. 2023, ClinGen SVI)"

  var criteria: [Criterion] {
    let splice = consequence.has("splice_acceptor_variant", "splice_donor_variant") ? nil : spliceCriterion
    let protein = proteinCriterion
    var criteria: [Criterion] = []
    switch (protein, splice) {
    case (let protein?, let splice?) where !protein.isBenign:
      // Two sights of one damage: the stronger counts once, and they are never added.
      var stronger = splice.isBenign || protein.strength.points >= splice.strength.points ? protein : splice
      if !splice.isBenign {
        stronger.note = "missense and splice prediction both speak for damage; the stronger counts, never the sum"
      }
      criteria.append(stronger)
    case (_, let splice?) where !splice.isBenign: criteria.append(splice)
    case (let protein?, _): criteria.append(protein)
    case (nil, let splice?): criteria.append(splice)
    case (nil, nil): break
    }
    if let silent = silentCriterion { criteria.append(silent) }
    return criteria
  }

  private var isMissense: Bool { consequence.terms.first?.name == "missense_variant" }

  private var proteinCriterion: Criterion? {
    guard isMissense, let tool, let score = tool.score(in: variant.predictions), let band = tool.band(of: score) else {
      return nil
    }
    let evidence: Wording = "\(tool.rawValue) \(EvidenceWording.score(score)) in \(band.interval)"
    guard band.isBenign else { return Criterion("PP3", band.strength, evidence: evidence, rule: Self.missenseRule) }
    let isCapped = band.strength != .supporting
    return Criterion(
      "BP4", .supporting, isBenign: true, evidence: evidence, rule: Self.missenseRule,
      note: isCapped ? "\(band.strength.rawValue) by the published interval, capped at Supporting" : nil)
  }

  private var spliceCriterion: Criterion? {
    guard let delta = variant.predictions.spliceAI, !consequence.isTruncating else { return nil }
    let evidence: Wording = "SpliceAI \(EvidenceWording.score(delta))"
    if delta >= Self.splicePathogenic {
      return Criterion("PP3", .supporting, evidence: evidence + " >= 0.2", rule: Self.spliceRule)
    }
    guard delta <= Self.spliceBenign, isSilent || isIntronic else { return nil }
    return Criterion("BP4", .supporting, isBenign: true, evidence: evidence + " <= 0.1", rule: Self.spliceRule)
  }

  private var isSilent: Bool {
    ["synonymous_variant", "stop_retained_variant", "splice_region_variant"].contains(
      consequence.terms.first?.name ?? "")
      && consequence.has("synonymous_variant", "stop_retained_variant")
  }

  private var isIntronic: Bool {
    consequence.has("intron_variant") && consequence.impact < .moderate
  }

  /// BP7: a silent change away from the exon's ends, or a deep intronic one, without predicted effect on splicing.
  private var silentCriterion: Criterion? {
    guard let delta = variant.predictions.spliceAI, delta <= Self.spliceBenign else { return nil }
    let place: Wording
    if isSilent {
      guard !isNearExonEdge else { return nil }
      place = "silent, not at the first base or the last three bases of the exon"
    } else if isIntronic, let offset = intronOffset, offset >= 7 || offset <= -21 {
      place = "intronic at \(offset > 0 ? "+" : "")\(offset)"
    } else {
      return nil
    }
    return Criterion(
      "BP7", .supporting, isBenign: true, evidence: "\(place); SpliceAI \(EvidenceWording.score(delta)) <= 0.1",
      rule: "BP7: silent, or intronic at or beyond +7 / -21, SpliceAI <= 0.1 (Walker et al. 2023)",
      note: "conservation was not looked at")
  }

  /// By the gene's own transcript where it is known, else by the annotation's splice terms.
  private var isNearExonEdge: Bool {
    if let place = ExonPlace(of: variant.allele, on: gene.transcript(of: consequence)) {
      return place.basesFromStart == 0 || place.basesToEnd < 3
    }
    return consequence.terms.contains { $0.name.hasPrefix("splice_") }
  }

  /// `+7` of `c.100+7A>G`: distance from the nearest exon, along the transcript.
  private var intronOffset: Int? {
    guard let name = consequence.hgvsC, let colon = name.range(ofLast: ":c.") ?? name.range(ofLast: "c.") else {
      return nil
    }
    var rest = name[colon.upperBound...].drop { $0 == "*" || $0 == "-" }
    rest = rest.drop(while: \.isNumber)
    guard let sign = rest.first, sign == "+" || sign == "-", let size = Int(rest.dropFirst().prefix(while: \.isNumber))
    else { return nil }
    return sign == "+" ? size : -size
  }
}

extension Consequence {
  /// Whether the change ends or loses the protein by itself.
  var isTruncating: Bool {
    has("stop_gained", "frameshift_variant", "start_lost", "stop_lost", "transcript_ablation", "exon_loss_variant")
  }
}

extension String {
  /// Range of the last occurrence of a short text.
  func range(ofLast text: String) -> Range<Index>? {
    ranges(of: text).last
  }
}

/// Numbers in sentences of evidence, the same in every locale.
enum EvidenceWording {
  /// Up to four decimals, without trailing zeros: `0.8`, `28.1`.
  static func score(_ value: Double) -> Wording {
    let rounded = (value * 10_000).rounded() / 10_000
    return Wording(number: rounded == rounded.rounded() ? String(Int(rounded)) : "\(rounded)")
  }

  /// Four significant digits: `5.425e-05`, `0.0663`.
  static func fraction(_ value: Double) -> Wording {
    guard value > 0 else { return Wording(number: "0") }
    var scale = 1.0
    while value * scale < 1_000 { scale *= 10 }
    return Wording(number: "\((value * scale).rounded() / scale)")
  }
}
