/// Writes the values of one column of a bin in the narrowest form that gives each back exactly.
struct ColumnWriter {
  private static let slots = 1 << 17
  /// Open addressing: the value of a slot, and its place in the palette; -1 is empty.
  private var values = Array(repeating: UInt32(0), count: slots)
  private var places = Array(repeating: Int32(-1), count: slots)
  private var used: [Int] = []
  private var palette: [UInt32] = []

  /// Appends the description of the column to `table` and its values, padded, to `payload`.
  mutating func write(_ column: [UInt32], table: inout [UInt8], payload: inout [UInt8]) {
    let indices = index(column)
    let highest = column.reduce(0) { $1 == StoreFormat.missing ? $0 : max($0, $1) }
    var options: [(encoding: ColumnEncoding, parameter: Int)] = [(.words, 0)]
    if highest < UInt16.max { options.append((.halves, 0)) }
    if highest < UInt8.max { options.append((.bytes, 0)) }
    if indices != nil {
      options.append((.halfPalette, palette.count))
      if palette.count <= 256 { options.append((.bytePalette, palette.count)) }
      if palette.count == 1 { options.append((.constant, Int(palette[0]))) }
    }
    let best = options.min {
      $0.encoding.size(rows: column.count, parameter: $0.parameter)
        < $1.encoding.size(rows: column.count, parameter: $1.parameter)
    }
    guard let best else { return }
    table.append(word: best.encoding.rawValue)
    table.append(word: UInt32(truncatingIfNeeded: best.parameter))
    write(column, indices ?? [], as: best.encoding, to: &payload)
    payload.pad()
    forget()
  }

  private func write(
    _ column: [UInt32], _ indices: [UInt16], as encoding: ColumnEncoding, to payload: inout [UInt8]
  ) {
    switch encoding {
    case .constant: break
    case .bytes: for value in column { payload.append(UInt8(truncatingIfNeeded: value)) }
    case .halves: for value in column { payload.append(half: UInt16(truncatingIfNeeded: value)) }
    case .bytePalette:
      for value in palette { payload.append(word: value) }
      for index in indices { payload.append(UInt8(truncatingIfNeeded: index)) }
    case .halfPalette:
      for value in palette { payload.append(word: value) }
      for index in indices { payload.append(half: index) }
    case .words: for value in column { payload.append(word: value) }
    }
  }

  /// The place of each value in the palette, which is filled; nil when there are more values than two bytes tell apart.
  private mutating func index(_ column: [UInt32]) -> [UInt16]? {
    var indices: [UInt16] = []
    indices.reserveCapacity(column.count)
    for value in column {
      var slot = Int((value &* 0x9E37_79B1) >> 15)
      while places[slot] >= 0, values[slot] != value { slot = (slot &+ 1) & (Self.slots &- 1) }
      if places[slot] < 0 {
        guard palette.count <= Int(UInt16.max) else { return nil }
        values[slot] = value
        places[slot] = Int32(palette.count)
        used.append(slot)
        palette.append(value)
      }
      indices.append(UInt16(truncatingIfNeeded: places[slot]))
    }
    return indices
  }

  private mutating func forget() {
    for slot in used { places[slot] = -1 }
    used.removeAll(keepingCapacity: true)
    palette.removeAll(keepingCapacity: true)
  }
}

extension [UInt8] {
  mutating func append(half: UInt16) {
    append(UInt8(truncatingIfNeeded: half))
    append(UInt8(truncatingIfNeeded: half >> 8))
  }
}
