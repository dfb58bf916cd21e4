internal import Model

/// A question to the entries of a consequence annotation: true when one entry meets all of it.
struct EntryTests: Sendable {
  /// INFO key.
  var key: [UInt8]
  /// The last sub-field that is looked at, from 0.
  var lastColumn: Int
  var root: EntryNode
}

/// A question to one entry. Columns are sub-fields, from 0.
indirect enum EntryNode: Sendable {
  case impact(Int, SiteTest.Comparison, Impact)
  /// Any of the numbers of a sub-field, joined by `&`.
  case number(Int, SiteTest.Comparison, Double)
  case text(Int, isEqual: Bool, TextConstant)
  case pattern(Int, isLike: Bool, PosixPattern)
  case list(Int, isEqual: Bool, Set<[UInt8]>)
  case isA(Int, Set<[UInt8]>)
  case both(EntryNode, EntryNode)
  case either(EntryNode, EntryNode)
}

/// Walks the entries of one annotation and asks its question of each.
struct EntryWalk {
  private let text: [UInt8]
  private var columns: [Range<Int>] = []

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// Whether any entry of the annotation meets the question; leaves at the first that does.
  mutating func holds(_ tests: EntryTests, for value: Range<Int>) -> Bool {
    var start = value.lowerBound
    while start < value.upperBound {
      columns.removeAll(keepingCapacity: true)
      var position = start
      var columnStart = start
      while position < value.upperBound {
        let byte = text[position]
        if byte == Bytes.comma { break }
        if byte == Bytes.bar {
          if columns.count <= tests.lastColumn { columns.append(columnStart..<position) }
          columnStart = position + 1
        }
        position &+= 1
      }
      columns.append(columnStart..<position)
      if meets(tests.root) { return true }
      start = position + 1
    }
    return false
  }

  /// A sub-field of the current entry; empty where the entry is short.
  private func column(_ index: Int) -> Range<Int> { index < columns.count ? columns[index] : 0..<0 }

  private func meets(_ node: EntryNode) -> Bool {
    switch node {
    case .impact(let index, let comparison, let wanted):
      guard let impact = impact(column(index)) else { return false }
      return comparison.holds(Double(Self.rank(impact)), Double(Self.rank(wanted)))
    case .number(let index, let comparison, let wanted):
      return anyPart(of: column(index)) { part in
        let value = DecimalText.double(part, in: text)
        return DecimalText.isMissing(value) ? comparison == .notEqual : comparison.holds(value, wanted)
      }
    case .text(let index, let isEqual, let constant): return equals(column(index), constant) == isEqual
    case .pattern(let index, let isLike, let pattern): return pattern.matches(column(index), in: text) == isLike
    case .list(let index, let isEqual, let list):
      return anyPart(of: column(index)) { list.contains(Array(text[$0])) } == isEqual
    case .isA(let index, let kinds):
      return anyPart(of: column(index)) { kinds.contains(stem($0)) }
    case .both(let left, let right): return meets(left) && meets(right)
    case .either(let left, let right): return meets(left) || meets(right)
    }
  }

  /// Whether `body` holds for one of the parts that `&` joins; an empty sub-field is one empty part.
  private func anyPart(of range: Range<Int>, _ body: (Range<Int>) -> Bool) -> Bool {
    var start = range.lowerBound
    while true {
      var end = start
      while end < range.upperBound, text[end] != Bytes.ampersand { end &+= 1 }
      if body(start..<end) { return true }
      if end >= range.upperBound { return false }
      start = end + 1
    }
  }

  private func equals(_ range: Range<Int>, _ constant: TextConstant) -> Bool {
    anyPart(of: range) { part in
      constant.parts.contains { wanted in
        // `.` asks for a sub-field without a value, which VEP leaves empty.
        if wanted.count == 1, constant.bytes[wanted.lowerBound] == Bytes.dot { return Bytes.isMissing(part, in: text) }
        return part.count == wanted.count && text[part].elementsEqual(constant.bytes[wanted])
      }
    } || (range.count > 0 && constant.parts.contains { text[range].elementsEqual(constant.bytes[$0]) })
  }

  private func impact(_ range: Range<Int>) -> Impact? {
    guard let first = range.first, range.count > 2 else { return nil }
    return switch text[first] {
    case UInt8(ascii: "H"): .high
    case UInt8(ascii: "L"): .low
    case UInt8(ascii: "M"):
      text[first + 2] == UInt8(ascii: "D") && range.count == 8 && text[first + 3] == UInt8(ascii: "E")
        ? .moderate : .modifier
    default: nil
    }
  }

  private static func rank(_ impact: Impact) -> Int {
    switch impact {
    case .modifier: 0
    case .low: 1
    case .moderate: 2
    case .high: 3
    }
  }

  /// A term in lower case without `_variant`, as `TermHierarchy` spells it.
  private func stem(_ range: Range<Int>) -> [UInt8] {
    var bytes = text[range].map { (65...90).contains($0) ? $0 + 32 : $0 }
    if bytes.first == UInt8(ascii: "*") { bytes.removeFirst() }
    if bytes.count > 8, bytes.suffix(8).elementsEqual("_variant".utf8) { bytes.removeLast(8) }
    return bytes
  }
}
