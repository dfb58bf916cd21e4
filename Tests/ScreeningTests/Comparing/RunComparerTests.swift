import Model
import Testing

@testable import Screening

/// What changed between two runs, and which input did it: runs are literals, so that each has one difference that is known.
@Suite struct RunComparerTests {
  private static func run(_ findings: [RecordedFinding], _ change: (inout RecordedRun) -> Void = { _ in })
    -> RecordedRun
  {
    var run = RecordedRun()
    run.caseID = "C1"
    run.proband = "CHILD"
    run.program = "1.0.0"
    run.settings = ["max_af": "0.01", "min_gq": "20"]
    run.inputs = [
      .init(role: "variants", name: "trio.vcf.gz", digest: "aa", bytes: 1),
      .init(role: "panel", name: "epilepsy.tsv", digest: "bb", bytes: 1),
    ]
    run.stores = [
      .init(name: "clinvar", kind: "clinvar", release: "2025-01", fingerprint: "c1"),
      .init(name: "gnomad", kind: "frequency", release: "4.0", fingerprint: "f1"),
    ]
    run.panels = [.init(name: "epilepsy", version: "1", date: "2025-01-01", geneCount: 2)]
    run.genes = ["A", "B", "D"].map {
      .init(symbol: $0, hgncID: "HGNC:\($0)", confidence: "green", modes: ["AD"], panels: ["epilepsy"])
    }
    run.findings = findings
    change(&run)
    return run
  }

  private static func candidate(
    _ allele: String, _ gene: String = "A", rank: Int = 1, total: Double = 5,
    _ change: (inout RecordedFinding) -> Void = { _ in }
  ) -> RecordedFinding {
    var finding = RecordedFinding(allele: allele, gene: gene, hgncID: "HGNC:\(gene)", standing: .candidate(rank: rank))
    finding.sums = .init(phenotype: 1, variant: total - 1, segregation: 0, gene: 0, total: total)
    change(&finding)
    return finding
  }

  private static func miss(_ allele: String, _ stage: String, _ change: (inout RecordedFinding) -> Void = { _ in })
    -> RecordedFinding
  {
    var finding = RecordedFinding(
      allele: allele, gene: "A", hgncID: "HGNC:A",
      standing: .nearMiss(kind: "filtered_pathogenic", stage: stage, value: "0.02", threshold: "0.01"))
    change(&finding)
    return finding
  }

  /// Kinds of the inputs behind a cause.
  private static func kinds(_ cause: ChangeCause, in comparison: RunComparison) -> [ChangedInput.Kind] {
    cause.inputs.map { comparison.inputs[$0].kind }
  }

  @Test func whatAReviewerSaysIsAChangeOfItsOwn() throws {
    let before = Self.run([Self.candidate("1-1-A-C")])
    let after = Self.run([
      Self.candidate("1-1-A-C") {
        $0.givenClass = "pathogenic by A. Berg, signed"
        $0.dismissal = "Sanger negative (C. Do)"
      }
    ])
    let comparison = RunComparer(before, after).comparison
    let change = try #require(comparison.notable.first)
    #expect(change.differences.map(\.aspect) == [.givenClass, .dismissal])
    #expect(Self.kinds(change.cause, in: comparison) == [.review])
    #expect(
      comparison.inputs.first?.new == "pathogenic by A. Berg, signed, dismissed: Sanger negative (C. Do)")
  }

  @Test func theSameRunHasNoChange() {
    let run = Self.run([Self.candidate("1-1-A-C"), Self.miss("1-2-A-C", "population_frequency")])
    let comparison = RunComparer(run, run).comparison
    #expect(comparison.isCalm && comparison.changes.isEmpty && comparison.inputs.isEmpty)
    #expect(comparison.unchanged == 2 && comparison.entered.isEmpty && comparison.left.isEmpty)
  }

  @Test func aNewProgramOrStoreAloneIsNoChange() {
    let run = Self.run([Self.candidate("1-1-A-C")])
    let later = Self.run([Self.candidate("1-1-A-C")]) {
      $0.program = "2.0.0"
      $0.stores[0].fingerprint = "c2"
    }
    let comparison = RunComparer(run, later).comparison
    #expect(comparison.isCalm && comparison.inputs.map(\.kind) == [.program, .clinVarStore])
  }

  @Test func clinVarsWordComesFromItsStoreAlsoWithANewProgram() throws {
    let before = Self.run([Self.candidate("1-1-A-C") { $0.clinVar = .init(significance: "VUS", text: "v", stars: 1) }])
    let after = Self.run([Self.candidate("1-1-A-C") { $0.clinVar = .init(significance: "LP", text: "lp", stars: 2) }]) {
      $0.program = "2.0.0"
      $0.stores[0] = .init(name: "clinvar", kind: "clinvar", release: "2025-02", fingerprint: "c2")
    }
    let comparison = RunComparer(before, after).comparison
    let change = try #require(comparison.changes.first)
    #expect(change.kind == .evidence && change.weight == .pathogenicNow)
    #expect(change.cause.certainty == .shown && Self.kinds(change.cause, in: comparison) == [.clinVarStore])
    #expect(comparison.inputs.contains(ChangedInput(.clinVarStore, name: "clinvar", old: "2025-01", new: "2025-02")))
  }

  @Test func aClassFollowsItsCriteriaAndTheseTheirValues() throws {
    let before = Self.run([
      Self.candidate("1-1-A-C") {
        $0.classHint = "LP"
        $0.criteria = [.init(code: "PM2", name: "PM2_Supporting", points: 1)]
        $0.frequency = .init(state: "ZERO", value: 0, homozygotes: nil, sources: ["gnomad_AF"])
      }
    ])
    let after = Self.run([
      Self.candidate("1-1-A-C") {
        $0.classHint = "VUS"
        $0.frequency = .init(state: "KNOWN", value: 0.001, homozygotes: 1, sources: ["gnomad_AF"])
      }
    ]) {
      $0.stores[0].fingerprint = "c2"
      $0.stores[1].fingerprint = "f2"
      $0.program = "2.0.0"
    }
    let comparison = RunComparer(before, after).comparison
    let change = try #require(comparison.changes.first)
    #expect(change.kind == .reclassified && change.weight == .pathogenicBefore)
    #expect(change.differences.map(\.aspect) == [.classHint, .criterion, .frequency])
    #expect(change.differences[2].new == "0.001, 1 homozygous")
    for difference in change.differences { #expect(Self.kinds(difference.cause, in: comparison) == [.frequencyStore]) }
  }

  @Test func twoInputsThatCanHaveDoneItAreBothNamed() throws {
    let before = Self.run([Self.candidate("1-1-A-C") { $0.genotypes = ["CHILD": "0/1 (H)"] }])
    let after = Self.run([Self.candidate("1-1-A-C") { $0.genotypes = ["CHILD": "1/1 (A)"] }]) {
      $0.inputs[0].digest = "other"
      $0.settings["min_gq"] = "30"
      $0.settings["max_af"] = "0.02"
    }
    let comparison = RunComparer(before, after).comparison
    let change = try #require(comparison.changes.first)
    #expect(change.cause.certainty == .possible)
    #expect(Self.kinds(change.cause, in: comparison) == [.variants, .setting])
    #expect(comparison.inputs[change.cause.inputs[1]].name == "min_gq")
  }

  @Test func whatNoInputExplainsSaysSo() throws {
    let before = Self.run([Self.candidate("1-1-A-C", total: 5)])
    let after = Self.run([Self.candidate("1-1-A-C", total: 8)])
    let change = try #require(RunComparer(before, after).comparison.changes.first)
    #expect(change.kind == .evidence && change.cause.certainty == .unexplained)
  }

  // MARK: Moved

  /// A rank that only gave way is no move, nor are two that change places within the noise.
  @Test(
    "Moved: the place among common candidates and the own points",
    arguments: [
      // Points of X before and after; points of Y are 5.
      (6.0, 4.0, true), (5.1, 4.9, false), (5.2, 4.69, true), (6.0, 5.4, false),
    ])
  func moved(before: Double, after: Double, isMoved: Bool) {
    let old = Self.run([
      Self.candidate("1-1-A-C", rank: 1, total: before), Self.candidate("1-2-A-C", "B", rank: 2, total: 5),
    ])
    let ranks = after > 5 ? (1, 2) : (2, 1)
    let new = Self.run([
      Self.candidate("1-1-A-C", rank: ranks.0, total: after), Self.candidate("1-2-A-C", "B", rank: ranks.1, total: 5),
    ])
    let changes = RunComparer(old, new).comparison.changes
    #expect(changes.contains { $0.kind == .moved && $0.allele == "1-1-A-C" } == isMoved)
    #expect(!changes.contains { $0.allele == "1-2-A-C" })
  }

  @Test func othersThatComeBeforeItMoveNothing() {
    let old = Self.run([Self.candidate("1-1-A-C", rank: 1)])
    let new = Self.run([Self.candidate("1-9-A-C", "B", rank: 1, total: 9), Self.candidate("1-1-A-C", rank: 2)]) {
      $0.settings["max_af"] = "0.05"
    }
    let comparison = RunComparer(old, new).comparison
    #expect(comparison.changes.map(\.kind) == [.new] && comparison.unchanged == 1)
  }

  // MARK: New and lost

  @Test func aGeneThatLeftItsPanelTakesItsCandidateAlong() throws {
    let old = Self.run([Self.candidate("1-1-A-C", "D") { $0.classHint = "P" }])
    let new = Self.run([]) {
      $0.genes.removeAll { $0.symbol == "D" }
      $0.panels[0].version = "2"
      $0.panels[0].geneCount = 1
      $0.settings["max_af"] = "0.001"
    }
    let comparison = RunComparer(old, new).comparison
    let change = try #require(comparison.changes.first)
    #expect(change.kind == .lost && change.weight == .pathogenicBefore && change.absence == .geneNotScreened)
    #expect(Self.kinds(change.cause, in: comparison) == [.panel])
    #expect(comparison.left.map(\.symbol) == ["D"])
    #expect(comparison.left.first?.cause == change.cause)
  }

  @Test func aNearMissTellsItsStage() throws {
    let old = Self.run([Self.candidate("1-1-A-C")])
    let new = Self.run([Self.miss("1-1-A-C", "population_frequency")]) {
      $0.settings["max_af"] = "0.001"
      $0.settings["min_gq"] = "30"
      $0.stores[1].fingerprint = "f2"
    }
    let comparison = RunComparer(old, new).comparison
    let change = try #require(comparison.changes.first)
    #expect(change.kind == .lost)
    #expect(
      change.absence
        == .nearMiss(kind: "filtered_pathogenic", stage: "population_frequency", value: "0.02", threshold: "0.01"))
    // The frequency itself is the same, so that the new store is not it.
    #expect(change.cause.inputs.map { comparison.inputs[$0].name } == ["max_af"])
  }

  @Test func theFunnelNarrowsWhereAnAlleleWent() throws {
    let old = Self.run([Self.candidate("1-1-A-C")]) { $0.removed = ["population_frequency": 7, "genotype_quality": 4] }
    let new = Self.run([]) {
      $0.removed = ["population_frequency": 7, "genotype_quality": 5, "weak_evidence": 1]
      $0.settings["max_af"] = "0.001"
      $0.settings["min_gq"] = "30"
    }
    let comparison = RunComparer(old, new).comparison
    let change = try #require(comparison.changes.first)
    #expect(change.absence == .notHeld([.init(stage: "genotype_quality", more: 1)]))
    #expect(change.cause.inputs.map { comparison.inputs[$0].name } == ["min_gq"])
    // The other way round the old run removed it.
    let back = RunComparer(new, old).comparison
    #expect(back.changes.first?.kind == .new)
    #expect(back.changes.first?.absence == .notHeld([.init(stage: "genotype_quality", more: 1)]))
  }

  @Test func otherVariantsSayNothingOfStages() {
    let old = Self.run([Self.candidate("1-1-A-C")])
    let new = Self.run([]) {
      $0.inputs[0].digest = "zz"
      $0.removed = ["impact": 100]
    }
    #expect(RunComparer(old, new).comparison.changes.first?.absence == .otherVariants)
  }

  // MARK: Names, notability, inputs

  @Test func aGeneUnderANewSymbolIsTheSame() {
    let old = Self.run([Self.candidate("1-1-A-C")])
    var renamed = Self.candidate("1-1-A-C")
    renamed.gene = "A2"
    let new = Self.run([renamed]) { $0.genes[0].symbol = "A2" }
    let comparison = RunComparer(old, new).comparison
    #expect(comparison.changes.isEmpty && comparison.entered.isEmpty && comparison.left.isEmpty)
  }

  @Test func figuresWithoutConsequencesAreOnlyCounted() {
    let old = Self.run([
      Self.candidate("1-1-A-C", total: 5) {
        $0.frequency = .init(state: "KNOWN", value: 0.001, homozygotes: 0, sources: [])
        $0.predictions = ["REVEL": 0.5]
        $0.hgvsC = "NM_1.1:c.1A>C"
      }
    ])
    let new = Self.run([
      Self.candidate("1-1-A-C", total: 5.3) {
        $0.frequency = .init(state: "KNOWN", value: 0.0012, homozygotes: 0, sources: [])
        $0.predictions = ["REVEL": 0.51]
        $0.hgvsC = "NM_1.2:c.1A>C"
      }
    ])
    let comparison = RunComparer(old, new).comparison
    #expect(comparison.changes.map(\.kind) == [.details] && comparison.isCalm)
    #expect(comparison.changes[0].differences.map(\.aspect) == [.frequency, .naming, .total, .prediction])
  }

  @Test func filesAreKnownByTheirContent() {
    let old = Self.run([]) { $0.inputs.append(.init(role: "variants", name: "sv.vcf", digest: "s1", bytes: 1)) }
    let new = Self.run([]) {
      $0.inputs[0].name = "renamed.vcf.gz"
      $0.inputs.append(.init(role: "variants", name: "sv.vcf", digest: "", bytes: 0))
    }
    let comparison = RunComparer(old, new).comparison
    #expect(comparison.inputs.map(\.name) == ["sv.vcf"] && comparison.inputs[0].new == nil)
    #expect(comparison.untold == ["variants sv.vcf"])
  }

  @Test func termsFamilyAndReviewsAreInputs() throws {
    let signed = Self.candidate("1-1-A-C") {
      $0.criteria = [.init(code: "PS3", name: "PS3", points: 4, reviewer: "A. Berg")]
    }
    let old = Self.run([Self.candidate("1-1-A-C")]) {
      $0.phenotypes = [PhenotypeTerm(id: "HP:0001250", label: "Seizure")]
      $0.members = ["CHILD male affected"]
    }
    let new = Self.run([signed]) {
      $0.excludedPhenotypes = [PhenotypeTerm(id: "HP:0001250", label: "Seizure")]
      $0.members = ["CHILD female affected"]
    }
    let comparison = RunComparer(old, new).comparison
    #expect(comparison.inputs.map(\.kind) == [.family, .phenotypes, .phenotypes, .review])
    #expect(comparison.inputs[1].name == "HP:0001250 Seizure" && comparison.inputs[1].new == nil)
    #expect(comparison.inputs[2].name == "not HP:0001250 Seizure" && comparison.inputs[2].old == nil)
    let change = try #require(comparison.changes.first)
    #expect(change.differences.map(\.new) == ["PS3 by A. Berg"])
    #expect(Self.kinds(change.cause, in: comparison) == [.review])
  }

  @Test func checksAndRepeatsWithAnotherOutcome() {
    let old = Self.run([]) {
      $0.checks = [.init(name: "relatedness", samples: ["A", "B"], outcome: "pass")]
      $0.repeats = [.init(gene: "FMR1", units: [30], conclusion: "normal")]
    }
    let new = Self.run([]) {
      $0.checks = [.init(name: "relatedness", samples: ["A", "B"], outcome: "fail")]
      $0.repeats = [.init(gene: "FMR1", units: [230], conclusion: "expanded")]
    }
    let comparison = RunComparer(old, new).comparison
    #expect(comparison.checks.map(\.new) == ["fail"] && comparison.checks[0].hasFailed && !comparison.isCalm)
    #expect(comparison.repeats.map(\.new?.units) == [[230]])
  }

  // MARK: Many cases

  @Test func aBatchPutsWhatWeighsMostFirst() {
    let calm = Self.run([Self.candidate("1-1-A-C")])
    let risen = Self.run([Self.candidate("1-1-A-C") { $0.classHint = "P" }])
    let lost = Self.run([])
    var batch = BatchComparison()
    batch.add(folder: "a", RunComparer(calm, lost).comparison)
    batch.add(folder: "b", RunComparer(calm, calm).comparison)
    batch.add(folder: "d", RunComparer(calm, risen).comparison)
    batch.add(folder: "c", RunComparer(risen, lost).comparison)
    batch.add(.init(folder: "e", words: "damaged"))
    batch.sort()
    #expect(batch.lines.map(\.folder) == ["d", "c", "a"])
    #expect(batch.unchanged == 1 && batch.count == 5)
  }
}
