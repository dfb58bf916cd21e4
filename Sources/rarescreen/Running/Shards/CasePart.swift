import Foundation
import Model
import Reading
import Writing

/// What one shard of a case leaves: `part.json`, two lines. The first says what the file is and has the checksum of the second.
struct CasePart: Sendable, Codable {
  static let fileName = "part.json"
  private static let format = "rarescreen part of a case"
  private static let version = 1

  private struct Head: Codable {
    var format: String
    var version: Int
    var sha256: String
  }

  var shard: Batch.Shard
  var caseID: String
  /// Of the whole case: inputs, settings, tables and program.
  var basis: CaseStatus.Basis
  /// Of the command `screen`, without what results do not depend on.
  var arguments: [String]
  /// The working folder, from which paths go.
  var directory: String
  /// One a variant file.
  var files: [FilePart]

  func file() throws -> OutputFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let body = String(decoding: try encoder.encode(self), as: UTF8.self)
    let head = Head(format: Self.format, version: Self.version, sha256: FileDigest.sha256Hex(ofText: body))
    let first = String(decoding: try encoder.encode(head), as: UTF8.self)
    return OutputFile(name: Self.fileName, bytes: Array((first + "\n" + body + "\n").utf8))
  }

  /// Reads what `file` wrote.
  ///
  /// - Parameter folder: of the shard.
  static func read(_ folder: String) throws -> CasePart {
    let path = folder + "/" + fileName
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .missingInput, "\(path): cannot be read; give the folder that 'rarescreen screen --shard' made")
    }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let damage = Failure(.malformedInput, "\(path): cut short or altered; run this shard again")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let first = lines.first, let head = try? decoder.decode(Head.self, from: Data(first.utf8)),
      head.format == format
    else { throw damage }
    guard head.version == version else {
      throw Failure(
        .malformedInput,
        "\(path): a part of version \(head.version), and this program reads version \(version); run all shards and the merge with "
          + "one version of rarescreen")
    }
    guard lines.count == 3, lines[2].isEmpty, FileDigest.sha256Hex(ofText: String(lines[1])) == head.sha256,
      let part = try? decoder.decode(CasePart.self, from: Data(lines[1].utf8))
    else { throw damage }
    return part
  }
}
