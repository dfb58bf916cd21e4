import Model
import TestSupport
import Testing

@testable import Screening

@Suite struct QualityKinshipTests {
  /// Four generations, with a half-sibling by a father who is named but not listed, and a child of first cousins.
  private static let pedigree = Pedigree([
    Individual(id: "inbred", father: "cousin1", mother: "cousin2"),
    Individual(id: "cousin1", father: "uncle", mother: "spouse1"),
    Individual(id: "cousin2", father: "spouse2", mother: "aunt"),
    Individual(id: "uncle", father: "grandfather", mother: "grandmother"),
    Individual(id: "aunt", father: "grandfather", mother: "grandmother"),
    Individual(id: "half", father: "absent", mother: "grandmother"),
    Individual(id: "halfOfHalf", father: "absent", mother: "spouse1"),
    Individual(id: "spouse1"), Individual(id: "spouse2"),
    Individual(id: "grandfather"), Individual(id: "grandmother"),
  ])

  @Test(arguments: [
    ("uncle", "uncle", 0.5), ("uncle", "grandfather", 0.25), ("uncle", "aunt", 0.25), ("uncle", "half", 0.125),
    ("half", "halfOfHalf", 0.125), ("cousin1", "grandmother", 0.125), ("cousin1", "aunt", 0.125),
    ("cousin1", "cousin2", 0.0625), ("cousin1", "half", 0.0625), ("inbred", "inbred", 0.5 + 0.03125),
    ("inbred", "cousin1", 0.25 + 0.03125), ("grandfather", "grandmother", 0), ("spouse1", "aunt", 0),
  ])
  func predictsKinship(first: String, second: String, expected: Double) throws {
    var kinship = PedigreeKinship(Self.pedigree)
    let places = try (#require(Self.pedigree.position(of: first)), #require(Self.pedigree.position(of: second)))
    #expect(kinship.coefficient(places.0, places.1) == expected)
    #expect(kinship.coefficient(places.1, places.0) == expected)
  }

  @Test func aPersonWhoIsTheirOwnAncestorDoesNotHang() {
    let loop = Pedigree([
      Individual(id: "a", father: "b"), Individual(id: "b", father: "c"), Individual(id: "c", father: "a", mother: "c"),
    ])
    var kinship = PedigreeKinship(loop)
    #expect((0...0.5).contains(kinship.coefficient(0, 2)))
  }

  @Test(arguments: [
    (0.005, 2, "0.01"), (-0.25, 3, "-0.250"), (-0.0001, 2, "0.00"), (12, 0, "12"), (1.996, 2, "2.00"),
    (57.9436, 1, "57.9"),
  ])
  func writesNumbersAlikeEverywhere(value: Double, places: Int, text: String) {
    #expect(QualityText.decimal(value, places).description == text)
  }
}
