import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

@Suite struct DocumentTests {
  private let report = SmallReport.report

  private func parsed(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func valuesAreWrittenPlainly() {
    let value: JSONValue = .object([
      "b": .integer(-3), "a": .array([.number(0.1), .number(.nan), .bool(true), .null]), "e": .object([:]),
      "t": .string("\"\\\u{1}\u{202E}\n<é"), "n": .array([.object(["x": .number(1.5e-5)])]),
    ])
    let text = String(decoding: value.encoded, as: UTF8.self)
    #expect(
      text == """
        {
          "b": -3,
          "a": [0.1, null, true, null],
          "e": {},
          "t": "\\"\\\\\\u0001\\u202e\\n<é",
          "n": [
            {
              "x": 1.5e-05
            }
          ]
        }

        """)
  }

  /// A substitution is named by its place, anything else by what an annotation or the reference says.
  @Test func namesOnTheGenome() throws {
    var variant = try #require(report.result.candidates.first?.variants.first)
    #expect(variant.genomicName(on: .grch38) == "NC_000001.11:g.2000G>A")
    variant.variant.allele = Allele(.chr1, 2_000, "GA", "G")
    #expect(variant.genomicName(on: .grch38) == nil)
    variant.consequence?.hgvsG = "NC_000001.11:g.2003del"
    #expect(variant.genomicName(on: .grch38) == "NC_000001.11:g.2003del")
    let json = variant.json(of: report.subject).encoded
    #expect(String(decoding: json, as: UTF8.self).contains("\"hgvs_g\": \"NC_000001.11:g.2003del\""))
  }

  /// The published schema against real output, judged by an independent program where it is installed.
  @Test(.enabled(if: SchemaChecker.isPresent, "python3 with jsonschema not found"), arguments: [true, false])
  func outputFollowsThePublishedSchema(isPositive: Bool) throws {
    let writer = ReportWriter(report: isPositive ? report : SmallReport.negative)
    #expect(try SchemaChecker.faults(of: writer.candidatesJSON()) == "")
    let broken = String(decoding: writer.candidatesJSON(), as: UTF8.self).replacing("\"rank\"", with: "\"rang\"")
    if isPositive { #expect(try SchemaChecker.faults(of: Array(broken.utf8)).contains("rank")) }
  }

  /// A reviewer's criteria, one of them instead of an automated one, follow the schema too, and are signed in each file.
  @Test func reviewersSignTheirCriteria() throws {
    var report = report
    var criteria = report.result.candidates[0].variants[0].evidence.criteria
    criteria[1].setAside(because: "removed by A, B|C")
    criteria[1].remover = "A, B|C"
    criteria.append(
      Criterion("PS3", .moderate, evidence: "<study> (by A, B|C)", rule: "reviewer's criterion", reviewer: "A, B|C"))
    report.result.candidates[0].variants[0].evidence.criteria = criteria
    report.result.nearMisses[0].variant.evidence.criteria = criteria
    report.result.candidates[1].variants[0].evidence.given = GivenClass(
      .likelyPathogenic, reviewer: "A, B|C", date: "2026-03-01", signed: Instant("2026-03-01T09:30:00+07:00"))
    let writer = ReportWriter(report: report)
    if SchemaChecker.isPresent { #expect(try SchemaChecker.faults(of: writer.candidatesJSON()) == "") }
    let json = String(decoding: writer.candidatesJSON(), as: UTF8.self)
    #expect(json.contains("\"by\": \"A, B|C\"") && json.contains("\"removed_by\": \"A, B|C\""))
    #expect(json.contains("\"reviewed_points\": 2"))
    #expect(json.contains("\"signed\": \"2026-03-01T09:30:00+07:00\""))
    let table = rows(writer.candidateTable())
    let column = try #require(table[0].firstIndex(of: "acmg_criteria"))
    #expect(table[1][column] == "PVS1,PS3_Moderate(by A%2C B|C)")
    let page = String(decoding: try writer.html(), as: UTF8.self)
    #expect(page.contains("of them +2 by A, B|C; a hint, not a classification"))
    #expect(page.contains("Likely pathogenic (class given by A, B|C, signed 2026-03-01; points"))
    // Among the near misses, of which the page shows no criteria, the class stands behind the kind.
    #expect(page.contains(/; [A-Za-z ]+\? \(points \+\d+, of them \+2 by A, B\|C/))
    #expect(page.contains("&lt;study&gt; (by A, B|C)") && page.contains("not counted: removed by A, B|C"))
    let records = String(decoding: writer.candidateRecords(), as: UTF8.self)
    #expect(records.contains("RS_ACMG=PVS1|PM2_Supporting(removed_by_A%2C_B%7CC)|PS3_Moderate(by_A%2C_B%7CC)"))
  }

  /// Every number of the explanation line, computed anew from the parsed JSON alone.
  @Test func explanationIsReproducibleFromJSON() throws {
    let document = try parsed(ReportWriter(report: report).candidatesJSON())
    let scale = try #require(document["scale"] as? [String: Any])
    let candidates = try #require(document["candidates"] as? [[String: Any]])
    #expect(candidates.count == 3)
    for candidate in candidates {
      let ledger = try #require(candidate["ledger"] as? [String: Any])
      let totals = try #require(ledger["totals"] as? [String: Any])
      func sum(_ entries: Any?) -> Double {
        (entries as? [[String: Any]] ?? []).compactMap { ($0["points"] as? NSNumber)?.doubleValue }.reduce(0, +)
      }
      let ceiling = try #require((scale["variant_ceiling"] as? NSNumber)?.doubleValue)
      let sums = try #require(ledger["variants"] as? [Any]).map { min(sum($0), ceiling) }
      let variant = sums.reduce(0, +) / Double(sums.count)
      let floor = try #require((scale["phenotype_floor"] as? NSNumber)?.doubleValue)
      let phenotype = max(floor, sum(ledger["phenotype"]))
      let total = phenotype + variant + sum(ledger["segregation"]) + sum(ledger["gene"])
      #expect(abs(total - ((totals["total"] as? NSNumber)?.doubleValue ?? .nan)) < 1e-9)
      let line = try #require(candidate["explanation"] as? String)
      #expect(line.contains("T=\(Number.short(total, places: 1)):"))
      #expect(line.contains("variants \(Number.points(variant)) "))
      #expect(line.contains("family \(Number.points(sum(ledger["segregation"]))) "))
      #expect(line.contains("panel \(Number.points(sum(ledger["gene"]))) "))
      let share = try #require((candidate["share"] as? NSNumber)?.doubleValue)
      #expect(line.contains("share \(Number.fixed(share, places: 2))"))
    }
  }

  @Test func explanationReadsAsSpecified() {
    let small = SmallReport()
    let phrases = Phrases(.english)
    #expect(
      Explanation(candidate: small.pair, phrases: phrases).line
        == "#1 TWOHIT - TWOHIT disorder (AR, confirmed trans) T=10.5: phenotype not scored | variants +7.5 "
        + "(v1 PVS1 +8, PM2 +1; v2 PP3_Moderate +2, PM2 +1, ClinVar 1-star LP +3; mean of 9 and 6) | family +2 "
        + "(parents carry one each) | panel +1 (green epilepsy 1.0) | share 0.87 | flags: GQ 22")
    #expect(
      Explanation(candidate: small.deNovo, phrases: phrases).line
        == "#2 NEWONE - NEWONE disorder (de novo) T=17.9: phenotype +3.9 (HP:0001250 +4.3; against: HP:0001263 -0.4) "
        + "| variants +12 (PVS1 +8, PS1 +4, PM2 +1, capped at +12) | family +1 (de novo) | panel +1 (green) "
        + "| share 0.10 | flags: check the parents, look")
    #expect(
      Explanation(candidate: small.deNovo, phrases: Phrases(.vietnamese)).line.contains("T=17,9: kiểu hình +3,9"))
  }

  @Test func runTellsWhereEveryRecordWent() throws {
    let run = try parsed(ReportWriter(report: report).runJSON())
    let checks = try #require(run["checks"] as? [[String: Any]])
    #expect(checks.allSatisfy { $0["holds"] as? Bool == true })
    #expect(run["started"] as? String == "2026-01-02T03:04:05Z")
    let settings = try #require(run["settings"] as? [String: Any])
    #expect(settings["max_af"] as? Double == 0.01 && settings["strict_de_novo"] as? Bool == false)
    var lost = report
    lost.result.tally.recordsRead += 1
    let broken = try parsed(ReportWriter(report: lost).runJSON())
    #expect((broken["checks"] as? [[String: Any]])?.first?["holds"] as? Bool == false)
  }

  @Test func onlyTheRunHasTimes() throws {
    var later = report
    later.provenance.started = "2027-01-01T00:00:00Z"
    later.provenance.finished = "2027-01-01T00:00:09Z"
    later.provenance.commandLine += ["--threads", "8"]
    let (first, second) = (try ReportWriter(report: report).files(), try ReportWriter(report: later).files())
    #expect(first.map(\.name).last == "run.json")
    for (left, right) in zip(first, second) { #expect((left.bytes == right.bytes) == (left.name != "run.json")) }
  }

  @Test func qualityListsEveryCheck() throws {
    let quality = try parsed(ReportWriter(report: report).qualityJSON())
    let checks = try #require(quality["checks"] as? [[String: Any]])
    #expect(checks.map { $0["verdict"] as? String } == ["pass", "not_evaluable"])
    #expect(checks[1]["value"] is NSNull)
    #expect(quality["verdict"] as? String == "not_evaluable")
  }
}

extension SchemaChecker {
  /// Faults of a document under the published schema; empty when there are none.
  static func faults(of bytes: [UInt8]) throws -> String { try faults(of: bytes, under: ReportWriter.schema) }
}
