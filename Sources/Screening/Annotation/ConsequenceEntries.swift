internal import Model

/// The entries of one record's consequence annotation, cut into sub-fields but not yet turned into text.
struct ConsequenceEntries {
  /// Whose consequence an entry is.
  enum Owner {
    case allele(Int)
    case everyAllele
    case unspecified
    case unmatched(String)
    case elsewhere(position: Int)
  }

  let format: ConsequenceFormat
  let alleles: RecordAlleles
  /// Sub-fields of all entries, `format.names.count` an entry; an empty range where an entry is short.
  private let parts: [Range<Int>]
  let count: Int
  private let usesNumbers: Bool
  /// Whether all entries name the same allele.
  private let isOneName: Bool

  init(_ value: Range<Int>, format: ConsequenceFormat, alleles: RecordAlleles) {
    self.format = format
    self.alleles = alleles
    let width = format.names.count
    var parts: [Range<Int>] = []
    Bytes.forEachPart(of: value, in: alleles.text, separator: Bytes.comma) { entry, range in
      Bytes.forEachPart(of: range, in: alleles.text, separator: Bytes.bar) { index, part in
        if index < width { parts.append(part) }
      }
      let end = range.upperBound
      parts += Array(repeating: end..<end, count: (entry + 1) * width - parts.count)
    }
    self.parts = parts
    count = parts.count / width
    let name = format.index(of: .allele)
    isOneName =
      name.map { name in
        stride(from: name, to: parts.count, by: width).allSatisfy {
          alleles.text[parts[$0]] == alleles.text[parts[name]]
        }
      } ?? true
    // After a file was split, ALLELE_NUM still counts the alleles of the record that was annotated.
    usesNumbers =
      format.index(of: .alleleNumber).map { index in
        (0..<parts.count / width).allSatisfy {
          let number = Bytes.firstInteger(parts[$0 * width + index], in: alleles.text)
          return number.map { (1...alleles.alternates.count).contains($0) } ?? false
        }
      } ?? false
  }

  func part(_ entry: Int, _ index: Int) -> Range<Int> { parts[entry * format.names.count + index] }

  private func range(_ entry: Int, _ subfield: ConsequenceFormat.Subfield) -> Range<Int>? {
    guard let index = format.index(of: subfield) else { return nil }
    let range = part(entry, index)
    return Bytes.isMissing(range, in: alleles.text) ? nil : range
  }

  private func string(_ entry: Int, _ subfield: ConsequenceFormat.Subfield) -> String? {
    range(entry, subfield).map { Bytes.string($0, in: alleles.text) }
  }

  func alleleName(_ entry: Int) -> Range<Int>? { range(entry, .allele) }

  func owner(of entry: Int) -> Owner {
    if format.source == .bcftools { return haplotypeOwner(of: entry) }
    if usesNumbers, let number = range(entry, .alleleNumber).flatMap({ Bytes.firstInteger($0, in: alleles.text) }) {
      return .allele(number)
    }
    guard let name = range(entry, .allele) else { return alleles.isMultiallelic ? .unspecified : .everyAllele }
    let index = format.source == .snpEff ? alleles.index(fullName: name) : alleles.index(vepName: name)
    if let index { return .allele(index) }
    // A symbolic allele is named by its class (`deletion`), and a shifted record by its old name. With one alternate and one
    // name there is no doubt.
    if !alleles.isMultiallelic, isOneName { return .allele(1) }
    return .unmatched(Bytes.string(name, in: alleles.text))
  }

  /// bcftools csq names no allele; the change of DNA does, as `position` `REF>ALT`, joined by `+` over a haplotype.
  private func haplotypeOwner(of entry: Int) -> Owner {
    if let term = range(entry, .consequence), alleles.text[term.lowerBound] == UInt8(ascii: "@") {
      return .elsewhere(position: Bytes.firstInteger(term, in: alleles.text) ?? 0)
    }
    guard alleles.isMultiallelic else { return .everyAllele }
    guard let change = range(entry, .dnaChange) else { return .unspecified }
    var owner: Int?
    Bytes.forEachPart(of: change, in: alleles.text, separator: UInt8(ascii: "+")) { _, part in
      guard owner == nil, let arrow = part.first(where: { alleles.text[$0] == UInt8(ascii: ">") }) else { return }
      let from = (part.lowerBound..<arrow).drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(alleles.text[$0]) }
      guard alleles.text[from] == alleles.text[alleles.reference] else { return }
      owner = alleles.index(fullName: arrow + 1..<part.upperBound)
    }
    return owner.map { .allele($0) } ?? .unspecified
  }

  /// Turns an entry into a consequence.
  func read(_ entry: Int, into result: inout AlleleConsequences) {
    let impact = string(entry, .impact).flatMap { Impact(rawValue: $0.uppercased()) }
    let words = (string(entry, .consequence) ?? "").split(separator: "&")
    var warnings = string(entry, .warnings).map { [$0] } ?? []
    var terms: [SequenceOntologyTerm] = []
    for word in words {
      if word.hasPrefix("*") { warnings.append("downstream of a stop") }
      let term = SequenceOntologyTerm(String(word.drop { $0 == "*" }), fallback: impact)
      if !term.isKnown { result.note(.unknownTerm(term.name)) }
      terms.append(term)
    }
    var consequence = Consequence(
      terms: terms, source: format.source, symbol: string(entry, .symbol) ?? string(entry, .legacySymbol),
      gene: string(entry, .gene), hgncID: string(entry, .hgnc).flatMap(Self.hgncID), transcript: transcript(entry),
      biotype: string(entry, .biotype), exon: string(entry, .exon), intron: string(entry, .intron),
      hgvsC: range(entry, .hgvsC).map { Bytes.decoded($0, in: alleles.text) },
      hgvsP: range(entry, .hgvsP).map { Bytes.decoded($0, in: alleles.text) },
      aminoAcids: string(entry, .aminoAcids), codons: string(entry, .codons),
      warnings: warnings.isEmpty ? nil : warnings.joined(separator: "; "))
    // A term that the table does not know has the last rank, yet its source may call it HIGH.
    if let worst = terms.map(\.impact).max(), worst > consequence.impact { consequence.impact = worst }
    if terms.isEmpty, let impact { consequence.impact = impact }
    (consequence.codingPosition, consequence.codingLength) = position(entry, .codingPosition)
    (consequence.proteinPosition, consequence.proteinLength) = position(entry, .proteinPosition)
    readTranscriptTags(entry, into: &consequence)
    switch format.source {
    case .snpEff: finishSnpEff(entry, &consequence)
    case .bcftools: finishHaplotype(entry, &consequence)
    case .vep, .geneModel: break
    }
    result.consequences.append(consequence)
  }

  private func transcript(_ entry: Int) -> String? {
    if let kind = string(entry, .featureType), kind.lowercased() != "transcript" { return nil }
    return string(entry, .feature)
  }

  /// `12/340`, `12-13/340`, `?-13`, `12`.
  private func position(_ entry: Int, _ subfield: ConsequenceFormat.Subfield) -> (position: Int?, length: Int?) {
    guard let range = range(entry, subfield) else { return (nil, nil) }
    let slash = range.first { alleles.text[$0] == UInt8(ascii: "/") } ?? range.upperBound
    let position = Bytes.firstInteger(range.lowerBound..<slash, in: alleles.text)
    let length = Bytes.firstInteger(slash..<range.upperBound, in: alleles.text)
    return (position, length.flatMap { $0 > 0 ? $0 : nil })
  }

  private func readTranscriptTags(_ entry: Int, into consequence: inout Consequence) {
    consequence.maneSelect = string(entry, .maneSelect)
    consequence.manePlusClinical = string(entry, .manePlusClinical)
    consequence.isCanonical = ["YES", "1", "TRUE"].contains(string(entry, .canonical)?.uppercased() ?? "")
    // Until release 104 VEP's MANE held the RefSeq match; since then it says which MANE set the transcript is of.
    switch string(entry, .mane) {
    case nil: break
    case "MANE_Select": consequence.maneSelect = consequence.maneSelect ?? consequence.transcript
    case "MANE_Plus_Clinical":
      consequence.manePlusClinical = consequence.manePlusClinical ?? consequence.transcript
    case let match?: consequence.maneSelect = consequence.maneSelect ?? match
    }
  }

  /// SnpEff writes `c.` without the transcript, and one rank for exons and introns alike.
  private func finishSnpEff(_ entry: Int, _ consequence: inout Consequence) {
    if let name = consequence.hgvsC, !name.contains(":"), let transcript = consequence.transcript {
      consequence.hgvsC = "\(transcript):\(name)"
    }
    guard let rank = string(entry, .rank) else { return }
    if consequence.has("intron_variant", "splice_donor_variant", "splice_acceptor_variant") {
      consequence.intron = rank
    } else {
      consequence.exon = rank
    }
  }

  /// bcftools csq writes the change of protein as `761D>764N`, `12K`, `10LVS..20>10LV*`.
  private func finishHaplotype(_ entry: Int, _ consequence: inout Consequence) {
    consequence.symbol = consequence.symbol ?? consequence.gene
    consequence.gene = nil
    guard let change = range(entry, .aminoAcidChange) else { return }
    consequence.proteinPosition = Bytes.firstInteger(change, in: alleles.text)
    consequence.aminoAcids = Bytes.string(change, in: alleles.text).split(separator: ">")
      .map { $0.drop(while: \.isNumber) }.joined(separator: "/")
  }

  /// `HGNC:5`, `5` and `HGNC:HGNC:5` are one id; a symbol is none.
  static func hgncID(_ text: String) -> String? {
    var rest = Substring(text)
    while rest.uppercased().hasPrefix("HGNC:") { rest = rest.dropFirst("HGNC:".count) }
    return !rest.isEmpty && rest.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? "HGNC:\(rest)" : nil
  }
}
