internal import Model

/// The `RS_*` INFO fields: what the screen says of each alternate allele of a record.
enum RecordAnnotation {
  static let prefix = "RS_"

  /// Every field is `Number=A`; an alternate that is no candidate has `.`.
  static let headerLines: [String] = [
    line("RS_RANK", "Integer", "Rank of the best candidate with this allele, 1 is best"),
    line("RS_GENE", "String", "Genes through which the allele is a candidate, best first, joined by |"),
    line("RS_POINTS", "Float", "Total points of the best candidate; one point is a factor of 2.0797 in odds"),
    line("RS_SHARE", "Float", "Share of the best candidate within the case, 0 to 1"),
    line("RS_MODELS", "String", "Inheritance models that are not excluded, joined by |"),
    line("RS_GROUP", "String", "Pairs that the allele is part of, best first, joined by |"),
    line("RS_PHASE", "String", "Phase of the best pair"),
    line(
      "RS_ACMG", "String",
      "ACMG/AMP criteria by rules, and signed those of a reviewer, joined by |; never a classification"),
    line("RS_ACMG_POINTS", "Integer", "Sum of the criteria in points; never a classification"),
    line("RS_FLAGS", "String", "Flags of candidate, allele and verdicts, joined by |"),
    line("RS_ALLELE", "String", "The allele normalised: CHROM-POS-REF-ALT"),
  ]

  private static func line(_ id: String, _ type: String, _ description: String) -> String {
    "##INFO=<ID=\(id),Number=A,Type=\(type),Description=\"\(description)\">"
  }

  /// `RS_RANK=1,.;…` for the alternates of one record.
  static func info(alternateCount: Int, rows: [Int: [CandidateRow]]) -> String {
    func each(_ value: (_ best: CandidateRow, _ all: [CandidateRow]) -> String?) -> String {
      (1...max(1, alternateCount)).map { index in
        guard let all = rows[index], let best = all.first else { return "." }
        return value(best, all) ?? "."
      }.joined(separator: ",")
    }
    let fields: [(String, String)] = [
      ("RS_RANK", each { best, _ in "\(best.best.rank)" }),
      ("RS_GENE", each { _, all in joined(all.map(\.best.gene.symbol)) }),
      ("RS_POINTS", each { best, _ in Number.short(best.best.ledger.total) }),
      ("RS_SHARE", each { best, _ in Number.short(best.best.share) }),
      ("RS_MODELS", each { _, all in joined(Set(all.flatMap(\.models)).sorted().map(\.rawValue)) }),
      ("RS_GROUP", each { _, all in joined(all.flatMap(\.groups)) }),
      ("RS_PHASE", each { _, all in all.flatMap(\.candidates).compactMap(\.phase).first?.rawValue }),
      ("RS_ACMG", each { best, _ in joined(best.variant.evidence.criteria.map(\.signedName)) }),
      ("RS_ACMG_POINTS", each { best, _ in "\(best.variant.evidence.points)" }),
      ("RS_FLAGS", each { _, all in joined(all.flatMap(\.flags)) }),
      ("RS_ALLELE", each { best, _ in encoded(best.variant.variant.allele.name) }),
    ]
    // A field in which every allele is missing says nothing.
    return fields.filter { $0.1.contains { $0 != "." && $0 != "," } }.map { "\($0.0)=\($0.1)" }.joined(separator: ";")
  }

  private static func joined(_ values: [String]) -> String? {
    values.isEmpty ? nil : distinct(values.map(encoded)).joined(separator: "|")
  }

  /// Text fit for one value of an INFO list: VCF 4.3, section 1.2; blanks are written as `_`, for old readers.
  private static func encoded(_ text: String) -> String {
    let plain = Table.percentEncoded(text) { ":;=%,|".unicodeScalars.contains($0) }.replacing(" ", with: "_")
    return plain.isEmpty ? "." : plain
  }
}
