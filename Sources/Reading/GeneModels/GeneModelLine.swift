internal import Model

/// One line of a GFF3 or GTF file. Attributes are looked for when they are asked for: most lines are exons, of which only the
/// parent matters.
///
/// Sources: GFF3 specification 1.26 (Sequence Ontology), GTF 2.2. Coordinates of the file are 1-based and closed.
struct GeneModelLine {
  /// What a part of a transcript is.
  enum Part {
    case exon, coding, stopCodon
    /// Told by the other parts.
    case implied
  }

  private let bytes: [UInt8]
  private let columns: [Range<Int>]
  let number: Int
  /// 0-based, half-open.
  let range: Range<Int>
  /// GTF writes `key "value"; `, GFF3 `key=value;`.
  let isGTF: Bool

  init(_ line: [UInt8], path: String, number: Int) throws(ReadError) {
    bytes = line
    columns = Self.split(line, at: 9)
    self.number = number
    let place = ReadPlace(line: number)
    guard columns.count >= 9 else {
      throw ReadError(
        .wrongContent(
          expected: "a gene model in GFF3 or GTF", found: "a line of \(columns.count) columns instead of 9"),
        file: path, place: place)
    }
    guard let start = Self.integer(line[columns[3]]), let end = Self.integer(line[columns[4]]), start >= 1, start <= end
    else {
      let found = String(decoding: line[columns[3].lowerBound..<columns[4].upperBound], as: UTF8.self)
      throw ReadError(
        .wrongContent(expected: "a start and an end, from 1", found: "'\(printable(found))'"), file: path, place: place)
    }
    range = start - 1..<end
    let equals = line[columns[8]].firstIndex(of: UInt8(ascii: "="))
    let quote = line[columns[8]].firstIndex(of: UInt8(ascii: "\""))
    isGTF = equals.map { equals in quote.map { $0 < equals } ?? false } ?? true
  }

  private static func split(_ line: [UInt8], at most: Int) -> [Range<Int>] {
    var columns: [Range<Int>] = []
    columns.reserveCapacity(most)
    var start = 0
    for index in line.indices where line[index] == UInt8(ascii: "\t") && columns.count < most - 1 {
      columns.append(start..<index)
      start = index + 1
    }
    columns.append(start..<line.count)
    return columns
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count < 12 else { return nil }
    var value = 0
    for byte in bytes {
      guard byte &- 48 < 10 else { return nil }
      value = value * 10 + Int(byte &- 48)
    }
    return value
  }

  private func holds(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount && bytes[range].elementsEqual("\(text)".utf8)
  }

  var contigName: ArraySlice<UInt8> { bytes[columns[0]] }

  /// Column 3, for example `mRNA`, `exon`, `CDS`.
  var type: String { String(decoding: bytes[columns[2]], as: UTF8.self) }

  var isForward: Bool { !holds("-", in: columns[6]) }

  /// Bases before the next codon begins, 0…2; nil where the column is `.`.
  var phase: Int? { Self.integer(bytes[columns[7]]).flatMap { (0...2).contains($0) ? $0 : nil } }

  /// nil for genes, transcripts, and lines that are nothing of the kind.
  var part: Part? {
    switch type {
    case "exon": .exon
    case "CDS": .coding
    case "stop_codon": .stopCodon
    case "five_prime_UTR", "three_prime_UTR", "five_prime_utr", "three_prime_utr", "UTR", "start_codon",
      "Selenocysteine", "stop_codon_redefined_as_selenocysteine", "intron":
      .implied
    default: nil
    }
  }

  /// The first of several attributes that is there, with `%3B` and the like decoded.
  func attribute(_ names: String...) -> String? {
    for name in names {
      var found: String?
      forEachAttribute { key, value in
        if found == nil, !value.isEmpty, bytes[key].elementsEqual(name.utf8) {
          found = PercentEncoding.decode(bytes[value])
        }
      }
      if let found { return found }
    }
    return nil
  }

  /// All values of `tag`, which GFF3 lists and GTF repeats.
  var tags: [String] {
    var tags: [String] = []
    forEachAttribute { key, value in
      guard bytes[key].elementsEqual("tag".utf8) else { return }
      tags += bytes[value].split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
    }
    return tags
  }

  /// Calls `body` with the places of each key and its value; semicolons within quotes are no ends.
  private func forEachAttribute(_ body: (Range<Int>, Range<Int>) -> Void) {
    let column = columns[8]
    let mark = UInt8(ascii: isGTF ? " " : "=")
    var start = column.lowerBound
    while start < column.upperBound {
      if bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: ";") {
        start += 1
        continue
      }
      var end = start
      var isQuoted = false
      var separator: Int?
      while end < column.upperBound, isQuoted || bytes[end] != UInt8(ascii: ";") {
        if bytes[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
        if separator == nil, bytes[end] == mark { separator = end }
        end += 1
      }
      if let separator {
        var value = separator + 1..<end
        if isGTF {
          let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: " ")]
          while let first = value.first, quotes.contains(bytes[first]) { value = first + 1..<value.upperBound }
          while let last = value.last, quotes.contains(bytes[last]) { value = value.lowerBound..<last }
        }
        body(start..<separator, value)
      }
      start = end + 1
    }
  }

  /// The id by which children name this line as their parent.
  var id: String? {
    if !isGTF { return attribute("ID") }
    return switch type {
    case "gene": attribute("gene_id")
    case "transcript": attribute("transcript_id")
    default: nil
    }
  }

  var parents: [String] {
    if !isGTF { return attribute("Parent").map { $0.split(separator: ",").map(String.init) } ?? [] }
    return switch type {
    case "gene": []
    case "transcript": attribute("gene_id").map { [$0] } ?? []
    default: attribute("transcript_id").map { [$0] } ?? []
    }
  }
}
