import Foundation
import Testing

@testable import Writing

@Suite struct FileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rarescreen-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func mode(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber).intValue
  }

  private let files = [
    OutputFile(name: "run.json", bytes: Array("{}".utf8)), OutputFile(name: "a.tsv", bytes: Array("new".utf8)),
  ]

  @Test func filesAppearWholeAndPrivate() throws {
    try withFolder { folder in
      let path = folder + "/deep/out/"
      let output = try OutputFolder(path: path)
      try output.write(files)
      #expect(try names(folder + "/deep/out") == ["a.tsv", "run.json"])
      #expect(try mode(folder + "/deep/out") == 0o700)
      #expect(try mode(folder + "/deep/out/a.tsv") == 0o600)
      // A second run replaces the first.
      try OutputFolder(path: path).write([OutputFile(name: "a.tsv", bytes: [UInt8](repeating: 65, count: 3_000_000))])
      #expect(
        try names(folder + "/deep/out") == ["a.tsv"], "an older run.json would call a half-replaced folder complete")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path + "a.tsv")).count == 3_000_000)
    }
  }

  @Test func nothingIsVisibleBeforeCommitAndNothingStaysWithout() throws {
    try withFolder { folder in
      let output = try OutputFolder(path: folder)
      do {
        var pending = output.begin()
        try pending.add(files[1])
        let path = try pending.reserve("candidates.vcf.gz")
        try Data("bytes".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try names(folder).allSatisfy { $0.hasSuffix(".tmp") })
      }
      #expect(try names(folder).isEmpty)
      var pending = output.begin()
      let path = try pending.reserve("candidates.vcf.gz")
      try Data("bytes".utf8).write(to: URL(fileURLWithPath: path))
      try pending.commit()
      #expect(try names(folder) == ["candidates.vcf.gz"])
    }
  }

  @Test func aFolderInTheWayIsNamedAndOldFilesStay() throws {
    try withFolder { folder in
      let output = try OutputFolder(path: folder)
      try FileManager.default.createDirectory(atPath: folder + "/b.tsv", withIntermediateDirectories: true)
      let error = try #require(throws: WriteError.self) {
        try output.write(files + [OutputFile(name: "b.tsv", bytes: [])])
      }
      #expect(error.place == .renaming)
      #expect("\(error)".contains("b.tsv"))
      #expect(try !names(folder).contains("run.json"))
      #expect(try names(folder).allSatisfy { !$0.hasSuffix(".tmp") })
    }
  }

  @Test func aFileWhereAFolderIsNeededCannotBeMade() throws {
    try withFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/taken"))
      let error = try #require(throws: WriteError.self) { try OutputFolder(path: folder + "/taken/out") }
      guard case .cannotCreate = error.reason else {
        Issue.record("\(error)")
        return
      }
      #expect("\(error)".contains("a file stands where a folder is needed"))
    }
  }

  /// `/dev/full` says "no space left" to every write.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full on this system"))
  func aFullDiskIsAnInputOutputError() throws {
    try withFolder { folder in
      let full = AtomicFile(path: folder + "/x", temporaryPath: "/dev/full")
      let error = try #require(throws: WriteError.self) { try full.write([1, 2, 3]) }
      #expect(error.reason == .inputOutput(code: 28))
      #expect("\(error)".contains("no space left on the disk"))
    }
  }

  @Test(arguments: ["../x", "a/b", "", ".hidden", "a\nb"])
  func namesCannotLeaveTheFolder(name: String) throws {
    try withFolder { folder in
      let output = try OutputFolder(path: folder)
      let error = try #require(throws: WriteError.self) { try output.write([OutputFile(name: name, bytes: [])]) }
      #expect(error.reason == .badName)
    }
  }
}
