import Foundation
import TestSupport

/// The demonstration family as the program sees it.
enum Demonstration {
  static let folder = Checkout.fixture("demonstration")
  static let caseFile = folder + "/case.yaml"
  static let variants = folder + "/trio.vcf.gz"
  static let pedigree = folder + "/trio.ped"

  /// Every file that a run leaves.
  static let files = [
    "candidates.json", "candidates.tsv", "candidates.vcf.gz", "candidates.vcf.gz.tbi", "genes.tsv", "qc.json",
    "qc_mqc.json", "report.html", "run.json",
  ]

  /// Screens the family into the folder `out` of `folder`.
  static func screen(into folder: TemporaryFolder, _ arguments: [String] = []) throws -> Program.Outcome {
    try Program.run(["screen", caseFile, "--out", folder.file("out"), "--quiet"] + arguments)
  }

  static func explain(_ variant: String, _ arguments: [String] = []) throws -> Program.Outcome {
    try Program.run(["explain", caseFile, "--variant", variant] + arguments)
  }

  /// The variants as text.
  static func text() throws -> String { try Program.shell("gzip -dc '\(variants)'").stdout }
}

/// A JSON document of the program, looked into by names: `document["funnel", "records", "read"]`.
struct Document {
  let value: Any

  init(_ bytes: [UInt8]) throws { value = try JSONSerialization.jsonObject(with: Data(bytes)) }

  subscript(names: String...) -> Any? {
    names.reduce(value as Any?) { ($0 as? [String: Any])?[$1] }
  }

  func number(_ names: String...) -> Int? {
    names.reduce(value as Any?) { ($0 as? [String: Any])?[$1] } as? Int
  }
}

/// A table of the program: its header and rows.
struct Rows {
  let header: [String]
  let rows: [[String]]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  func column(_ name: String) -> [String] {
    guard let index = header.firstIndex(of: name) else { return [] }
    return rows.map { index < $0.count ? $0[index] : "" }
  }
}
