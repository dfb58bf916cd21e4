/// What is known of the features of one disease: how often each is seen, and which are not.
public struct DiseaseProfile: Sendable {
  /// A feature that patients have.
  public struct Feature: Sendable, Hashable {
    public var term: TermGraph.Term
    /// Fraction of patients, 0…1, moved towards what is usual by `FrequencyPrior`.
    public var frequency: Float
    /// Whether nearly everybody with the disease has it: 80 % or more of five or more counted people, or HPO's words
    /// "obligate" and "very frequent".
    public var isCharacteristic: Bool
  }

  /// By term, ascending.
  public var features: [Feature] = []
  /// Terms that were looked for and not found, ascending.
  public var excluded: [TermGraph.Term] = []

  /// Sum of the frequencies: about how many features a patient has.
  public var size: Float { features.reduce(0) { $0 + $1.frequency } }
}

/// How a stated frequency becomes an estimate.
///
/// Two patients of two say less than forty of forty. Counts are read as a sample, with a prior of as many people as is usual for
/// a feature to be seen in `mean` of them; words and silence weigh as a few people. Values fitted on half of the genes of
/// phenopacket-store (Benchmarks/phenotype.md).
enum FrequencyPrior {
  static let people: Float = 16
  static let mean: Float = 0.15
  /// How many counted people one of HPO's words, or a feature without any frequency, is worth.
  static let peopleOfWord: Float = 3
  /// Frequency of a feature that nothing is stated of.
  static let unstated: Float = 0.5

  static func estimate(share: Float, people count: Float) -> Float {
    // No less than what a product of such numbers can still tell from 0.
    max((share * count + mean * people) / (count + people), 1e-5)
  }
}

/// Adds up what several publications, and several entries for one disease, say.
struct ProfileBuilder {
  private struct Count {
    var affected = 0
    var examined = 0
    /// The largest frequency that a word or a percentage states; negative for none.
    var stated: Float = -1
    var isMentioned = false
    var isExcluded = false
  }

  private var counts: [Count]
  private var touched: [Int32] = []

  init(termCount: Int) {
    counts = Array(repeating: Count(), count: termCount)
  }

  mutating func add(_ statement: AnnotationTable.Statement, to term: TermGraph.Term) {
    if !counts[term].isMentioned {
      counts[term].isMentioned = true
      touched.append(Int32(term))
    }
    if statement.isExcluded {
      counts[term].isExcluded = true
      return
    }
    switch statement.frequency {
    case .counted(let affected, let examined):
      counts[term].affected += affected
      counts[term].examined += examined
    case .stated(let share): counts[term].stated = max(counts[term].stated, Float(share))
    case .unstated: counts[term].stated = max(counts[term].stated, -0.5)
    }
  }

  /// The profile of what was added since the last one.
  mutating func profile() -> DiseaseProfile {
    var profile = DiseaseProfile()
    touched.sort()
    for term in touched {
      let count = counts[Int(term)]
      counts[Int(term)] = Count()
      if let feature = feature(Int(term), count) {
        profile.features.append(feature)
      } else {
        profile.excluded.append(Int(term))
      }
    }
    touched.removeAll(keepingCapacity: true)
    return profile
  }

  /// Counted people speak before words; nil when nobody has it.
  private func feature(_ term: TermGraph.Term, _ count: Count) -> DiseaseProfile.Feature? {
    if count.examined > 0 {
      guard count.affected > 0 else { return nil }
      let share = Float(count.affected) / Float(count.examined)
      return DiseaseProfile.Feature(
        term: term, frequency: FrequencyPrior.estimate(share: share, people: Float(count.examined)),
        isCharacteristic: count.examined >= 5 && share >= 0.8)
    }
    guard count.stated > 0 || count.stated == -0.5 else { return nil }
    let share = count.stated > 0 ? count.stated : FrequencyPrior.unstated
    return DiseaseProfile.Feature(
      term: term, frequency: FrequencyPrior.estimate(share: share, people: FrequencyPrior.peopleOfWord),
      isCharacteristic: count.stated >= 0.85)
  }
}
