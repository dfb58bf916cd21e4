import Foundation
import Model
import Testing

@testable import Writing

/// Counts and the forms that go with them.
@Suite struct PluralTests {
  /// CLDR 46, `plurals.xml`, type `cardinal`, without what speaks of compact numbers.
  @Test func conditionsAreThoseOfCLDR() throws {
    let polish = try PluralRule([
      "one": "i = 1 and v = 0", "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
      "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
    ])
    #expect(polish.names == ["one", "few", "many", "other"])
    #expect(
      [0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 112, 122, 1_000_000].map(polish.category) == [
        "many", "one", "few", "few", "many", "many", "many", "many", "few", "many", "many", "few", "many",
      ])
    let arabic = try PluralRule([
      "zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n % 100 = 3..10", "many": "n % 100 = 11..99",
    ])
    #expect(
      [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map(arabic.category) == [
        "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few", "many",
      ])
    let latvian = try PluralRule([
      "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
      "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
    ])
    #expect([0, 1, 11, 21, 22].map(latvian.category) == ["zero", "one", "zero", "one", "other"])
    let french = try PluralRule(["one": "i = 0,1"])
    #expect([0, 1, 2, -1, .min].map(french.category) == ["one", "one", "other", "one", "other"])
    #expect(PluralRule().category(of: 1) == "other")
  }

  @Test(arguments: [
    ["other": "n = 1"], ["single": "n = 1"], ["one": ""], ["one": "n"], ["one": "n = "], ["one": "n = a"],
    ["one": "n % 0 = 1"], ["one": "n == 1"], ["one": "n = 3..1"], ["one": "m = 1"], ["one": "n = 1,"],
    ["one": "n = 1..2..3"],
  ])
  func whatIsNoConditionIsRefused(conditions: [String: String]) {
    #expect(throws: PluralRule.Fault.self) { try PluralRule(conditions) }
  }

  @Test func phrasesGoWithTheirCount() {
    let (english, vietnamese) = (Phrases(.english), Phrases(.vietnamese))
    #expect(
      [0, 1, 2, 1_234].map { english("batch_sentence", count: $0) } == [
        "0 cases.", "1 case.", "2 cases.", "1,234 cases.",
      ])
    #expect(
      [0, 1, 2, 1_234].map { vietnamese("batch_sentence", count: $0) } == [
        "0 ca bệnh.", "1 ca bệnh.", "2 ca bệnh.", "1.234 ca bệnh.",
      ])
    let names: KeyValuePairs = ["gene": "{count}", "none": "0.6"]
    #expect(
      english("conclusion_unconvincing", count: 1, names)
        == "No convincing candidate: 1 was found, in {count}, but \"none of these\" holds a share of 0.6.")
    // A phrase that has no forms is the same for all.
    #expect(english("compare_in_cases", count: 1) == "(cases: 1)")
    #expect(english("no_such_key", count: 1) == "no_such_key")
  }

  @Test func sentencesOfTheScreenGoWithTheirCount() {
    func pairs(_ count: Int) -> Wording {
      Wording(
        count, one: "\("ABCA4"): \(count) further pair is not listed (max_pairs_per_gene)",
        other: "\("ABCA4"): \(count) further pairs are not listed (max_pairs_per_gene)")
    }
    #expect(
      [0, 1, 2].map { pairs($0).description } == [
        "ABCA4: 0 further pairs are not listed (max_pairs_per_gene)",
        "ABCA4: 1 further pair is not listed (max_pairs_per_gene)",
        "ABCA4: 2 further pairs are not listed (max_pairs_per_gene)",
      ])
    #expect(
      [0, 1, 2].map { Phrases(.vietnamese)(pairs($0)) }
        == [0, 1, 2].map { "ABCA4: còn \($0) cặp không được liệt kê (max_pairs_per_gene)" })
  }

  /// A language with more forms than English needs no more than its file.
  @Test func aLanguageMayHaveMoreForms() throws {
    let json = """
      {"language": "Polski", "plural": {"one": "i = 1 and v = 0", "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"},
       "number.thousands": " ", "cases.one": "{count} przypadek", "cases.few": "{count} przypadki", "cases.other": "{count} przypadków",
       "wordings": {"{1} read": "{1} odczyt", "{1} reads": {"few": "{1} odczyty", "other": "{1} odczytów"}}}
      """
    let file = try JSONDecoder().decode(LanguageFile.self, from: Data(json.utf8))
    #expect(file.name == "Polski")
    let phrases = Phrases(.english, file: file)
    #expect(
      [1, 3, 5, 2_022].map { phrases("cases", count: $0) } == [
        "1 przypadek", "3 przypadki", "5 przypadków", "2 022 przypadki",
      ])
    let reads = [1, 3, 5].map { Wording($0, one: "\($0) read", other: "\($0) reads") }
    #expect(reads.map { phrases($0) } == ["1 odczyt", "3 odczyty", "5 odczytów"])
    #expect(reads.map { Phrases(.english)($0) } == ["1 read", "3 reads", "5 reads"])
  }
}
