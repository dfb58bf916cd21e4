import Foundation
import Model
import Screening
import TestSupport
import Testing

/// The site test of an expression is a necessary condition: whatever the expression selects passes it.
@Suite struct ExpressionSiteTestTests {
  static func siteTest(_ text: String) throws -> SiteTest? {
    try FilterExpression(text, header: ExpressionFixture.header, resources: .init()).siteTest
  }

  @Test func takesEveryConjunctOfTheSite() throws {
    let text = "FILTER=\"PASS\" && QUAL>30 && (INFO/gnomad_AF<0.001 || INFO/gnomad_AF=\".\") && GT=\"het\""
    #expect(
      try Self.siteTest(text)
        == .all([
          .filter(.only("PASS")), .quality(.greater, 30),
          .any([.info("gnomad_AF", .less, Double(Float(0.001))), .infoMissing("gnomad_AF")]),
        ]))
  }

  @Test(arguments: [
    ("FILTER~\"q10;s50\"", SiteTest.all([.filter(.oneOf(["q10"])), .filter(.oneOf(["s50"]))])),
    ("FILTER!~\"q10\"", .filter(.noneOf(["q10"]))), ("FILTER=\".\"", .filter(.only("."))),
    ("30<QUAL", .quality(.greater, 30)),
    ("QUAL!=30", .any([.quality(.notEqual, 30), .qualityMissing])), ("QUAL=\".\"", .qualityMissing),
    ("DB=1", .infoPresent("DB")),
    ("DB=0", .infoMissing("DB")), ("DP!=3", .any([.info("DP", .notEqual, 3), .infoMissing("DP")])),
    ("ST=\"a\"", .infoPresent("ST")),
    ("ST=\".\"", .infoMissing("ST")), ("LIST~\"a\"", .infoPresent("LIST")),
    ("CSQ.IMPACT=HIGH & GQ>1", .infoPresent("CSQ")),
    ("IV<3", .any([.info("IV", .less, 3), .infoMissing("IV")])), ("GQ>3 & QUAL<5", .quality(.less, 5)),
  ]) func says(text: String, expected: SiteTest) throws {
    #expect(try Self.siteTest(text) == expected)
  }

  @Test(arguments: [
    "FILTER!=\"q10\"", "FILTER!~\"q10;s50\"", "!(QUAL>30)", "GT=\"het\"", "QUAL>30 || GT=\"het\"", "ID=\"x\"",
    "QUAL+1>3", "DP>QUAL",
    "ST!=\"a\"", "POS>4", "N_ALT>1",
  ]) func saysNothing(text: String) throws {
    #expect(try Self.siteTest(text) == nil)
  }

  /// Every expression of the corpus, and random compounds of them, on the records of its file.
  @Test func isNecessary() throws {
    var random = SplitMix64(seed: 3)
    for name in ["sites.vcf", "cohort.vcf", "annotated.vcf"] {
      let file = try CorpusFile(name)
      let texts = try CorpusFile.expressions(of: name)
      let compounds = (0..<150).compactMap { _ -> String? in
        guard let one = texts.randomElement(using: &random), let two = texts.randomElement(using: &random),
          let join = ["&&", "||", "&", "|"].randomElement(using: &random)
        else { return nil }
        return "(\(one)) \(join) (\(two))"
      }
      var tests = 0
      for text in texts + compounds {
        guard let expression = try? FilterExpression(text, header: file.header, resources: .init()) else { continue }
        guard let test = expression.siteTest else { continue }
        tests += 1
        var selection = Selection(all: file.batch.count)
        expression.clear(&selection, in: file.batch)
        for row in selection {
          #expect(
            SiteTestInterpreter.holds(test, row, file.batch, file.header),
            "\(text) selects \(String(decoding: file.batch.line(of: row), as: UTF8.self)) but \(test) does not hold")
        }
      }
      #expect(tests > 10)
    }
  }
}

/// A fixture of the corpus, read here without the Reading module.
struct CorpusFile {
  var header: VariantHeader
  var batch: VariantBatch

  init(_ name: String) throws {
    let lines = try String(contentsOfFile: Checkout.fixture("expressions/" + name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    batch = VariantBatch(lines: lines)
    header = VariantHeader(version: "4.2")
    for line in lines where line.hasPrefix("#") {
      let parts = line.split(whereSeparator: { "=,<>".contains($0) }).map(String.init)
      if line.hasPrefix("##FILTER") { header.filters[parts[2]] = "" }
      if line.hasPrefix("#CHROM") { header.samples = line.split(separator: "\t").dropFirst(9).map(String.init) }
      guard line.hasPrefix("##INFO") || line.hasPrefix("##FORMAT") else { continue }
      let number: VariantHeader.Number =
        switch parts[4] {
        case "A": .perAlternate
        case "R": .perAllele
        case "G": .perGenotype
        case ".": .unbounded
        default: .count(Int(parts[4]) ?? 1)
        }
      let description = line.components(separatedBy: "Description=\"").last ?? ""
      let field = VariantHeader.Field(
        id: parts[2], number: number, type: .init(rawValue: parts[6]) ?? .string, description: description)
      if line.hasPrefix("##INFO") { header.info[parts[2]] = field } else { header.format[parts[2]] = field }
    }
  }

  static func expressions(of name: String) throws -> [String] {
    try String(contentsOfFile: Checkout.fixture("expressions/corpus.tsv"), encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: "\t").map(String.init) }.filter { $0[0] == name && !$0[1].contains("@") }.map { $0[1] }
  }
}

/// A site test, applied as its documentation says.
enum SiteTestInterpreter {
  static func holds(_ test: SiteTest, _ row: Int, _ batch: VariantBatch, _ header: VariantHeader) -> Bool {
    switch test {
    case .all(let parts): return parts.allSatisfy { holds($0, row, batch, header) }
    case .any(let parts): return parts.contains { holds($0, row, batch, header) }
    case .filter(.oneOf(let names)): return !values(batch.string(.filter, of: row), ";").isDisjoint(with: names)
    case .filter(.only(let name)): return batch.string(.filter, of: row) == name
    case .filter(.noneOf(let names)): return values(batch.string(.filter, of: row), ";").isDisjoint(with: names)
    case .quality(let comparison, let limit):
      return batch.string(.quality, of: row) != "." && comparison.holds(Double(batch.qualities[row]), limit)
    case .qualityMissing: return batch.string(.quality, of: row) == "."
    case .info(let key, let comparison, let limit):
      guard let value = batch.info(key, of: row) else { return false }
      let isFloat = header.info[key]?.type == .float
      return values(String(decoding: value, as: UTF8.self), ",").contains { text in
        guard let number = Double(text) else { return false }
        return comparison.holds(isFloat ? Double(Float(number)) : number, limit)
      }
    case .infoMissing(let key):
      guard let value = batch.info(key, of: row) else { return true }
      return values(String(decoding: value, as: UTF8.self), ",").contains(".")
    case .infoPresent(let key): return batch.info(key, of: row) != nil
    }
  }

  private static func values(_ text: String, _ separator: Character) -> Set<String> {
    Set(text.split(separator: separator, omittingEmptySubsequences: false).map(String.init))
  }
}
