/// The cases of a batch, or of one shard of it: `batch.json`.
public struct Batch: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var caseID: String
    /// Name of its folder within that of the batch.
    public var folder: String
    /// Place in the sheet, from 1.
    public var row: Int

    public init(caseID: String, folder: String, row: Int) {
      self.caseID = caseID
      self.folder = folder
      self.row = row
    }
  }

  /// A part of a batch, or of a case, that one machine works on.
  public struct Shard: Sendable, Hashable, Codable, CustomStringConvertible {
    /// From 1.
    public var number: Int
    public var count: Int

    public init(number: Int, count: Int) {
      self.number = number
      self.count = count
    }

    /// Reads `I/N`; nil for anything else.
    public init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1, number <= count,
        count <= 100_000
      else { return nil }
      self.init(number: number, count: count)
    }

    public var description: String { "\(number)/\(count)" }
  }

  public static let schemaVersion = "1.1.0"
  public static let fileName = "batch.json"

  /// In the order of the sheet.
  public var cases: [Entry]
  /// Nil for a whole batch.
  public var shard: Shard?
  /// Cases of the whole sheet.
  public var total: Int
  /// SHA-256 of what the whole sheet says, hexadecimal: shards of one batch have the same.
  public var sheet: String
  /// Code of the language of its pages.
  public var language: String

  public init(cases: [Entry], shard: Shard?, total: Int, sheet: String, language: String) {
    self.cases = cases
    self.shard = shard
    self.total = total
    self.sheet = sheet
    self.language = language
  }

  /// The positions of the cases that a shard works on, ascending.
  ///
  /// The largest case goes to the shard with the least to do, until all are given out; every shard comes to the same answer from the
  /// same sizes.
  ///
  /// - Parameter sizes: of the cases' inputs, in any unit.
  public static func positions(of shard: Shard, sizes: [Int]) -> [Int] {
    var loads = Array(repeating: 0, count: shard.count)
    var counts = loads
    var mine: [Int] = []
    for position in sizes.indices.sorted(by: { (-sizes[$0], $0) < (-sizes[$1], $1) }) {
      // Cases of unknown size are spread by their number.
      let least = loads.indices.min { (loads[$0], counts[$0], $0) < (loads[$1], counts[$1], $1) } ?? 0
      loads[least] += sizes[position]
      counts[least] += 1
      if least == shard.number - 1 { mine.append(position) }
    }
    return mine.sorted()
  }

  /// Names of the files of the batch itself, which no case's folder may have.
  public static let fileNames = [fileName, "summary.tsv", "index.html", "relatives.tsv"]

  /// The name of a case's folder: its id, with every byte that is no letter, digit, `-`, `_` or `.` as a percent code.
  public static func folderName(of caseID: String) -> String {
    let plain = "-_."
    let isReserved = caseID.isEmpty || caseID.hasPrefix(".") || fileNames.contains(caseID)
    var name = ""
    for byte in caseID.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || plain.unicodeScalars.contains(scalar)
      if isPlain, !(isReserved && scalar == ".") {
        name.unicodeScalars.append(scalar)
      } else {
        name += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return name.isEmpty ? "%00" : name
  }
}
