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

  /// Which sub-fields are kept when entries are cut: all, or the few that somebody needs.
  struct Subfields: Sendable {
    /// Place among the kept ones by index of the sub-field; -1 for one that is not kept.
    fileprivate let places: [Int]
    fileprivate let count: Int

    init(allOf format: ConsequenceFormat) {
      places = Array(format.names.indices)
      count = places.count
    }

    /// Those of `indices`, and what tells the owner of an entry.
    init(of format: ConsequenceFormat, holding indices: Set<Int>) {
      let owners: [ConsequenceFormat.Subfield] = [.allele, .alleleNumber, .consequence, .dnaChange]
      let wanted = indices.union(owners.compactMap(format.index))
      var next = 0
      places = format.names.indices.map { index in
        guard wanted.contains(index) else { return -1 }
        next += 1
        return next - 1
      }
      count = next
    }
  }

  let format: ConsequenceFormat
  let alleles: RecordAlleles
  /// The kept sub-fields of all entries, as many an entry; an empty range where an entry is short.
  private let parts: [Range<Int>]
  private let kept: Subfields
  let count: Int
  private let usesNumbers: Bool
  /// Whether all entries name the same allele.
  private let isOneName: Bool

  init(_ value: Range<Int>, format: ConsequenceFormat, alleles: RecordAlleles, keeping subfields: Subfields? = nil) {
    self.format = format
    self.alleles = alleles
    let kept = subfields ?? Subfields(allOf: format)
    self.kept = kept
    let parts = Self.parts(of: value, in: alleles.text, keeping: kept)
    let width = kept.count
    self.parts = parts
    count = width == 0 ? 0 : parts.count / width
    isOneName =
      format.index(of: .allele).map { index in
        let name = kept.places[index]
        return stride(from: name, to: parts.count, by: width).allSatisfy {
          alleles.text[parts[$0]] == alleles.text[parts[name]]
        }
      } ?? true
    // After a file was split, ALLELE_NUM still counts the alleles of the record that was annotated.
    usesNumbers =
      format.index(of: .alleleNumber).map { index in
        (0..<parts.count / width).allSatisfy {
          let number = Bytes.firstInteger(parts[$0 * width + kept.places[index]], in: alleles.text)
          return number.map { (1...alleles.alternates.count).contains($0) } ?? false
        }
      } ?? false
  }

  /// Cuts a value at commas into entries and each entry at bars: one pass over the bytes, since most of a line is here.
  private static func parts(of value: Range<Int>, in text: [UInt8], keeping kept: Subfields) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    parts.reserveCapacity(kept.count * 8)
    var start = value.lowerBound
    var index = 0
    var filled = 0
    for mark in ByteMarks(Bytes.bar, or: Bytes.comma, in: value, of: text) {
      if index < kept.places.count, kept.places[index] >= 0 { parts.append(start..<mark) }
      index &+= 1
      start = mark &+ 1
      if text[mark] == Bytes.comma {
        filled += kept.count
        while parts.count < filled { parts.append(mark..<mark) }
        index = 0
      }
    }
    if index < kept.places.count, kept.places[index] >= 0 { parts.append(start..<value.upperBound) }
    filled += kept.count
    while parts.count < filled { parts.append(value.upperBound..<value.upperBound) }
    return parts
  }

  /// - Precondition: the sub-field is one of those kept.
  func part(_ entry: Int, _ index: Int) -> Range<Int> { parts[entry * kept.count + kept.places[index]] }

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
  ///
  /// - Parameter isBrief: whether the change and the gene are enough, and the place in the transcript may be left out.
  func read(_ entry: Int, isBrief: Bool, into result: inout AlleleConsequences) {
    if isBrief { readBriefly(entry, into: &result) } else { readWhole(entry, into: &result) }
  }

  private func readBriefly(_ entry: Int, into result: inout AlleleConsequences) {
    let impact = range(entry, .impact).flatMap { Impact(reading: $0, in: alleles.text) }
    let terms = terms(of: entry, impact, into: &result)
    var consequence = Consequence(
      terms: terms, source: format.source, symbol: string(entry, .symbol) ?? string(entry, .legacySymbol),
      gene: string(entry, .gene), hgncID: string(entry, .hgnc).flatMap(Self.hgncID))
    // A term that the table does not know has the last rank, yet its source may call it HIGH.
    if let worst = terms.map(\.impact).max(), worst > consequence.impact { consequence.impact = worst }
    if terms.isEmpty, let impact { consequence.impact = impact }
    if format.source == .bcftools {
      consequence.symbol = consequence.symbol ?? consequence.gene
      consequence.gene = nil
    }
    result.consequences.append(consequence)
  }

  private func terms(
    of entry: Int, _ impact: Impact?, into result: inout AlleleConsequences
  ) -> [SequenceOntologyTerm] {
    var terms: [SequenceOntologyTerm] = []
    guard let words = range(entry, .consequence) else { return terms }
    Bytes.forEachPart(of: words, in: alleles.text, separator: Bytes.ampersand) { _, word in
      // bcftools marks what lies downstream of a stop by `*`.
      let name = word.drop { alleles.text[$0] == UInt8(ascii: "*") }
      if word.isEmpty { return }
      let term = SequenceOntologyTerm(Bytes.string(name, in: alleles.text), fallback: impact)
      if !term.isKnown { result.note(.unknownTerm(term.name)) }
      terms.append(term)
    }
    return terms
  }

  private func readWhole(_ entry: Int, into result: inout AlleleConsequences) {
    readBriefly(entry, into: &result)
    var consequence = result.consequences.removeLast()
    var warnings = string(entry, .warnings).map { [$0] } ?? []
    for word in (string(entry, .consequence) ?? "").split(separator: "&") where word.hasPrefix("*") {
      warnings.append("downstream of a stop")
    }
    consequence.transcript = transcript(entry)
    consequence.biotype = string(entry, .biotype)
    consequence.exon = string(entry, .exon)
    consequence.intron = string(entry, .intron)
    consequence.hgvsC = range(entry, .hgvsC).map { Bytes.decoded($0, in: alleles.text) }
    consequence.hgvsP = range(entry, .hgvsP).map { Bytes.decoded($0, in: alleles.text) }
    // VEP names the chromosome as the file does, unless it was asked for accessions.
    consequence.hgvsG = range(entry, .hgvsG).map { Bytes.decoded($0, in: alleles.text) }.flatMap {
      $0.hasPrefix("NC_") ? $0 : nil
    }
    consequence.aminoAcids = string(entry, .aminoAcids)
    consequence.codons = string(entry, .codons)
    consequence.warnings = warnings.isEmpty ? nil : warnings.joined(separator: "; ")
    (consequence.codingPosition, consequence.codingLength) = position(entry, .codingPosition)
    (consequence.proteinPosition, consequence.proteinLength) = position(entry, .proteinPosition)
    readTranscriptTags(entry, into: &consequence)
    switch format.source {
    case .snpEff: finishSnpEff(entry, &consequence)
    case .bcftools: finishHaplotype(entry, &consequence)
    case .vep, .told, .geneModel: break
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

extension Impact {
  /// Reads Ensembl's word without regard to case.
  fileprivate init?(reading range: Range<Int>, in text: [UInt8]) {
    let word = Bytes.string(range, in: text)
    guard let impact = Impact(rawValue: word) ?? Impact(rawValue: word.uppercased()) else { return nil }
    self = impact
  }
}
