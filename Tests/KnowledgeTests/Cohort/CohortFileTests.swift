import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@Suite("The file of the cohort")
struct CohortFileTests {
  private static func fault(_ body: () throws -> Void) -> CohortFault? {
    do {
      try body()
      return nil
    } catch {
      guard let error = error as? KnowledgeError, case .cohort(let fault) = error.reason else { return nil }
      return fault
    }
  }

  @Test("It is its owner's alone, and so is a folder that is made for it")
  func mode() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("new/cohort.sqlite")
    let writer = try CohortWriter(path: path, assembly: .grch38, patience: 1, now: "2026")
    try writer.commit()
    let modes = try [path, folder.file("new")].map {
      try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
    }
    #expect(modes == [0o600, 0o700])
  }

  @Test("What is absent, another kind of file, another program's database or of a later version is refused, untouched")
  func refused() throws {
    let folder = try TemporaryFolder()
    #expect(Self.fault { _ = try Cohort(path: folder.file("none")) } == .absent)
    let text = try folder.write("text", String(repeating: "chr1\t1\t.\n", count: 200))
    #expect(Self.fault { _ = try Cohort(path: text) } == .notACohort)
    #expect(Self.fault { _ = try CohortWriter(path: text, assembly: .grch38, patience: 1, now: "") } == .notACohort)
    let cohort = try CohortFixture()
    try cohort.add([.person("a")])
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: cohort.path)))
    // Byte 63 is the last of the version, 68 the first of the application id (SQLite file format, section 1.3).
    bytes[63] = 9
    let later = try folder.file("later", bytes)
    #expect(Self.fault { _ = try Cohort(path: later) } == .newerSchema(found: 9, known: 2))
    #expect(
      Self.fault { _ = try CohortWriter(path: later, assembly: .grch38, patience: 1, now: "") }
        == .newerSchema(found: 9, known: 2))
    (bytes[63], bytes[68]) = (1, 0)
    let foreign = try folder.file("foreign", bytes)
    #expect(Self.fault { _ = try Cohort(path: foreign) } == .notACohort)
    #expect(Self.fault { _ = try CohortWriter(path: foreign, assembly: .grch38, patience: 1, now: "") } == .notACohort)
    #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: foreign))) == bytes)
  }

  @Test("A cohort of one build takes and answers nothing of the other")
  func assembly() throws {
    let cohort = try CohortFixture()
    try cohort.add([.person("a")])
    let expected = CohortFault.otherAssembly(found: .grch38, asked: .grch37)
    #expect(Self.fault { _ = try Cohort(path: cohort.path, assembly: .grch37) } == expected)
    #expect(
      Self.fault { _ = try CohortWriter(path: cohort.path, assembly: .grch37, patience: 1, now: "") } == expected)
  }

  @Test("A second writer waits, then is told; readers see the state before, and what is not committed never was")
  func twoWriters() throws {
    let cohort = try CohortFixture()
    try cohort.add([.person("a")])
    do {
      let first = try CohortWriter(path: cohort.path, assembly: .grch38, patience: 1, now: "")
      _ = try first.begin(
        CohortAddition(caseID: "c", members: [.init(.person("b", "B"), digest: "x")], extent: .wholeGenome, date: ""))
      #expect(
        Self.fault { _ = try CohortWriter(path: cohort.path, assembly: .grch38, patience: 1, now: "") }
          == .busy(seconds: 1))
      #expect(try Cohort(path: cohort.path).samples().map(\.sample) == ["a"])
    }
    #expect(try Cohort(path: cohort.path).samples().map(\.sample) == ["a"])
    try cohort.add([.person("c", "C")])
    #expect(try Cohort(path: cohort.path).samples().map(\.sample) == ["c", "a"])
  }

  @Test("A place that is no folder cannot hold one")
  func noFolder() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("file", "")
    let fault = Self.fault {
      _ = try CohortWriter(path: file + "/cohort.sqlite", assembly: .grch38, patience: 1, now: "")
    }
    guard case .cannotCreate = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }

  @Test("What is no file, and a file without a byte, is refused, untouched, whoever asks")
  func noFiles() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("empty", "")
    let pipe = folder.file("pipe")
    _ = try Tool.output("mkfifo", [pipe])
    for (path, expected) in [
      (folder.path, CohortFault.notAFile("folder")), (folder.path + "/", .notAFile("folder")),
      (folder.file("new/"), .notAFile("folder")), (pipe, .notAFile("pipe or a device")),
      ("/dev/null", .notAFile("pipe or a device")), (empty, .empty),
    ] {
      #expect(Self.fault { _ = try Cohort(path: path) } == expected, "\(path)")
      #expect(
        Self.fault { _ = try CohortWriter(path: path, assembly: .grch38, patience: 1, now: "") } == expected, "\(path)")
    }
    #expect(folder.names() == ["empty", "pipe"])
    #expect(try folder.text("empty").isEmpty)
  }

  @Test(
    "Tables that hold what no cohort holds are damage, not an answer",
    .enabled(if: Tool.isPresent("python3"), "python3 is needed to spoil a cohort"),
    arguments: [
      "UPDATE regions SET extent = '2 -5 9223372036854775807'", "UPDATE regions SET extent = '2 500 100'",
      "UPDATE regions SET extent = 'everywhere'", "UPDATE regions SET extent = '255 1 2'", "DELETE FROM regions",
      "UPDATE people SET regions = 77", "UPDATE people SET sex = 'x'", "DROP TABLE people", "DROP TABLE blocks",
    ])
  func spoilt(statement: String) throws {
    let cohort = try CohortFixture()
    let allele = Allele(.chr1, 5_000, "A", "G")
    try cohort.add(
      [.person("a")], [allele: ["a": .heterozygous]],
      extent: .regions(name: "kit", regions: [Region(.chr1, 4_000, 6_000)]))
    let program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
    #expect(try Tool.output("python3", ["-c", program, cohort.path, statement]) != nil)
    let fault = Self.fault { _ = try cohort.counts(allele) }
    guard case .damaged = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }

  @Test("A first addition that is not committed leaves no file; a later one leaves the cohort")
  func failedFirst() throws {
    let cohort = try CohortFixture()
    func fail() throws {
      let writer = try CohortWriter(path: cohort.path, assembly: .grch38, patience: 1, now: "")
      let addition = CohortAddition(
        caseID: "c", members: [.init(.person("b", "B"), digest: "x")], extent: .known(name: "none"), date: "")
      #expect(Self.fault { _ = try writer.begin(addition) } == .unknownRegions("none", known: []))
    }
    try fail()
    #expect(cohort.folder.names() == [])
    #expect(Self.fault { _ = try Cohort(path: cohort.path) } == .absent)
    try cohort.add([.person("a")])
    try fail()
    #expect(try Cohort(path: cohort.path).samples().map(\.sample) == ["a"])
  }

  @Test("Who waits while a first addition fails makes a cohort of its own, and nothing is lost")
  func waitsForAFailure() async throws {
    let cohort = try CohortFixture()
    var first: CohortWriter? = try CohortWriter(path: cohort.path, assembly: .grch38, patience: 1, now: "")
    let path = cohort.path
    async let second: Void = Task.detached {
      let writer = try CohortWriter(path: path, assembly: .grch38, patience: 30, now: "")
      _ = try writer.begin(
        CohortAddition(caseID: "c", members: [.init(.person("b", "B"), digest: "x")], extent: .wholeGenome, date: ""))
      try writer.commit()
    }.value
    try await Task.sleep(for: .milliseconds(300))
    #expect(first != nil)
    first = nil
    try await second
    #expect(try Cohort(path: path).samples().map(\.sample) == ["b"])
  }

  @Test("A damaged file is told, and ends nothing")
  func damaged() throws {
    let cohort = try CohortFixture()
    let allele = Allele(.chr1, 5_000, "A", "G")
    for number in 0..<40 {
      try cohort.add([.person("p\(number)", "F\(number)")], [allele: ["p\(number)": .heterozygous]])
    }
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: cohort.path)))
    var random = SplitMix64(seed: 7)
    let folder = try TemporaryFolder()
    for attempt in 0..<60 {
      var bytes = whole
      for _ in 0..<20 {
        bytes[Int.random(in: 100..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let path = try folder.file("damaged\(attempt)", attempt % 3 == 0 ? Array(bytes.prefix(bytes.count / 2)) : bytes)
      // An answer or an error: both are fine, the end of the process is not.
      _ = Self.fault { _ = try Cohort(path: path).counts(of: [allele]) }
    }
  }
}
