internal import Foundation
public import Model

/// Diseases and their features, laid out for ranking all of them at once.
///
/// Ranked are the diseases of OMIM, each with what Orphanet says of the same one, and those of Orphanet and DECIPHER that share
/// no gene with a disease of OMIM; an entry of Orphanet that stands for several of OMIM is a group of them, and none by itself.
public struct PhenotypeIndex: Sendable {
  public struct Disease: Sendable, Hashable {
    /// `OMIM:…`, `ORPHA:…` or `DECIPHER:…`.
    public var id: String
    public var name: String
    public var modes: [ModeOfInheritance]
    /// HGNC ids.
    public var genes: [String]
    /// From the earliest class of onset that is annotated to the latest.
    public var onset: ClosedRange<OnsetClass>?
    /// Ids of the same disease in other catalogues.
    public var sameAs: [String]
  }

  /// Share of a term's patients among those who have it or a narrower one: what a feature that is annotated more finely gives to
  /// a broader term.
  static let broaderShare: Float = 0.25
  /// No term is taken to be rarer than this (LIRICAL's floor).
  static let rarest: Float = 1e-4
  /// Weight of what similar diseases show beside what is known of the disease itself.
  public static let neighbourWeight: Float = 0.25

  public let version: String
  /// Of the patient: what only the other sex has is no feature of a disease here. Unknown takes all features.
  public let sex: Sex
  public let terms: TermGraph
  /// By id.
  public let diseases: [Disease]
  /// Entries that are not ranked by themselves: groups of diseases of OMIM, and diseases without a feature.
  public let groupCount, withoutFeatureCount: Int
  let annotations: AnnotationTable
  let profiles: [DiseaseProfile]
  /// For each term the diseases in which it, or a narrower one, is seen, and how often.
  let columns: Rows<DiseaseShare>
  /// Diseases similar to each disease, with weights that add up to 1; empty before they are known.
  let neighbours: Rows<DiseaseShare>
  /// For each disease those that it is a neighbour of.
  let neighbourOf: Rows<DiseaseShare>
  /// How often a term is seen over all diseases, neighbours taken in.
  let background: [Float]
  /// `-ln p` by term, with p the share of diseases in which it or a narrower one is seen.
  let informationContents: [Double]

  /// A disease by its place, with a share, 0…1.
  struct DiseaseShare: Sendable {
    var disease: Int32
    var share: Float
  }

  /// Loads `terms.tsv`, `diseases.tsv`, `annotations.tsv` and `neighbours.tsv` of a folder.
  ///
  /// - Parameter sex: of the patient.
  /// - Complexity: one pass over each; a tenth of a second for the whole of HPO.
  public init(directory: String, for sex: Sex) throws(KnowledgeError) {
    try self.init(
      terms: TextTable(file: directory + "/terms.tsv"), diseases: DiseaseRows(directory: directory),
      annotations: AnnotationTable(TextTable(file: directory + "/annotations.tsv")),
      neighbours: TextTable(file: directory + "/neighbours.tsv"), for: sex)
  }

  init(
    terms: TextTable, diseases rows: DiseaseRows, annotations: AnnotationTable, neighbours: TextTable?,
    for sex: Sex = .unknown
  ) throws(KnowledgeError) {
    self.sex = sex
    self.terms = try TermGraph(terms)
    self.annotations = annotations
    version = rows.version
    let versions = [
      terms.metadata["version"] ?? "", annotations.version, neighbours?.metadata["version"] ?? rows.version,
    ]
    for other in versions where other != version {
      throw KnowledgeError(.phenotypes(.mixedReleases(version, other)), at: .init(file: terms.file))
    }
    var builder = ProfileBuilder(termCount: self.terms.count)
    var kept: [Disease] = []
    var profiles: [DiseaseProfile] = []
    var empty = 0
    for disease in rows.ranked {
      var profile = try Self.profile(of: disease, annotations, self.terms, &builder, for: sex)
      if profile.features.isEmpty, sex != .unknown {
        // Known in the other sex alone: ranked by that, so that nobody's sex takes a disease from the list.
        profile = try Self.profile(of: disease, annotations, self.terms, &builder, for: .unknown)
      }
      if profile.features.isEmpty {
        empty += 1
        continue
      }
      kept.append(disease)
      profiles.append(profile)
    }
    if kept.isEmpty {
      throw KnowledgeError(.phenotypes(.nothingFound("disease with a feature")), at: .init(file: terms.file))
    }
    diseases = kept
    self.profiles = profiles
    groupCount = rows.groupCount
    withoutFeatureCount = empty
    columns = Self.columns(of: profiles, self.terms)
    let found = try neighbours.map { table throws(KnowledgeError) in try Self.neighbours(table, of: kept) }
    self.neighbours = found ?? Rows(count: kept.count, filling: DiseaseShare(disease: 0, share: 0)) { _ in }
    neighbourOf = Self.reversed(self.neighbours)
    (background, informationContents) = Self.background(
      columns, self.neighbourOf, diseaseCount: kept.count, allCount: kept.count + empty)
  }

  /// Features of a disease in patients of a sex, with those of its entries in other catalogues.
  private static func profile(
    of disease: Disease, _ annotations: AnnotationTable, _ terms: TermGraph, _ builder: inout ProfileBuilder,
    for sex: Sex, without references: Set<String> = []
  ) throws(KnowledgeError) -> DiseaseProfile {
    for id in [disease.id] + disease.sameAs {
      try annotations.forEachStatement(of: id, without: references) { statement in
        if sex != .unknown, statement.sex != .unknown, statement.sex != sex { return }
        if let term = terms.term(number: statement.number) { builder.add(statement, to: term) }
      }
    }
    return builder.profile()
  }

  /// The features of the diseases that one of the publications describes, as they are known without those publications.
  ///
  /// For tests of a ranking on cases that are themselves among the sources. A disease of which nothing is left has no features.
  public func profiles(without references: Set<String>) throws(KnowledgeError) -> [(
    disease: Int, profile: DiseaseProfile
  )] {
    let cited = Set(annotations.diseases(citing: references))
    var builder = ProfileBuilder(termCount: terms.count)
    var found: [(disease: Int, profile: DiseaseProfile)] = []
    for (place, disease) in diseases.enumerated()
    where cited.contains(disease.id) || disease.sameAs.contains(where: cited.contains) {
      let profile = try Self.profile(of: disease, annotations, terms, &builder, for: sex, without: references)
      found.append((place, profile))
    }
    return found
  }

  /// How often each term is seen in a disease: as annotated, or by way of narrower terms, of which any may be met.
  func shares(of profile: DiseaseProfile) -> [(term: Int32, share: Float)] {
    var scratch = ShareScratch(termCount: terms.count)
    return scratch.shares(of: profile, terms)
  }

  private static func columns(of profiles: [DiseaseProfile], _ terms: TermGraph) -> Rows<DiseaseShare> {
    var scratch = ShareScratch(termCount: terms.count)
    let lists = profiles.map { scratch.shares(of: $0, terms) }
    return Rows(count: terms.count, filling: DiseaseShare(disease: 0, share: 0)) { take in
      for (disease, list) in lists.enumerated() {
        for item in list { take(Int(item.term), DiseaseShare(disease: Int32(disease), share: item.share)) }
      }
    }
  }

  private static func background(
    _ columns: Rows<DiseaseShare>, _ neighbourOf: Rows<DiseaseShare>, diseaseCount: Int, allCount: Int
  ) -> (background: [Float], contents: [Double]) {
    // What one disease gives to all others by being their neighbour.
    let given = (0..<diseaseCount).map { neighbourOf[$0].reduce(Float(0)) { $0 + $1.share } }
    let hasNeighbours = !neighbourOf.elements.isEmpty
    let own = hasNeighbours ? 1 - neighbourWeight : 1
    var background: [Float] = []
    var contents: [Double] = []
    for term in 0..<columns.count {
      let column = columns[term]
      let sum = column.reduce(Float(0)) { $0 + $1.share * (own + neighbourWeight * given[Int($1.disease)]) }
      background.append(max(sum / Float(diseaseCount), rarest))
      contents.append(-log(Double(max(1, column.count)) / Double(allCount)))
    }
    return (background, contents)
  }
}

/// Adds up, over the features of a disease, how likely none of the narrower terms is seen.
private struct ShareScratch {
  private var none: [Float]
  private var touched: [Int32] = []

  init(termCount: Int) {
    none = Array(repeating: 1, count: termCount)
  }

  mutating func shares(of profile: DiseaseProfile, _ terms: TermGraph) -> [(term: Int32, share: Float)] {
    for feature in profile.features {
      let missed = 1 - min(feature.frequency, 0.999)
      for ancestor in terms.ancestors[feature.term] {
        if none[Int(ancestor)] == 1 { touched.append(ancestor) }
        none[Int(ancestor)] *= missed
      }
    }
    var shares = touched.map { (term: $0, share: PhenotypeIndex.broaderShare * (1 - none[Int($0)])) }
    for term in touched { none[Int(term)] = 1 }
    touched.removeAll(keepingCapacity: true)
    shares.sort { $0.term < $1.term }
    var next = 0
    for feature in profile.features {
      while Int(shares[next].term) < feature.term { next += 1 }
      shares[next].share = max(shares[next].share, feature.frequency)
    }
    return shares
  }
}
