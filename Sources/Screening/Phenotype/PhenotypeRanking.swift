internal import Foundation
public import Knowledge
public import Model

/// Why a disease has its points for a phenotype.
public struct PhenotypeAccount: Sendable, Hashable {
  /// What a term of the patient met in the disease.
  public enum Match: Sendable, Hashable {
    /// The very term, with its estimated frequency, 0…1.
    case same(frequency: Double)
    /// Only narrower terms are annotated.
    case narrower
    /// A broader term is annotated.
    case broader(TermGraph.Term)
    /// It, or a broader term, is seen in similar diseases rather than in this one.
    case similarDiseases(TermGraph.Term)
    case none
    /// Patients with the disease were looked at for it, and none had it.
    case notInPatients
    /// Excluded, and absent in the disease too.
    case absent
    /// Excluded, though nearly everybody with the disease has it.
    case characteristic
    /// Excluded, and neither absent in patients with the disease nor seen in nearly all of them.
    case notDecisive
  }

  public struct TermEntry: Sendable, Hashable {
    public var term: TermGraph.Term
    public var isExcluded: Bool
    public var points: Double
    public var match: Match
  }

  public struct Entry: Sendable, Hashable {
    public var label: Wording
    public var points: Double

    init(_ label: Wording, _ points: Double) {
      self.label = label
      self.points = points
    }
  }

  public var terms: [TermEntry] = []
  /// How much of what the disease shows is explained by the patient's terms.
  public var coverage = 0.0
  /// Less for a disease with very many features, which meets any patient by chance.
  public var size = 0.0
  /// Sex and onset.
  public var others: [Entry] = []
  /// Minus the logarithm of the mean over all diseases, which makes 0 points those of a disease that is no better than chance.
  public var baseline = 0.0

  /// The sum of all entries.
  public var points: Double {
    var sum = 0.0
    for entry in terms { sum += entry.points }
    sum += coverage + size
    for entry in others { sum += entry.points }
    return sum + baseline
  }
}

/// All diseases in the light of one phenotype.
public struct PhenotypeRanking: Sendable {
  public let model: PhenotypeLikelihood
  public let query: PhenotypeQuery
  /// Points by place of the disease: the logarithm, in the odds of a point, of how much likelier the phenotype is with this disease
  /// than with one drawn from all.
  public private(set) var points: [Double]
  /// What was taken from every disease to make these points.
  private let baseline: Double
  /// Information that each term shares with those of the query.
  private let contents: [Float]

  init(model: PhenotypeLikelihood, query: PhenotypeQuery, contents: [Float], raw: [Double]) {
    self.contents = contents
    self.model = model
    self.query = query
    baseline = -Self.logMean(raw)
    points = raw.map { [baseline] in $0 + baseline }
  }

  /// The points with other features of some diseases, as for a test without a case's own publications; `account(of:)` still tells
  /// of the features that are known. A disease without a feature has minus infinity.
  func replacing(_ members: [PhenotypeIndex.Member]) -> PhenotypeRanking {
    var raw = points
    for member in members {
      raw[member.disease] =
        member.profile.features.isEmpty
        ? -.infinity : model.account(of: member, for: query, contents: contents).points + baseline
    }
    return PhenotypeRanking(model: model, query: query, contents: contents, raw: raw)
  }

  /// In points.
  private static func logMean(_ points: [Double]) -> Double {
    let highest = points.max() ?? 0
    let sum = points.reduce(0) { $0 + exp(($1 - highest) * PhenotypeRules.natsPerPoint) }
    return highest + log(sum / Double(points.count)) / PhenotypeRules.natsPerPoint
  }

  /// Probability of a disease among all, 0…1, if one of them is the cause and all were equally likely before.
  public func share(of disease: Int) -> Double {
    exp(points[disease] * PhenotypeRules.natsPerPoint) / Double(points.count)
  }

  /// Places of the diseases, best first; those of equal points in the order of their ids.
  public var order: [Int] {
    points.indices.sorted { (points[$1], $0) < (points[$0], $1) }
  }

  /// Why a disease has its points.
  public func account(of disease: Int) -> PhenotypeAccount {
    var account = model.account(of: model.index.member(disease), for: query, contents: contents)
    account.baseline = baseline
    return account
  }

  /// A gene with what its diseases make of it.
  public struct GeneShare: Sendable, Hashable {
    public var hgncID: String
    /// Sum of the shares of its diseases, 0…1.
    public var share: Double
    /// The best of its diseases.
    public var disease: Int
  }

  /// Genes, best first: a gene is as likely as its diseases together.
  public var genes: [GeneShare] {
    var found: [String: GeneShare] = [:]
    for (place, disease) in model.index.diseases.enumerated() where points[place] > -.infinity {
      let share = share(of: place)
      for gene in disease.genes {
        guard let known = found[gene] else {
          found[gene] = GeneShare(hgncID: gene, share: share, disease: place)
          continue
        }
        found[gene]?.share += share
        if points[place] > points[known.disease] { found[gene]?.disease = place }
      }
    }
    return found.values.sorted { ($1.share, $0.hgncID) < ($0.share, $1.hgncID) }
  }

  /// Points of a share: the logarithm of how much likelier than one of all diseases.
  public func points(ofShare share: Double) -> Double {
    log(share * Double(points.count)) / PhenotypeRules.natsPerPoint
  }
}
