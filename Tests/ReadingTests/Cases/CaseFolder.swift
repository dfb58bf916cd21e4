import Foundation
import Reading

/// A temporary folder with the files of a case, removed when the value goes.
final class CaseFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "rarescreen-case-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(Array(text.utf8), as: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], as name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  /// The messages of a case's faults without the name of the folder.
  func faults(of text: String, name: String = "case.yaml", flags: CaseFlags = CaseFlags()) -> [String] {
    do {
      _ = try CaseFile(bytes: Array(text.utf8), path: path + "/" + name).merging(flags).resolve()
      return []
    } catch {
      return lines(error)
    }
  }

  func resolve(_ text: String, flags: CaseFlags = CaseFlags()) throws(CaseError) -> ResolvedCase {
    try CaseFile(bytes: Array(text.utf8), path: path + "/case.yaml").merging(flags).resolve()
  }

  func lines(_ error: CaseError) -> [String] {
    error.description.replacingOccurrences(of: path + "/", with: "").split(separator: "\n").map(String.init)
  }
}

/// A case file with a variant file, and the given lines behind it from line 2 on.
func caseText(_ lines: String) -> String { "variants: a.vcf\n" + lines }
