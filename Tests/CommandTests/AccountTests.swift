import Foundation
import Model
import TestSupport
import Testing

@Suite("Every number of an account can be made again from candidates.json")
struct AccountTests {
  /// Terms drawn from the program's own table, so that every case is another one.
  private static func terms(_ seed: UInt64) throws -> [String] {
    let text = try String(contentsOfFile: Checkout.directory + "/Panels/phenotype/annotations.tsv", encoding: .utf8)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("OMIM") }
    var generator = SplitMix64(seed: seed)
    return (0..<Int.random(in: 1...6, using: &generator)).compactMap { _ in
      let cell = lines.randomElement(using: &generator)?.split(separator: "\t").last ?? ""
      return cell.split(separator: "|").first { !$0.hasPrefix("!") }.map { "HP:" + $0.prefix(7) }
    }
  }

  @Test("Sums, means, shares and the explanation line of random cases", arguments: 0..<4)
  func sums(seed: Int) throws {
    let folder = try TemporaryFolder()
    let terms = try Self.terms(UInt64(seed))
    let run = try Demonstration.screen(
      into: folder, ["--hpo", terms.joined(separator: ","), "--not-hpo", "HP:0000365", "--set", "min_points=-50"])
    // A drawn term may be broader than the excluded one; such a case must not be screened.
    if run.status == 64, run.stderr.contains("excluded") || run.stderr.contains("remove it from one list") { return }
    #expect(run.status == 0, "\(run.stderr)")
    let document = try Self.decoder.decode(Candidates.self, from: Data(folder.bytes("out/candidates.json")))
    #expect(document.candidates.count >= 8)
    var weights = 0.0
    for candidate in document.candidates {
      let ledger = candidate.ledger
      func sum(_ entries: [Candidates.Entry]) -> Double { entries.reduce(0) { $0 + $1.points } }
      let phenotype = min(max(sum(ledger.phenotype), -15), 25)
      let variants = ledger.variants.map { min(sum($0), 12) }
      let variant = variants.reduce(0, +) / Double(max(1, variants.count))
      let segregation = sum(ledger.segregation)
      let gene = sum(ledger.gene)
      #expect(!ledger.phenotype.isEmpty)
      #expect(ledger.totals.phenotype == phenotype)
      #expect(ledger.totals.variant == variant)
      #expect(ledger.totals.segregation == segregation)
      #expect(ledger.totals.gene == gene)
      let total = phenotype + variant + segregation + gene
      #expect(ledger.totals.total == total)
      weights += pow(document.scale.oddsPerPoint, total)
      #expect(
        candidate.explanation.contains(" T=\(Self.short(total)): phenotype \(Self.signed(phenotype))"),
        "\(candidate.explanation)")
    }
    let count = Double(document.scale.diseasesScored)
    #expect(abs(document.scale.shareOfNone - count / (weights + count)) < 1e-9)
    #expect(abs(document.candidates.reduce(document.scale.shareOfNone) { $0 + $1.share } - 1) < 1e-9)
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  /// The part of `candidates.json` that an account needs; `JSONSerialization` does not read every number as it was written.
  private struct Candidates: Decodable {
    struct Scale: Decodable {
      var oddsPerPoint, shareOfNone: Double
      var diseasesScored: Int
    }
    struct Entry: Decodable { var points: Double }
    struct Totals: Decodable { var phenotype, variant, segregation, gene, total: Double }
    struct Ledger: Decodable {
      var phenotype: [Entry]
      var variants: [[Entry]]
      var segregation, gene: [Entry]
      var totals: Totals
    }
    struct Candidate: Decodable {
      var ledger: Ledger
      var share: Double
      var explanation: String
    }
    var scale: Scale
    var candidates: [Candidate]
  }

  /// At most one decimal, halves away from zero.
  private static func short(_ value: Double) -> String {
    let rounded = (abs(value) * 10 * (1 + 4 * Double.ulpOfOne)).rounded() / 10
    let text = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    return (value < 0 && rounded > 0 ? "-" : "") + text
  }

  private static func signed(_ value: Double) -> String {
    let text = short(value)
    return text.hasPrefix("-") || text == "0" ? text : "+" + text
  }
}
