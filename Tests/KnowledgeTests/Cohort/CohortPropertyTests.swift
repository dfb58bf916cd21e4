import Knowledge
import Model
import TestSupport
import Testing

@Suite("The cohort beside a plain dictionary")
struct CohortPropertyTests {
  /// The same counts from a dictionary of everybody's genotypes.
  private struct Plain {
    var people: [Individual] = []
    var genotypes: [String: [Allele: Carriage]] = [:]

    /// Children of this test have both parents in the family, so that founders are a largest unrelated set unless they are gone.
    func counts(_ allele: Allele, excluding family: String?) -> String {
      var (copies, number, carriers, homozygotes, hemizygotes) = (0, 0, 0, 0, 0)
      let present = people.filter { genotypes[$0.id] != nil && $0.family != family }
      let ids = Set(present.map(\.id))
      for person in present {
        let carriage = genotypes[person.id]?[allele]
        let ploidy =
          switch (allele.contig, person.sex) {
          case (.x, .male), (.y, .male): 1
          case (.y, .female): 0
          default: 2
          }
        if let carriage, carriage != .missing { carriers += 1 }
        if carriage == .homozygous { homozygotes += 1 }
        if carriage == .hemizygous { hemizygotes += 1 }
        let hasParent = [person.father, person.mother].contains { $0.map { ids.contains($0) } ?? false }
        let sister = present.first { $0.family == person.family && $0.father != nil }
        let counts = person.father == nil || (!hasParent && sister?.id == person.id)
        if counts, ploidy > 0, carriage != .missing {
          number += ploidy
          copies += carriage == .homozygous ? 2 : carriage == nil ? 0 : 1
        }
      }
      return "\(copies)/\(number) \(carriers) \(homozygotes) \(hemizygotes)"
    }
  }

  @Test("Random families, replaced and removed, over many additions", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alleles =
      (0..<30).map { Allele(.chr1, 16_000 + $0 * 40, "A", $0 % 3 == 0 ? "AT" : "G") }
      + [Allele(.x, 50_000_000, "A", "G"), Allele(.y, 15_000_000, "C", "T")]
    let cohort = try CohortFixture()
    var plain = Plain()
    // More additions than stand unmerged, so that merging is tested too.
    for family in 0..<24 {
      let people = Self.family(family, using: &random)
      let genotypes = Self.genotypes(of: people, alleles, using: &random)
      try cohort.add(people, Self.byAllele(genotypes), digest: "\(family)")
      plain.people += people
      plain.genotypes.merge(genotypes) { $1 }
      if family % 7 == 3 {
        let again = Self.genotypes(of: people, alleles, using: &random)
        try cohort.add(people, Self.byAllele(again), digest: "\(family) again", replaces: true)
        plain.genotypes.merge(again) { $1 }
      }
      if family % 5 == 4, let gone = people.randomElement(using: &random) {
        try cohort.remove([gone.id])
        plain.genotypes[gone.id] = nil
      }
    }
    for excluded in [nil, "F3", "F4", "F23"] {
      let counts = try Cohort(path: cohort.path).counts(of: alleles.shuffled(using: &random), excludingFamily: excluded)
      #expect(counts.count == alleles.count)
      for allele in alleles {
        #expect(try cohort.counts(allele, excluding: excluded).brief == plain.counts(allele, excluding: excluded))
      }
    }
  }

  /// Two parents with none to three children, or one person.
  private static func family(_ number: Int, using random: inout SplitMix64) -> [Individual] {
    let name = "F\(number)"
    if number % 4 == 0 { return [.person("\(name)-a", name, Bool.random(using: &random) ? .male : .female)] }
    let parents: [Individual] = [.person("\(name)-a", name, .male), .person("\(name)-b", name)]
    return parents
      + (0..<Int.random(in: 0...3, using: &random)).map { child in
        .person(
          "\(name)-c\(child)", name, Bool.random(using: &random) ? .male : .female, father: "\(name)-a",
          mother: "\(name)-b")
      }
  }

  private static func genotypes(
    of people: [Individual], _ alleles: [Allele], using random: inout SplitMix64
  ) -> [String: [Allele: Carriage]] {
    var result: [String: [Allele: Carriage]] = [:]
    for person in people {
      result[person.id] = [:]
      for allele in alleles where Int.random(in: 0..<3, using: &random) == 0 {
        let states: [Carriage] =
          switch (allele.contig, person.sex) {
          case (.y, .female): []
          case (.x, .male), (.y, _): [.hemizygous, .missing]
          default: [.heterozygous, .heterozygous, .homozygous, .missing]
          }
        result[person.id]?[allele] = states.randomElement(using: &random)
      }
    }
    return result
  }

  private static func byAllele(_ genotypes: [String: [Allele: Carriage]]) -> [Allele: [String: Carriage]] {
    var result: [Allele: [String: Carriage]] = [:]
    for (person, carried) in genotypes {
      for (allele, carriage) in carried { result[allele, default: [:]][person] = carriage }
    }
    return result
  }
}
