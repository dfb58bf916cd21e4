/// Some records of a variant file as text: the piece of work that a worker takes.
public struct RecordChunk: Sendable {
  /// Name of the file, for messages.
  public let file: String
  /// Number of the first record in the file, from 1.
  public let firstOrdinal: Int
  /// Number of the first line in the file, from 1; nil for BCF, which has no lines.
  public let firstLine: Int?
  /// Whole lines, each with its line end (save perhaps the last of the file).
  public let text: [UInt8]

  public init(file: String, firstOrdinal: Int, firstLine: Int?, text: [UInt8]) {
    self.file = file
    self.firstOrdinal = firstOrdinal
    self.firstLine = firstLine
    self.text = text
  }
}

/// Bytes that structure VCF text.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let hash = UInt8(ascii: "#")
  static let dot = UInt8(ascii: ".")
  static let comma = UInt8(ascii: ",")
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let equals = UInt8(ascii: "=")
  static let slash = UInt8(ascii: "/")
  static let bar = UInt8(ascii: "|")
  static let space = UInt8(ascii: " ")
  static let minus = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let zero = UInt8(ascii: "0")
  static let nine = UInt8(ascii: "9")
}
