import Model
import Testing

@testable import Knowledge

@Suite("Unrelated members of a family")
struct UnrelatedMembersTests {
  private static let grandfather = Individual.person("gf", "F", .male)
  private static let grandmother = Individual.person("gm")
  private static let mother = Individual.person("m", father: "gf", mother: "gm")
  private static let uncle = Individual.person("u", "F", .male, father: "gf", mother: "gm")
  private static let father = Individual.person("f", "F", .male)
  private static let aunt = Individual.person("a")
  private static let child = Individual.person("c", father: "f", mother: "m")
  private static let cousin = Individual.person("k", father: "u", mother: "a")
  private static let all = [grandfather, grandmother, mother, uncle, father, aunt, child, cousin]

  @Test(
    "A largest set, founders first",
    arguments: [
      (["c"], ["c"]), (["c", "m"], ["m"]), (["c", "f", "m"], ["f", "m"]), (["m", "u"], ["m"]),
      // Cousins are related through grandparents who have no sample.
      (["c", "k"], ["c"]), (["c", "a"], ["a", "c"]), (["c", "k", "f", "a"], ["a", "f"]),
      (["gf", "gm", "m", "u", "f", "a", "c", "k"], ["a", "f", "gf", "gm"]), ([], []),
    ])
  func chosen(samples: [String], expected: [String]) {
    var members = UnrelatedMembers(family: Self.all)
    #expect(members.chosen(among: samples).sorted() == expected)
    var reversed = UnrelatedMembers(family: Self.all.reversed())
    #expect(reversed.chosen(among: samples.reversed()).sorted() == expected)
  }

  @Test("A pedigree that runs in a circle comes to an end")
  func circle() {
    var members = UnrelatedMembers(family: [.person("a", father: "b"), .person("b", father: "a"), .person("x")])
    #expect(members.chosen(among: ["a", "b", "x"]).count == 2)
  }
}
