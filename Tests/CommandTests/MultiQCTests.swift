import Foundation
import TestSupport
import Testing

/// The table for MultiQC, held to MultiQC itself where `./run setup` could install it.
@Suite struct MultiQCTests {
  private static let packages = Checkout.directory + "/.build/multiqc"
  static let isThere = FileManager.default.fileExists(atPath: packages + "/multiqc")

  @Test func holdsTheChecksOfEachSample() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(["qc", Demonstration.caseFile, "--out", folder.file("out")])
    #expect(outcome.status == 0, "\(outcome.text)")
    let table = try Document(folder.bytes("out/qc_mqc.json"))
    let data = try #require(table["data"] as? [String: [String: Any]])
    #expect(data.keys.sorted() == ["CHILD", "FATHER", "MOTHER"])
    #expect(data["FATHER"]?["stated_sex"] as? String == "male")
    let checks = try #require(try Document(folder.bytes("out/qc.json"))["checks"] as? [[String: Any]])
    let errors = checks.first { $0["check"] as? String == "mendelian_errors" }
    #expect(data["CHILD"]?["mendelian_errors"] as? Double == errors?["value"] as? Double)
    #expect(data["FATHER"]?["mendelian_errors"] == nil)
    let headers = try #require(table["headers"] as? [String: [String: Any]])
    #expect(data.values.allSatisfy { Set($0.keys).isSubset(of: headers.keys) })
  }

  @Test(.enabled(if: isThere, "multiqc is not installed; './run setup' installs it"))
  func isReadByMultiQC() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run(["qc", Demonstration.caseFile, "--out", folder.file("case")]).status == 0)
    let outcome = try Program.run(
      ["-m", "multiqc", folder.file("case"), "--outdir", folder.file("seen"), "--no-ansi", "--no-version-check"],
      environment: ["PYTHONPATH": Self.packages, "PATH": "/usr/bin:/bin", "HOME": folder.file("home")],
      program: Tool.location(of: "python3") ?? "python3")
    #expect(outcome.status == 0, "\(outcome.text)")
    let seen = try folder.text("seen/multiqc_data/multiqc_rarescreen_qc_table.txt").split(separator: "\n")
    #expect(seen.count == 4, "\(seen)")
    #expect(seen.first?.contains("stated_sex") == true || seen.first?.contains("Stated sex") == true, "\(seen)")
    #expect(seen.contains { $0.hasPrefix("CHILD\t") }, "\(seen)")
  }
}
