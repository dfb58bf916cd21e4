internal import Foundation

/// For another process that puts the stretches of a file together; bytes are written as base 64.
extension StretchRest: Codable {
  private enum Key: String, CodingKey {
    case head, hasLineEnd, tail, openBytes, tally
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      head: Array(try values.decode(Data.self, forKey: .head)),
      hasLineEnd: try values.decode(Bool.self, forKey: .hasLineEnd),
      tail: Array(try values.decode(Data.self, forKey: .tail)),
      openBytes: try values.decode(Int.self, forKey: .openBytes),
      tally: try values.decode(ScanTally.self, forKey: .tally))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(Data(head), forKey: .head)
    try values.encode(hasLineEnd, forKey: .hasLineEnd)
    try values.encode(Data(tail), forKey: .tail)
    try values.encode(openBytes, forKey: .openBytes)
    try values.encode(tally, forKey: .tally)
  }
}
