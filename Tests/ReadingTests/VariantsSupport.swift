import Foundation
import Model
import Reading
import TestSupport

/// A whole variant file, read as the program does.
struct WholeFile {
  var header: VariantHeader
  var lines: [String] = []
  var warnings: WarningTally

  init(_ path: String, validation: Validation = .full, isStrict: Bool = false) throws(ReadError) {
    var file = try VariantFile(path: path, isStrict: isStrict)
    header = file.header
    let parser = RecordParser(header: file.header, validation: validation, isStrict: isStrict)
    var order = RecordOrder(isStrict: isStrict)
    var tally = WarningTally()
    while let chunk = try file.nextChunk() {
      let parsed = try parser.parse(chunk)
      for row in 0..<parsed.batch.count { lines.append(String(decoding: parsed.batch.line(of: row), as: UTF8.self)) }
      tally.merge(parsed.warnings)
      try order.check(parsed.runs, into: &tally)
    }
    warnings = file.warnings
    warnings.merge(tally)
  }
}
