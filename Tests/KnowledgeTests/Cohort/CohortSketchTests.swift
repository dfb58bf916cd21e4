import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@Suite struct CohortSketchTests {
  private static func sketch(_ site: Int) -> GenotypeSketch {
    var sketch = GenotypeSketch(sites: 100)
    sketch.set(site, reference: true, alternate: true)
    return sketch
  }

  private static func add(_ people: [Individual], site: Int, digest: String = "a", to cohort: CohortFixture) throws {
    let writer = try CohortWriter(path: cohort.path, assembly: .grch38, patience: 1, now: "2026-01-01T00:00:00Z")
    let numbers = try writer.begin(
      CohortAddition(
        caseID: "case", members: people.map { .init($0, digest: digest) }, extent: .wholeGenome, replaces: true,
        date: "2026-01-01T00:00:00Z"))
    try writer.add(numbers.values.sorted().map { (person: $0, sketch: sketch(site)) })
    try writer.commit()
  }

  private static func sketches(_ cohort: CohortFixture) throws -> [String: GenotypeSketch?] {
    Dictionary(uniqueKeysWithValues: try Cohort(path: cohort.path).sketches().map { ($0.sample, $0.sketch) })
  }

  @Test func areKeptReplacedAndRemovedWithTheirSample() throws {
    let cohort = try CohortFixture()
    try Self.add([.person("a"), .person("b", "G")], site: 70, to: cohort)
    #expect(try Self.sketches(cohort) == ["a": Self.sketch(70), "b": Self.sketch(70)])
    try Self.add([.person("a")], site: 3, digest: "other", to: cohort)
    #expect(try Self.sketches(cohort) == ["a": Self.sketch(3), "b": Self.sketch(70)])
    try cohort.remove(["a"])
    #expect(try Self.sketches(cohort) == ["b": Self.sketch(70)])
    let rows = try Tool.lines("sqlite3", [cohort.path, "SELECT COUNT(*) FROM sketches"])
    #expect(rows.isEmpty || rows == ["1"])
  }

  @Test func aSampleWithoutOneIsListedWithout() throws {
    let cohort = try CohortFixture()
    try cohort.add([.person("old")])
    let found = try Cohort(path: cohort.path).sketches()
    #expect(found == [CohortSketch(sample: "old", family: "F", caseID: "case", sketch: nil)])
  }

  /// A cohort of version 1 is read as it is, without fingerprints, and gets a place for them when somebody adds to it.
  @Test(.enabled(if: Tool.isPresent("python3"), "python3 is needed to make a cohort of the first version"))
  func anEarlierCohortIsBroughtUp() throws {
    let cohort = try CohortFixture()
    try Self.add([.person("old")], site: 3, to: cohort)
    let program = """
      import sqlite3, sys
      cohort = sqlite3.connect(sys.argv[1])
      cohort.executescript("DROP TABLE sketches; PRAGMA user_version = 1; PRAGMA journal_mode = DELETE")
      """
    #expect(try Tool.output("python3", ["-c", program, cohort.path]) != nil)
    #expect(try Self.sketches(cohort) == ["old": nil])
    try Self.add([.person("new", "G")], site: 5, to: cohort)
    #expect(try Self.sketches(cohort) == ["old": nil, "new": Self.sketch(5)])
  }

  /// Whatever stands in the table of somebody else's database is an error with the sample's name, or no fingerprint; never the end.
  @Test(
    .enabled(if: Tool.isPresent("python3"), "python3 is needed to spoil a cohort"),
    arguments: [
      "sites = 9223372036854775807", "sites = 4611686018427387904", "sites = -1", "sites = 0", "sites = 99999",
      "sites = 'many'", "sites = 1e300", "words = x''", "words = x'00'", "words = zeroblob(31)",
      "words = zeroblob(1000000)", "words = 'text'", "words = 17", "words = x'\(String(repeating: "ff", count: 32))'",
    ])
  func hostileOnesAreTold(change: String) throws {
    let cohort = try CohortFixture()
    try Self.add([.person("somebody")], site: 70, to: cohort)
    let program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
    #expect(try Tool.output("python3", ["-c", program, cohort.path, "UPDATE sketches SET \(change)"]) != nil)
    let error = try #require(throws: KnowledgeError.self) { try Self.sketches(cohort) }
    guard case .cohort(.damaged) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.contains("cohort.sqlite") && error.description.contains("somebody"), "\(error)")
  }

  /// The list is the one of its version: cohorts know its sites by number.
  @Test(arguments: [Assembly.grch37, .grch38])
  func listsSitesFarFromEachOther(assembly: Assembly) throws {
    let sites = try FingerprintSites(directory: Checkout.directory + "/Panels/data", assembly: assembly)
    #expect(sites.count == 2_438 && FingerprintSites.version == 1)
    let regions = sites.regions
    #expect(zip(regions, regions.dropFirst()).allSatisfy { $0.contig != $1.contig || $1.start - $0.start > 100_000 })
    // The first line of the table: chromosome 1, 1,048,922 on GRCh38 and 984,302 on GRCh37, T to C.
    let position = assembly == .grch38 ? 1_048_922 : 984_302
    func number(_ reference: UnicodeScalar, _ alternate: UnicodeScalar) -> Int? {
      sites.number(
        at: Locus(.chr1, position), reference: UInt8(ascii: reference), alternate: UInt8(ascii: alternate))
    }
    #expect(number("T", "C") == 0 && number("t", "c") == 0 && number("T", "G") == nil && number("C", "T") == nil)
    #expect(Array(sites.numbers(in: Region(.chr1, position - 1, position))) == [0])
    #expect(sites.numbers(in: Region(.chr1, position, position + 10)).isEmpty)
  }
}
