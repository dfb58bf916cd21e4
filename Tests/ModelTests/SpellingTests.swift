import Model
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("epilepsi", "epilepsy", 1), ("Siezure", "seizure", 1), ("kitten", "sitting", 3),
    ("SCN1A", "scn1a", 0), ("ca", "abc", 3),
  ])
  func countsTheSlips(one: String, other: String, distance: Int) {
    #expect(Spelling.distance(one, other) == distance)
    #expect(Spelling.distance(other, one) == distance)
  }

  @Test func suggestsTheNearestInOrder() {
    #expect(Spelling.nearest(to: "panles", among: ["plan", "panel", "panels", "pedigree"]) == ["panels"])
    #expect(Spelling.nearest(to: "eyes", among: ["eyed", "eye", "ear"], limit: 2) == ["eye", "eyed"])
    #expect(Spelling.nearest(to: "reference", among: ["eye"]).isEmpty)
    #expect(Spelling.nearest(to: "", among: ["eye"]).isEmpty)
  }
}
