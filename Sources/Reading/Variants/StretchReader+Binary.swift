internal import Model

extension StretchReader {
  /// Adds the next records of a BCF stretch to the batches of the plans.
  mutating func takeBinary(into batches: inout [VariantBatch]) throws(ReadError) {
    guard let stretch else { return }
    if !binary.isCut { try cutRecords(stretch) }
    while binary.next < binary.starts.count, sieves.allSatisfy({ $0.lines.count < Self.batchSize }),
      sieves.contains(where: { $0.fault == nil })
    {
      let start = binary.starts[binary.next]
      binary.next += 1
      let row = unsafe BinaryRow(at: buffer.text + start)
      if stretch.isChecked || isAllChecked { try check(row, ordinal: binary.next) }
      for index in sieves.indices { sieves[index].take(row, ordinal: binary.next, into: &batches[index]) }
    }
    for index in sieves.indices { sieves[index].scanLines(before: binary.next, into: &batches[index]) }
    if binary.next == binary.starts.count { self.stretch = nil }
  }

  /// Holds a record to the rules of the specification, by way of its line.
  private mutating func check(_ row: BinaryRow, ordinal: Int) throws(ReadError) {
    var line = LineBuffer(capacity: 1 << 10)
    try sieves.first?.append(row, ordinal: ordinal, to: &line)
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
