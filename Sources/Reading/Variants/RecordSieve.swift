internal import Model

/// What one plan lets through of the records in a worker's buffer, what it refused, and the first thing that it could not read.
///
/// A class, since an array cannot hold what owns memory; its calls take a buffer at a time, so that this costs nothing a record.
final class RecordSieve {
  private var scanner: RowScanner
  /// For BCF: asks the records before they become lines.
  private var sifter: BinarySifter?
  /// For BCF: lines of the records that were let through, and the records' numbers.
  private(set) var lines = LineBuffer(capacity: 0)
  private var ordinals: [Int] = []
  /// The first fault since the stretch began; nothing is taken after it.
  private(set) var fault: ReadError?

  init(of layout: RecordLayout, plan: ReadPlan) throws(ReadError) {
    sifter = try layout.binaryHeader.map { text throws(ReadError) in
      try BinarySifter(file: layout.file, text: text, header: layout.header, plan: plan)
    }
    scanner = RowScanner(file: layout.file, header: layout.header, plan: layout.isText ? plan : .all)
  }

  /// Forgets the stretch before.
  func begin() {
    fault = nil
    lines.removeAll()
    ordinals = []
    _ = scanner.takeTally()
  }

  func fail(_ error: ReadError) { fault = fault ?? error }

  /// What was counted since `begin`.
  func end() -> ScanTally { scanner.takeTally() }

  /// Takes whole lines of text; see `RowScanner.scan`.
  func scan(_ range: Range<Int>, of buffer: borrowing LineBuffer, into batch: inout VariantBatch) {
    if fault != nil { return }
    do { try scanner.scan(range, of: buffer, into: &batch) } catch { fault = error }
  }

  /// Looks at one record of BCF; keeps its line for `scanLines` when the plan lets it through.
  func take(_ row: BinaryRow, ordinal: Int, into batch: inout VariantBatch) {
    if fault != nil { return }
    scanner.tally.records = ordinal
    guard sifter?.lets(row, through: &scanner.tally) == true else { return }
    do { try sifter?.append(row, ordinal: ordinal, to: &lines) } catch {
      fault = error
      return
    }
    unsafe batch.appendBinary(row.whole.span)
    ordinals.append(ordinal)
  }

  /// Appends a record as a line, whatever the plan says of it.
  func append(_ row: BinaryRow, ordinal: Int, to lines: inout LineBuffer) throws(ReadError) {
    try sifter?.append(row, ordinal: ordinal, to: &lines)
  }

  /// Turns the lines that were kept into rows.
  ///
  /// - Parameter next: number of records that were looked at in the stretch.
  func scanLines(before next: Int, into batch: inout VariantBatch) {
    lines.mark()
    var start = 0
    for ordinal in ordinals {
      let end = unsafe RowBytes.next(lines.newlines, from: start, limit: lines.count)
      scanner.tally.records = ordinal - 1
      scan(start..<end, of: lines, into: &batch)
      start = end + 1
    }
    scanner.tally.records = next
    lines.removeAll()
    ordinals = []
  }
}
