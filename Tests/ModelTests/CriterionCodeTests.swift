import Model
import Testing

@Suite struct CriterionCodeTests {
  @Test(
    "Every code has its own strength",
    arguments: [
      ("PVS1", EvidenceStrength.veryStrong), ("PS1", .strong), ("PS2", .strong), ("PS3", .strong), ("PS4", .strong),
      ("PM1", .moderate), ("PM2", .moderate), ("PM3", .moderate), ("PM4", .moderate), ("PM5", .moderate),
      ("PM6", .moderate), ("PP1", .supporting), ("PP2", .supporting), ("PP3", .supporting), ("PP4", .supporting),
      ("BA1", .standAlone), ("BS1", .strong), ("BS2", .strong), ("BS3", .strong), ("BS4", .strong),
      ("BP1", .supporting), ("BP2", .supporting), ("BP3", .supporting), ("BP4", .supporting), ("BP5", .supporting),
      ("BP7", .supporting),
    ])
  func ownStrength(code: String, strength: EvidenceStrength) throws {
    let read = try CriterionCode(code)
    #expect(read.code == code && read.strength == strength && read.name == code)
    #expect(read.isBenign == code.hasPrefix("B"))
    #expect(read.meaning.description != code)
    #expect(try CriterionCode(code.lowercased()) == read)
    #expect(CriterionCode.known.contains(code) && CriterionCode.known.count == 26)
  }

  @Test(
    "Strengths as people and registries spell them",
    arguments: [
      ("PM2_Supporting", "PM2_Supporting"), ("pm2_SUPPORTING", "PM2_Supporting"), ("PM2_P", "PM2_Supporting"),
      ("PS3_Moderate", "PS3_Moderate"), ("PP1_Strong", "PP1_Strong"), ("PM3_VeryStrong", "PM3_VeryStrong"),
      ("PM3_Very_Strong", "PM3_VeryStrong"), ("PM3_Very Strong", "PM3_VeryStrong"),
      ("PM3-very-strong", "PM3_VeryStrong"),
      ("PVS1_Very", "PVS1"), ("PVS1_Strong", "PVS1_Strong"), ("BS1_Supporting", "BS1_Supporting"),
      ("BA1_Stand_Alone", "BA1"), ("BA1_StandAlone", "BA1"), ("BA1_Stand", "BA1"), ("BS3_Strong", "BS3"),
      ("BP4_VeryStrong", "BP4_VeryStrong"), (" PP4 ", "PP4"),
    ])
  func spelling(text: String, name: String) throws {
    #expect(try CriterionCode(text).name == name)
  }

  @Test(
    "Anything else is an error that names the nearest code",
    arguments: [
      ("PSV1", "'PSV1' is no ACMG/AMP criterion; did you mean PVS1?"),
      ("PMS2_Supporting", "'PMS2_Supporting' is no ACMG/AMP criterion; did you mean PM2_Supporting?"),
      ("BS5", "'BS5' is no ACMG/AMP criterion; did you mean BS1?"),
      ("PM2Supporting", "'PM2Supporting' is no ACMG/AMP criterion; did you mean PM2_Supporting?"),
      ("PS3_Modrate", "'PS3_Modrate' has no strength that is known; did you mean PS3_Moderate?"),
      ("PM2_Sup", "'PM2_Sup' has no strength that is known; did you mean PM2_Supporting?"),
      (
        "PS3_S",
        "'PS3_S' has no strength that is known; write one of PS3_Supporting, PS3_Moderate, PS3_Strong, PS3_VeryStrong"
      ),
      ("BA1_Strong", "'BA1_Strong' cannot be Strong: BA1 stands alone; write BA1, or BS1 with a strength"),
      ("BS1_Stand_Alone", "'BS1_Stand_Alone' cannot stand alone: only BA1 does; write BA1, or BS1"),
      (
        "PP5_Strong",
        "'PP5_Strong' was retired by ClinGen (2018): the word of another database is no evidence of its own; leave it out and "
          + "give the evidence behind it"
      ),
    ])
  func faults(text: String, message: String) {
    let error = #expect(throws: CriterionFault.self) { try CriterionCode(text) }
    #expect(error?.description == message)
  }

  @Test("What resembles no code lists all of them", arguments: ["", "  ", "_", "pathogenic", "12"])
  func unlike(text: String) {
    let error = #expect(throws: CriterionFault.self) { try CriterionCode(text) }
    #expect(error?.reason == .unknown(nearest: nil))
    #expect(error?.remedy.hasPrefix("write one of BA1, BP1, ") == true)
  }

  @Test("BP6 is refused with the reason") func retired() {
    #expect(throws: CriterionFault.self) { try CriterionCode("bp6") }
    #expect(!CriterionCode.known.contains("BP6") && !CriterionCode.known.contains("PP5"))
  }
}

@Suite struct AlleleTextTests {
  @Test(arguments: [
    "2-165310413-C-T", "chr2:165310413:C:T", "2:165310413 c>t", "chr2_165310413_C_T", "2-165310413-C/T",
  ])
  func spellings(text: String) throws {
    #expect(try Allele(text: text).name == "2-165310413-C-T")
  }

  @Test(
    arguments: [
      ("2-165310413-C", .parts), ("2-0-C-T", .parts), ("nowhere-1-C-T", .parts), ("2-1e3-C-T", .parts), ("", .parts),
      ("2-1-C-U", .bases), ("2-1-R-T", .bases),
    ] as [(String, Allele.TextFault)])
  func faults(text: String, fault: Allele.TextFault) {
    #expect(throws: fault) { try Allele(text: text) }
  }

  @Test func symbolicAllelesHaveNoEndToCompare() throws {
    let asked = try Allele(text: "1-1000-N-<DEL>")
    #expect(Allele(.chr1, 1_000, "N", "<DEL>", end: 5_000).isSame(as: asked))
    #expect(!Allele(.chr1, 1_001, "N", "<DEL>", end: 5_000).isSame(as: asked))
    #expect(!Allele(.chr1, 1_000, "N", "<DUP>", end: 5_000).isSame(as: asked))
  }
}
