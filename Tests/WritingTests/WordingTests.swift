import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// What the screen says is said in every language.
@Suite struct WordingTests {
  private static let translations = Language.vietnamese.file.wordings

  /// Folders in which a sentence is one for the reader of the page.
  private static let speakers = [
    "Evidence", "Filtering", "Inheritance", "Judging", "Quality", "Ranking", "Witness",
  ].map { "Screening/\($0)/" }

  /// Sentences in these folders that only a programmer reads, and a name.
  private static let others: Set = [
    "BayesDel without AF",
    "a column, or nil, for each member of the pedigree", "a tally reports on the pedigree that it was made for",
    "tallies of different pedigrees do not add up", "the proband {1} is not in the pedigree",
  ]

  private static func keys(under folders: [String]) throws -> Set<String> {
    let sources = URL(fileURLWithPath: Checkout.directory + "/Sources").resolvingSymlinksInPath()
    var keys: Set<String> = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where name.hasSuffix(".swift") && folders.contains(where: name.hasPrefix) {
      keys.formUnion(SwiftLiterals.keys(in: try String(contentsOf: sources.appending(path: name), encoding: .utf8)))
    }
    return keys
  }

  @Test func literalsAreRead() {
    let source = #"""
      // "no literal"
      let words: Wording = "de novo in \(name(of: "child"))" + """
          one \
          \(a ? "b" : "c") line
        """
      """#
    #expect(SwiftLiterals.keys(in: source) == ["child", "de novo in {1}", "b", "c", "one {1} line"])
  }

  @Test func everySentenceOfTheScreenIsTranslated() throws {
    let keys = try Self.keys(under: Self.speakers)
    let sentences = keys.subtracting(Self.others).filter {
      $0.contains(/[A-Za-z]{2,}\W* \W*[A-Za-z]{2,}/) && !$0.contains("<")
    }
    #expect(sentences.count > 200, "no sentences found")
    #expect(sentences.subtracting(Self.translations.keys).sorted() == [])
    let criteria = CriterionCode.known.compactMap { try? CriterionCode($0).meaning.sentences.first?.key }
    #expect(Set(criteria).subtracting(Self.translations.keys).sorted() == [])
  }

  @Test(arguments: Language.allCases)
  func noTranslationIsLeftOver(language: Language) throws {
    let keys = try Self.keys(under: [""])
    #expect(Set(language.file.wordings.keys).subtracting(keys).sorted() == [])
  }

  @Test(arguments: Language.allCases)
  func translationsKeepTheirPlaces(language: Language) {
    let forms = language.file.wordings.flatMap { key, forms in forms.values.map { (key, $0) } }
    for (key, text) in forms {
      let (places, original) = (text.matches(of: /\{[0-9]+\}/), key.matches(of: /\{[0-9]+\}/))
      #expect(places.map { String($0.0) }.sorted() == original.map { String($0.0) }.sorted(), "\(key)")
    }
  }

  @Test func valuesAreWrittenInTheLanguage() {
    let share: Wording = "\(Wording(number: "99.5")) %"
    let words: Wording = "\("{1} MUM"): \(share) of \(1234) genotypes agree"
    #expect(words.description == "{1} MUM: 99.5 % of 1234 genotypes agree")
    let pair: Wording = "\("A"), \("B") and \("C")"
    #expect(Phrases(.english)(pair + ": \(1234)") == "A, B and C: 1,234")
    #expect(Phrases(.vietnamese)(pair + ": \(1234), \(share)") == "A, B và C: 1.234, 99,5 %")
    let reason: Wording = "suggestion only: \(VerdictReason.oneParentMissing)"
    #expect(reason.description == "suggestion only: one parent missing")
    #expect(Phrases(.vietnamese)(reason) == "chỉ là gợi ý: không có kiểu gen dùng được của một trong hai bố mẹ")
    let verdict = ModelVerdict(model: .recessiveHomozygous, verdict: .fail([.unaffectedCarrier])).wording
    #expect(verdict.description == "AR_hom FAIL(unaffected carrier)")
    #expect(Phrases(.english)(verdict) == "Autosomal recessive, homozygous: does not fit (unaffected carrier)")
    #expect(Phrases(.vietnamese)(verdict).hasPrefix("Lặn trên nhiễm sắc thể thường, đồng hợp tử: không phù hợp ("))
    #expect(["a", "b"].map { Wording(verbatim: $0) }.joined(separator: "; ") == "a; b")
  }
}
