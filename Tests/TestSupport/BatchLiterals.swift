public import Model

extension VariantBatch {
  /// A batch from VCF lines as text, columns separated by tabs; header lines are left out. Ordinals count from 1.
  ///
  ///     VariantBatch(lines: ["chr1\t100\t.\tA\tG\t50\tPASS\t.\tGT\t0/1"])
  ///
  /// - Precondition: a line has at least the eight columns up to INFO and a number as position.
  public init(lines: [String]) {
    let records = lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    self.init(text: Array(records.map { $0 + "\n" }.joined().utf8))
    var start = 0
    for (index, record) in records.enumerated() {
      let end = start + record.utf8.count
      var ends: [Int] = []
      var offset = start
      while offset < end, ends.count < 9 {
        if text[offset] == UInt8(ascii: "\t") { ends.append(offset) }
        offset += 1
      }
      if ends.count < 9 { ends.append(end) }
      precondition(ends.count >= 8, "a VCF line has at least eight columns: \(record)")
      if ends.count == 8 { ends.append(ends[7]) }
      func column(_ number: Int) -> String {
        String(decoding: text[(number == 0 ? start : ends[number - 1] + 1)..<ends[number]], as: UTF8.self)
      }
      guard let position = Int(column(1)) else { preconditionFailure("no position: \(record)") }
      append(
        ordinal: index + 1, contig: Contig(name: column(0)), position: position,
        quality: Float(column(5)) ?? .nan, start: start, fieldEnds: ends, end: end)
      start = end + 1
    }
  }
}
