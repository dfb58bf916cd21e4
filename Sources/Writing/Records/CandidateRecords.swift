internal import Model

/// `candidates.vcf`: the candidates' records as they came in, in genome order, with `RS_*` INFO fields added.
///
/// There is one record for each input record, however many of its alleles are candidates. Where files carry different
/// samples, every record gets the columns of all, and `./.` where its file has no such sample.
struct CandidateRecords {
  private(set) var text: [UInt8] = []
  /// What had to be reconciled between the inputs.
  let notes: [String]

  private struct Key: Hashable {
    var file: Int
    var record: Int
  }

  private struct Record {
    var origin: Variant.Origin
    var contig: Contig
    var rows: [Int: [CandidateRow]]
  }

  init(report: Report) {
    var merge = HeaderMerge(report.headers)
    let records = Self.records(of: report)
    var body: [String] = []
    for record in records { body.append(Self.line(of: record, headers: report.headers, merge: &merge)) }
    var lines = merge.lines + RecordAnnotation.headerLines
    let declared = Set(lines.map(MetaLine.init).filter { $0.kind == "contig" }.compactMap(\.id))
    // Records may use a chromosome that no header declares; BCF and many tools want it declared.
    for (_, name) in merge.contigNames.sorted(by: { $0.key < $1.key }) where !declared.contains(name) {
      lines.append("##contig=<ID=\(name)>")
    }
    let columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    let samples = merge.samples.isEmpty ? [] : ["FORMAT"] + merge.samples.map(HeaderMerge.oneLine)
    lines.append((columns + samples).joined(separator: "\t"))
    for line in lines + body {
      text += line.utf8
      text.append(UInt8(ascii: "\n"))
    }
    notes = merge.notes
  }

  private static func records(of report: Report) -> [Record] {
    var records: [Key: Record] = [:]
    for row in CandidateRow.rows(of: report.result.candidates) {
      let variant = row.variant.variant
      let key = Key(file: variant.origin.file, record: variant.origin.record)
      var record = records[key] ?? Record(origin: variant.origin, contig: variant.allele.contig, rows: [:])
      record.rows[variant.origin.alternateIndex, default: []].append(row)
      records[key] = record
    }
    return records.values.sorted {
      ($0.contig, $0.origin.position, $0.origin.file, $0.origin.record)
        < ($1.contig, $1.origin.position, $1.origin.file, $1.origin.record)
    }
  }

  private static func line(of record: Record, headers: [VariantHeader], merge: inout HeaderMerge) -> String {
    var fields = record.origin.line.split(separator: "\t", omittingEmptySubsequences: false)
      .map { HeaderMerge.oneLine(String($0)) }
    while fields.count < 8 { fields.append(".") }
    fields[0] = merge.name(of: record.contig, spelled: fields[0])
    let added = RecordAnnotation.info(alternateCount: record.origin.alternates.count, rows: record.rows)
    let kept = fields[7].split(separator: ";").filter { !$0.hasPrefix(RecordAnnotation.prefix) && $0 != "." }
    fields[7] = (kept.map(String.init) + [added]).joined(separator: ";")
    let samples = headers.indices.contains(record.origin.file) ? headers[record.origin.file].samples : []
    if samples == merge.samples { return fields.joined(separator: "\t") }
    return (fields.prefix(8) + columns(of: fields, samples: samples, all: merge.samples)).joined(separator: "\t")
  }

  /// FORMAT and one column for each sample of the output.
  private static func columns(of fields: [String], samples: [String], all: [String]) -> [String] {
    let format = fields.count > 8 ? fields[8] : "GT"
    let missing = format.split(separator: ":").first == "GT" ? "./." : "."
    return [format]
      + all.map { sample in
        guard let place = samples.firstIndex(of: sample), fields.indices.contains(9 + place) else { return missing }
        return fields[9 + place]
      }
  }
}
