internal import Model

/// How one consequence annotation of a file is laid out, as its header description tells.
///
/// The source is recognised by its sub-fields, never by its key: VEP's entries may be called `CSQ`, `ANN` or `vep`.
struct ConsequenceFormat: Sendable, Hashable {
  enum Subfield: Int, Sendable, Hashable, CaseIterable {
    case allele, alleleNumber, consequence, impact, symbol, gene, feature, featureType, biotype, exon, intron, rank
    case hgvsC, hgvsP, hgvsG, codingPosition, proteinPosition, aminoAcids, codons, mane, maneSelect, manePlusClinical
    case canonical, hgnc, legacySymbol, warnings, aminoAcidChange, dnaChange
  }

  /// INFO key.
  var key: String
  var source: Consequence.Source
  /// Names of the sub-fields as the header writes them, in order.
  var names: [String]
  /// What each sub-field holds; nil for those that say nothing about the consequence.
  let subfields: [Subfield?]
  /// Index of each sub-field, by its number in the list of cases; nil for one that the format lacks.
  private let indices: [Int?]

  /// Reads a definition; nil when its description lays out no consequence sub-fields.
  init?(_ field: VariantHeader.Field) {
    guard let names = Self.names(in: field.description) else { return nil }
    let lower = Set(names.map { $0.lowercased() })
    if lower.contains("annotation"), !lower.contains("consequence") {
      source = .snpEff
    } else if lower.contains("consequence"), lower.contains("dna_change") || field.id == "BCSQ" {
      source = .bcftools
    } else if lower.contains("consequence") || ["CSQ", "vep"].contains(field.id) {
      source = .vep
    } else {
      return nil
    }
    key = field.id
    self.names = names
    let table = Self.subfields
    let subfields = names.map { table[$0.lowercased()] }
    self.subfields = subfields
    indices = Subfield.allCases.map { subfields.firstIndex(of: $0) }
  }

  func index(of subfield: Subfield) -> Int? { indices[subfield.rawValue] }

  /// The sub-field names of a description: what stands between the first and the last `|`, with the words touching them.
  ///
  /// Tolerates quotes, spaces, brackets (`[*]consequence`, `biotype[|strand`), and a missing `Format:`.
  private static func names(in description: String) -> [String]? {
    var text = Substring(description)
    if let colon = text.range(ofFormatLabel: "format:") { text = text[colon.upperBound...] }
    guard text.contains("|") else { return nil }
    // SnpEff and bcftools quote the layout; only what is inside the quotes belongs to it.
    if let open = text.firstIndex(of: "'"), let close = text[text.index(after: open)...].firstIndex(of: "'") {
      let quoted = text[text.index(after: open)..<close]
      if quoted.contains("|") { text = quoted }
    }
    var names: [String] = []
    for part in text.split(separator: "|", omittingEmptySubsequences: false) {
      var name = String(part.filter { !"[]*\"'\\ \t".contains($0) })
      // The sentence before the first name, and after the last one, is not part of the layout.
      if names.isEmpty, let word = part.split(whereSeparator: { " :".contains($0) }).last {
        name = String(word.filter { !"[]*\"'\\".contains($0) })
      }
      names.append(name)
    }
    while names.last?.isEmpty == true { names.removeLast() }
    return names.isEmpty ? nil : names
  }

  private static let subfields: [String: Subfield] = [
    "allele": .allele, "allele_num": .alleleNumber, "consequence": .consequence, "annotation": .consequence,
    "impact": .impact, "annotation_impact": .impact, "symbol": .symbol, "gene_name": .symbol, "gene": .gene,
    "gene_id": .gene, "feature": .feature, "feature_id": .feature, "transcript": .feature, "feature_type": .featureType,
    "biotype": .biotype, "transcript_biotype": .biotype, "exon": .exon, "intron": .intron, "rank": .rank,
    "hgvsc": .hgvsC, "hgvs.c": .hgvsC, "hgvsp": .hgvsP, "hgvs.p": .hgvsP, "hgvsg": .hgvsG,
    "cds_position": .codingPosition,
    "cds.pos/cds.length": .codingPosition, "protein_position": .proteinPosition, "aa.pos/aa.length": .proteinPosition,
    "amino_acids": .aminoAcids, "codons": .codons, "mane": .mane, "mane_select": .maneSelect,
    "mane_plus_clinical": .manePlusClinical, "canonical": .canonical, "hgnc_id": .hgnc, "hgnc": .legacySymbol,
    "flags": .warnings, "warnings": .warnings, "errors/warnings/info": .warnings,
    "amino_acid_change": .aminoAcidChange, "dna_change": .dnaChange,
  ]
}

extension Substring {
  /// Range of a label, without regard to case.
  fileprivate func range(ofFormatLabel label: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if let end = index(start, offsetBy: label.count, limitedBy: endIndex), self[start..<end].lowercased() == label {
        return start..<end
      }
      start = index(after: start)
    }
    return nil
  }
}
