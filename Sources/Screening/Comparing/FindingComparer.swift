internal import Model

/// What two runs say differently of one allele in one gene. Causes are put in by `CauseFinder`.
struct FindingComparer {
  /// Points that are worth a reader's look: half the smallest criterion, a factor of 1.4 in odds. [E]
  static let notablePoints = 0.5
  /// Points below this do not show where they are printed with one decimal.
  static let leastPoints = 0.05
  /// A frequency that is a factor of 2 away may be another sample of the same population; less is the same figure. [E]
  static let notableFactor = 2.0

  let old: RecordedFinding
  let new: RecordedFinding

  /// The most telling first.
  var differences: [EvidenceDifference] {
    [
      texts(.classHint, old.classHint, new.classHint), words(.givenClass, old.givenClass, new.givenClass),
      texts(.dismissal, old.dismissal, new.dismissal), criteria, clinVar, frequency,
      texts(.localCount, old.localCount.map { "\($0)" }, new.localCount.map { "\($0)" }, isNotable: false),
      consequence, genotypes, account, predictions,
    ].flatMap { $0 }
  }

  private func texts(
    _ aspect: EvidenceDifference.Aspect, _ one: String?, _ other: String?, isNotable: Bool = true
  ) -> [EvidenceDifference] {
    words(aspect, one.map(Wording.init(verbatim:)), other.map(Wording.init(verbatim:)), isNotable: isNotable)
  }

  private func words(
    _ aspect: EvidenceDifference.Aspect, _ one: Wording?, _ other: Wording?, isNotable: Bool = true
  ) -> [EvidenceDifference] {
    one == other ? [] : [EvidenceDifference(aspect, old: one, new: other, isNotable: isNotable)]
  }

  private func named(
    _ aspect: EvidenceDifference.Aspect, _ one: [String: Wording], _ other: [String: Wording], isNotable: Bool = true
  ) -> [EvidenceDifference] {
    Set(one.keys).union(other.keys).sorted().filter { one[$0] != other[$0] }.map {
      EvidenceDifference(aspect, name: $0, old: one[$0], new: other[$0], isNotable: isNotable)
    }
  }

  private var criteria: [EvidenceDifference] {
    func words(_ finding: RecordedFinding) -> [String: Wording] {
      finding.criteria.reduce(into: [:]) { words, criterion in
        var text: Wording = "\(criterion.name)"
        if let reviewer = criterion.reviewer { text += " by \(reviewer)" }
        if let remover = criterion.remover {
          text += " removed by \(remover)"
        } else if criterion.points == 0 {
          text += " not counted"
        }
        // A reviewer's criterion may stand beside the program's of the same code.
        words[criterion.code] = words[criterion.code].map { "\($0), \(text)" } ?? text
      }
    }
    return named(.criterion, words(old), words(new))
  }

  private var clinVar: [EvidenceDifference] {
    func words(_ record: RecordedFinding.ClinVar?) -> String? {
      record.map { record in
        let text = record.text.isEmpty ? record.significance : record.text
        return record.stars.map { "\(text) (\($0)*)" } ?? text
      }
    }
    let isNotable = old.clinVar?.significance != new.clinVar?.significance || old.clinVar?.stars != new.clinVar?.stars
    return texts(.clinVar, words(old.clinVar), words(new.clinVar), isNotable: isNotable)
  }

  private var frequency: [EvidenceDifference] {
    func words(_ frequency: RecordedFinding.Frequency) -> Wording? {
      if frequency.state == "NODATA" { return nil }
      let value = Wording(number: frequency.value.map(Self.fraction) ?? "0")
      guard let homozygotes = frequency.homozygotes, homozygotes > 0 else { return value }
      return "\(value), \(homozygotes) homozygous"
    }
    return self.words(.frequency, words(old.frequency), words(new.frequency), isNotable: isFrequencyNotable)
  }

  private var isFrequencyNotable: Bool {
    guard old.frequency.state == new.frequency.state else { return true }
    guard let before = old.frequency.value, let after = new.frequency.value else { return false }
    if before == 0 || after == 0 { return before != after }
    return max(before, after) / min(before, after) >= Self.notableFactor
  }

  /// Three figures that count: the rest is noise of a release.
  private static func fraction(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return "0" }
    var scale = 1.0
    while value * scale < 100, scale < 1e15 { scale *= 10 }
    let text = "\((value * scale).rounded() / scale)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private var consequence: [EvidenceDifference] {
    if old.consequence != new.consequence {
      return words(.consequence, old.consequence.map(Self.terms), new.consequence.map(Self.terms))
    }
    func name(_ finding: RecordedFinding) -> String? {
      let parts = [finding.hgvsC ?? finding.transcript, finding.hgvsP].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
    return texts(.naming, name(old), name(new), isNotable: false)
  }

  /// Terms that are joined by `&`.
  private static func terms(_ text: String) -> Wording {
    text.split(separator: "&").map { Wording(term: String($0), of: "term") }.joined(separator: "&")
  }

  private var genotypes: [EvidenceDifference] {
    named(.genotype, old.genotypes.mapValues(Wording.init(verbatim:)), new.genotypes.mapValues(Wording.init(verbatim:)))
  }

  /// What only candidates have.
  private var account: [EvidenceDifference] {
    guard let before = old.sums, let after = new.sums else { return [] }
    func models(_ finding: RecordedFinding) -> Wording {
      finding.models.map { Wording(term: $0, of: "model") }.joined(separator: ",")
        + (finding.group.map { " (\($0))" } ?? "")
    }
    return words(.inheritance, models(old), models(new)) + texts(.disease, old.disease, new.disease)
      + points(.phenotype, before.phenotype, after.phenotype) + points(.total, before.total, after.total)
  }

  private func points(_ aspect: EvidenceDifference.Aspect, _ one: Double?, _ other: Double?) -> [EvidenceDifference] {
    guard let one, let other else {
      return one == nil && other == nil
        ? [] : [EvidenceDifference(aspect, old: one.map(Self.points), new: other.map(Self.points), isNotable: true)]
    }
    let shift = abs(one - other)
    return shift < Self.leastPoints
      ? []
      : [
        EvidenceDifference(
          aspect, old: Self.points(one), new: Self.points(other), isNotable: shift >= Self.notablePoints)
      ]
  }

  /// Two decimals, so that every difference that counts shows.
  private static func points(_ value: Double) -> Wording {
    guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
    return "\((value * 100).rounded() / 100)"
  }

  private var predictions: [EvidenceDifference] {
    named(
      .prediction, old.predictions.mapValues { "\($0)" as Wording }, new.predictions.mapValues { "\($0)" as Wording },
      isNotable: false)
  }
}
