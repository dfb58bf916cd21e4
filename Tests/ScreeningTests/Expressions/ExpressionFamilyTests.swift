import Model
import Screening
import TestSupport
import Testing

@Suite struct ExpressionFamilyTests {
  static let family = Pedigree([
    Individual(id: "kid", family: "F", father: "dad", mother: "mom", sex: .female, status: .affected),
    Individual(id: "mom", family: "F", sex: .female, status: .unaffected),
    Individual(id: "dad", family: "F", sex: .male, status: .unaffected),
    Individual(id: "sib", family: "F", father: "dad", mother: "mom", sex: .male, status: .unaffected),
  ])

  /// Columns: kid, mom, dad, sib.
  @Test(arguments: [
    ("kid.het && mom.hom_ref && dad.hom_ref", ["0/1", "0/0", "0/0", "0/0"], true),
    ("kid.het && mom.hom_ref && dad.hom_ref", ["0/1", "0/1", "0/0", "0/0"], false),
    // The brother is a child of the same parents.
    ("kid.het && mom.hom_ref && dad.hom_ref", ["0/0", "0/0", "0/0", "0/1"], true),
    ("kid.hom_alt && mom.het && dad.het", ["1/1", "0/1", "0/1", "0/0"], true),
    ("kid.hom_alt && mom.het && dad.het", ["1/2", "0/1", "0/2", "0/0"], false),
    ("kid.het && mom.het && dad.het", ["1/2", "0/1", "0/2", "0/0"], true),
    ("kid.missing", ["./1", "0/0", "0/0", "0/0"], true), ("kid.alt", ["./1", "0/0", "0/0", "0/0"], true),
    ("kid.phased", ["0|1", "0/0", "0/0", "0/0"], true), ("mom.phased", ["0|1", "0/0", "0/0", "0/0"], false),
    ("!kid.alt", ["0/1", "0/0", "0/0", "0/0"], true), ("!kid.alt", ["0/1", "0/0", "0/0", "0/1"], false),
    ("affected.het", ["0/1", "0/0", "0/0", "0/0"], true), ("affected.het", ["0/0", "0/1", "0/0", "0/0"], false),
    ("affected.alt && unaffected.hom_ref", ["0/1", "0/0", "0/0", "0/0"], true),
    ("affected.alt && unaffected.hom_ref", ["0/1", "0/0", "0/0", "0/1"], false),
    ("unaffected.het", ["0/1", "0/1", "0/1", "0/1"], true), ("mom.het || dad.het", ["0/0", "0/0", "0/1", "0/0"], true),
    ("kid.het && GT[3]=\"het\"", ["0/1", "0/0", "0/0", "0/1"], true),
  ]) func genotypes(text: String, calls: [String], expected: Bool) throws {
    #expect(try ExpressionFixture.holds(text, format: "GT", calls, pedigree: Self.family) == expected)
  }

  @Test(arguments: [
    ("kid.GQ>=20", true), ("kid.GQ>40", false), ("kid.GQ>dad.GQ", true), ("mom.GQ=\".\"", true), ("mom.GQ>=0", false),
    ("kid.AD[1]=15", true), ("kid.AD[0]=5", true), ("kid.AB=0.75", true), ("kid.AB>0.8", false), ("mom.AB=0", true),
    ("affected.GQ>=20", true), ("unaffected.GQ>=10", false), ("unaffected.AD[0]>=10", true), ("kid.GQ-dad.GQ=10", true),
    ("kid.het && kid.GQ>=20 && dad.GQ<25 && QUAL>40", true), ("kid.GQ>25 & kid.AD[1]>10", true),
    ("sum(kid.AD)=20", true), ("kid.het & kid.GQ>90", false),
  ]) func fields(text: String, expected: Bool) throws {
    let columns = ["0/1:30:5,15", "0/0:.:10,0", "0/0:20:12,0", "0/0:20:12,0"]
    #expect(try ExpressionFixture.holds(text, format: "GT:GQ:AD", columns, pedigree: Self.family) == expected)
  }

  /// One of several families is enough, and all of it must be the same family.
  @Test func manyFamilies() throws {
    let pedigree = Pedigree([
      Individual(id: "kid", family: "A", mother: "mom", status: .affected),
      Individual(id: "mom", family: "A", status: .unaffected),
      Individual(id: "sib", family: "B", mother: "dad", status: .affected),
      Individual(id: "dad", family: "B", status: .unaffected),
    ])
    func holds(_ text: String, _ calls: [String]) throws -> Bool {
      try ExpressionFixture.holds(text, format: "GT", calls, pedigree: pedigree)
    }
    #expect(try holds("kid.het && mom.hom_ref", ["0/0", "0/0", "0/0", "0/1"]))
    #expect(try !holds("kid.het && mom.hom_ref", ["0/1", "0/1", "0/0", "0/0"]))
    #expect(try holds("affected.het && unaffected.hom_ref", ["0/1", "0/0", "0/1", "0/1"]))
    #expect(try !holds("affected.het && unaffected.hom_ref", ["0/1", "0/1", "0/0", "0/0"]))
    #expect(throws: ExpressionError.self) { try holds("dad.het", ["0/1", "0/1", "0/0", "0/0"]) }
  }

  @Test func nobodyAffected() throws {
    let pedigree = Pedigree([
      Individual(id: "kid", family: "F", mother: "mom", status: .unknown),
      Individual(id: "mom", family: "F", status: .unknown),
    ])
    let calls = ["0/1", "0/1", "0/1", "0/1"]
    #expect(try !ExpressionFixture.holds("affected.het", format: "GT", calls, pedigree: pedigree))
    #expect(try ExpressionFixture.holds("unaffected.hom_ref", format: "GT", calls, pedigree: pedigree))
    #expect(try !ExpressionFixture.holds("affected.GQ>1", format: "GT", calls, pedigree: pedigree))
    #expect(try ExpressionFixture.holds("unaffected.GQ>1", format: "GT", calls, pedigree: pedigree))
  }

  /// The planes' answer for many rows is the answer row by row that the words spell out with GT.
  @Test func agreesWithSubscripts() throws {
    var random = SplitMix64(seed: 11)
    let calls = ["0/0", "0/1", "1/1", "./.", "1|0", "2/1"]
    let lines = (1...200).map { row in
      let columns = (0..<4).map { _ in calls.randomElement(using: &random) ?? "0/0" }
      return "chr1\t\(row)\t.\tA\tG,T\t.\t.\t.\tGT\t" + columns.joined(separator: "\t")
    }
    let family = Pedigree(Array(Self.family.individuals.prefix(3)))
    for (words, plain) in [
      ("kid.het && mom.hom_ref && dad.hom_ref", "GT[0]=\"het\" && GT[1]=\"RR\" && GT[2]=\"RR\""),
      ("kid.hom_alt || dad.missing", "GT[0]=\"AA\" || GT[2]=\"mis\""),
      ("!(kid.alt || mom.alt)", "GT[0-1]!=\"alt\" & GT[0]!=\"alt\" && GT[1]!=\"alt\""),
    ] {
      #expect(
        try ExpressionFixture.answers(words, lines, pedigree: family) == ExpressionFixture.answers(plain, lines),
        "\(words)")
    }
  }
}
