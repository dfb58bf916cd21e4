internal import Model

/// The headers of a case's variant files made into one.
///
/// Lines stand in the order of the files, each once. Where two files define a field differently, a definition that holds for
/// both is written, and the difference is noted; where contigs are spelled in two ways, the first spelling is used.
struct HeaderMerge {
  /// `##` lines without line ends, the file format first.
  private(set) var lines: [String] = []
  /// What had to be reconciled, for the reader.
  private(set) var notes: [String] = []
  /// All samples, by first appearance.
  let samples: [String]
  /// Spelling of each chromosome in the output.
  private(set) var contigNames: [Contig: String] = [:]

  private var places: [String: Int] = [:]

  init(_ headers: [VariantHeader]) {
    samples = distinct(headers.flatMap(\.samples))
    let version = headers.map(\.version).filter { !$0.isEmpty }.max() ?? "4.3"
    lines.append("##fileformat=VCFv\(Self.oneLine(version))")
    for (index, header) in headers.enumerated() {
      for contig in header.contigs {
        if let known = Contig(name: contig.name), contigNames[known] == nil { contigNames[known] = contig.name }
      }
      for line in header.lines where line.hasPrefix("##") && !line.hasPrefix("##fileformat=") {
        add(MetaLine(Self.oneLine(line)), file: index)
      }
    }
  }

  /// Names the chromosome in the output, by the first spelling met.
  mutating func name(of contig: Contig, spelled name: String) -> String {
    if let known = contigNames[contig] { return known }
    contigNames[contig] = name
    return name
  }

  private mutating func add(_ line: MetaLine, file: Int) {
    // The names of an earlier run of rarescreen are given anew.
    if line.kind == "INFO", let id = line.id, id.hasPrefix(RecordAnnotation.prefix) { return }
    let key: String
    if line.kind == "contig", let id = line.id, let contig = Contig(name: id) {
      key = "contig \(contig.name)"
    } else if let id = line.id, ["INFO", "FORMAT", "FILTER", "ALT"].contains(line.kind) {
      key = "\(line.kind) \(id)"
    } else {
      key = line.text
    }
    guard let place = places[key] else {
      places[key] = lines.count
      lines.append(line.text)
      return
    }
    let first = MetaLine(lines[place])
    guard line.kind == "INFO" || line.kind == "FORMAT", let id = line.id else { return }
    let (number, type) = (first["Number"], first["Type"])
    if number == line["Number"], type == line["Type"] { return }
    let mended = first.redefined(
      number: number == line["Number"] ? number : ".", type: Self.common(type, line["Type"]))
    lines[place] = mended.text
    notes.append(
      "\(line.kind) \(Table.cell(id)) is defined differently in variant file \(file + 1) (Number=\(line["Number"] ?? "?"), "
        + "Type=\(line["Type"] ?? "?")) than before (Number=\(number ?? "?"), Type=\(type ?? "?")); "
        + "candidates.vcf.gz declares Number=\(mended["Number"] ?? "."), Type=\(mended["Type"] ?? "String")")
  }

  /// The narrowest type that holds values of both.
  private static func common(_ left: String?, _ right: String?) -> String {
    if let left, left == right { return left }
    return Set([left, right]) == ["Integer", "Float"] ? "Float" : "String"
  }

  static func oneLine(_ text: String) -> String {
    Table.percentEncoded(text) { _ in false }
  }
}

/// A `##` line, taken apart as far as merging needs.
struct MetaLine {
  let text: String
  /// `INFO`, `contig`, …
  let kind: String
  private let fields: [(key: String, value: String)]

  init(_ text: String) {
    self.text = text
    let body = text.drop { $0 == "#" }
    kind = String(body.prefix { $0 != "=" })
    let value = body.dropFirst(kind.count + 1)
    fields = value.first == "<" && value.last == ">" ? Self.parse(value.dropFirst().dropLast()) : []
  }

  var id: String? { self["ID"] }

  subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

  func redefined(number: String?, type: String) -> MetaLine {
    let parts = fields.map { field in
      switch field.key {
      case "Number": "Number=\(number ?? ".")"
      case "Type": "Type=\(type)"
      default: "\(field.key)=\(field.value)"
      }
    }
    return MetaLine("##\(kind)=<\(parts.joined(separator: ","))>")
  }

  /// Splits at commas outside quotation marks; quotation marks stay part of the value.
  private static func parse(_ text: Substring) -> [(key: String, value: String)] {
    var parts: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == ",", !isQuoted {
        parts.append("")
        continue
      }
      if scalar == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = scalar == "\\" && !isEscaped
      parts[parts.count - 1].unicodeScalars.append(scalar)
    }
    return parts.compactMap { part in
      guard let equals = part.firstIndex(of: "=") else { return nil }
      return (String(part[..<equals]), String(part[part.index(after: equals)...]))
    }
  }
}
