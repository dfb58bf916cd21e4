/// The string literals of Swift sources, as the keys of the wordings that they make: `"de novo in \(child)"` is `de novo in {1}`.
public struct SwiftLiterals {
  private let bytes: [UInt8]
  private var place = 0
  private var keys: [String] = []

  private init(_ source: String) { bytes = Array(source.utf8) }

  /// All literals, those within interpolations among them.
  public static func keys(in source: String) -> [String] {
    var reader = SwiftLiterals(source)
    reader.code(isInterpolated: false)
    return reader.keys
  }

  private func isNext(_ text: StaticString) -> Bool { bytes[place...].starts(with: "\(text)".utf8) }

  private mutating func code(isInterpolated: Bool) {
    var depth = 0
    while place < bytes.count {
      if isNext("//") {
        place = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if isNext("\"") {
        literal()
      } else {
        if isNext("(") { depth += 1 }
        if isNext(")") { depth -= 1 }
        place += 1
        if isInterpolated, depth < 0 { return }
      }
    }
  }

  private mutating func literal() {
    let isLong = isNext("\"\"\"")
    place += isLong ? 3 : 1
    var text: [UInt8] = []
    var gaps = 0
    while place < bytes.count, !(isLong ? isNext("\"\"\"") : isNext("\"")) {
      if isNext("\\(") {
        place += 2
        code(isInterpolated: true)
        gaps += 1
        text += "{\(gaps)}".utf8
      } else if isNext("\\\n") || isNext("\n") {
        // The indentation of a long literal is no part of it.
        if isNext("\n") { text.append(bytes[place]) }
        place += isNext("\n") ? 1 : 2
        place = bytes[place...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
      } else {
        if isNext("\\") { place += 1 }
        text.append(bytes[place])
        place += 1
      }
    }
    place += isLong ? 3 : 1
    if isLong, text.first == UInt8(ascii: "\n") { text.removeFirst() }
    if isLong, text.last == UInt8(ascii: "\n") { text.removeLast() }
    keys.append(String(decoding: text, as: UTF8.self))
  }
}
