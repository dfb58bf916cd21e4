import Model

/// Finds the records of a repeat caller among those of a batch and reads the proband's lengths at the known loci.
struct RepeatReader: Sendable {
  /// Bases by which a caller's own catalogue may start earlier or later than ours: some units of the repeat. [E]
  private static let catalogueSlack = 20

  let loci: [RepeatLocus]
  /// Sample column of the proband; nil when the file does not have them.
  let column: Int?
  let annotation: AnnotationLayout

  /// The findings among the selected records; their rows are cleared and entered in the ledger.
  func take(
    _ selection: inout Selection, in records: VariantBatch, _ fields: InfoFields, ledger: inout RecordLedger
  ) -> [RepeatFinding] {
    var findings: [RepeatFinding] = []
    var taken: [Int] = []
    for record in selection {
      guard isRepeat(record, in: records, fields) else { continue }
      taken.append(record)
      if let finding = finding(of: record, in: records) { findings.append(finding) }
    }
    for record in taken {
      selection.clear(record)
      ledger.remove(record, at: .repeatLocus)
    }
    return findings
  }

  /// ExpansionHunter writes its record even where both copies are as in the reference; the repeat unit in INFO tells.
  func isRepeat(_ record: Int, in records: VariantBatch, _ fields: InfoFields) -> Bool {
    let alternates = records.range(.alternate, of: record)
    // Only a symbolic allele can be one of repeats, and most records have none.
    return
      (records.text[alternates].contains(UInt8(ascii: "<"))
      && records.alternates(of: record).contains { AlternateKind($0) == .repeatUnits })
      || annotation.isRepeat(fields.of(record))
  }

  private func finding(of record: Int, in records: VariantBatch) -> RepeatFinding? {
    let locus = Locus(records.contigs[record] ?? .chr1, records.positions[record])
    guard let column, let known = loci.first(where: { $0.region.padded(by: Self.catalogueSlack).contains(locus) })
    else { return nil }
    let samples = records.samples(of: record)
    guard column < samples.count else { return nil }
    let keys = records.string(.format, of: record).split(separator: ":")
    let values = samples[column].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    func value(_ names: String...) -> String? {
      for name in names {
        if let place = keys.firstIndex(where: { $0 == name }), place < values.count {
          return String(decoding: values[place], as: UTF8.self)
        }
      }
      return nil
    }
    guard let counts = value("REPCN", "CN") else { return nil }
    return RepeatCall(counts: counts, intervals: value("REPCI", "CI"))?.finding(at: known)
  }

  /// The stage in the form of the others, for `explain`.
  static let decision = Decision(
    .repeatLocus, .removed, value: .text("record of a repeat caller"), threshold: .missing,
    rule: "repeats are judged by their length, apart from the ranking")
}
