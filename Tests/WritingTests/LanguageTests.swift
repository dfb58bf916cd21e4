import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// Every language has every word, and no word is without a use.
@Suite struct LanguageTests {
  /// Words that are asked for by a family and the raw value of an enum.
  private static let families: Set<String> = {
    var keys: Set<String> = []
    func add(_ family: String, _ values: [String]) { keys.formUnion(values.map { "\(family).\($0)" }) }
    add("reason", VerdictReason.allCases.map(\.rawValue))
    add("removal", Removal.allCases.map(\.rawValue))
    add("stage", Removal.allCases.map(\.rawValue))
    add("model", InheritanceModel.allCases.map(\.rawValue))
    add("mode", ModeOfInheritance.allCases.map(\.rawValue))
    add("zygosity", GenotypeState.allCases.map(\.rawValue) + ["homoplasmic", "heteroplasmic"])
    add("verdict", ["PASS", "POSSIBLE", "FAIL"])
    add("significance", ["P", "P/LP", "LP", "conflicting", "VUS", "LB", "B/LB", "B"])
    add("note", Genotype.Note.allCases.map(\.rawValue))
    add("check", QualityCheck.Kind.allCases.map(\.rawValue))
    add("near_miss", NearMiss.Kind.allCases.map(\.rawValue))
    add("standing", SecondaryFindings.Person.Standing.allCases.map(\.rawValue))
    add("ground", SecondaryFinding.Ground.allCases.map(\.rawValue))
    add("confidence", PanelConfidence.allCases.map(\.rawValue))
    add("result", Conclusion.Kind.allCases.map(\.rawValue))
    add("outcome", [CheckOutcome.pass, .warning, .fail, .notEvaluable].map(\.rawValue))
    add("phase", [PairPhase.confirmedTrans, .probableTrans, .unphased, .unknown, .probableCis, .cis].map(\.rawValue))
    add("origin", [ParentOfOrigin.mother, .father, .both, .unknown, .deNovo].map(\.rawValue))
    add("sex", [Sex.male, .female, .unknown].map(\.rawValue))
    add("term", SequenceOntologyTerm.allKnown.map(\.name))
    add("batch_fault", ["64", "65", "66", "70", "73", "74", "other"])
    add("impact", Impact.allCases.map(\.rawValue))
    add("status", [AffectedStatus.affected, .unaffected, .unknown].map(\.rawValue))
    add("structure", [Pedigree.Structure.singleton, .duo, .trio, .quad, .extended].map(\.rawValue))
    add("repeat", RepeatFinding.Conclusion.allCases.map(\.rawValue))
    add("class", ["P", "LP", "VUS", "LB", "B"])
    add("frequency", ["NODATA", "ZERO"])
    add(
      "input",
      [
        "variants", "pedigree", "panel", "case", "cohort", "reference", "review", "alignment", "alignment index",
        "template", "logo", "phenotypes", "reference index",
      ])
    add("coverage", GeneCoverage.Verdict.allCases.map(\.rawValue))
    add("gap", CoverageGap.Cause.allCases.map(\.rawValue))
    add("aspect", EvidenceDifference.Aspect.allCases.map(\.rawValue))
    add("change", FindingChange.Kind.allCases.map(\.rawValue))
    add("changed", ChangedInput.Kind.allCases.map(\.rawValue))
    add("store", ["frequency", "clinvar", "scores", "genes"])
    // Codes of the databases, as the fields of a file name their groups.
    add(
      "ancestry",
      ["aa", "afr", "ami", "amr", "asj", "ea", "eas", "eur", "fin", "mid", "nfe", "oth", "remaining", "sas"])
    add("population", ["kgp_AF_KHV"])
    return keys
  }()

  /// Words that the sources and templates ask for by name.
  private static func namedKeys() throws -> Set<String> {
    let folder = URL(fileURLWithPath: Checkout.directory + "/Sources/Writing").resolvingSymlinksInPath()
    var keys: Set<String> = []
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    for name in names where name.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      // A key is a string literal of lower-case words; every literal that is one in English counts as asked for.
      for match in text.matches(of: /"([a-z_.]+)"/) { keys.insert(String(match.1)) }
    }
    for name in names where name.hasSuffix(".mustache") {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for match in text.matches(of: /\{\{t\.([a-z_]+)\}\}/) { keys.insert("t." + match.1) }
    }
    #expect(keys.count > 100, "no sources found in \(folder.path)")
    return keys
  }

  /// Phrases that English has in a form for one: those of every language that go with a count.
  private static let counted = Set(
    Phrases(.english).words.keys.filter { $0.hasSuffix(".one") }.map { String($0.dropLast(4)) })

  /// The keys that a language must have: those of English, in its own forms.
  private static func keys(of language: Language) -> Set<String> {
    let plain = Phrases(.english).words.keys.filter { stem($0) == $0 }
    return Set(plain).union(counted.flatMap { stem in language.file.plural.names.map { "\(stem).\($0)" } })
  }

  /// `batch_sentence` of `batch_sentence.one`; other keys as they are.
  private static func stem(_ key: String) -> String {
    let name = key.split(separator: ".").dropLast().joined(separator: ".")
    return counted.contains(name) ? name : key
  }

  @Test func filesAreWholeAndListed() throws {
    let folder = URL(fileURLWithPath: Checkout.directory + "/Sources/Writing/Languages").resolvingSymlinksInPath()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == Language.allCases.map { "\($0.rawValue).json" }.sorted())
    for name in names {
      let bytes = try Data(contentsOf: folder.appending(path: name))
      let file = try JSONDecoder().decode(LanguageFile.self, from: bytes)
      #expect(!file.name.isEmpty && file.name == Language(rawValue: String(name.dropLast(5)))?.name)
    }
    #expect(LocalText.languages == Language.allCases.map(\.rawValue))
    #expect(Language.allCases.map(\.name) == ["English", "Tiếng Việt"])
    #expect(Language(rawValue: "xx") == nil && Language(rawValue: "vi") != .english)
    #expect(Language.english.file.plural.names == ["one", "other"])
    #expect(Language.vietnamese.file.plural.names == ["other"])
  }

  @Test func everyWordHasAUse() throws {
    let named = try Self.namedKeys()
    let english = Set(Phrases(.english).words.keys.map(Self.stem))
    #expect(Self.counted.count > 30)
    let unused = english.filter { !named.contains($0) && !named.contains("t.\($0)") && !Self.families.contains($0) }
    #expect(unused.isEmpty, "unused: \(unused.sorted())")
  }

  @Test(arguments: Language.allCases)
  func noWordIsMissing(language: Language) throws {
    #expect(Set(Phrases(language).words.keys) == Self.keys(of: language))
    let words = Set(Phrases(language).words.keys.map(Self.stem))
    var asked = Self.families
    for key in try Self.namedKeys() where key.hasPrefix("t.") { asked.insert(String(key.dropFirst(2))) }
    for text in try Self.calls() { asked.insert(text) }
    #expect(asked.subtracting(words).sorted() == [])
    #expect(Phrases(language).words.values.allSatisfy { !$0.isEmpty })
  }

  /// Keys in calls of the phrases: `phrases("…")`, and the keys that a conclusion or a role is made of.
  private static func calls() throws -> Set<String> {
    let folder = URL(fileURLWithPath: Checkout.directory + "/Sources/Writing").resolvingSymlinksInPath()
    var keys: Set<String> = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for match in text.matches(of: /phrases\(\s*"([a-z_.]+)"/) { keys.insert(String(match.1)) }
      for match in text.matches(
        of: /"((?:conclusion_|next\.|role\.|explain\.|relationships_|further_(?:all|cut))[a-z_]*)"/)
      {
        keys.insert(String(match.1))
      }
    }
    return keys
  }

  /// A translation holds the same places for values as the original; only the form for one may leave the count out.
  @Test(arguments: Language.allCases)
  func translationsKeepTheirPlaces(language: Language) {
    func places(_ text: String?) -> Set<String> { Set((text ?? "").matches(of: /\{[a-z]+\}/).map { String($0.0) }) }
    let english = Phrases(.english).words
    for (key, text) in Phrases(language).words {
      let stem = Self.stem(key)
      let original = places(english[stem == key ? key : "\(stem).other"])
      #expect(
        places(text) == original
          || (key != stem && key.hasSuffix(".one") && places(text) == original.subtracting(["{count}"])),
        "\(key)")
    }
  }

  /// A term that is translated keeps its name, by which the tables and other programs know it.
  @Test func consequenceTermsKeepTheirNames() {
    #expect(SequenceOntologyTerm.allKnown.count == 43)
    let (english, vietnamese) = (Phrases(.english), Phrases(.vietnamese))
    for name in SequenceOntologyTerm.allKnown.map(\.name) {
      #expect(english.word("term", name) == name)
      #expect(vietnamese.word("term", name).hasSuffix(" (\(name))"), "\(name)")
    }
    #expect(vietnamese.word("term", "missense_variant") == "biến thể sai nghĩa (missense_variant)")
    #expect(vietnamese.word("term", "own_word") == "own_word")
  }

  @Test func numbersFollowTheLanguage() {
    #expect(Phrases(.english).count(1_234_567) == "1,234,567")
    #expect(Phrases(.vietnamese).count(1_234_567) == "1.234.567")
    #expect(Phrases(.vietnamese).localized("0.99") == "0,99")
    #expect(Phrases(.english).fraction(6.0987e-6) == "6.1×10⁻⁶")
    #expect(Phrases(.vietnamese).fraction(6.13e-6) == "6,13×10⁻⁶")
    #expect(Phrases(.english)(Wording(number: "5.425e-05")) == "5.425×10⁻⁵")
    #expect([0, 1, 0.000_123_456, 0.0123].map { Phrases(.english).fraction($0) } == ["0", "1", "0.000123", "0.0123"])
    #expect(Phrases(.english).localized("1e+16") == "1×10¹⁶" && Phrases(.english).localized("none") == "none")
    #expect(Phrases(.vietnamese).moment("2026-11-27T19:39:17Z") == "27/11/2026 19:39 UTC")
    #expect(Phrases(.vietnamese).moment("yesterday") == "yesterday" && Phrases(.vietnamese).day("a-b-c") == "a-b-c")
    let absent: Wording = "absent from \(1_614_000) chromosomes"
    #expect(absent.description == "absent from 1614000 chromosomes")
    #expect(Phrases(.english)(absent) == "absent from 1,614,000 chromosomes")
    #expect(
      Phrases(.english)("hint", ["class": "{points}", "points": "+3"]).hasPrefix("{points}? (automated points +3"))
  }
}
