/// One bin of a store: the alleles that begin in 2^20 bases of a chromosome, in the order of their keys.
///
/// A key has the offset in the bin in its upper 20 bits and the allele's code below. Places of the parts are checked against the
/// length of the bin when it is opened, so that no look-up can leave it.
final class StoreBin {
  private struct Column {
    var encoding: ColumnEncoding
    var parameter: Int
    var offset: Int
  }

  let rows: Int
  private let file: MappedFile
  private let keys: Int
  private let spelledCount: Int
  private let spelledTable: Int
  private let spelledText: Int
  private let spelledEnd: Int
  private let columns: [Column]

  /// - Throws: a fault when the checksum or a place is wrong.
  init(_ entry: StoreDirectory.Entry, of file: MappedFile, columnCount: Int) throws(KnowledgeError) {
    func damaged(_ what: String) -> KnowledgeError {
      KnowledgeError(.store(.damaged("\(what) of \(entry.place)")), at: .init(file: file.path))
    }
    guard file.checksum(entry.range) == entry.checksum else { throw damaged("checksum") }
    let start = entry.range.lowerBound
    let end = entry.range.upperBound
    guard entry.range.count >= 16 else { throw damaged("length") }
    rows = Int(UInt32(littleEndian: file.load(start, as: UInt32.self)))
    spelledCount = Int(UInt32(littleEndian: file.load(start + 4, as: UInt32.self)))
    let textCount = Int(UInt32(littleEndian: file.load(start + 8, as: UInt32.self)))
    guard rows == entry.rows, rows > 0 else { throw damaged("number of alleles") }
    keys = start + 16
    spelledTable = keys + StoreFormat.padded(4 * rows)
    spelledText = spelledTable + 8 * spelledCount
    spelledEnd = spelledText + textCount
    let table = spelledText + StoreFormat.padded(textCount)
    var offset = table + 8 * columnCount
    guard offset <= end else { throw damaged("alleles") }
    var columns: [Column] = []
    for column in 0..<columnCount {
      let kind = UInt32(littleEndian: file.load(table + 8 * column, as: UInt32.self))
      let parameter = Int(UInt32(littleEndian: file.load(table + 8 * column + 4, as: UInt32.self)))
      guard let encoding = ColumnEncoding(rawValue: kind) else { throw damaged("columns") }
      columns.append(Column(encoding: encoding, parameter: parameter, offset: offset))
      offset += StoreFormat.padded(encoding.size(rows: rows, parameter: parameter))
      guard offset <= end else { throw damaged("columns") }
    }
    guard offset == end else { throw damaged("length") }
    self.columns = columns
    self.file = file
  }

  func key(_ row: Int) -> UInt32 { UInt32(littleEndian: file.load(keys &+ 4 &* row, as: UInt32.self)) }

  /// The first row whose key is not below `key`, searched from `hint` onwards or backwards in growing steps.
  func firstRow(notBelow key: UInt32, near hint: Int) -> Int {
    var low = 0
    var high = rows
    if hint < rows, self.key(hint) < key {
      low = hint &+ 1
      var step = 1
      while low &+ step < rows, self.key(low &+ step) < key {
        low = low &+ step &+ 1
        step &*= 2
      }
      high = min(rows, low &+ step)
    } else {
      high = min(hint, rows)
      var step = 1
      while high > step, self.key(high &- step) >= key {
        high = high &- step
        step &*= 2
      }
      low = max(0, high &- step)
    }
    while low < high {
      let middle = (low &+ high) &>> 1
      if self.key(middle) < key { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// The row of an allele that is spelled out; nil when the bin does not hold it.
  ///
  /// - Parameters:
  ///   - key: of its position, with the first code of spelled alleles.
  ///   - first: the first row whose key is not below it.
  func spelledRow(
    _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>, key: UInt32, from first: Int
  ) -> Int? {
    var row = first
    let position = key >> UInt32(StoreFormat.codeBits)
    while row < rows, self.key(row) >> UInt32(StoreFormat.codeBits) == position {
      if let range = spelling(row), range.count == reference.count + 1 + alternate.count {
        let bytes = unsafe file.bytes(range)
        if unsafe bytes.prefix(reference.count).elementsEqual(reference)
          && bytes.suffix(alternate.count).elementsEqual(alternate) && bytes[reference.count] == Self.separator
        {
          return row
        }
      }
      row += 1
    }
    return nil
  }

  static let separator = UInt8(ascii: ">")

  /// Where the letters of a spelled allele stand in the file; nil for a row without.
  private func spelling(_ row: Int) -> Range<Int>? {
    var low = 0
    var high = spelledCount
    while low < high {
      let middle = (low + high) / 2
      if spelledWord(2 * middle) < row { low = middle + 1 } else { high = middle }
    }
    guard low < spelledCount, spelledWord(2 * low) == row else { return nil }
    let start = low == 0 ? 0 : spelledWord(2 * low - 1)
    let end = spelledWord(2 * low + 1)
    // A table that does not ascend would point outside.
    return start <= end && spelledText + end <= spelledEnd ? spelledText + start..<spelledText + end : nil
  }

  private func spelledWord(_ index: Int) -> Int {
    Int(UInt32(littleEndian: file.load(spelledTable + 4 * index, as: UInt32.self)))
  }

  /// What `verify` looks at beyond the checksum: keys ascend, every allele has a spelling, every text is there.
  func isSound(fields: [StoreMetadata.Field], textCount: Int) -> Bool {
    for row in 0..<rows {
      if row > 0, key(row) < key(row - 1) { return false }
      if key(row) & AlleleCode.last >= AlleleCode.firstSpelled, alleles(row) == nil { return false }
    }
    for (column, field) in fields.enumerated() where field.type == .text {
      for row in 0..<rows {
        let number = value(column, row)
        if number != StoreFormat.missing, number >= textCount { return false }
      }
    }
    return true
  }

  /// Reference and alternate bases of a row.
  func alleles(_ row: Int) -> (reference: String, alternate: String)? {
    if let short = AlleleCode.spelling(key(row) & AlleleCode.last) { return short }
    guard let range = spelling(row) else { return nil }
    let parts = file.text(range).split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }

  /// The bits of a value; `StoreFormat.missing` where there is none.
  func value(_ column: Int, _ row: Int) -> UInt32 {
    let column = columns[column]
    func word(_ offset: Int) -> UInt32 { UInt32(littleEndian: file.load(offset, as: UInt32.self)) }
    func half(_ offset: Int) -> UInt16 { UInt16(littleEndian: file.load(offset, as: UInt16.self)) }
    switch column.encoding {
    case .constant: return UInt32(truncatingIfNeeded: column.parameter)
    case .bytes:
      let value = file.load(column.offset + row, as: UInt8.self)
      return value == .max ? StoreFormat.missing : UInt32(value)
    case .halves:
      let value = half(column.offset + 2 * row)
      return value == .max ? StoreFormat.missing : UInt32(value)
    case .bytePalette:
      let place = Int(file.load(column.offset + 4 * column.parameter + row, as: UInt8.self))
      return place < column.parameter ? word(column.offset + 4 * place) : StoreFormat.missing
    case .halfPalette:
      let place = Int(half(column.offset + 4 * column.parameter + 2 * row))
      return place < column.parameter ? word(column.offset + 4 * place) : StoreFormat.missing
    case .words: return word(column.offset + 4 * row)
    }
  }
}
