import Model

@testable import Writing

/// A small report made by hand: a trio with a compound heterozygote, a de novo variant and an X-linked one, on invented genes
/// and positions. Every text field runs through `text`, so that a test can make all of them hostile.
struct SmallReport {
  var text: @Sendable (String) -> String = { $0 }
  private func said(_ words: String) -> Wording { Wording(verbatim: text(words)) }

  static let report = SmallReport().report()
  static let negative = SmallReport().negative()

  let pedigree = Pedigree([
    Individual(id: "CHILD", family: "F", father: "DAD", mother: "MUM", sex: .male, status: .affected),
    Individual(id: "DAD", family: "F", sex: .male, status: .unaffected),
    Individual(id: "MUM", family: "F", sex: .female, status: .unaffected),
  ])

  func report() -> Report {
    let candidates = [pair, deNovo, linked]
    var tally = Tally()
    tally.recordsRead = 2_000
    tally.allelesRead = 2_010
    tally.recordsReported = 4
    tally.allelesReported = 4
    tally.records = [.outsidePanel: 1_500, .populationFrequency: 490, .inheritance: 6]
    tally.alleles = [.outsidePanel: 1_505, .populationFrequency: 494, .inheritance: 7]
    tally.unknowns = [.populationFrequency: 2]
    tally.exempted = [.populationFrequency: 1]
    let genes = candidates.map { RankedGene(rank: $0.rank, gene: $0.gene, candidates: [$0.rank]) }
    return report(candidates: candidates, genes: genes, tally: tally, shareOfNone: 0.01)
  }

  func negative() -> Report {
    var tally = Tally()
    tally.recordsRead = 100
    tally.allelesRead = 100
    tally.records = [.outsidePanel: 90, .impact: 10]
    tally.alleles = [.outsidePanel: 90, .impact: 10]
    var negative = report(candidates: [], genes: [], tally: tally, shareOfNone: 1)
    negative.result.repeats = []
    return negative
  }

  private var huntingtin: RepeatFinding {
    RepeatFinding(
      locus: RepeatLocus(
        symbol: text("HTT"), mode: .autosomalDominant, region: Region(.chr4, 3_074_876, 3_074_933), motif: text("CAG"),
        normal: 6...26, intermediate: 27...35, pathogenicMinimum: 36, needsMotifCheck: false),
      copies: [
        RepeatFinding.Copy(units: 17, interval: 17...17, size: .normal),
        RepeatFinding.Copy(units: 38, interval: 36...41, size: .expanded),
      ], conclusion: .expanded)
  }

  private func report(
    candidates: [Candidate], genes: [RankedGene], tally: Tally, shareOfNone: Double
  ) -> Report {
    let miss = NearMiss(
      kind: .singleHeterozygous, gene: gene("LONE", .autosomalRecessive),
      variant: variant("5", 500, "G", "A", states: [.heterozygous, .heterozygous, .reference], record: 9),
      decision: Decision(
        .singleHeterozygous, .removed, value: .number(1), threshold: .number(2), rule: said("copies needed")))
    let checks = [
      QualityCheck(
        kind: .mendelianErrors, samples: [text("CHILD"), "DAD", "MUM"], value: 0.004, threshold: said("> 3 % fails"),
        outcome: .pass, counts: [text("sites"): 900, "errors": 4], message: said("4 of 900 sites")),
      QualityCheck(
        kind: .sexFromY, samples: ["MUM"], value: nil, threshold: "> 0.05", outcome: .notEvaluable,
        message: said("no Y record")),
    ]
    let quality = QualityReport(
      checks: checks,
      confirmedLinks: [
        QualityReport.ParentLink(child: "CHILD", parent: "DAD"),
        QualityReport.ParentLink(child: "CHILD", parent: "MUM"),
      ])
    let result = ScreenResult(
      candidates: candidates, genes: genes, nearMisses: [miss],
      repeats: [huntingtin], tally: tally, quality: quality,
      shareOfNone: shareOfNone, diseaseCount: 300, warnings: [said("no REVEL scores in the file")])
    let subject = Case(
      id: text("DEMO-001"), pedigree: members, proband: text("CHILD"),
      phenotypes: [PhenotypeTerm(id: "HP:0001250", label: text("Seizure")), PhenotypeTerm(id: "HP:0001263")],
      excludedPhenotypes: [PhenotypeTerm(id: "HP:0000252", label: "Microcephaly")], assembly: .grch38)
    return Report(
      subject: subject, targets: targets, headers: [header], result: result, provenance: provenance)
  }

  private var members: Pedigree {
    Pedigree(
      pedigree.individuals.map { person in
        var person = person
        person.id = text(person.id)
        person.father = person.father.map(text)
        person.mother = person.mother.map(text)
        return person
      })
  }

  private var targets: TargetSet {
    let genes = [
      gene("TWOHIT", .autosomalRecessive), gene("NEWONE", .autosomalDominant), gene("PMS2", .autosomalDominant),
    ]
    let panel = Panel(
      name: text("epilepsy"), title: text("Epilepsies"), version: text("1.0"), date: "2026-01-01",
      source: text("made up"), licence: "CC0", genes: [PanelGene(hgncID: "HGNC:1", symbol: "TWOHIT")])
    return TargetSet(
      assembly: .grch38, panels: [panel], genes: genes, screened: RegionSet([Region(.chr1, 0, 10_000)]),
      unplaced: [text("GHOST")], unused: [.amber: [text("MAYBE")]])
  }

  private var provenance: Provenance {
    Provenance(
      program: "rarescreen", version: "0.1.0", htslibVersion: "1.16", platform: "Linux x86_64",
      commandLine: ["rarescreen", "screen", text("case.yaml")],
      inputs: [
        Provenance.InputFile(
          role: "variants", name: text("trio.vcf.gz"), bytes: 12_345, digest: String(repeating: "ab", count: 32),
          samples: members.individuals.map(\.id))
      ],
      settings: [("max_af", "0.01"), ("min_gq", "20"), ("profile", text("exome")), ("strict_de_novo", "false")],
      started: "2026-01-02T03:04:05Z", finished: "2026-01-02T03:04:06Z")
  }

  var header: VariantHeader {
    VariantHeader(
      version: "4.2",
      lines: [
        "##fileformat=VCFv4.2", "##contig=<ID=chr1,length=248956422>", "##contig=<ID=chr2,length=242193529>",
        "##contig=<ID=chrX,length=156040895>",
        "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"count, of \\\"alt\\\"\">",
        "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
      ],
      contigs: [
        VariantHeader.ContigLine(name: "chr1", length: 248_956_422),
        VariantHeader.ContigLine(name: "chr2", length: 242_193_529),
        VariantHeader.ContigLine(name: "chrX", length: 156_040_895),
      ], samples: ["CHILD", "DAD", "MUM"])
  }

  func gene(_ symbol: String, _ mode: ModeOfInheritance) -> TargetGene {
    TargetGene(
      id: "HGNC:\(symbol.utf8.count)", hgncID: "HGNC:\(symbol.utf8.count)", symbol: text(symbol), modes: [mode],
      diseases: [Disease(id: "OMIM:100001", name: text("\(symbol) disorder"), mode: mode)], panels: [text("epilepsy")])
  }

  func variant(
    _ chrom: String, _ position: Int, _ reference: String, _ alternate: String, states: [GenotypeState], record: Int,
    origin: ParentOfOrigin = .unknown, criteria: [Criterion] = [], frequency: PopulationFrequency = .noData,
    clinVar: ClinVarRecord? = nil, flags: [String] = []
  ) -> CandidateVariant {
    let line = [
      "chr\(chrom)", "\(position)", ".", reference, alternate, "99", "PASS", "AC=1", "GT", "0/1", "0/0", "0/0",
    ]
    let consequence = Consequence(
      terms: [SequenceOntologyTerm("missense_variant")], source: .vep, symbol: text("GENE"),
      transcript: text("NM_000001.1"), exon: "3/9", hgvsC: text("NM_000001.1:c.\(position)\(reference)>\(alternate)"),
      hgvsP: text("NP_000001.1:p.Ala\(position)Thr"), maneSelect: text("NM_000001.1"))
    let variant = Variant(
      allele: Allele(Contig(name: chrom) ?? .chr1, position, reference, alternate),
      origin: Variant.Origin(
        file: 0, record: record, line: line.joined(separator: "\t"), position: position, reference: reference,
        alternates: [alternate], alternateIndex: 1),
      siteQuality: 99.5, filters: ["PASS"], identifiers: [text("rs1")], frequency: frequency, clinVar: clinVar,
      predictions: Predictions(revel: 0.8), consequences: [consequence],
      genotypes: states.map { state in
        Genotype(
          text: state.isCarrier ? "0/1" : "0/0", state: state, depth: 30, quality: 99, referenceReads: 15,
          alternateReads: state.isCarrier ? 15 : 0, alleleFraction: state.isCarrier ? 0.5 : 0)
      }, flags: flags.map(said))
    return CandidateVariant(
      variant: variant, consequence: consequence, origin: origin, evidence: AutomatedEvidence(criteria: criteria))
  }

  private func criterion(_ code: String, _ strength: EvidenceStrength) -> Criterion {
    Criterion(code, strength, evidence: said("fact for \(code)"), rule: said("rule of \(code)"))
  }

  var pair: Candidate {
    let first = variant(
      "1", 2_000, "G", "A", states: [.heterozygous, .reference, .heterozygous], record: 5, origin: .mother,
      criteria: [criterion("PVS1", .veryStrong), criterion("PM2", .supporting)])
    let second = variant(
      "1", 3_000, "C", "T", states: [.heterozygous, .heterozygous, .reference], record: 6, origin: .father,
      criteria: [criterion("PP3", .moderate), criterion("PM2", .supporting)],
      frequency: PopulationFrequency(
        state: .value, faf95: 1.5e-5, alleleFrequency: 0.00002, alleleCount: 3, alleleNumber: 150_000,
        sources: [text("gnomAD_AF")]),
      clinVar: ClinVarRecord(significance: .likelyPathogenic, text: text("Likely_pathogenic"), stars: 1),
      flags: ["GQ 22"])
    let ledger = PointsLedger(
      variants: [
        [PointsEntry("PVS1", 8, rule: said("8")), PointsEntry("PM2", 1, rule: "1")],
        [
          PointsEntry("PP3_Moderate", 2, rule: "2"), PointsEntry("PM2", 1, rule: "1"),
          PointsEntry(said("ClinVar 1-star LP"), 3, rule: "3"),
        ],
      ], segregation: [PointsEntry(said("parents carry one each"), 2, rule: "S")],
      gene: [PointsEntry(said("green epilepsy 1.0"), 1, rule: "G")])
    let members = zip(self.members.individuals, [GenotypeState.heterozygous, .reference, .heterozygous]).map {
      MemberVerdict(member: $0.id, state: $1, verdict: .pass)
    }
    return Candidate(
      rank: 1, gene: gene("TWOHIT", .autosomalRecessive), variants: [first, second],
      verdicts: [ModelVerdict(model: .recessiveCompound, verdict: .pass, members: members)], phase: .confirmedTrans,
      ledger: ledger, share: 0.87)
  }

  var deNovo: Candidate {
    let variant = variant(
      "2", 150, "T", "C", states: [.heterozygous, .reference, .reference], record: 7, origin: .deNovo,
      criteria: [criterion("PM2", .supporting)])
    return Candidate(
      rank: 2, gene: gene("NEWONE", .autosomalDominant), variants: [variant],
      verdicts: [
        ModelVerdict(
          model: .deNovo, verdict: .possible([.oneParentMissing, .parentalMosaicism]), flags: [said("look")])
      ],
      ledger: PointsLedger(
        phenotype: [PointsEntry(said("HP:0001250"), 4.25, rule: "LR"), PointsEntry("HP:0001263", -0.4, rule: "LR")],
        variants: [
          [PointsEntry("PVS1", 8, rule: "8"), PointsEntry("PS1", 4, rule: "4"), PointsEntry("PM2", 1, rule: "1")]
        ],
        segregation: [PointsEntry("de novo", 1, rule: "S")], gene: [PointsEntry("green", 1, rule: "G")]),
      share: 0.1, flags: [said("check the parents")])
  }

  var linked: Candidate {
    let variant = variant("X", 50, "A", "G", states: [.hemizygous, .hemizygousReference, .heterozygous], record: 8)
    return Candidate(
      rank: 3, gene: gene("EXES", .xLinkedRecessive), variants: [variant],
      verdicts: [ModelVerdict(model: .xLinkedRecessive, verdict: .pass)],
      ledger: PointsLedger(
        variants: [[]], segregation: [PointsEntry("MOI mismatch", -2, rule: "S")],
        gene: [PointsEntry("green", 1, rule: "G")]), share: 0.02)
  }
}
