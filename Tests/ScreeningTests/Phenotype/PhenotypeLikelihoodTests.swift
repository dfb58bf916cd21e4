import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@testable import Screening

@Suite struct PhenotypeLikelihoodTests {
  let index: PhenotypeIndex
  let model: PhenotypeLikelihood

  init() throws {
    index = try SmallHPO.index()
    model = PhenotypeLikelihood(index)
  }

  private func query(
    _ observed: String..., not excluded: [String] = [], sex: Sex = .unknown, onset: OnsetClass? = nil
  ) -> PhenotypeQuery {
    PhenotypeQuery(
      observed: observed.map { PhenotypeTerm(id: $0) }, excluded: excluded.map { PhenotypeTerm(id: $0) }, sex: sex,
      onset: onset, in: index)
  }

  private func points(_ query: PhenotypeQuery) throws -> [String: Double] {
    let ranking = try #require(model.ranking(of: query))
    return Dictionary(uniqueKeysWithValues: index.diseases.enumerated().map { ($1.id, ranking.points[$0]) })
  }

  @Test func ranksDiseasesOfOMIMWithTheirOrphanetTwin() {
    #expect(index.diseases.map(\.id) == ["OMIM:1", "OMIM:2", "OMIM:3"])
    #expect(index.diseases[2].sameAs == ["ORPHA:9"])
    #expect(index.groupCount == 1)
    // What Orphanet says of the heart disease is known of OMIM's; nobody of seven with seizures is an exclusion.
    let heart = index.profile(2)
    #expect(heart.features.map { index.terms.id($0.term) } == ["HP:0001263", "HP:0001644"])
    #expect(heart.excluded.map { index.terms.id($0) } == ["HP:0001250"])
  }

  @Test func manyPeopleSayMoreThanFew() {
    // 38 of 40: (38 + 16 * 0.15) / 56; 2 of 2: (2 + 2.4) / 18; "very frequent" weighs as three people.
    let seizure = index.profile(0).features.first { index.terms.id($0.term) == "HP:0001250" }
    let delay = index.profile(1).features.first { index.terms.id($0.term) == "HP:0001263" }
    let heart = index.profile(2).features.first { index.terms.id($0.term) == "HP:0001644" }
    #expect(abs((seizure?.frequency ?? 0) - 40.4 / 56) < 1e-6)
    #expect(abs((delay?.frequency ?? 0) - 4.4 / 18) < 1e-6)
    #expect(abs((heart?.frequency ?? 0) - (0.895 * 3 + 2.4) / 19) < 1e-6)
    #expect([seizure, delay, heart].map { $0?.isCharacteristic } == [true, false, true])
  }

  @Test func theVeryTermSaysMostAndABroaderOneLess() throws {
    #expect(try points(query("HP:0001644")).max { $0.value < $1.value }?.key == "OMIM:3")
    #expect(try points(query("HP:0001250")).max { $0.value < $1.value }?.key == "OMIM:1")
    // Focal motor seizures are annotated to the second disease alone.
    #expect(try points(query("HP:0011153")).max { $0.value < $1.value }?.key == "OMIM:2")
  }

  @Test func exclusionsCountForAndAgainst() throws {
    let plain = try points(query("HP:0001263"))
    let withoutHeart = try points(query("HP:0001263", not: ["HP:0001644"]))
    // Absent in the first disease too, and what nearly everybody with the third has.
    let gain = { (id: String) in (withoutHeart[id] ?? 0) - (plain[id] ?? 0) }
    #expect(gain("OMIM:1") > gain("OMIM:2"))
    #expect(gain("OMIM:2") > gain("OMIM:3"))
  }

  @Test func sexAndOnsetCount() throws {
    let unknown = try points(query("HP:0001263"))
    let girl = try points(query("HP:0001263", sex: .female))
    #expect((girl["OMIM:2"] ?? 0) - (girl["OMIM:1"] ?? 0) < (unknown["OMIM:2"] ?? 0) - (unknown["OMIM:1"] ?? 0) - 2.9)
    let infant = try points(query("HP:0001263", onset: .infantile))
    let late = try points(query("HP:0001263", onset: .late))
    let beside = { (points: [String: Double]) in (points["OMIM:1"] ?? 0) - (points["OMIM:3"] ?? 0) }
    #expect(abs(beside(infant) - beside(late) - 2) < 1e-9)
    // One class away is near enough to say nothing.
    #expect(abs(beside(try points(query("HP:0001263", onset: .childhood))) - beside(unknown)) < 1e-9)
  }

  @Test func whatTheOtherSexAloneHasIsNoFeature() throws {
    // Delay is of boys in the first disease; the third is known from its Orphanet twin besides a feature of women.
    let annotations = SmallHPO.annotations
      .replacing("2/40\t\t\tP", with: "2/40\tMALE\t\tP")
      .replacing("HP:0040281\t\t\tP\tx\nOMIM:3", with: "HP:0040281\tFEMALE\t\tP\tx\nOMIM:3")
    func features(of disease: Int, _ sex: Sex) throws -> [String] {
      let index = try SmallHPO.index(annotations: annotations, for: sex)
      return index.profile(disease).features.map { index.terms.id($0.term) }
    }
    #expect(try features(of: 0, .unknown) == ["HP:0001250", "HP:0001263"])
    #expect(try features(of: 0, .male) == ["HP:0001250", "HP:0001263"])
    #expect(try features(of: 0, .female) == ["HP:0001250"])
    #expect(try features(of: 2, .female) == ["HP:0001263", "HP:0001644"])
    #expect(try features(of: 2, .male) == ["HP:0001263"])
  }

  @Test func aDiseaseOfOneSexIsStillRankedInTheOther() throws {
    let annotations = SmallHPO.annotations.replacing("21\tPCS\t\t2/2\t\t", with: "21\tPCS\t\t2/2\tFEMALE\t")
      .replacing("1/2\t\t\tP", with: "1/2\tFEMALE\t\tP")
    let index = try SmallHPO.index(annotations: annotations, for: .male)
    #expect(index.diseases.map(\.id) == ["OMIM:1", "OMIM:2", "OMIM:3"])
    #expect(index.profile(1).features.count == 2)
  }

  @Test func anExclusionThatSaysNothingStillHasItsLine() throws {
    let ranking = try #require(model.ranking(of: query("HP:0001263", not: ["HP:0001644"])))
    let line = ranking.account(of: 1).terms.first { $0.isExcluded }
    #expect(line?.points == 0)
    #expect(line?.match == .notDecisive)
  }

  @Test func sharesAreProbabilities() throws {
    let ranking = try #require(model.ranking(of: query("HP:0001250", "HP:0001263")))
    let sum = index.diseases.indices.reduce(0) { $0 + ranking.share(of: $1) }
    #expect(abs(sum - 1) < 1e-9)
    let genes = ranking.genes
    #expect(genes.map(\.hgncID) == ["HGNC:10585", "HGNC:11411"])
    #expect(abs(genes[0].share - ranking.share(of: 0)) < 1e-12)
  }

  /// Of seven with the heart disease none had seizures: what its neighbours or broader terms show does not count then.
  @Test func whatPatientsLackSpeaksAgainst() throws {
    let ranking = try #require(model.ranking(of: query("HP:0001250")))
    let line = ranking.account(of: 2).terms[0]
    #expect(line.match == .notInPatients)
    #expect(line.points < 0)
  }

  @Test func nothingObservedSaysNothing() {
    #expect(model.ranking(of: query(not: ["HP:0001250"])) == nil)
  }

  @Test func aCaseCanBeJudgedWithoutItsOwnPublication() throws {
    let asked = query("HP:0011153")
    let full = try #require(model.ranking(of: asked))
    let profiles = try index.profiles(without: ["PMID:21"])
    #expect(profiles.map(\.disease) == [1])
    #expect(profiles[0].profile.features.isEmpty)
    let norms = index.norms()
    let members = profiles.map { index.member($0.disease, with: $0.profile, norms: norms) }
    let controlled = full.replacing(members)
    #expect(controlled.points[1] == -.infinity)
    #expect(controlled.order[0] != 1)
  }
}

/// The program's own tables, on queries drawn at random.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: Checkout.directory + "/Panels/phenotype/neighbours.tsv")))
struct PhenotypeTwinTests {
  static let index = Result { try PhenotypeIndex(directory: Checkout.directory + "/Panels/phenotype", for: .unknown) }

  /// The account of one disease is the plain twin of what is done for all at once, and its lines add up to its points.
  @Test func everyAccountAddsUpToTheRanking() throws {
    let index = try Self.index.get()
    let model = PhenotypeLikelihood(index)
    var generator = SplitMix64(seed: 7)
    for round in 0..<6 {
      let terms = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        // Terms of real diseases, so that there is something to match.
        let profile = index.profile(Int.random(in: 0..<index.diseases.count, using: &generator))
        return profile.features.randomElement(using: &generator)?.term ?? 0
      }
      let query = PhenotypeQuery(
        observed: Array(Set(terms)).sorted(), excluded: [Int.random(in: 0..<index.terms.count, using: &generator)],
        sex: round.isMultiple(of: 2) ? .female : .male, onset: OnsetClass.allCases.randomElement(using: &generator))
      let ranking = try #require(model.ranking(of: query))
      let order = ranking.order
      for place in order.prefix(5) + [order[order.count / 2], order[order.count - 1]] {
        let account = ranking.account(of: place)
        #expect(abs(account.points - ranking.points[place]) < 1e-4)
      }
    }
  }
}
