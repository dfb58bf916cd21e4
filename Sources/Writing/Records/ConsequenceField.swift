public import Model

/// The `CSQ` field of an annotated record: an entry for each allele and transcript, laid out as VEP lays it out, so that whatever
/// reads VEP reads it. The names of the sub-fields stand in the header line; values are escaped as VEP escapes them.
///
/// A worker has its own, since it remembers how transcripts are written.
public struct ConsequenceField {
  /// Sub-fields in their order.
  public static let names = [
    "Allele", "Consequence", "IMPACT", "SYMBOL", "Gene", "Feature_type", "Feature", "BIOTYPE", "EXON", "INTRON",
    "HGVSc",
    "HGVSp", "cDNA_position", "CDS_position", "Protein_position", "Amino_acids", "Codons", "ALLELE_NUM", "DISTANCE",
    "STRAND", "FLAGS", "HGNC_ID", "CANONICAL", "MANE_SELECT", "MANE_PLUS_CLINICAL", "ENSP", "NMD", "HAPLOTYPE", "HGVSg",
  ]

  static let key = "CSQ"

  /// - Parameter model: what the consequences were told from.
  public static func headerLine(version: String, model: String) -> String {
    let source = model.replacing("\"", with: "'")
    return
      "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from rarescreen \(version) on \(source). "
      + "Format: \(names.joined(separator: "|"))\">"
  }

  /// What does not change from one allele to the next.
  ///
  /// A class, since it is handed around with every entry.
  final class Fixed: Sendable {
    /// From SYMBOL to BIOTYPE, with the bars around.
    let names: [UInt8]
    let exonCount: Int
    let id: [UInt8]
    let protein: [UInt8]
    /// From STRAND to ENSP, with the bars around.
    let references: [UInt8]

    init(names: [UInt8], exonCount: Int, id: [UInt8], protein: [UInt8], references: [UInt8]) {
      self.names = names
      self.exonCount = exonCount
      self.id = id
      self.protein = protein
      self.references = references
    }
  }

  let model: GeneModel
  /// By number of the transcript.
  private var fixed: [Fixed?]
  /// Consequence and impact of each set of terms that was met.
  private var words: [UInt64: [UInt8]] = [:]
  /// The entries of the quiet stretch that was met last.
  var templates = Templates()
  private(set) var intergenic: (head: [UInt8], tail: [UInt8]) = ([], [])

  public init(model: GeneModel) {
    self.model = model
    fixed = Array(repeating: nil, count: model.transcripts.count)
    intergenic = aroundIntergenic()
  }

  /// The effects of one alternate of a record.
  public struct Allele: Sendable {
    /// Place in the ALT column, from 1.
    public var number: Int
    /// As the record writes it.
    public var bases: [UInt8]
    /// The HGVS name on the genome, with its accession.
    public var genomicName: String?
    public var effects: [TranscriptEffect]

    public init(number: Int, bases: [UInt8], genomicName: String?, effects: [TranscriptEffect]) {
      self.number = number
      self.bases = bases
      self.genomicName = genomicName
      self.effects = effects
    }
  }

  /// Appends `CSQ=` with the entries of every allele of a record.
  ///
  /// - Parameter isAnchored: whether the alleles of the record differ in length and all begin with the same base, which VEP leaves out.
  public mutating func append(_ alleles: [Allele], isAnchored: Bool, to text: inout [UInt8]) {
    text += Self.start
    for (place, allele) in alleles.enumerated() {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      append(allele, isAnchored: isAnchored, to: &text)
    }
  }

  static let start = Array("\(key)=".utf8)

  /// Appends the entries of one allele, with commas between; an allele that lies beside every gene has one of its own.
  private mutating func append(_ allele: Allele, isAnchored: Bool, to text: inout [UInt8]) {
    var shown: [UInt8] = []
    _ = Self.appendShown(allele.bases[...], isAnchored: isAnchored, to: &shown)
    let genomicName = Array((allele.genomicName ?? "").utf8)
    if allele.effects.isEmpty {
      text += shown
      text += intergenic.head
      text.append(decimal: allele.number)
      text += intergenic.tail
      text += genomicName
      return
    }
    for (place, effect) in allele.effects.enumerated() {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      text += shown
      append(effect, number: allele.number, to: &text)
      text += genomicName
    }
  }

  /// Appends an allele as VEP writes it; returns how many bytes that are.
  static func appendShown(_ alternate: ArraySlice<UInt8>, isAnchored: Bool, to text: inout [UInt8]) -> Int {
    let start = text.count
    if isAnchored, alternate.count == 1 {
      text.append(UInt8(ascii: "-"))
    } else {
      for place in alternate.startIndex + (isAnchored ? 1 : 0)..<alternate.endIndex { text.append(alternate[place]) }
    }
    return text.count - start
  }

  let bar = UInt8(ascii: "|")

  private mutating func append(_ effect: TranscriptEffect, number: Int, to text: inout [UInt8]) {
    let fixed = fixed(effect.transcript)
    appendHead(effect, fixed, to: &text)
    append(effect.transcriptName, of: fixed.id, to: &text)
    appendMiddle(effect, fixed, to: &text)
    text.append(decimal: number)
    text.append(bar)
    if let distance = effect.distance { text.append(decimal: distance) }
    appendTail(effect, fixed, to: &text)
  }

  /// From behind the allele up to HGVSc.
  mutating func appendHead(_ effect: TranscriptEffect, _ fixed: Fixed, to text: inout [UInt8]) {
    text.append(bar)
    appendWords(effect.terms, to: &text)
    text.append(all: fixed.names)
    append(effect.exons, of: fixed.exonCount, to: &text)
    text.append(bar)
    append(effect.introns, of: fixed.exonCount - 1, to: &text)
    text.append(bar)
  }

  /// From behind HGVSc up to ALLELE_NUM.
  func appendMiddle(_ effect: TranscriptEffect, _ fixed: Fixed, to text: inout [UInt8]) {
    text.append(bar)
    append(effect.proteinName, of: fixed.protein, to: &text)
    text.append(bar)
    append(effect.transcriptPosition, to: &text)
    text.append(bar)
    append(effect.codingPosition, to: &text)
    text.append(bar)
    append(effect.proteinPosition, to: &text)
    text.append(bar)
    append(effect.referenceAminoAcids, effect.alternateAminoAcids, to: &text)
    text.append(bar)
    append(effect.referenceCodons, effect.alternateCodons, to: &text)
    text.append(bar)
  }

  /// From behind DISTANCE up to HGVSg.
  func appendTail(_ effect: TranscriptEffect, _ fixed: Fixed, to text: inout [UInt8]) {
    text.append(all: fixed.references)
    if let decay = effect.decay { text += decay.rawValue.utf8 }
    text.append(bar)
    if !effect.haplotype.isEmpty { text += effect.haplotype.joined(separator: "&").utf8 }
    text.append(bar)
  }

  /// What stands around ALLELE_NUM of an allele that lies beside every gene.
  private mutating func aroundIntergenic() -> (head: [UInt8], tail: [UInt8]) {
    var head = [bar]
    appendWords(.intergenic, to: &head)
    return (head + [UInt8](repeating: bar, count: 15), [UInt8](repeating: bar, count: 11))
  }

  private mutating func appendWords(_ terms: ConsequenceTerms, to text: inout [UInt8]) {
    if let known = words[terms.rawValue] {
      text += known
      return
    }
    let all = terms.terms
    let made = Array((all.map(\.name).joined(separator: "&") + "|" + (all.first?.impact ?? .modifier).rawValue).utf8)
    words[terms.rawValue] = made
    text += made
  }

  mutating func fixed(_ index: Int) -> Fixed {
    if let known = fixed[index] { return known }
    let transcript = model.transcripts[index]
    let names = [
      transcript.symbol, transcript.geneID, "Transcript", transcript.id, transcript.biotype,
    ]
    let isSelect = transcript.tag == .maneSelect
    let isPlus = transcript.tag == .manePlusClinical
    let mate = transcript.counterpart ?? transcript.id
    let references = [
      transcript.hgncID, transcript.isCanonical ? "YES" : nil, isSelect ? mate : nil, isPlus ? mate : nil,
      transcript.proteinID,
    ]
    let flags = [transcript.lacksStart ? "cds_start_NF" : nil, transcript.lacksStop ? "cds_end_NF" : nil].compactMap {
      $0
    }
    let strand = [transcript.isForward ? "1" : "-1", flags.joined(separator: "&")]
    let made = Fixed(
      names: [bar] + Self.joined(names) + [bar], exonCount: transcript.exons.count,
      id: Array(((transcript.namingReference ?? transcript.id) + ":").utf8),
      protein: transcript.proteinID.map { Array(($0 + ":").utf8) } ?? [],
      references: Array("|\(strand.joined(separator: "|"))|".utf8) + Self.joined(references) + [bar])
    fixed[index] = made
    return made
  }

  private static func joined(_ parts: [String?]) -> [UInt8] {
    Array(parts.map { $0.map(escaped) ?? "" }.joined(separator: "|").utf8)
  }

  /// What would end a sub-field, an entry or the field is written otherwise.
  private static func escaped(_ text: String) -> String {
    Table.percentEncoded(text) { ",;=|%".unicodeScalars.contains($0) }.replacing(" ", with: "_")
  }

  private func append(_ numbers: ClosedRange<Int>?, of count: Int, to text: inout [UInt8]) {
    guard let numbers else { return }
    text.append(decimal: numbers.lowerBound)
    if numbers.count > 1 {
      text.append(UInt8(ascii: "-"))
      text.append(decimal: numbers.upperBound)
    }
    text.append(UInt8(ascii: "/"))
    text.append(decimal: count)
  }

  private func append(_ name: String?, of reference: [UInt8], to text: inout [UInt8]) {
    guard let name else { return }
    text.append(all: reference)
    let equals = UInt8(ascii: "=")
    if !name.utf8.contains(equals) {
      text += name.utf8
      return
    }
    // VEP writes the sign of equality so, since it would end the key of an INFO field.
    for byte in name.utf8 {
      if byte == equals { text += "%3D".utf8 } else { text.append(byte) }
    }
  }

  private func append(_ extent: TranscriptEffect.Extent, to text: inout [UInt8]) {
    if extent.first == nil, extent.last == nil { return }
    if let first = extent.first { text.append(decimal: first) } else { text.append(UInt8(ascii: "?")) }
    if extent.first == extent.last { return }
    text.append(UInt8(ascii: "-"))
    if let last = extent.last { text.append(decimal: last) } else { text.append(UInt8(ascii: "?")) }
  }

  private func append(_ left: String?, _ right: String?, to text: inout [UInt8]) {
    guard let left, let right else { return }
    text += left.utf8
    if left == right { return }
    text.append(UInt8(ascii: "/"))
    text += right.utf8
  }
}
