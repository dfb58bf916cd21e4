internal import Model

/// Tells who carries an allele from the bytes of GT alone.
///
/// A trio's record costs a walk over its sample columns; decoding every call costs twenty times that, and most records are left
/// behind here. `GenotypeCallDecoder` is the plain twin: the two must agree on `alleles`.
struct CarriedAllele {
  private let text: [UInt8]
  /// Behind the tab that ends FORMAT, and behind the last byte of the line.
  private let start: Int
  private let end: Int
  /// Place of GT among the sub-fields.
  private let place: Int

  /// Nil when the record has no sample columns or no GT.
  init?(of record: Int, in records: VariantBatch) {
    let format = records.range(.format, of: record)
    end = records.line(of: record).endIndex
    start = format.upperBound + 1
    text = records.text
    guard format.upperBound < end, let place = Self.place(in: text, format) else { return nil }
    self.place = place
  }

  private static func place(in text: [UInt8], _ format: Range<Int>) -> Int? {
    var place = 0
    var start = format.lowerBound
    while start <= format.upperBound {
      var end = start
      while end < format.upperBound, text[end] != UInt8(ascii: ":") { end &+= 1 }
      if end - start == 2, text[start] == UInt8(ascii: "G"), text[start + 1] == UInt8(ascii: "T") { return place }
      place += 1
      start = end + 1
    }
    return nil
  }

  /// Whether the GT of one of the columns names the allele. Columns are numbered from 0, in ascending order.
  func isCarried(_ allele: Int, byAnyOf columns: [Int]) -> Bool {
    var column = 0
    var offset = start
    for wanted in columns {
      while column < wanted {
        while offset < end, text[offset] != UInt8(ascii: "\t") { offset &+= 1 }
        if offset >= end { return false }
        offset &+= 1
        column += 1
      }
      if holds(allele, at: offset) { return true }
    }
    return false
  }

  /// Whether the GT of the sample column that starts at an offset names the allele.
  private func holds(_ allele: Int, at column: Int) -> Bool {
    var offset = column
    var passed = 0
    while passed < place {
      while offset < end, text[offset] != UInt8(ascii: ":") {
        if text[offset] == UInt8(ascii: "\t") { return false }
        offset &+= 1
      }
      if offset >= end { return false }
      offset &+= 1
      passed += 1
    }
    // Between the marks stand numbers; whatever else stands there names no allele.
    var value = 0
    var digits = 0
    var isNumber = true
    while true {
      let byte = offset < end ? text[offset] : UInt8(ascii: "\t")
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        value = digits < 18 ? value * 10 + Int(byte - UInt8(ascii: "0")) : 0
        digits += 1
      case UInt8(ascii: "/"), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "\t"):
        if isNumber, (1...18).contains(digits), value == allele { return true }
        if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\t") { return false }
        (value, digits, isNumber) = (0, 0, true)
      default: isNumber = false
      }
      offset &+= 1
    }
  }
}
