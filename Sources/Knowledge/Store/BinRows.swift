/// The rows of one bin while it is being filled.
struct BinRows {
  private var keys: [UInt32] = []
  private var spelled: [Int: [UInt8]] = [:]
  private var columns: [[UInt32]]

  init(columnCount: Int) {
    columns = Array(repeating: [], count: columnCount)
  }

  /// Takes a run of rows that begin in the bin.
  ///
  /// - Parameter texts: number in the store of each text of `rows`.
  mutating func take(_ run: Range<Int>, of rows: StoreRows, texts: [UInt32]) {
    let first = keys.count
    for row in run {
      keys.append(UInt32(truncatingIfNeeded: rows.keys[row]))
      if let letters = rows.spelled[row] { spelled[first + row - run.lowerBound] = letters }
    }
    for field in columns.indices {
      if rows.fields[field].type == .text {
        for value in rows.columns[field][run] {
          columns[field].append(value == StoreFormat.missing ? value : texts[Int(value)])
        }
      } else {
        columns[field] += rows.columns[field][run]
      }
    }
  }

  /// The bytes of the bin, its rows sorted and each allele there once.
  ///
  /// - Parameter resolution: what becomes of an allele that comes again.
  mutating func packed(
    resolving resolution: DuplicateResolution, fields: [StoreMetadata.Field], with writer: inout ColumnWriter
  ) -> (bytes: [UInt8], rows: Int, duplicates: Int) {
    let duplicates = settle(resolution, fields)
    number()
    var bytes: [UInt8] = []
    var letters: [UInt8] = []
    var table: [UInt8] = []
    for row in spelled.keys.sorted() {
      letters += spelled[row] ?? []
      table.append(word: UInt32(row))
      table.append(word: UInt32(letters.count))
    }
    bytes.append(word: UInt32(keys.count))
    bytes.append(word: UInt32(spelled.count))
    bytes.append(word: UInt32(letters.count))
    bytes.append(word: 0)
    for key in keys { bytes.append(word: key) }
    bytes.pad()
    bytes += table
    bytes += letters
    bytes.pad()
    var descriptions: [UInt8] = []
    var payload: [UInt8] = []
    for column in columns { writer.write(column, table: &descriptions, payload: &payload) }
    return (bytes + descriptions + payload, keys.count, duplicates)
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    if keys[left] != keys[right] { return keys[left] < keys[right] }
    let (first, second) = (spelled[left] ?? [], spelled[right] ?? [])
    // Rows of one allele stay in the order in which they came.
    return first == second ? left < right : first.lexicographicallyPrecedes(second)
  }

  private func isSame(_ left: Int, _ right: Int) -> Bool {
    keys[left] == keys[right] && spelled[left] == spelled[right]
  }

  /// Sorts the rows and lets one stand for each allele; tells how many others there were.
  private mutating func settle(_ resolution: DuplicateResolution, _ fields: [StoreMetadata.Field]) -> Int {
    if zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) { return 0 }
    let order = keys.indices.sorted { isBefore($0, $1) }
    var kept: [Int] = []
    for row in order {
      if let last = kept.last, isSame(last, row) {
        resolution.settle(&columns, fields, kept: last, again: row)
      } else {
        kept.append(row)
      }
    }
    let letters = spelled
    spelled = [:]
    for (place, row) in kept.enumerated() {
      if let bytes = letters[row] { spelled[place] = bytes }
    }
    for field in columns.indices {
      let column = columns[field]
      columns[field] = kept.map { column[$0] }
    }
    let duplicates = keys.count - kept.count
    keys = kept.map { [keys] in keys[$0] }
    return duplicates
  }

  /// Gives spelled alleles of one position codes that ascend, the last of which stands for all that are left.
  private mutating func number() {
    for row in spelled.keys.sorted() where row > 0 && spelled[row - 1] != nil {
      let (before, own) = (keys[row - 1], keys[row])
      guard before >> UInt32(StoreFormat.codeBits) == own >> UInt32(StoreFormat.codeBits) else { continue }
      keys[row] = own & ~AlleleCode.last | min((before & AlleleCode.last) + 1, AlleleCode.last)
    }
  }
}

/// What becomes of an allele that a source has more than once.
public enum DuplicateResolution: Sendable, Equatable {
  /// The row with the highest figure in a field stands as a whole, of equals the first; so does the first where the field is nil.
  case greatest(field: Int?)
  /// Of each figure the highest, as for scores by transcript.
  case highest

  fileprivate func settle(
    _ columns: inout [[UInt32]], _ fields: [StoreMetadata.Field], kept: Int, again: Int
  ) {
    switch self {
    case .greatest(nil): break
    case .greatest(let field?):
      guard Self.isHigher(columns[field], fields[field].type, again, than: kept) else { return }
      for column in columns.indices { columns[column][kept] = columns[column][again] }
    case .highest:
      for field in columns.indices where Self.isHigher(columns[field], fields[field].type, again, than: kept) {
        columns[field][kept] = columns[field][again]
      }
    }
  }

  /// A missing value is below every other; of texts the first stands.
  private static func isHigher(
    _ column: [UInt32], _ type: StoreMetadata.Field.ValueType, _ row: Int, than kept: Int
  ) -> Bool {
    if column[row] == StoreFormat.missing { return false }
    if column[kept] == StoreFormat.missing { return true }
    return switch type {
    case .integer: column[row] > column[kept]
    case .float: Float(bitPattern: column[row]) > Float(bitPattern: column[kept])
    case .text: false
    }
  }
}
