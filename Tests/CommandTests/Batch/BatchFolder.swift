import Foundation
import TestSupport

/// A folder with a sheet of small families, and what batches of it leave.
struct BatchFolder {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("family.ped", SmallFamily.pedigree)
  }

  /// Writes the variants of a family with a de novo stop, and `extra` records that pass no filter.
  func addFamily(_ name: String, extra: Int = 0) throws {
    var family = SmallFamily.solved
    for index in 0..<extra {
      family.add("chr2", 166_003_000 + index, "A", "G", ["0/1", "0/1", "0/1"], frequency: 0.2)
    }
    try folder.write("\(name).vcf", family.text)
  }

  /// Writes a sheet; a row is the id of a case, of which `ID.vcf` holds the variants, with more cells behind it.
  func writeSheet(_ rows: [String], columns: [String] = []) throws {
    let header = (["case", "variants", "pedigree", "panels"] + columns).joined(separator: "\t")
    let lines = rows.map { row in
      let cells = row.split(separator: "\t").map(String.init)
      return (["\(cells[0])", "\(cells[0]).vcf", "family.ped", "epilepsy"] + cells.dropFirst()).joined(separator: "\t")
    }
    try folder.write("cases.tsv", ([header] + lines).joined(separator: "\n") + "\n")
  }

  func arguments(_ out: String = "out", _ more: [String] = []) -> [String] {
    ["batch", folder.file("cases.tsv"), "--out", folder.file(out)] + more
  }

  func run(_ out: String = "out", _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(arguments(out, more))
  }

  /// The summary of a batch.
  func summary(_ out: String = "out") throws -> Rows { Rows(try folder.text(out + "/summary.tsv")) }

  func status(_ id: String, _ out: String = "out") throws -> Document {
    try Document(try folder.bytes("\(out)/\(id)/status.json"))
  }

  /// Every file of a batch, with its text, in which times are masked; the lock is none of it.
  func tree(_ out: String = "out") throws -> [String: String] {
    let root = folder.file(out)
    var files: [String: String] = [:]
    for name in FileManager.default.enumerator(atPath: root)?.compactMap({ $0 as? String }) ?? [] {
      var isFolder: ObjCBool = false
      guard unsafe FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder),
        !isFolder.boolValue, name != ".rarescreen-lock"
      else { continue }
      let bytes = try folder.bytes(out + "/" + name)
      let text = String(decoding: bytes, as: UTF8.self)
      files[name] = text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "TIME")
    }
    return files
  }
}
