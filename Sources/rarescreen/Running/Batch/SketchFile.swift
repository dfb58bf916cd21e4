import Foundation
import Model
import Writing

/// The fingerprints of a case's members, kept in its folder so that cases can be compared without reading their variants again.
///
/// A table with the columns `sample`, `family`, `sites`, and `words`: the bits of ``GenotypeSketch``, 16 hexadecimal digits a word;
/// both `.` for a sample without a genotype at the sites.
enum SketchFile {
  static let name = "sketches.tsv"
  private static let header = "sample\tfamily\tsites\twords\n"

  static func file(_ sketches: [CohortSketch]) -> OutputFile {
    let rows = sketches.map { member in
      let words = member.sketch?.words.map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
      }
      let cells = [member.sample, member.family].map { $0.addingPercentEncoding(withAllowedCharacters: plain) ?? $0 }
      return (cells + [member.sketch.map { "\($0.sites)" } ?? ".", words?.joined() ?? "."]).joined(separator: "\t")
        + "\n"
    }
    return OutputFile(name: name, bytes: Array((header + rows.joined()).utf8))
  }

  private static let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_.:/ "))

  /// Those of every case that is done, in the order of the batch.
  static func all(of batch: Batch, _ statuses: [CaseStatus], in folder: String) throws -> [CohortSketch] {
    try zip(batch.cases, statuses).flatMap { entry, status in
      status.state == .done ? try read(folder + "/" + entry.folder + "/" + name, caseID: entry.caseID) : []
    }
  }

  /// None where the case left no such file.
  private static func read(_ path: String, caseID: String) throws -> [CohortSketch] {
    guard FileStatus(path: path) != nil else { return [] }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .inputOutput,
        "\(path): cannot be read, so the samples of case \(caseID) cannot be compared; run again with --resume")
    }
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4, let sketch = sketch(cells[2], cells[3]) else {
        throw Failure(.malformedInput, "\(path): damaged; run the batch again without --resume")
      }
      return CohortSketch(
        sample: cells[0].removingPercentEncoding ?? cells[0], family: cells[1].removingPercentEncoding ?? cells[1],
        caseID: caseID, sketch: sketch)
    }
  }

  /// Nil inside for a sample without genotypes, outside for cells that are none of a sketch.
  private static func sketch(_ sites: String, _ words: String) -> GenotypeSketch?? {
    if sites == ".", words == "." { return .some(nil) }
    guard let sites = Int(sites), sites >= 0, let sketch = GenotypeSketch(sites: sites, words: Self.words(words)) else {
      return nil
    }
    return sketch
  }

  private static func words(_ text: String) -> [UInt64] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count, by: 16).compactMap { start in
      UInt64(String(decoding: digits[start..<min(start + 16, digits.count)], as: UTF8.self), radix: 16)
    }
  }
}
