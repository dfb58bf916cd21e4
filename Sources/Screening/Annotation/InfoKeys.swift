internal import Model

/// The INFO keys that somebody wants, numbered, and found by their bytes without making a string.
struct InfoKeys: Sendable {
  /// Without repeats, in the order of their numbers.
  let names: [String]
  /// The bytes of all names, one behind the other, and where each ends.
  private let bytes: [UInt8]
  private let ends: [Int]
  /// Numbers by the mix of length, first and last byte; a place that is taken leads to the next one. -1 is empty.
  private let places: [Int]

  init(_ wanted: some Sequence<String>) {
    var names: [String] = []
    for name in wanted where !names.contains(name) { names.append(name) }
    var size = 64
    while size < names.count * 4 { size *= 2 }
    var places = Array(repeating: -1, count: size)
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for (number, name) in names.enumerated() {
      let start = bytes.count
      bytes += name.utf8
      ends.append(bytes.count)
      var place = Self.mix(bytes, start, bytes.count) & (size - 1)
      while places[place] >= 0 { place = (place + 1) & (size - 1) }
      places[place] = number
    }
    self.names = names
    self.bytes = bytes
    self.ends = ends
    self.places = places
  }

  /// The number of the key that stands between two offsets of the text; nil for a key that nobody wants.
  func number(of text: [UInt8], from start: Int, to end: Int) -> Int? {
    guard start < end else { return nil }
    var place = Self.mix(text, start, end) & (places.count - 1)
    while places[place] >= 0 {
      let number = places[place]
      let from = number == 0 ? 0 : ends[number - 1]
      if ends[number] - from == end - start {
        var offset = 0
        while offset < end - start, bytes[from + offset] == text[start + offset] { offset += 1 }
        if offset == end - start { return number }
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private static func mix(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
    guard start < end else { return 0 }
    let middle = Int(text[start + (end - start) / 2])
    return (end - start) &* 7 &+ Int(text[start]) &* 31 &+ Int(text[end - 1]) &* 5 &+ middle &* 17
  }
}

/// The wanted INFO fields of the selected records of a batch, found in one pass over each record.
struct InfoFields: Sendable {
  struct Field: Sendable {
    /// Number of the key in the `InfoKeys`.
    var key: Int
    /// Range of the value in the batch's text; empty for a flag.
    var value: Range<Int>
  }

  private var fields: [Field] = []
  /// Where the fields of each record end; those of one that was not selected are none.
  private var ends: [Int] = []

  init(of records: VariantBatch, where selection: Selection, keys: InfoKeys) {
    ends.reserveCapacity(records.count)
    let text = records.text
    for record in 0..<records.count {
      if selection[record] { add(text, records.range(.info, of: record), keys) }
      ends.append(fields.count)
    }
  }

  /// The fields of one record, as the only ones.
  init(of record: Int, in records: VariantBatch, keys: InfoKeys) {
    add(records.text, records.range(.info, of: record), keys)
    ends = Array(repeating: 0, count: record) + [fields.count]
  }

  private mutating func add(_ text: [UInt8], _ info: Range<Int>, _ keys: InfoKeys) {
    var start = info.lowerBound
    for end in ByteMarks(UInt8(ascii: ";"), or: UInt8(ascii: ";"), in: info, of: text) {
      add(text, start, end, keys)
      start = end + 1
    }
    add(text, start, info.upperBound, keys)
  }

  /// Takes up one entry, `KEY=VALUE` or a flag.
  private mutating func add(_ text: [UInt8], _ start: Int, _ end: Int, _ keys: InfoKeys) {
    var keyEnd = start
    while keyEnd < end, text[keyEnd] != UInt8(ascii: "=") { keyEnd &+= 1 }
    guard let key = keys.number(of: text, from: start, to: keyEnd) else { return }
    fields.append(Field(key: key, value: min(keyEnd + 1, end)..<end))
  }

  /// The wanted fields of a record, in the order of its line.
  func of(_ record: Int) -> ArraySlice<Field> { fields[(record == 0 ? 0 : ends[record - 1])..<ends[record]] }

  /// The first value of a key.
  func value(_ key: Int, of record: Int) -> Range<Int>? { of(record).first { $0.key == key }?.value }
}
