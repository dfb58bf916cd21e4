import Model
import Screening
import Testing

/// An expression that means nothing is refused, with the place and a name that may have been meant.
@Suite struct ExpressionErrorTests {
  static let header = ExpressionFixture.header

  static func error(_ text: String, pedigree: Pedigree? = nil) -> ExpressionError? {
    do {
      _ = try FilterExpression(text, header: header, resources: ExpressionResources(pedigree: pedigree))
      return nil
    } catch {
      return error
    }
  }

  @Test func pointsIntoTheText() {
    let error = Self.error("QUAL>30 && INFO/AFF<0.01")
    #expect(error?.range == 11..<19)
    #expect(
      error?.description == """
        QUAL>30 && INFO/AFF<0.01
                   ^~~~~~~~
        the header defines no INFO field 'AFF'; did you mean 'INFO/AF'?
        """)
  }

  @Test func countsCharactersForTheCaret() {
    let error = Self.error("ST=\"naïve\" && DPP>1")
    #expect(error?.description.split(separator: "\n")[1] == "              ^~~")
  }

  @Test(arguments: [
    ("DPP>1", ExpressionError.Reason.unknownName("DPP"), "INFO/DP"),
    ("FMT/GQQ>1", .unknownFormat("GQQ"), "FORMAT/GQ"),
    ("qal>1", .unknownName("qal"), "QUAL"),
    ("FILTER=\"PAS\"", .unknownFilter("PAS"), "PASS"),
    ("TYPE=\"indle\"", .unknownType("indle"), "indel"),
    ("CSQ.IMPCT=HIGH", .unknownSubfield("IMPCT", annotation: "CSQ"), "CSQ.IMPACT"),
    ("CSQ.IMPACT>=MODRATE", .unknownImpact("MODRATE"), "MODERATE"),
    ("CSQ.Consequence is_a \"missens_variant\"", .unknownTerm("missens_variant"), "missense_variant"),
    ("BOTH>1", .ambiguousName("BOTH"), "INFO/BOTH"),
    ("AD[0]>1", .needsElement("AD"), "FORMAT/AD[0:*]"),
    ("DB", .notATest("DB"), "DB=1"),
    ("MAXX(DP)>1", .unknownFunction("MAXX"), "MAX"),
  ]) func suggests(text: String, reason: ExpressionError.Reason, suggestion: String) {
    let error = Self.error(text)
    #expect(error?.reason == reason)
    #expect(error?.suggestion == suggestion)
  }

  @Test(arguments: [
    ("", ExpressionError.Reason.empty, 0), ("QUAL>", .unexpectedEnd, 5), ("(QUAL>1", .unclosedParenthesis, 0),
    ("QUAL>1)", .unexpected(")"), 6), ("ST=\"a", .unclosedQuote, 3), ("AF[0>1", .unclosedBracket, 0),
    ("QUAL>1 QUAL<2", .unexpected("QUAL"), 7), ("ST=1", .textAgainstNumber, 0), ("QUAL=\"30\"", .textAgainstNumber, 5),
    ("DP", .notATest("DP"), 0), ("1+2", .notATest("1+2"), 0), ("QUAL>1 + (DP>1)", .notAValue, 10),
    ("1<DP<3", .notAValue, 2), ("DP~1", .patternNeeded, 3), ("ST~\"a\\(\"", .badPattern("a\\(", ""), 3),
    ("fisher(AD)<1", .notSupported("fisher()"), 0), ("perl.x(DP)>1", .notSupported("perl"), 0),
    ("GQ[9]>1", .sampleIndex(9, samples: 4), 0), ("AF[a]>1", .badSubscript("a"), 0),
    ("N_PASS(DP>1)>1", .needsSamples("N_PASS"), 7),
    ("kid.het", .noPedigree("kid"), 0), ("ID>\"a\"", .wrongOperator("ID", allowed: "=, !=, ~ and !~"), 0),
    ("TYPE=DP", .wrongOperator("TYPE", allowed: "a type in quotes"), 5),
    ("EFF.IMPACT=HIGH", .unknownName("EFF.IMPACT"), 0),
    ("DP is_a \"x\"", .wrongOperator("is_a", allowed: "a consequence sub-field on its left"), 3),
    ("CSQ.SYMBOL>\"A\"", .wrongOperator("CSQ.SYMBOL", allowed: "=, !=, ~ and !~ against text"), 11),
    ("IN_PANEL(\"none\")", .resource("none", "nothing of this name can be read here"), 9),
  ]) func refuses(text: String, reason: ExpressionError.Reason, start: Int) {
    let error = Self.error(text)
    if case .badPattern = reason, case .badPattern = error?.reason {
      // The C library words the rest.
    } else {
      #expect(error?.reason == reason)
    }
    #expect(error?.range.lowerBound == start || start == 0 && error?.range.lowerBound == 0, "\(error?.range ?? 0..<0)")
    #expect(error?.description.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
  }

  @Test func refusesDeepNesting() {
    let text = String(repeating: "(", count: 100_000) + "1=1"
    #expect(Self.error(text) != nil)
  }

  @Test func refusesAFamilyThatTheFileDoesNotHave() {
    let pedigree = Pedigree([Individual(id: "somebody", family: "F", father: "a", mother: "b")])
    #expect(Self.error("kid.het", pedigree: pedigree)?.reason == .noBinding("kid.het"))
    #expect(Self.error("kid.hett", pedigree: pedigree)?.suggestion == "kid.het")
    #expect(Self.error("kid.gq>1", pedigree: pedigree)?.suggestion == "kid.GQ")
    #expect(Self.error("affected.GQ>unaffected.GQ", pedigree: pedigree)?.reason == .twoGroups)
  }
}
