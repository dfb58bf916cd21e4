import Model
import Screening

/// A forward gene on chromosome 1 with four exons, of 100, 100, 100 and 500 bases, made by hand.
///
/// Exons (BED): 1000–1100, 2000–2100, 3000–3100, 4000–4500. Coding: 1050–4200, 450 bases: 50 + 100 + 100 + 200.
enum EvidenceFixture {
  static let transcript = Transcript(
    gene: "HGNC:1", region: Region(.chr1, 1_000, 4_500), isForward: true, coding: 1_050..<4_200,
    exons: [1_000..<1_100, 2_000..<2_100, 3_000..<3_100, 4_000..<4_500], tag: .maneSelect, refSeq: "NM_1.1",
    ensembl: "ENST1.1", origin: "test")

  static let reverse = Transcript(
    gene: "HGNC:1", region: Region(.chr1, 1_000, 4_500), isForward: false, coding: 1_050..<4_200,
    exons: [1_000..<1_100, 2_000..<2_100, 3_000..<3_100, 4_000..<4_500], tag: .maneSelect, refSeq: "NM_1.1",
    ensembl: "ENST1.1", origin: "test")

  static func gene(
    _ modes: [ModeOfInheritance] = [.autosomalDominant], mechanisms: [PanelGene.Mechanism] = [.lossOfFunction],
    confidence: PanelConfidence = .green, transcripts: [Transcript] = []
  ) -> TargetGene {
    TargetGene(
      id: "HGNC:1", hgncID: "HGNC:1", symbol: "GENE", confidence: confidence, modes: modes, mechanisms: mechanisms,
      transcripts: transcripts)
  }

  static func consequence(
    _ terms: String..., exon: String? = nil, intron: String? = nil, hgvsC: String? = nil, protein: (Int, Int)? = nil,
    coding: (Int, Int)? = nil, aminoAcids: String? = nil, transcript: String = "NM_1.1",
    biotype: String? = "protein_coding"
  ) -> Consequence {
    Consequence(
      terms: terms.map { SequenceOntologyTerm($0) }, source: .vep, symbol: "GENE", transcript: transcript,
      biotype: biotype,
      exon: exon, intron: intron, hgvsC: hgvsC, proteinPosition: protein?.0, proteinLength: protein?.1,
      codingPosition: coding?.0, codingLength: coding?.1, aminoAcids: aminoAcids)
  }

  static func variant(
    _ position: Int = 100, _ reference: String = "A", _ alternate: String = "G", contig: Contig = .chr1,
    frequency: PopulationFrequency = .noData, predictions: Predictions = Predictions()
  ) -> Variant {
    Variant(
      allele: Allele(contig, position, reference, alternate),
      origin: Variant.Origin(
        file: 0, record: 1, line: "", position: position, reference: reference, alternates: [alternate],
        alternateIndex: 1),
      frequency: frequency, predictions: predictions, genotypes: [])
  }

  static let zero = PopulationFrequency(
    state: .zero, faf95: 0, alleleFrequency: 0, alleleCount: 0, alleleNumber: 1_614_000)

  /// Names of the criteria that count, in order.
  static func names(
    _ variant: Variant, _ consequence: Consequence?, _ gene: TargetGene = gene(), tool: MissenseTool? = .revel,
    exceptions: Set<Allele> = [], family: FamilyFacts = .none
  ) -> [String] {
    evidence(variant, consequence, gene, tool: tool, exceptions: exceptions, family: family).criteria
      .filter { $0.points != 0 }.map(\.name)
  }

  static func evidence(
    _ variant: Variant, _ consequence: Consequence?, _ gene: TargetGene = gene(), tool: MissenseTool? = .revel,
    exceptions: Set<Allele> = [], family: FamilyFacts = .none
  ) -> AutomatedEvidence {
    EvidenceRules(missenseTool: tool, commonExceptions: exceptions)
      .automated(for: variant, consequence: consequence, in: gene, family: family)
  }
}
