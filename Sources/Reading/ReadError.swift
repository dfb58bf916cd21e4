internal import Model

/// Where in a file a fault lies; each part is nil when it does not apply.
public struct ReadPlace: Sendable, Hashable, Codable {
  /// Number of the line, from 1; nil for BCF, which has no lines.
  public var line: Int?
  /// Number of the record, from 1.
  public var record: Int?
  /// CHROM and POS as they are written, for a record whose number nobody knows.
  public var site: String?
  /// Name of the column, for example `POS` or a sample.
  public var column: String?

  public init(line: Int? = nil, record: Int? = nil, site: String? = nil, column: String? = nil) {
    self.site = site
    self.line = line
    self.record = record
    self.column = column
  }

  public static let wholeFile = ReadPlace()

  /// The place in the file of one that was counted from a later line and record.
  ///
  /// - Parameters:
  ///   - lines: nil where lines have no numbers.
  ///   - records: nil where records have no numbers.
  func shifted(lines: Int?, records: Int?) -> ReadPlace {
    var place = self
    place.line = lines.flatMap { lines in line.map { $0 + lines } }
    place.record = records.flatMap { records in record.map { $0 + records } }
    if place.line != nil || place.record != nil { place.site = nil }
    return place
  }
}

extension ReadPlace: CustomStringConvertible {
  public var description: String {
    var parts: [String] = []
    if let line {
      parts.append("line \(line)")
    } else if let record {
      parts.append("record \(record)")
    } else if let site {
      parts.append("the record at \(printable(site))")
    }
    if let column { parts.append("column \(printable(column))") }
    return parts.joined(separator: ", ")
  }
}

/// Why a file of the case could not be read.
public struct ReadError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// There is no such file.
    case missing
    /// The file is there and may not be read.
    case notPermitted
    /// The name is that of a folder.
    case directory
    /// The file has no byte.
    case empty
    /// The content is something else than what was asked for; the text says what it looks like.
    case wrongContent(expected: String, found: String)
    /// The file ends before its content does; the text says how that shows.
    case truncated(String)
    /// The compressed data do not inflate, or their checksum is wrong.
    case damaged
    /// A rule of the format is broken; the text is what stands in the file.
    case format(FormatRule, found: String)
    /// The operating system failed to read; its own words.
    case system(String)
    /// A contig that the file does not hold, and some of those that it does.
    case contigAbsent(String, present: [String])
    /// Coordinates that lie outside the contig.
    case outsideContig(String, length: Int)
    /// The index of an indexed file cannot be made or read.
    case index(String)
    /// A CRAM cannot be decoded without the sequence that it was made with; why there is none.
    case noSequence(String)
  }

  /// The class of trouble, one an exit code (sysexits: 66, 65, 74).
  public enum Kind: Sendable, Hashable {
    /// The input does not exist or cannot be opened.
    case missing
    /// The input is there and its content is wrong.
    case malformed
    /// The machine failed while reading.
    case inputOutput
  }

  public var reason: Reason
  public var file: String
  public var place: ReadPlace

  public init(_ reason: Reason, file: String, place: ReadPlace = .wholeFile) {
    self.reason = reason
    self.file = file
    self.place = place
  }

  /// The same without numbers of lines and records, where those before were not counted.
  public var placedBySite: ReadError {
    var error = self
    error.place = place.shifted(lines: nil, records: nil)
    return error
  }

  public var kind: Kind {
    switch reason {
    case .missing, .notPermitted, .directory: .missing
    case .empty, .wrongContent, .truncated, .damaged, .format, .contigAbsent, .outsideContig, .index, .noSequence:
      .malformed
    case .system: .inputOutput
    }
  }
}

extension ReadError: CustomStringConvertible {
  /// `FILE, line N, column C: what is wrong and why; what to do`.
  public var description: String {
    let place = place.description
    let name = file == "-" ? "standard input" : printable(file)
    return "\(name)\(place.isEmpty ? "" : ", " + place): \(explanation)"
  }

  private var explanation: String {
    switch reason {
    case .missing: "there is no such file; check the spelling and the folder"
    case .notPermitted: "the file may not be read; ask its owner for permission"
    case .directory: "this is a folder; name the file in it"
    case .empty: "the file is empty; make it or copy it again"
    case .wrongContent(let expected, let found): "not \(expected): \(found)"
    case .truncated(let sign):
      "the file is cut short (\(sign)); copy it again, or make it again if the original is short too"
    case .damaged: "the compressed data are damaged; copy the file again and compare checksums"
    case .format(let rule, let found):
      rule.sentence.description + (found.isEmpty ? "" : ": '\(printable(found))'") + "; \(rule.remedy)"
    case .system(let words): "reading failed: \(words); check the disk or the network share and try again"
    case .contigAbsent(let name, let present):
      "no contig '\(printable(name))'; the file holds \(present.isEmpty ? "none" : present.joined(separator: ", "))"
        + "; give the file of the right assembly"
    case .outsideContig(let what, let length): "\(what) lies outside the contig, which has \(length) bases"
    case .index(let words): "no index: \(words)"
    case .noSequence(let words):
      "the reads cannot be decoded (\(words)); give the FASTA that the CRAM was made with as `reference:` or --reference, "
        + "and copy the file again if it is the right one"
    }
  }
}

/// Text from a file, made safe to print: control characters escaped, long text cut.
func printable(_ text: String, limit: Int = 80) -> String {
  var result = ""
  var count = 0
  for scalar in text.unicodeScalars {
    if count == limit {
      result += "…"
      break
    }
    switch scalar.value {
    case 9: result += "\\t"
    case 10: result += "\\n"
    case 13: result += "\\r"
    // C0, DEL and C1 could drive a terminal; U+202A… and U+2066… could turn the text round.
    case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069: result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
    count += 1
  }
  return result
}
