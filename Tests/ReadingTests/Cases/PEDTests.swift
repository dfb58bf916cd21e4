import Foundation
import Model
import Reading
import TestSupport
import Testing

@Suite("PED files")
struct PEDTests {
  private func resolve(_ ped: String) throws -> (folder: CaseFolder, result: Result<ResolvedCase, CaseError>) {
    let folder = try CaseFolder(["a.vcf": "", "t.ped": ped])
    do {
      return (folder, .success(try folder.resolve(caseText("pedigree: t.ped\n"))))
    } catch {
      return (folder, .failure(error))
    }
  }

  private func individuals(_ ped: String, samples: [String]) throws -> [Individual] {
    try resolve(ped).result.get().subject(sampleNames: [samples], assembly: .grch38).subject.pedigree.individuals
  }

  private let trio = [
    Individual(id: "C", family: "F", father: "D", mother: "M", sex: .female, status: .affected),
    Individual(id: "D", family: "F", sex: .male, status: .unaffected),
    Individual(id: "M", family: "F", sex: .female, status: .unaffected),
  ]

  @Test(
    "the same trio in many spellings",
    arguments: [
      "F\tC\tD\tM\t2\t2\nF\tD\t0\t0\t1\t1\nF\tM\t0\t0\t2\t1\n",
      "F  C   D\tM  2 2\nF\t D 0 0 1 1\n  F M 0 0 2 1",
      "#family id father mother sex phenotype\r\nF C D M 2 2\r\n\r\nF D -9 -9 1 1\r\n# note\r\nF M . None 2 1\r\n",
      "family_id sample_id paternal_id maternal_id sex phenotype\nF C D M female affected\nF D 0 0 male unaffected\n"
        + "F M 0 0 Female UNAFFECTED\n",
      "F\tC\tD\tM\t2\t2\tHP:0001250\tx y\nF\tD\t\t\t1\t1\t\nF\tM\t\t\t2\t1\n",
      "\u{FEFF}F C D M F 2\nF D 0 0 M 1\nF M 0 0 F 1\n",
    ])
  func spellings(ped: String) throws {
    #expect(try individuals(ped, samples: ["C", "D", "M"]) == trio)
  }

  @Test("ids may hold spaces where tabs separate")
  func spacesInIDs() throws {
    let people = try individuals("F\tJohn S\t0\t0\t1\t2\n", samples: ["John S"])
    #expect(people.map(\.id) == ["John S"])
  }

  @Test("all faults of a file are told at once, each at its column")
  func faults() throws {
    let (folder, result) = try resolve(
      """
      F A A 0 1 2
      F B C D 1 1
      F C 0 0 2 1
      F D 0 0 1 1
      F B 0 0 1 3
      F E G G 5 2
      F G 0 0 0 affcted
      F X Y 0 1 1
      F Y X 0 1 1
      F Z
      E Q D 0 2 1
      """)
    guard case .failure(let error) = result else {
      Issue.record("a fault is expected")
      return
    }
    #expect(error.reason == .malformedInput)
    #expect(
      folder.lines(error) == [
        "t.ped:1:5: individual \"A\" is their own parent; correct the parent, or write 0",
        "t.ped:2:5: \"C\" is the father of \"B\" but female; swap the parents or correct the sex",
        "t.ped:2:7: \"D\" is the mother of \"B\" but male; swap the parents or correct the sex",
        "t.ped:5:3: individual \"B\" is already at t.ped:2:3; remove one line, or give each person an id of their own",
        "t.ped:6:5: \"G\" is father and mother of \"E\"; correct one of the parents, or write 0",
        "t.ped:6:9: \"5\" is no value of `sex`; write one of male, female, unknown",
        "t.ped:7:11: \"affcted\" is no value of `phenotype`; write one of 2 (affected), 1 (unaffected), 0 (unknown)",
        "t.ped:8:3: \"X\" < \"Y\" < \"X\" is a circle of descent; correct a parent; nobody is their own ancestor",
        "t.ped:10:1: 2 columns where a pedigree has 6; write family, individual, father, mother, sex, phenotype; "
          + "0 for an unknown parent",
        "t.ped:11:5: \"D\", father of \"Q\", belongs to family \"F\", the child to \"E\"; give both the same family id",
      ])
  }

  @Test("two separate circles are both found, with nobody else in them")
  func circles() throws {
    let (folder, result) = try resolve(
      "F A B 0 1 1\nF B C 0 1 1\nF C A 0 1 1\nF K C 0 1 2\nF P Q 0 1 1\nF Q P 0 1 1\n")
    guard case .failure(let error) = result else {
      Issue.record("a fault is expected")
      return
    }
    #expect(
      folder.lines(error).map { $0.prefix { $0 != ";" } } == [
        "t.ped:1:3: \"A\" < \"B\" < \"C\" < \"A\" is a circle of descent",
        "t.ped:5:3: \"P\" < \"Q\" < \"P\" is a circle of descent",
      ])
  }

  @Test("a large pedigree is read whole")
  func large() throws {
    var ped = "F I0 0 0 1 2\n"
    for generation in 1...5_000 { ped += "F I\(generation) I\(generation - 1) 0 1 1\n" }
    #expect(try individuals(ped, samples: ["I0"]).count == 5_001)
  }

  @Test("an absent parent and an inferred sex are warned about")
  func warnings() throws {
    let resolved = try resolve("F C D M 2 2\nF M 0 0 0 1\n").result.get()
    #expect(resolved.warnings.count == 2)
    #expect(
      resolved.warnings[0].hasSuffix(
        "t.ped:1:5: father \"D\" of \"C\" has no line of their own and is taken as unknown"))
    #expect(resolved.warnings[1].hasSuffix("sex taken from being a father or a mother: M female"))
  }

  @Test("an empty PED is a fault")
  func empty() throws {
    let (folder, result) = try resolve("# nothing\n\n")
    guard case .failure(let error) = result else {
      Issue.record("a fault is expected")
      return
    }
    #expect(folder.lines(error) == ["t.ped: the pedigree names nobody; add one line a person"])
  }

  /// Published pedigrees that contradict themselves; all others must be read.
  static let contradictory: [String: [String]] = [
    "gemini/test/inherited-dn.ped": [":2:10: \"gpa\" is the father of \"mom\" but female"],
    "hail/mendel.fam": [":9:11: \"Dad3\" is the father of \"Son3\" but female"],
    "hail/mendelWithMissingSex.fam": [":9:11: \"Dad3\" is the father of \"Son3\" but female"],
    "hail/pedigree.fam": [":9:11: \"Dad3\" is the father of \"Son3\" but female"],
    "hail/pedigreeWithExtraSample.fam": [":10:11: \"Dad3\" is the father of \"Son3\" but female"],
    "peddy/peddy/tests/a.ped": [":13:22: individual \"mom_4\" is their own parent"],
    "peddy/peddy/tests/a6.ped": [":12:22: individual \"mom_4\" is their own parent"],
    "peddy/peddy/tests/test-unknown-gma.ped": [
      ":4:19: \"aunt\" is the mother of \"cousin1\" but male", ":5:19: \"aunt\" is the mother of \"cousin2\" but male",
    ],
  ]

  @Test(
    "published pedigrees are read, or refused for what is wrong in them",
    .enabled(if: RealData.isPresent, RealData.absence))
  func published() throws {
    let folder = try CaseFolder(["a.vcf": ""])
    let root = RealData.path("families/")
    let walker = try #require(FileManager.default.enumerator(atPath: root))
    let names = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".ped") || $0.hasSuffix(".fam") }.sorted()
    #expect(names.count > 50)
    for name in names {
      let faults = folder.faults(of: caseText("pedigree: \(root)\(name)\n"))
      let expected = Self.contradictory[name] ?? []
      #expect(faults.map { $0.prefix { $0 != ";" } } == expected.map { root + name + $0 }[...].map { $0[...] })
    }
  }
}
