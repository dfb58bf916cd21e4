import Foundation
import Model
import Screening
import TestSupport
import Testing

private func field(_ id: String, _ number: String, _ type: String = "Float", _ description: String = "") -> String {
  "ID=\(id),Number=\(number),Type=\(type),Description=\"\(description)\""
}

private let gnomAD = [
  field("gnomAD_AF", "A"), field("gnomAD_AC", "A", "Integer"), field("gnomAD_AN", "1", "Integer"),
  field("gnomAD_nhomalt", "A", "Integer"),
]

private func isClose(_ value: Double?, _ expected: Double, within share: Double = 5e-4) -> Bool {
  value.map { abs($0 - expected) <= expected * share } ?? false
}

@Suite struct FilteringAlleleFrequencyTests {
  /// Vectors of the clinical specification, to three digits.
  @Test(arguments: [(1, 1_000, 5.13e-5), (10, 10_000, 5.425e-4), (20, 2_000, 6.63e-3)])
  func vectors(count: Int, number: Int, expected: Double) {
    #expect(isClose(filteringAlleleFrequency(count: count, number: number), expected))
  }

  @Test func edges() {
    #expect(filteringAlleleFrequency(count: 0, number: 1_000) == 0)
    #expect(filteringAlleleFrequency(count: 1, number: 0) == nil)
    #expect(filteringAlleleFrequency(count: 3, number: 2) == nil)
    #expect(filteringAlleleFrequency(count: -1, number: 2) == nil)
  }

  /// The definition itself: P(X >= count) = 0.05, by a plain sum of the lower tail.
  @Test(arguments: [1, 2, 3, 7, 19, 50, 150, 400, 650])
  func upperTailIsFivePercent(count: Int) throws {
    let mean = try #require(filteringAlleleFrequency(count: count, number: count)) * Double(count)
    var term = exp(-mean)
    var lower = 0.0
    for copies in 0..<count {
      lower += term
      term *= mean / Double(copies + 1)
    }
    #expect(abs(1 - lower - 0.05) < 1e-9)
  }

  /// The two formulas meet without a step.
  @Test func joinsTheApproximationSmoothly() throws {
    let below = try #require(filteringAlleleFrequency(count: 1_000, number: 100_000))
    let above = try #require(filteringAlleleFrequency(count: 1_001, number: 100_000))
    #expect(above > below && above - below < 1.1e-5)
  }
}

@Suite struct AnnotationFactTests {
  // MARK: States

  /// Case 19.
  @Test func fewChromosomesSayNothing() {
    let frequency = AnnotatedText(info: gnomAD, "A", "G", "gnomAD_AF=0.001;gnomAD_AC=1;gnomAD_AN=1000").facts()
      .frequency
    #expect(frequency.state == .noData)
    #expect(isClose(frequency.faf95, 5.13e-5))
    #expect(frequency.filtering == nil)
    #expect(frequency.alleleCount == 1 && frequency.alleleNumber == 1_000)
  }

  /// Case 20.
  @Test func absenceOfAnnotationIsNotAbsenceOfTheAllele() {
    #expect(AnnotatedText(info: gnomAD, "A", "G", "DP=3").facts().frequency == .noData)
    let zero = AnnotatedText(info: gnomAD, "A", "G", "gnomAD_AC=0;gnomAD_AN=1614000").facts().frequency
    #expect(zero.state == .zero && zero.faf95 == 0 && zero.alleleFrequency == 0)
    #expect(zero != .noData)
  }

  @Test(
    arguments: [
      ("gnomAD_AF=.;gnomAD_AC=.;gnomAD_AN=.", .noData), ("gnomAD_AF=", .noData), ("gnomAD_AF=-1", .noData),
      ("gnomAD_AF=nan", .noData), ("gnomAD_AF=0", .noData), ("gnomAD_AF=0;gnomAD_AN=1999", .noData),
      ("gnomAD_AF=0;gnomAD_AN=2000", .zero), ("gnomAD_AN=150000", .zero), ("gnomAD_AF=1e-6", .value),
      ("gnomAD_AC=1;gnomAD_AN=2000", .value),
    ] as [(String, PopulationFrequency.State)])
  func states(info: String, expected: PopulationFrequency.State) {
    #expect(AnnotatedText(info: gnomAD, "A", "G", info).facts().frequency.state == expected)
  }

  @Test func computesTheFilteringFrequency() {
    let frequency = AnnotatedText(info: gnomAD, "A", "G", "gnomAD_AC=20;gnomAD_AN=2000;gnomAD_nhomalt=3").facts()
      .frequency
    #expect(isClose(frequency.faf95, 6.63e-3))
    #expect(frequency.alleleFrequency == 0.01)
    #expect(frequency.homozygotes == 3)
  }

  /// Bottleneck groups, and groups too small, count neither for the highest group frequency nor for its FAF95.
  @Test func leavesBottleneckGroupsOut() {
    let groups = ["afr", "fin", "asj", "eas"]
    let header =
      gnomAD + groups.flatMap { [field("gnomAD_AC_\($0)", "A", "Integer"), field("gnomAD_AN_\($0)", "1", "Integer")] }
    let frequency = AnnotatedText(
      info: header, "A", "G",
      "gnomAD_AC=330;gnomAD_AN=60000;gnomAD_AC_afr=10;gnomAD_AN_afr=10000;gnomAD_AC_fin=200;gnomAD_AN_fin=10000;"
        + "gnomAD_AC_asj=100;gnomAD_AN_asj=10000;gnomAD_AC_eas=20;gnomAD_AN_eas=1000"
    ).facts().frequency
    #expect(isClose(frequency.faf95, 5.425e-4))
    #expect(frequency.populationMaximum == 0.001)
  }

  @Test func splitsByNumber() {
    let header = gnomAD + [field("CAF", "."), field("exac_af", "R")]
    let file = AnnotatedText(
      info: header, "A", "G,T", "gnomAD_AF=0.1,0.2;gnomAD_AN=5000;gnomAD_nhomalt=7,.;exac_af=0.5,0.3,0.25")
    #expect(file.facts(1).frequency.alleleFrequency == 0.3)
    #expect(file.facts(2).frequency.alleleFrequency == 0.25)
    #expect(file.facts(1).frequency.homozygotes == 7)
    #expect(file.facts(2).frequency.homozygotes == nil)
    let dbSNP = AnnotatedText(info: header, "A", "G,T", "CAF=0.9,0.06,.")
    #expect(dbSNP.facts(1).frequency.alleleFrequency == 0.06)
    #expect(dbSNP.facts(2).frequency.alleleFrequency == nil)
    // a list whose length does not fit the alleles belongs to none of them
    #expect(AnnotatedText(info: gnomAD, "A", "G,T", "gnomAD_AF=0.1").facts(2).frequency.state == .noData)
  }

  @Test func hemizygotesOnXOutsideThePseudoautosomalRegionsOnly() {
    let header = [field("gnomAD_AC_XY", "A", "Integer"), field("gnomad_nhomalt", "A", "Integer")]
    func frequency(_ contig: String, _ position: Int) -> PopulationFrequency {
      AnnotatedText(
        info: header, "A", "G", "gnomAD_AC_XY=4;gnomad_nhomalt=2", contig: contig, position: position
      ).facts().frequency
    }
    #expect(frequency("X", 50_000_000).hemizygotes == 4)
    #expect(frequency("X", 50_000_000).withoutNormalCopy == 6)
    #expect(frequency("X", 2_000_000).hemizygotes == nil)
    #expect(frequency("chr7", 50_000_000).hemizygotes == nil)
  }

  // MARK: Names

  @Test(arguments: [
    "gnomAD_AF", "gnomADe_AF", "gnomADg_AF", "gnomad_af", "gnomAD_exomes_AF", "dbNSFP_gnomAD_exomes_AF", "ExAC_AF",
    "ExAC_ALL", "1000Gp3_AF", "dbNSFP_1000Gp3_AF", "TOPMED_AF", "KG_AF", "1000GAF", "AF_joint_gnomad", "AF_TGP",
    "af_exac_all",
  ])
  func frequencyNames(name: String) {
    let file = AnnotatedText(info: [field(name, "A")], "A", "G", "\(name)=0.02")
    #expect(file.facts().frequency.alleleFrequency == 0.02)
    #expect(file.facts().frequency.sources == [name])
  }

  @Test(arguments: [
    "gnomad_popmax_af", "gnomAD_AF_popmax", "AF_popmax", "AF_grpmax", "AF_grpmax_joint", "gnomAD_AF_grpmax",
    "max_aaf_all",
    "gnomad_AF_afr", "gnomADe_AFR_AF", "EAS_AF",
  ])
  func highestGroupNames(name: String) {
    #expect(
      AnnotatedText(info: [field(name, "A")], "A", "G", "\(name)=0.02").facts().frequency.populationMaximum == 0.02)
  }

  @Test(arguments: ["faf95", "faf95_popmax", "fafmax_faf95_max", "fafmax_faf95_max_joint", "gnomAD_FAF95", "faf95_eas"])
  func filteringFrequencyNames(name: String) {
    #expect(AnnotatedText(info: [field(name, "A")], "A", "G", "\(name)=0.02").facts().frequency.faf95 == 0.02)
  }

  @Test(arguments: [
    "AF", "MLEAF", "AF_raw", "faf99", "faf99_popmax", "controls_AF_popmax", "non_cancer_AF_grpmax", "gnomAD_AF_nfe_seu",
    "popmax", "gnomad_popmax_af_filter", "AF_male", "REVEL_rankscore", "nhomalt_male", "AF1", "faf95_fin",
    "HaplotypeScore",
  ])
  func namesThatAreNoPopulationFrequency(name: String) {
    let facts = AnnotatedText(info: [field(name, "A")], "A", "G", "\(name)=0.02").facts()
    #expect(facts.frequency.state == .noData)
    #expect(facts.frequency.filtering == nil)
    #expect(facts.predictions == Predictions())
  }

  /// A caller's own AF is a frequency of the call set.
  @Test func callSetFrequencyIsNoPopulationFrequency() {
    let own = [field("AF", "A", "Float", "Allele Frequency"), field("AC", "A", "Integer"), field("AN", "1", "Integer")]
    let file = AnnotatedText(info: own, "A", "G", "AF=0.5;AC=3;AN=6")
    #expect(file.facts().frequency == .noData)
    #expect(file.facts().localCount == nil)
    #expect(file.facts(roles: [.localCount: ["AC"], .localNumber: ["AN"]]).localCount == 3)
    #expect(file.facts(roles: [.localFrequency: ["AF"], .localNumber: ["AN"]]).localCount == 3)
    #expect(file.facts(roles: [.alleleFrequency: ["AF"]]).frequency.alleleFrequency == 0.5)
    let described = [field("AF", "A", "Float", "Allele frequency in the 1000 Genomes project")]
    #expect(AnnotatedText(info: described, "A", "G", "AF=0.5").facts().frequency.alleleFrequency == 0.5)
  }

  @Test func mappedNamesThatDoNotExistAreNamed() {
    let layout = AnnotationLayout(
      header: AnnotatedText(info: gnomAD, "A", "G", ".").header,
      roles: [.alleleFrequency: ["gnomad_AF_typo", "gnomAD_AF"]])
    #expect(layout.undefined == ["gnomad_AF_typo"])
  }

  // MARK: CSQ

  @Test func consequenceSubfields() {
    let csq =
      "ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|AF|AFR_AF|gnomADe_AF|gnomADe_FIN_AF|MAX_AF|CLIN_SIG|"
      + "REVEL|SpliceAI_pred_DS_AG|SpliceAI_pred_DS_AL|am_pathogenicity|GMAF\""
    let facts = AnnotatedText(
      info: [csq], "A", "G,T",
      "CSQ=G|missense_variant|0.01|0.03|0.002&0.004|0.2|0.04|likely_pathogenic&pathogenic|0.3|0.01|0.35|0.95|,"
        + "G|missense_variant|0.01|0.03|0.002|0.2|0.04|likely_pathogenic&pathogenic|0.8|0.01|0.2|0.95|,T|stop_gained||||||||||"
    )
    let first = facts.facts(1)
    #expect(first.frequency.alleleFrequency == 0.01)
    #expect(first.frequency.populationMaximum == 0.04)
    #expect(first.predictions == Predictions(revel: 0.8, alphaMissense: 0.95, spliceAI: 0.35))
    #expect(first.clinVar?.significance == .pathogenicOrLikely && first.clinVar?.stars == nil)
    #expect(facts.facts(2) == AlleleFacts())
    let old = AnnotatedText(
      info: ["ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|ExAC_MAF|GMAF\""], "A", "G",
      "CSQ=G|missense_variant|T:0.2&G:0.01|A:0.3")
    #expect(old.facts().frequency.alleleFrequency == 0.01)
  }

  // MARK: ClinVar

  @Test(
    arguments: [
      ("Pathogenic", "P"), ("Likely_pathogenic", "LP"), ("Pathogenic/Likely_pathogenic", "P/LP"),
      ("Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance", "P/LP"), ("Pathogenic|risk_factor", "P"),
      ("Pathogenic,_risk_factor", "P"), ("pathogenic&likely_pathogenic", "P/LP"), ("Uncertain_significance", "VUS"),
      ("Conflicting_interpretations_of_pathogenicity", "conflicting"),
      ("Conflicting_classifications_of_pathogenicity|other", "conflicting"),
      ("uncertain_significance&pathogenic", "conflicting"),
      ("benign&pathogenic", "conflicting"), ("Benign/Likely_benign", "B/LB"), ("Likely_benign", "LB"), ("Benign", "B"),
      ("drug_response", "other"), ("not_provided", "other"), ("5", "P"), ("5|5|4", "P/LP"), ("2|3", "B/LB"),
      ("255", "other"), ("18390", nil), (".", nil),
    ] as [(String, String?)])
  func significance(text: String, expected: String?) {
    #expect(ClinVarRecord.Significance(reading: text)?.rawValue == expected)
  }

  @Test(
    arguments: [
      ("practice_guideline", 4), ("reviewed_by_expert_panel", 3),
      ("criteria_provided,_multiple_submitters,_no_conflicts", 2),
      ("criteria_provided&_multiple_submitters&_no_conflicts", 2), ("criteria_provided,_single_submitter", 1),
      ("criteria_provided,_conflicting_interpretations", 1), ("criteria_provided,_conflicting_classifications", 1),
      ("no_assertion_criteria_provided", 0), ("no_classification_provided", 0), ("2", 2), ("mult", 2), ("9", nil),
      ("what", nil),
    ] as [(String, Int?)])
  func stars(text: String, expected: Int?) {
    let header = [field("CLNSIG", ".", "String"), field("CLNREVSTAT", ".", "String")]
    #expect(
      AnnotatedText(info: header, "A", "G", "CLNREVSTAT=\(text);CLNSIG=Pathogenic").facts().clinVar?.stars == expected)
  }

  /// VEP's CLIN_SIG belongs to the position; ClinVar's own field to the allele.
  @Test func alleleSpecificClinVarComesFirst() {
    let header = [
      field("CLNSIG", ".", "String"), field("CLNREVSTAT", ".", "String"),
      "ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|CLIN_SIG\"",
    ]
    let facts = AnnotatedText(
      info: header, "A", "G", "CSQ=G|missense_variant|pathogenic;CLNSIG=Benign;CLNREVSTAT=reviewed_by_expert_panel"
    ).facts()
    #expect(facts.clinVar == ClinVarRecord(significance: .benign, text: "Benign", stars: 3))
  }

  // MARK: Predictions

  @Test func spliceAIEntriesAreMatchedByAllele() {
    let header = [
      "ID=SpliceAI,Number=.,Type=String,Description=\"SpliceAIv1.3 variant annotation. Format: ALLELE|SYMBOL|DS_AG\""
    ]
    let file = AnnotatedText(
      info: header, "A", "G,T", "SpliceAI=G|X|0.01|0.02|0.35|0.00|1|2|3|50,T|X|0.9|0|0|0|1|1|1|1,G|Y|0.1|.|0|0|1|1|1|1")
    #expect(file.facts(1).predictions.spliceAI == 0.35)
    #expect(file.facts(2).predictions.spliceAI == 0.9)
    #expect(AnnotatedText(info: header, "A", "G", "SpliceAI=G|X|.|.|.|.|.|.|.|.").facts().predictions.spliceAI == nil)
  }

  /// SnpSift writes a score a transcript under `Number=A`.
  @Test func severalScoresOfOneAllele() {
    let header = [field("dbNSFP_REVEL_score", "A"), field("dbNSFP_CADD_phred", "A")]
    let facts = AnnotatedText(info: header, "A", "G", "dbNSFP_REVEL_score=0.5,.,0.7;dbNSFP_CADD_phred=25.3").facts()
    #expect(facts.predictions == Predictions(revel: 0.7, cadd: 25.3))
  }

  @Test func theFileChoosesTheMissenseTool() {
    func tool(_ names: String...) -> MissenseTool? {
      MissenseTool(
        among: AnnotationLayout(header: AnnotatedText(info: names.map { field($0, "A") }, "A", "G", ".").header).roles)
    }
    #expect(tool("CADD_PHRED", "AlphaMissense_score", "REVEL_score") == .revel)
    #expect(tool("CADD_PHRED", "am_pathogenicity") == .alphaMissense)
    #expect(tool("CADD_PHRED") == .cadd)
    #expect(tool("SpliceAI_DS_max") == nil)
  }

  // MARK: Real files

  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func realSpliceAndGnomADSubfields() throws {
    let name = "families/vip-report-template/src/mocks/GRCh38/vcf/family.vcf"
    let file = try AnnotatedText(path: RealData.path(name))
    let facts = AnnotationLayout(header: file.header).facts(of: 0, alternate: 1, in: file.batch)
    #expect(file.batch.positions[0] == 9_982_480)
    #expect(facts.frequency.state == .value)
    #expect(facts.frequency.alleleFrequency == 2.41641e-05)
    #expect(facts.frequency.faf95 == 1.809e-05)
    #expect(facts.frequency.homozygotes == 0)
    #expect(facts.clinVar?.significance == .pathogenic && facts.clinVar?.stars == 2)
    #expect(facts.predictions.spliceAI == 0)
  }

  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func everyRealClinVarSignificanceIsUnderstood() throws {
    let file = try AnnotatedText(path: RealData.path("clinvar/clinvar_official_chr1_2000.grch37.vcf.gz"))
    let layout = AnnotationLayout(header: file.header)
    var counts: [ClinVarRecord.Significance: Int] = [:]
    for row in 0..<file.batch.count {
      guard let record = layout.facts(of: row, alternate: 1, in: file.batch).clinVar else { continue }
      counts[record.significance, default: 0] += 1
      #expect(record.stars != nil)
    }
    #expect(counts[.uncertain] == 1_079 && counts[.likelyBenign] == 715 && counts[.benign] == 135)
    #expect(counts[.conflicting] == 25 && counts[.pathogenic] == 19 && counts[.likelyPathogenic] == 8)
  }
}
