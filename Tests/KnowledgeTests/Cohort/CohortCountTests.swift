import Knowledge
import Model
import TestSupport
import Testing

@Suite("Counts of the cohort")
struct CohortCountTests {
  private static let autosomal = Allele(.chr2, 165_310_413, "C", "T")
  private static let onX = Allele(.x, 50_000_000, "C", "T")
  private static let onY = Allele(.y, 15_000_000, "C", "T")
  private static let pseudoautosomal = Allele(.x, 1_000_000, "C", "T")
  private static let mitochondrial = Allele(.mitochondrion, 3_243, "A", "G")

  private static let trio = Pedigree.trio(childSex: .male).individuals

  @Test(
    "A trio counts its parents; carriers are counted in all",
    arguments: [
      (autosomal, ["mother": .heterozygous, "child": .heterozygous], "1/4 2 0 0"),
      (autosomal, ["mother": .heterozygous, "father": .heterozygous, "child": .homozygous], "2/4 3 1 0"),
      (autosomal, ["child": .heterozygous], "0/4 1 0 0"),
      (autosomal, ["father": .missing, "mother": .homozygous], "2/2 1 1 0"),
      (autosomal, ["father": .partial], "1/3 1 0 0"),
      (onX, ["mother": .heterozygous, "child": .hemizygous], "1/3 2 0 1"),
      (onX, ["father": .hemizygous], "1/3 1 0 1"),
      (onY, ["father": .hemizygous, "child": .hemizygous], "1/1 2 0 2"),
      (pseudoautosomal, ["father": .heterozygous], "1/4 1 0 0"),
      (mitochondrial, ["mother": .hemizygous, "child": .heteroplasmic], "1/2 2 0 1"),
    ] as [(Allele, [String: Carriage], String)])
  func trio(allele: Allele, carried: [String: Carriage], expected: String) throws {
    let cohort = try CohortFixture()
    try cohort.add(Self.trio, [allele: carried])
    #expect(try cohort.counts(allele).brief == expected)
  }

  @Test("Males are counted apart on X, and nobody of unknown sex counts for copies there")
  func malesOnX() throws {
    let cohort = try CohortFixture()
    try cohort.add(
      Self.trio + [.person("u", "U", .unknown)],
      [Self.onX: ["father": .hemizygous, "mother": .heterozygous, "u": .heterozygous]])
    let counts = try cohort.counts(Self.onX)
    #expect(counts.brief == "2/3 3 0 1")
    #expect(counts.maleAlleleCount == 1 && counts.maleAlleleNumber == 1)
    #expect(try cohort.counts(Self.autosomal).alleleNumber == 6)
  }

  @Test("A duo counts one, a singleton counts itself, and an allele that nobody carries has a number")
  func smallFamilies() throws {
    let cohort = try CohortFixture()
    try cohort.add(
      [.person("m", "DUO"), .person("c", "DUO", mother: "m"), .person("s", "ONE")],
      [Self.autosomal: ["m": .heterozygous, "c": .heterozygous, "s": .homozygous]])
    #expect(try cohort.counts(Self.autosomal).brief == "3/4 3 1 0")
    #expect(try cohort.counts(Self.autosomal).families == 2)
    #expect(try cohort.counts(Allele(.chr2, 1_000, "A", "C")).brief == "0/4 0 0 0")
    #expect(try cohort.counts(Self.autosomal, excluding: "ONE").brief == "1/2 2 0 0")
    #expect(try cohort.counts(Self.autosomal, excluding: "DUO").brief == "2/2 1 1 0")
  }

  @Test("A place outside a sample's regions adds nothing to the copies")
  func regions() throws {
    let cohort = try CohortFixture()
    let extent = CohortAddition.Extent.regions(name: "targets", regions: [Region(.chr2, 165_310_000, 165_311_000)])
    let outside = Allele(.chr2, 165_320_000, "G", "A")
    try cohort.add(
      [.person("a", "A")], [Self.autosomal: ["a": .heterozygous], outside: ["a": .heterozygous]], extent: extent)
    try cohort.add([.person("b", "B")], [outside: ["b": .heterozygous]])
    #expect(try cohort.counts(Self.autosomal).brief == "1/4 1 0 0")
    #expect(try cohort.counts(outside).brief == "1/2 2 0 0")
    #expect(try cohort.counts(outside).samples == 1)
    #expect(try cohort.counts(Allele(.chr7, 5, "A", "T")).alleleNumber == 2)
    // The name stands for the same regions, for whoever comes later.
    try cohort.add([.person("c", "C")], extent: .known(name: "targets"))
    #expect(try cohort.counts(Self.autosomal).alleleNumber == 6)
    #expect(throws: KnowledgeError.self) {
      try cohort.add([.person("d", "D")], extent: .regions(name: "targets", regions: [Region(.chr1, 0, 10)]))
    }
    #expect(throws: KnowledgeError.self) { try cohort.add([.person("d", "D")], extent: .known(name: "other")) }
  }

  @Test("Adding again changes nothing; another file is refused without replace, and replaces with it")
  func again() throws {
    let cohort = try CohortFixture()
    #expect(try cohort.add(Self.trio, [Self.autosomal: ["mother": .heterozygous]]).count == 3)
    let before = try Cohort(path: cohort.path).summary()
    #expect(try cohort.add(Self.trio, [Self.autosomal: ["father": .heterozygous]]).isEmpty)
    #expect(try Cohort(path: cohort.path).summary() == before)
    #expect(throws: KnowledgeError.self) { try cohort.add(Self.trio, digest: "b") }
    #expect(try cohort.counts(Self.autosomal).brief == "1/4 1 0 0")
    try cohort.add(Self.trio, [Self.autosomal: ["father": .homozygous]], digest: "b", replaces: true)
    #expect(try cohort.counts(Self.autosomal).brief == "2/4 1 1 0")
    #expect(try Cohort(path: cohort.path).carriers(of: [Self.autosomal])[0].map(\.sample) == ["father"])
  }

  @Test("A child that came first gives way to its parents when they come")
  func parentsLater() throws {
    let cohort = try CohortFixture()
    try cohort.add(Self.trio, [Self.autosomal: ["child": .heterozygous]], without: ["father", "mother"])
    #expect(try cohort.counts(Self.autosomal).brief == "1/2 1 0 0")
    try cohort.add(
      Self.trio, [Self.autosomal: ["mother": .heterozygous]], digest: "b", without: ["child"])
    #expect(try cohort.counts(Self.autosomal).brief == "1/4 2 0 0")
  }

  @Test("A removed sample is gone, and its family counts again without it")
  func remove() throws {
    let cohort = try CohortFixture()
    try cohort.add(Self.trio, [Self.autosomal: ["mother": .heterozygous, "child": .heterozygous]])
    try cohort.remove(["mother", "father"])
    #expect(try cohort.counts(Self.autosomal).brief == "1/2 1 0 0")
    try cohort.remove(["child"])
    #expect(try cohort.counts(Self.autosomal) == CohortCounts())
    #expect(try Cohort(path: cohort.path).alleles(in: Region(.chr2, 0, 200_000_000)).isEmpty)
    #expect(throws: KnowledgeError.self) { try cohort.remove(["child"]) }
  }

  @Test("A sample id of another family is refused")
  func otherFamily() throws {
    let cohort = try CohortFixture()
    try cohort.add([.person("a", "A")])
    #expect(throws: KnowledgeError.self) { try cohort.add([.person("a", "B")], replaces: true) }
  }

  @Test("Findings are told for an allele, newest first, without those of the family that asks")
  func findings() throws {
    let cohort = try CohortFixture()
    try cohort.add([.person("a", "A")])
    let writer = try CohortWriter(path: cohort.path, assembly: .grch38, patience: 1, now: "2026-01-02T00:00:00Z")
    let old = CohortFinding(
      caseID: "one", family: "A", allele: Self.autosomal, classification: "LP", rank: 1, date: "2026-01-01")
    let new = CohortFinding(
      caseID: "two", family: "B", allele: Self.autosomal, rank: 3, date: "2026-02-01", note: "seen")
    try writer.add([old, new])
    try writer.commit()
    let open = try Cohort(path: cohort.path)
    #expect(try open.findings(of: [Self.autosomal, Self.onX]) == [[new, old], []])
    #expect(try open.findings(of: [Self.autosomal], excludingFamily: "A") == [[new]])
  }

  @Test("Alleles of every shape are told apart and come back as they were")
  func shapes() throws {
    let alleles = [
      Allele(.chr1, 100, "A", "C"), Allele(.chr1, 100, "A", "G"), Allele(.chr1, 100, "A", "ACC"),
      Allele(.chr1, 100, "ATT", "A"), Allele(.chr1, 100, "N", "<DEL>", end: 5_000),
      Allele(.chr1, 100, "N", "<DEL>", end: 900_000), Allele(.chr1, 100, "N", "N[chr2:321681["),
      Allele(.chr1, 16_383, "G", "T"), Allele(.chr1, 16_384, "G", "T"), Allele(.chr1, 248_956_421, "G", "T"),
      Allele(.mitochondrion, 16_569, "G", "T"), Allele(.chr2, 100, String(repeating: "AC", count: 400), "A"),
    ].sorted()
    let cohort = try CohortFixture()
    for (index, allele) in alleles.enumerated() {
      try cohort.add([.person("p\(index)", "F\(index)")], [allele: ["p\(index)": .heterozygous]])
    }
    let open = try Cohort(path: cohort.path)
    for (index, carriers) in try open.carriers(of: alleles).enumerated() {
      #expect(carriers.map(\.sample) == ["p\(index)"])
    }
    let found = try Contig.allCases.flatMap { try open.alleles(in: Region($0, 0, 300_000_000)) }
    #expect(found == alleles)
  }
}
