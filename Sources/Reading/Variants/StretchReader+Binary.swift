internal import Model

extension StretchReader {
  /// The next records of a BCF stretch.
  mutating func nextBinaryBatch() throws(ReadError) -> VariantBatch? {
    guard let stretch else { return nil }
    if !binary.isCut { try cutRecords(stretch) }
    var batch = VariantBatch()
    var ordinals: [Int] = []
    lines.removeAll()
    while binary.next < binary.starts.count, lines.count < Self.batchSize {
      try take(isChecked: stretch.isChecked || isAllChecked, ordinals: &ordinals, into: &batch)
    }
    lines.mark()
    var start = 0
    for ordinal in ordinals {
      let end = unsafe RowBytes.next(lines.newlines, from: start, limit: lines.count)
      scanner.tally.records = ordinal - 1
      try scanner.scan(start..<end, of: lines, into: &batch)
      start = end + 1
    }
    scanner.tally.records = binary.next
    if binary.next == binary.starts.count { self.stretch = nil }
    return batch
  }

  /// Looks at one record; appends its line when the plan lets it through.
  private mutating func take(isChecked: Bool, ordinals: inout [Int], into batch: inout VariantBatch) throws(ReadError) {
    let start = binary.starts[binary.next]
    binary.next += 1
    let row = unsafe BinaryRow(at: buffer.text + start)
    let ordinal = binary.next
    scanner.tally.records = ordinal
    if isChecked { try check(row, ordinal: ordinal) }
    guard sifter?.lets(row, through: &scanner.tally) == true else { return }
    try sifter?.append(row, ordinal: ordinal, to: &lines)
    let size = 8 + row.sharedSize + row.individualSize
    unsafe batch.appendBinary(UnsafeBufferPointer(start: buffer.text + start, count: size).span)
    ordinals.append(ordinal)
  }

  /// Holds a record to the rules of the specification, by way of its line.
  private mutating func check(_ row: BinaryRow, ordinal: Int) throws(ReadError) {
    var line = LineBuffer(capacity: 1 << 10)
    try sifter?.append(row, ordinal: ordinal, to: &line)
    try check(line.bytes(0..<line.count), records: ordinal - 1, lines: 1)
  }

  /// Inflates the stretch, puts what its predecessor left before it, and counts its records off.
  private mutating func cutRecords(_ stretch: Stretch) throws(ReadError) {
    binary = BinaryCut()
    binary.isCut = true
    var isPublished = false
    defer {
      if !isPublished { stretch.outgoing?.publish(nil) }
    }
    while try fill() {}
    if let incoming = stretch.incoming {
      guard let beginning = incoming.wait() else {
        // Whoever had the stretch before tells why.
        self.stretch = nil
        return
      }
      buffer.prepend(beginning)
    }
    var at = 0
    while at + 8 <= buffer.count {
      let row = unsafe BinaryRow(at: buffer.text + at)
      let (shared, individual) = (row.sharedSize, row.individualSize)
      guard shared >= BinaryRow.fixedSize, shared + individual < VariantFile.longestLine else {
        throw ReadError(.damaged, file: layout.file, place: ReadPlace(record: binary.starts.count + 1))
      }
      if at + 8 + shared + individual > buffer.count { break }
      binary.starts.append(at)
      at += 8 + shared + individual
    }
    stretch.outgoing?.publish(buffer.bytes(at..<buffer.count))
    isPublished = true
    binary.open = buffer.count - at
  }
}

/// Where the records of a BCF stretch begin.
struct BinaryCut {
  var isCut = false
  var starts: [Int] = []
  /// The record to be looked at next.
  var next = 0
  /// Bytes of a record that goes on in the next stretch.
  var open = 0
}
