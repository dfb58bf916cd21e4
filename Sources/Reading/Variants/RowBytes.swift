internal import CKernels
internal import Model

/// Reading single values from the bytes of a line; nothing here allocates, save for numbers that are written oddly.
enum RowBytes {
  /// The first set bit at or behind `from`, or `limit` when there is none before it.
  @inline(__always)
  static func next(_ bits: UnsafePointer<UInt64>, from: Int, limit: Int) -> Int {
    if from >= limit { return limit }
    var word = from >> 6
    var marks = unsafe bits[word] & (~0 << UInt64(from & 63))
    while marks == 0 {
      word += 1
      if word << 6 >= limit { return limit }
      marks = unsafe bits[word]
    }
    return min(limit, word << 6 + marks.trailingZeroBitCount)
  }

  /// Writes the places of the next set bits, up to but not `limit`, to `places[from..<to]`; `limit` itself where there are no more.
  @inline(__always)
  static func places(
    _ bits: UnsafePointer<UInt64>, behind start: Int, limit: Int, _ places: UnsafeMutablePointer<Int>, _ from: Int,
    _ to: Int
  ) {
    var index = from
    if start < limit {
      var word = start >> 6
      var marks = unsafe bits[word] & (~0 << UInt64(start & 63))
      while true {
        if marks == 0 {
          word &+= 1
          if word << 6 >= limit { break }
          marks = unsafe bits[word]
          continue
        }
        let place = word << 6 &+ marks.trailingZeroBitCount
        if place >= limit { break }
        unsafe places[index] = place
        index &+= 1
        if index == to { return }
        marks &= marks &- 1
      }
    }
    while index < to {
      unsafe places[index] = limit
      index &+= 1
    }
  }

  /// Number of set bits in a range.
  static func count(_ bits: UnsafePointer<UInt64>, _ range: Range<Int>) -> Int {
    unsafe ck_count(bits, range.lowerBound, range.upperBound)
  }

  /// A whole number without sign, at most 2^31 - 1; nil for anything else.
  @inline(__always)
  static func position(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    guard end > start, end - start <= 10 else { return nil }
    var value = 0
    for index in start..<end {
      let digit = unsafe text[index] &- Byte.zero
      if digit > 9 { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value <= Int(Int32.max) ? value : nil
  }

  /// A decimal number; nil for `.` and whatever is no number.
  ///
  /// At most fifteen digits and a power of ten up to 22 are both exact as `Double`, so that one rounding is all there is
  /// (Clinger 1990, doi:10.1145/93542.93557); other spellings go the slow way.
  static func number(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Double? {
    var index = start
    let isNegative = unsafe index < end && text[index] == Byte.minus
    if isNegative { index += 1 }
    let first = index
    var mantissa = 0
    while index < end {
      let digit = unsafe text[index] &- Byte.zero
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ Int(digit)
      index &+= 1
    }
    var digits = index &- first
    var scale = 0
    if index < end, unsafe text[index] == Byte.dot {
      index &+= 1
      let point = index
      while index < end {
        let digit = unsafe text[index] &- Byte.zero
        if digit > 9 { break }
        mantissa = mantissa &* 10 &+ Int(digit)
        index &+= 1
      }
      scale = point &- index
      digits &-= scale
    }
    if digits == 0 || digits > 15 { return unsafe slowNumber(text, start, end) }
    if index < end {
      let isExponent = unsafe text[index] | 0x20 == UInt8(ascii: "e")
      guard isExponent, let exponent = unsafe exponent(text, index + 1, end) else {
        return unsafe slowNumber(text, start, end)
      }
      scale += exponent
    }
    guard (-22...22).contains(scale) else { return unsafe slowNumber(text, start, end) }
    var value = Double(mantissa)
    if scale < 0 { value /= ck_power_of_ten(Int32(-scale)) } else { value *= ck_power_of_ten(Int32(scale)) }
    return isNegative ? -value : value
  }

  private static func exponent(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var index = start
    var isNegative = false
    let sign = unsafe index < end ? text[index] : 0
    if sign == Byte.minus || sign == Byte.plus {
      isNegative = sign == Byte.minus
      index += 1
    }
    guard index < end, end - index <= 3, let value = unsafe position(text, index, end) else { return nil }
    return isNegative ? -value : value
  }

  private static func slowNumber(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Double? {
    if start >= end { return nil }
    return decimalNumber(unsafe Array(UnsafeBufferPointer(start: text + start, count: end - start))[...])
  }

  /// Whether the bytes from `start` to `end` are `name`.
  @inline(__always)
  static func equals(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ name: [UInt8]) -> Bool {
    guard end - start == name.count else { return false }
    for index in name.indices where unsafe text[start + index] != name[index] { return false }
    return true
  }
}

/// The name of an INFO key or a filter, made so that it is compared a word at a time.
///
/// Most records are left after one or two keys were looked for among twenty, so that this comparison is the hottest there is; a
/// name that holds no array costs no reference count.
struct WordName: Sendable {
  /// Bytes that must be readable behind every place that a key is looked for.
  static let reach = 16
  let count: Int
  private var first: UInt64 = 0
  private var firstMask: UInt64 = 0
  private var second: UInt64 = 0
  private var secondMask: UInt64 = 0

  init(_ name: String) {
    let bytes = Array(name.utf8)
    count = bytes.count
    for (index, byte) in bytes.prefix(Self.reach).enumerated() {
      let shift = UInt64(8 * (index % 8))
      if index < 8 {
        first |= UInt64(byte) << shift
        firstMask |= 0xff << shift
      } else {
        second |= UInt64(byte) << shift
        secondMask |= 0xff << shift
      }
    }
  }

  /// Whether the name is longer than what is compared here.
  var isLong: Bool { count > Self.reach }

  /// Whether the first `reach` bytes of the name begin at `text`, where as many are readable, if only as padding.
  @inline(__always)
  func matches(_ text: UnsafePointer<UInt8>) -> Bool {
    let bytes = unsafe UnsafeRawPointer(text)
    if unsafe UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) & firstMask != first { return false }
    if secondMask == 0 { return true }
    if unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) & secondMask != second {
      return false
    }
    return true
  }
}

/// A line of a `LineBuffer` as far as its columns were looked for.
@unsafe struct Row {
  let text: UnsafePointer<UInt8>
  let semicolons: UnsafePointer<UInt64>
  /// Offset of the first byte, and behind the last one without line end.
  let start: Int
  let end: Int
  /// Offset behind each of the fixed columns.
  let ends: UnsafePointer<Int>

  @inline(__always)
  func range(_ column: Int) -> (start: Int, end: Int) {
    unsafe (column == 0 ? start : ends[column - 1] + 1, ends[column])
  }

  /// Where the value of an INFO key stands: nil when the key is absent, an empty range for a flag.
  ///
  /// - Parameter name: the whole key, for one that is longer than two words.
  func info(_ key: WordName, long name: [UInt8] = []) -> (start: Int, end: Int)? {
    let column = unsafe range(7)
    var place = column.start
    if place >= column.end { return nil }
    var word = place >> 6
    var marks = unsafe semicolons[word] & (~0 << UInt64(place & 63))
    while true {
      var isHere = unsafe key.matches(text + place)
      // The end of this entry: the next mark, or the end of the column.
      while marks == 0, (word + 1) << 6 < column.end {
        word += 1
        marks = unsafe semicolons[word]
      }
      let next = marks == 0 ? column.end : min(column.end, word << 6 + marks.trailingZeroBitCount)
      if isHere, key.isLong {
        isHere = unsafe next - place >= key.count && RowBytes.equals(text, place, place + key.count, name)
      }
      if isHere {
        let keyEnd = place + key.count
        if keyEnd == next { return (next, next) }
        if keyEnd < next, unsafe text[keyEnd] == Byte.equals { return (keyEnd + 1, next) }
      }
      if next == column.end { return nil }
      marks &= marks &- 1
      place = next + 1
    }
  }
}

extension CompiledSiteTest {
  enum Answer {
    case passes, fails
    /// Passes, as far as can be told: a value is written in a way that is for others to read.
    case unsure
  }

  /// Whether a row passes. Each key is looked for once, however often it is asked for in a row.
  ///
  /// A value that is no plain number counts as meeting what is asked, which can only let more through: a test has no negation.
  func answer(_ row: Row) -> Answer {
    var step = first
    var knownKey = -1
    var found: (start: Int, end: Int)?
    var isSure = true
    return unsafe steps.withUnsafeBufferPointer { steps in
      while step >= 0 {
        let holds: Bool?
        let kind = unsafe steps[step].kind
        switch kind {
        case .filterOneOf: holds = unsafe hasFilter(row, steps[step].index, steps[step].end)
        case .filterOnly:
          let column = unsafe row.range(6)
          holds = unsafe isFilter(row, column.start, column.end, steps[step].index)
        case .filterNoneOf: holds = unsafe !hasFilter(row, steps[step].index, steps[step].end)
        case .quality:
          let column = unsafe row.range(5)
          holds = unsafe self.holds(row, column.start, column.end, steps[step])
        case .qualityMissing:
          let column = unsafe row.range(5)
          holds = unsafe Self.isMissing(row, column.start, column.end)
        case .info, .infoMissing, .infoPresent:
          let index = unsafe steps[step].index
          if index != knownKey {
            found = unsafe row.info(keys[index], long: keys[index].isLong ? keyBytes[index] : [])
            knownKey = index
          }
          if kind == .infoPresent {
            holds = found != nil
          } else if let found {
            holds = unsafe anyValue(row, found, steps[step])
          } else {
            holds = kind == .infoMissing
          }
        }
        if holds == nil { isSure = false }
        step = unsafe holds ?? true ? steps[step].whenTrue : steps[step].whenFalse
      }
      return step != Self.accept ? .fails : isSure ? .passes : .unsure
    }
  }

  /// Whether one of the comma-separated values is as a step asks; nil when that cannot be told.
  private func anyValue(_ row: Row, _ range: (start: Int, end: Int), _ step: Step) -> Bool? {
    var start = range.start
    var isSure = true
    while true {
      var end = start
      while end < range.end, unsafe row.text[end] != Byte.comma { end &+= 1 }
      let holds = unsafe holds(row, start, end, step)
      if holds == true { return true }
      if holds == nil { isSure = false }
      if end >= range.end { return isSure ? false : nil }
      start = end + 1
    }
  }

  /// Whether a value is as a step asks; nil when it is no plain number where one is due.
  @inline(__always)
  private func holds(_ row: Row, _ start: Int, _ end: Int, _ step: Step) -> Bool? {
    let isMissing = unsafe Self.isMissing(row, start, end)
    if step.kind == .infoMissing {
      if isMissing { return true }
      guard step.type == .integer || step.type == .float else { return false }
      return unsafe number(row, start, end, step) == nil ? nil : false
    }
    if isMissing { return false }
    guard let number = unsafe number(row, start, end, step) else { return nil }
    return step.comparison.holds(step.type == .float ? Double(Float(number)) : number, step.limit)
  }

  /// The value of a plain number of the step's type.
  @inline(__always)
  private func number(_ row: Row, _ start: Int, _ end: Int, _ step: Step) -> Double? {
    if step.type == .integer {
      let isNegative = unsafe start < end && row.text[start] == Byte.minus
      return unsafe RowBytes.position(row.text, isNegative ? start + 1 : start, end).map {
        Double(isNegative ? -$0 : $0)
      }
    }
    guard let number = unsafe RowBytes.number(row.text, start, end), number.isFinite else { return nil }
    return number
  }

  private static func isMissing(_ row: Row, _ start: Int, _ end: Int) -> Bool {
    unsafe end - start == 1 && row.text[start] == Byte.dot
  }

  @inline(__always)
  private func hasFilter(_ row: Row, _ from: Int, _ to: Int) -> Bool {
    let column = unsafe row.range(6)
    var start = column.start
    while true {
      var end = start
      while end < column.end, unsafe row.text[end] != Byte.semicolon { end += 1 }
      for index in from..<to where unsafe isFilter(row, start, end, index) { return true }
      if end >= column.end { return false }
      start = end + 1
    }
  }

  @inline(__always)
  private func isFilter(_ row: Row, _ start: Int, _ end: Int, _ index: Int) -> Bool {
    guard filters[index].count == end - start, unsafe filters[index].matches(row.text + start) else { return false }
    return unsafe !filters[index].isLong || RowBytes.equals(row.text, start, end, filterBytes[index])
  }
}
