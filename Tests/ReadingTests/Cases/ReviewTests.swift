import Model
import Reading
import TestSupport
import Testing

/// `review:` of a case file.
@Suite("Reviewers' criteria in a case file")
struct ReviewTests {
  @Test("every key is read, and reaches the case")
  func wholeReview() throws {
    let folder = try CaseFolder(["a.vcf": ""])
    let text = caseText(
      """
      review:
        - variant: chr2:165310413 c>t
          gene: SCN2A
          criteria: [PS3_Moderate, pp4]
          remove: [PM2, PP3_Strong]
          class: Likely pathogenic
          by: A. Berg
          date: 2026-02-28
          signed: 2026-02-28T09:30:00+07:00
          note: a study of 2021
        - {variant: 1-1000-N-<DEL>, remove: BS1, by: "Bo\\nBa"}
      """)
    let (subject, _) = try folder.resolve(text).subject(sampleNames: [["C"]], assembly: .grch38)
    #expect(
      subject.reviews == [
        Review(
          written: "chr2:165310413 c>t", allele: Allele(try #require(Contig(name: "2")), 165_310_413, "C", "T"),
          gene: "SCN2A",
          criteria: [try CriterionCode("PS3_Moderate"), try CriterionCode("PP4")], removed: ["PM2", "PP3"],
          classification: .likelyPathogenic, reviewer: "A. Berg", date: "2026-02-28",
          signed: Instant("2026-02-28T09:30:00+07:00"), note: "a study of 2021"),
        Review(
          written: "1-1000-N-<DEL>", allele: Allele(.chr1, 1_000, "N", "<DEL>"), removed: ["BS1"], reviewer: "Bo Ba"),
      ])
    #expect(subject.reviews[0].title == "of chr2:165310413 c>t in SCN2A by A. Berg")
    #expect(subject.reviews[0].signature == "A. Berg, 2026-02-28")
  }

  static let faults: [(String, [String])] = [
    (
      "review: {variant: 1-1-A-C}\n",
      [
        "case.yaml:2:9: `review` is a map (`variant: …`); write a list of `{variant: CHROM-POS-REF-ALT, criteria: "
          + "[PS3_Moderate], by: NAME}`"
      ]
    ),
    (
      "review: [1-1-A-C]\n",
      [
        "case.yaml:2:10: `review` is the text \"1-1-A-C\"; write `{variant: CHROM-POS-REF-ALT, criteria: [PS3_Moderate], by: "
          + "NAME}` for each variant"
      ]
    ),
    (
      "review: [{variant: 1-1-A-C, criterias: [PP4], by: AB}]\n",
      [
        "case.yaml:2:10: the review says nothing of the variant; add `class:`, `criteria:`, `remove:`, `dismiss:` or `note:`",
        "case.yaml:2:29: unknown key \"criterias\"; did you mean `criteria`?",
      ]
    ),
    (
      "review: [{variant: 1-1-A-C, remove: [PM2], reviewer: AB}]\n",
      [
        "case.yaml:2:10: `by` has no value; give one, or remove the key",
        "case.yaml:2:44: unknown key \"reviewer\"; did you mean `by`?",
      ]
    ),
    (
      "review: [{criteria: [PP4], by: AB}]\n", ["case.yaml:2:10: `variant` has no value; give one, or remove the key"]
    ),
    (
      "review: [{variant: 1-1-A, criteria: [PP4], by: AB}]\n",
      ["case.yaml:2:20: \"1-1-A\" is no allele; write CHROM-POS-REF-ALT, for example 2-165310413-C-T"]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PS3_Modrate, PP4], remove: [PQ2], by: AB}]\n",
      [
        "case.yaml:2:40: \"PS3_Modrate\" has no strength that is known; did you mean PS3_Moderate?",
        "case.yaml:2:68: \"PQ2\" is no ACMG/AMP criterion; did you mean PM2?",
      ]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PP5], by: AB}]\n",
      [
        "case.yaml:2:40: \"PP5\" was retired by ClinGen (2018): the word of another database is no evidence of its own; leave it "
          + "out and give the evidence behind it"
      ]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PM2, PM2_Supporting], by: AB}]\n",
      ["case.yaml:2:45: PM2 is given twice; keep it once, at one strength"]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PP4], by: AB, date: 2026-02-29}]\n",
      ["case.yaml:2:60: \"2026-02-29\" is no date; write YYYY-MM-DD, for example 2026-03-01"]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PP4], by: AB, date: 1.3.2026}]\n",
      ["case.yaml:2:60: \"1.3.2026\" is no date; write YYYY-MM-DD, for example 2026-03-01"]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PP4], by: \" \"}]\n",
      ["case.yaml:2:50: `by` has no value; give one, or remove the key"]
    ),
    (
      "review: [{variant: 1-1-A-C, class: pathogen, by: AB, signed: 2026-03-01}]\n",
      [
        "case.yaml:2:36: \"pathogen\" is no value of `class`; did you mean `pathogenic`?",
        "case.yaml:2:62: \"2026-03-01\" is no time with its zone; write it as 2026-03-01T09:30:00+07:00",
      ]
    ),
    (
      "review: [{variant: 1-1-A-C, criteria: [PP4], by: AB, signed: 2026-03-01T09:30:00Z}]\n",
      ["case.yaml:2:62: the review is signed but gives no class; add `class:`, or remove `signed:`"]
    ),
    (
      "review: [{variant: 1-1-A-C, dismiss: \"–\", by: AB}]\n",
      ["case.yaml:2:38: the dismissal gives no reason; say why after `dismiss:`, or remove it"]
    ),
    (
      "report: {by: AB, signed: 2026-03-01, basis: 0123456789abcdef}\n",
      ["case.yaml:2:26: \"2026-03-01\" is no time with its zone; write it as 2026-03-01T09:30:00+07:00"]
    ),
    (
      "report: {by: AB, sign: x}\n",
      [
        "case.yaml:2:9: `signed` has no value; give one, or remove the key",
        "case.yaml:2:9: `basis` has no value; give one, or remove the key",
        "case.yaml:2:18: unknown key \"sign\"; did you mean `signed`?",
      ]
    ),
    ("reviews: []\n", ["case.yaml:2:1: unknown key \"reviews\"; did you mean `review`?"]),
  ]

  @Test("faults name the place and what was meant", arguments: faults)
  func fault(text: String, messages: [String]) throws {
    #expect(try CaseFolder(["a.vcf": ""]).faults(of: caseText(text)) == messages)
  }

  @Test("a file that holds nothing but a review needs no variants; one without a review is none")
  func reviewAlone() throws {
    let folder = try TemporaryFolder()
    func reviews(_ text: String) throws -> [Review] {
      try CaseFile.reviewed(path: folder.write("r.yaml", text)).reviews
    }
    #expect(try reviews("review: [{variant: 1-1-A-C, criteria: [PP4], by: AB}]\n").map(\.reviewer) == ["AB"])
    for text in ["case: X\n", "review: []\n"] {
      let error = #expect(throws: CaseError.self) { try reviews(text) }
      #expect(error?.description.contains("the file holds no `review:`") == true)
      #expect(error?.reason == .malformedInput)
    }
    let error = #expect(throws: CaseError.self) { try reviews("reviev: [{variant: 1-1-A-C}]\n") }
    #expect(error?.description.contains("did you mean `review`?") == true)
  }
}
