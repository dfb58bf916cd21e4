import Foundation
import TestSupport

/// The text of a small variant file, to be written again in another shape, and a family's answers to compare.
struct FamilyFile {
  var header: [String]
  /// Columns of each record.
  var records: [[String]]

  /// The demonstration family; of its records those whose answer is known.
  static func demonstration() throws -> FamilyFile {
    let outcome = try Program.shell("gzip -dc \(Checkout.fixture("demonstration/trio.vcf.gz"))")
    var file = FamilyFile(outcome.stdout)
    file.records.removeAll { !$0[7].contains("EXPECT=") }
    return file
  }

  init(_ text: String) {
    let lines = text.split(separator: "\n").map(String.init)
    header = lines.filter { $0.hasPrefix("#") }
    records = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").map(String.init) }
  }

  var text: String { (header + records.map { $0.joined(separator: "\t") }).joined(separator: "\n") + "\n" }

  var samples: [String] { header.last.map { $0.split(separator: "\t").dropFirst(9).map(String.init) } ?? [] }

  /// With `1` and `MT` in place of `chr1` and `chrM`.
  func withBareNames() -> FamilyFile {
    var file = self
    file.header = header.map {
      $0.replacingOccurrences(of: "##contig=<ID=chrM,", with: "##contig=<ID=MT,")
        .replacingOccurrences(of: "##contig=<ID=chr", with: "##contig=<ID=")
    }
    for row in records.indices { file.records[row][0] = Self.bare(records[row][0]) }
    return file
  }

  static func bare(_ contig: String) -> String {
    contig == "chrM" ? "MT" : contig.hasPrefix("chr") ? String(contig.dropFirst(3)) : contig
  }

  func keeping(_ condition: ([String]) -> Bool) -> FamilyFile {
    var file = self
    file.records = records.filter(condition)
    return file
  }

  /// One sample's column.
  func of(_ sample: String) -> FamilyFile {
    guard let column = samples.firstIndex(of: sample) else { return self }
    var file = self
    file.header[header.count - 1] =
      (header.last ?? "").split(separator: "\t").prefix(9).joined(separator: "\t") + "\t" + sample
    for row in records.indices { file.records[row] = Array(records[row].prefix(9)) + [records[row][9 + column]] }
    return file
  }

  /// A single sample's records in which it has an alternate allele, as a caller of one sample writes them.
  func carriedOnly() -> FamilyFile { keeping { Self.isCarried($0[9]) } }

  /// Reference genotypes written as blocks, as a gVCF has them.
  func withReferenceBlocks() -> FamilyFile {
    var file = self
    for row in records.indices where !Self.isCarried(records[row][9]) && records[row][9].hasPrefix("0") {
      let columns = records[row]
      let end = (Int(columns[1]) ?? 0) + columns[3].count - 1
      let values = Dictionary(
        zip(columns[8].split(separator: ":"), columns[9].split(separator: ":")), uniquingKeysWith: { first, _ in first }
      )
      let depth = values["DP"] ?? "0"
      file.records[row] = [
        columns[0], columns[1], ".", String(columns[3].prefix(1)), "<NON_REF>", ".", ".", "END=\(end)",
        "GT:DP:GQ:MIN_DP",
        "\(values["GT"] ?? "0/0"):\(depth):\(values["GQ"] ?? "0"):\(depth)",
      ]
    }
    file.header.insert("##INFO=<ID=END,Number=1,Type=Integer,Description=\"End of the block\">", at: 1)
    file.header.insert("##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description=\"Lowest depth\">", at: 1)
    return file
  }

  private static func isCarried(_ column: String) -> Bool {
    column.prefix { $0 != ":" }.contains { "123456789".contains($0) }
  }
}

/// A table of a run, by column name.
struct AnswerTable {
  var rows: [[String: String]] = []

  init(_ text: String) {
    var lines = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard !lines.isEmpty else { return }
    let names = lines.removeFirst()
    rows = lines.map { Dictionary(zip(names, $0), uniquingKeysWith: { first, _ in first }) }
  }

  /// Screens a case into a folder of its own and reads its candidates.
  static func screen(_ arguments: [String], in folder: TemporaryFolder) throws -> (
    outcome: Program.Outcome, table: AnswerTable
  ) {
    let out = folder.file("out-" + UUID().uuidString)
    let outcome = try Program.run(["screen", "--out", out, "--quiet"] + arguments, directory: folder.path)
    let path = out + "/candidates.tsv"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return (outcome, AnswerTable(text))
  }

  /// One line a candidate variant, in which the spelling of chromosomes plays no part.
  func answers(
    _ columns: [String] = ["rank", "gene", "pos", "ref", "alt", "inheritance", "verdicts", "states", "score"]
  )
    -> [String]
  {
    rows.map { row in
      ([FamilyFile.bare(row["chrom"] ?? "")] + columns.map { row[$0] ?? "?" }).joined(separator: " ")
    }
  }
}
