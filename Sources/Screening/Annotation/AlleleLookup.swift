public import Knowledge
public import Model

/// What a worker asks about alleles of which the file itself says nothing. A value belongs to one worker.
public final class AlleleLookup {
  private let caller: ConsequenceCaller?
  private let cohort: Cohort?
  private var stores: StoreCursors
  /// Whose own genotypes are no evidence against them.
  private let family: String
  private let samples: Set<String>
  /// The first thing that went wrong while the cohort or a store was asked. Whoever screens with the lookup ends the run then.
  public private(set) var failure: KnowledgeError?

  init(
    model: GeneModel?, reference: ReferenceWindow?, cohort: Cohort?, family: String, samples: Set<String> = [],
    stores: [AlleleStore] = [],
    isLeftAligned: Bool = false
  ) {
    self.stores = StoreCursors(stores, isLeftAligned: isLeftAligned)
    self.cohort = cohort
    self.family = family
    self.samples = samples
    // Without bases most changes of the coding sequence are not told, which is no annotation to go on.
    caller = reference.flatMap { reference in model.map { ConsequenceCaller($0, reference: reference) } }
  }

  /// Adds what the stores know of an allele to what its file says.
  func note(_ allele: Allele, as layout: StoreLayout, into notes: inout FactNotes) {
    guard failure == nil, !allele.isSymbolic else { return }
    do { try stores.note(allele, as: layout, into: &notes) } catch { failure = error }
  }

  /// What ClinVar knows of other alleles that change a residue whose codon lies at some positions; nil where no store tells of
  /// residues.
  func residueRecords(
    _ contig: Contig, _ positions: [Int], except allele: Allele
  ) -> [ResidueRecord]? {
    guard failure == nil else { return nil }
    do {
      return try stores.residueRecords(contig, positions, except: allele)
    } catch {
      failure = error
      return nil
    }
  }

  /// Counts of the laboratory's own cohort without the family that asks; nil where there is no cohort.
  func localCounts(of alleles: [Allele]) -> [CohortCounts]? {
    guard let cohort, failure == nil else { return nil }
    do {
      return try cohort.counts(of: alleles, excludingFamily: family, of: samples)
    } catch {
      failure = error
      return nil
    }
  }

  /// Whether every allele that is spelled out has consequences here.
  var tellsConsequences: Bool { caller != nil }

  func consequences(of allele: Allele) -> [Consequence] {
    guard let caller, !allele.isSymbolic else { return [] }
    let reference = Array(allele.reference.utf8)[...]
    let alternate = Array(allele.alternate.utf8)[...]
    let genomicName = caller.genomicName(allele.contig, allele.position, reference, alternate)
    return caller.effects(allele.contig, allele.position, reference, alternate).map {
      Consequence($0, of: caller.model, genomicName: genomicName)
    }
  }
}

extension Consequence {
  /// What a gene model tells, in the form of what annotations tell.
  ///
  /// - Parameter genomicName: the allele's HGVS name on the genome.
  public init(_ effect: TranscriptEffect, of model: GeneModel, genomicName: String? = nil) {
    let transcript = model.transcripts[effect.transcript]
    let exonCount = transcript.exons.count
    func text(_ numbers: ClosedRange<Int>?, of count: Int) -> String? {
      numbers.map { ($0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)") + "/\(count)" }
    }
    func pair(_ left: String?, _ right: String?) -> String? {
      guard let left, let right else { return nil }
      return left == right ? left : left + "/" + right
    }
    let mate = transcript.counterpart ?? transcript.id
    let codingLength = transcript.coding.map { coding in
      transcript.exons.reduce(0) { $0 + $1.clamped(to: coding).count }
    }
    self.init(
      terms: effect.terms.terms, source: .told, symbol: transcript.symbol, gene: transcript.geneID,
      hgncID: transcript.hgncID, transcript: transcript.id, biotype: transcript.biotype,
      exon: text(effect.exons, of: exonCount), intron: text(effect.introns, of: exonCount - 1),
      hgvsC: effect.transcriptName.map { (transcript.namingReference ?? transcript.id) + ":" + $0 },
      hgvsP: effect.proteinName.map { (transcript.proteinID.map { $0 + ":" } ?? "") + $0 },
      hgvsG: genomicName, proteinPosition: effect.proteinPosition.first,
      proteinLength: effect.proteinPosition.first == nil ? nil : codingLength.map { $0 / 3 - 1 },
      codingPosition: effect.codingPosition.first, codingLength: codingLength,
      aminoAcids: pair(effect.referenceAminoAcids, effect.alternateAminoAcids),
      codons: pair(effect.referenceCodons, effect.alternateCodons),
      maneSelect: transcript.tag == .maneSelect ? mate : nil,
      manePlusClinical: transcript.tag == .manePlusClinical ? mate : nil, isCanonical: transcript.isCanonical)
  }
}
