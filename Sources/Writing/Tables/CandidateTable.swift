internal import Model

/// `candidates.tsv`: one line a candidate variant, best first.
struct CandidateTable {
  let report: Report

  /// The columns whose names are promised to users, then rarescreen's own.
  static let columns = [
    "rank", "gene", "hgnc_id", "chrom", "pos", "ref", "alt", "genotypes", "inheritance", "group", "consequence",
    "hgvs_c", "hgvs_p", "transcript", "max_af", "clinvar", "acmg_class", "acmg_criteria", "phenotype_score",
    "variant_score", "score", "panels", "flags",
    "acmg_points", "share", "phase", "verdicts", "origin", "states", "moi", "disease", "filter_af", "impact",
    "other_groups", "source", "reads",
  ]

  var bytes: [UInt8] {
    var table = Table(columns: Self.columns)
    for row in CandidateRow.rows(of: report.result.candidates) { table.append(cells(of: row)) }
    return table.bytes
  }

  private func cells(of row: CandidateRow) -> [String?] {
    let candidate = row.best
    let variant = row.variant.variant
    let consequence = row.variant.consequence
    let ledger = candidate.ledger
    let promised: [String?] = [
      "\(candidate.rank)", candidate.gene.symbol, candidate.gene.hgncID, variant.contigName,
      "\(variant.allele.position)", variant.allele.reference, variant.allele.alternate,
      members(of: variant, \.text), Self.list(row.models.map(\.rawValue), ","), row.groups.first,
      Self.list(consequence?.terms.map(\.name) ?? [], "&"), consequence?.hgvsC, consequence?.hgvsP,
      consequence?.transcript, variant.frequency.maximum.map(Self.frequency), Self.clinVar(variant.clinVar),
      row.variant.evidence.wording, Self.criteria(row.variant.evidence),
      ledger.phenotype == nil ? nil : Number.short(ledger.phenotypeScore), Number.short(ledger.variantScore),
      Number.short(ledger.total), Self.list(candidate.gene.panels, ","), Self.list(row.flags, ";"),
    ]
    let disease = candidate.disease
    let own: [String?] = [
      "\(row.variant.evidence.points)", Number.short(candidate.share), candidate.phase?.rawValue,
      Self.list(candidate.verdicts.map { "\($0.model.rawValue):\($0.verdict)" }, ","),
      row.variant.origin.rawValue, members(of: variant, \.state.rawValue),
      Self.list(candidate.gene.modes.map(\.rawValue), ","),
      disease.map { [$0.name, $0.id].compactMap { $0 }.joined(separator: " ") },
      variant.frequency.filtering.map(Self.frequency), consequence?.impact.rawValue,
      Self.list(Array(row.groups.dropFirst()), ","), "\(variant.origin.file + 1):\(variant.writtenRecord)",
      variant.genotypes.contains { $0.reads != nil } ? members(of: variant, \.readShare) : nil,
    ]
    return promised + own
  }

  /// `SAMPLE=value;…` in the order of the pedigree.
  private func members(of variant: Variant, _ value: KeyPath<Genotype, String>) -> String? {
    let parts = zip(report.subject.pedigree.individuals, variant.genotypes).map { person, genotype in
      let name = Table.percentEncoded(person.id) { $0 == ";" || $0 == "=" || $0 == "%" }
      let text = Table.percentEncoded(genotype[keyPath: value]) { $0 == ";" || $0 == "=" }
      return "\(name)=\(text)"
    }
    return Self.list(parts, ";")
  }

  /// The criteria that count, those of a reviewer signed: `PVS1,PS3_Moderate(by AB)`.
  static func criteria(_ evidence: AutomatedEvidence) -> String? {
    list(evidence.counted.map { Table.percentEncoded($0.signedName) { $0 == "," } }, ",")
  }

  static func list(_ values: [String], _ separator: String) -> String? {
    values.isEmpty ? nil : values.joined(separator: separator)
  }

  /// A fraction in its shortest form; 0 and 1 without a decimal point.
  static func frequency(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }

  /// The words of the file with the review stars: `Pathogenic (2 stars)`.
  static func clinVar(_ record: ClinVarRecord?) -> String? {
    record.map { record in
      let words = record.text.isEmpty ? record.significance.rawValue : record.text
      return record.stars.map { "\(words) (\($0) star\($0 == 1 ? "" : "s"))" } ?? words
    }
  }
}

/// `genes.tsv`: one line a gene, best first.
struct GeneTable {
  let report: Report

  static let columns = [
    "rank", "gene", "hgnc_id", "score", "phenotype_score", "variant_score", "inheritance", "variants", "panels",
    "share", "candidates", "moi", "diseases",
  ]

  var bytes: [UInt8] {
    var table = Table(columns: Self.columns)
    // Ranks are unique; should they ever not be, the first stands.
    let byRank = Dictionary(report.result.candidates.map { ($0.rank, $0) }, uniquingKeysWith: { first, _ in first })
    for gene in report.result.genes.sorted(by: { $0.rank < $1.rank }) {
      let candidates = gene.candidates.sorted().compactMap { byRank[$0] }
      let ledger = candidates.first?.ledger
      let models = Set(candidates.flatMap(\.models)).sorted().map(\.rawValue)
      let variants = distinct(candidates.flatMap { $0.variants.map(\.variant.allele.name) })
      table.append([
        "\(gene.rank)", gene.gene.symbol, gene.gene.hgncID, ledger.map { Number.short($0.total) },
        ledger.flatMap { $0.phenotype == nil ? nil : Number.short($0.phenotypeScore) },
        ledger.map { Number.short($0.variantScore) }, CandidateTable.list(models, ","),
        CandidateTable.list(variants, ","), CandidateTable.list(gene.gene.panels, ","),
        candidates.first.map { Number.short($0.share) }, CandidateTable.list(candidates.map { "\($0.rank)" }, ","),
        CandidateTable.list(gene.gene.modes.map(\.rawValue), ","),
        CandidateTable.list(gene.gene.diseases.map(\.name), "; "),
      ])
    }
    return table.bytes
  }
}

extension Genotype {
  /// Fragments of the alignment file that show the allele, of those that tell: `15/31`; a dot where no file was asked.
  fileprivate var readShare: String { reads.map { "\($0.alternate)/\($0.depth)" } ?? "." }
}

extension Criterion {
  /// The name with whoever gave it or took it away, where that was a reviewer.
  var signedName: String {
    if let remover { return "\(name)(removed by \(remover))" }
    return reviewer.map { "\(name)(by \($0))" } ?? name
  }
}
