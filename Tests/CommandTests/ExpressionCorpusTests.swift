import Foundation
import Model
import Reading
import Screening
import TestSupport
import Testing

/// The corpus of `Tests/Fixtures/expressions`: every expression must select the records that bcftools selects.
@Suite struct ExpressionCorpusTests {
  /// One line of `corpus.tsv`.
  struct Trial: Sendable, CustomTestStringConvertible {
    var file: String
    var expression: String
    /// Why the answer is meant to differ from bcftools'; empty when it must not.
    var differs: String

    var testDescription: String { "\(file): \(expression)" }
  }

  static let folder = Checkout.fixture("expressions")

  static let trials: [Trial] = {
    let text = (try? String(contentsOfFile: folder + "/corpus.tsv", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Trial(file: columns[0], expression: columns[1], differs: columns.count > 3 ? columns[3] : "")
    }
  }()

  static func isFixture(_ file: String) -> Bool { !file.contains("/") }

  @Test func isLargeEnough() {
    #expect(Self.trials.count >= 350)
    #expect(Self.trials.count { !$0.differs.isEmpty } <= 10)
  }

  @Test(.enabled(if: Tool.isPresent("bcftools"))) func selectsWhatBcftoolsSelects() throws {
    try compare(Self.trials.filter { Self.isFixture($0.file) }) { Self.folder + "/" + $0 }
  }

  @Test(.enabled(if: RealData.isPresent && Tool.isPresent("bcftools"), RealData.absence))
  func selectsWhatBcftoolsSelectsOnRealFiles() throws {
    try compare(Self.trials.filter { !Self.isFixture($0.file) }, RealData.path)
  }

  /// vembrane's own test cases, said in our language; what it selects lies beside each. It cuts annotations down to the entries
  /// that match, so that records are compared by name.
  @Test(.enabled(if: RealData.isPresent, RealData.absence)) func selectsWhatVembraneSelects() throws {
    let text = try String(contentsOfFile: Self.folder + "/vembrane.tsv", encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t").map(String.init)
      let folder = RealData.path("families/vembrane/tests/testcases/" + columns[0])
      let ours = try FilteredFile(folder + "/test.vcf").selected(by: columns[1], folder: folder)
      let expected = try String(contentsOfFile: folder + "/expected.vcf", encoding: .utf8).split(separator: "\n")
        .filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").prefix(5).joined(separator: " ") }
      #expect(ours == expected, "\(columns[0])")
    }
  }

  private func compare(_ trials: [Trial], _ path: (String) -> String) throws {
    for (file, group) in Dictionary(grouping: trials, by: \.file).sorted(by: { $0.key < $1.key }) {
      let records = try FilteredFile(path(file))
      for trial in group {
        let theirs = try Bcftools.selected(by: trial.expression, in: path(file), folder: Self.folder)
        let ours = try records.selected(by: trial.expression, folder: Self.folder)
        if trial.differs.isEmpty {
          #expect(ours == theirs, "\(trial.testDescription)\n\(Self.difference(ours, theirs))")
        } else {
          #expect(ours != theirs, "\(trial.testDescription): no longer differs (\(trial.differs))")
        }
      }
    }
  }

  private static func difference(_ ours: [String], _ theirs: [String]) -> String {
    let onlyOurs = ours.filter { !theirs.contains($0) }.prefix(5)
    let onlyTheirs = theirs.filter { !ours.contains($0) }.prefix(5)
    return "only ours: \(onlyOurs.joined(separator: " | "))\nonly bcftools: \(onlyTheirs.joined(separator: " | "))"
  }
}

/// A variant file to be filtered again and again.
struct FilteredFile {
  let path: String
  let header: VariantHeader
  private let batches: [VariantBatch]

  init(_ path: String) throws {
    self.path = path
    let whole = try WholeFile(path)
    header = whole.header
    batches = whole.batches
  }

  /// Names of the selected records: CHROM, POS, ID, REF and ALT.
  ///
  /// The reader sifts with the expression's site test, block by block; records that it leaves out must be none that the expression
  /// selects from the whole file.
  func selected(by text: String, folder: String, pedigree: Pedigree? = nil) throws -> [String] {
    let resources = ExpressionResources(
      pedigree: pedigree,
      list: { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8).split(separator: "\n").map(String.init) })
    let expression = try FilterExpression(text, header: header, resources: resources)
    let whole = Self.names(batches, expression)
    if let test = expression.siteTest {
      let sifted = try WholeFile(path, plan: ReadPlan(test: test), stretchSize: 1)
      if expression.isWholeSiteTest {
        let names = sifted.batches.flatMap { batch in (0..<batch.count).map { Self.name($0, batch) } }
        #expect(names == whole, "the reader does not decide '\(text)', as it is said to")
      }
      #expect(Self.names(sifted.batches, expression) == whole, "the reader sifted out what '\(text)' selects")
    }
    return whole
  }

  private static func names(_ batches: [VariantBatch], _ expression: FilterExpression) -> [String] {
    batches.flatMap { batch in
      var selection = Selection(all: batch.count)
      expression.clear(&selection, in: batch)
      return selection.map { name($0, batch) }
    }
  }

  static func name(_ row: Int, _ batch: VariantBatch) -> String {
    [.chromosome, .position, .id, .reference, .alternate].map { batch.string($0, of: row) }.joined(separator: " ")
  }
}

enum Bcftools {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Names of the records that `bcftools view -i` selects.
  static func selected(by expression: String, in path: String, folder: String) throws -> [String] {
    guard let location = Tool.location(of: "bcftools") else { return [] }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: location)
    process.arguments = ["view", "-H", "-i", expression, path]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: "bcftools failed on \(expression)") }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: "\t", maxSplits: 5, omittingEmptySubsequences: false).prefix(5).joined(separator: " ")
    }
  }
}
