import Model
import Screening
import TestSupport
import Testing

/// Real trios, counted by us and by bcftools.
@Suite(.enabled(if: QualityOracle.isPresent, QualityOracle.absence)) struct QualityRealDataTests {
  struct TrioFile: Sendable, CustomTestStringConvertible {
    var path: String
    /// Columns of child, father and mother.
    var names: [String]
    var autosomes: String
    var assembly: Assembly
    var childSex: Sex

    var testDescription: String { path }
    var pedigree: Pedigree { .trio(childSex: childSex) }

    /// Every record, with the columns of child, father and mother.
    func batch() throws -> VariantBatch {
      let lines = try QualityOracle.lines("view -H -s \(names.joined(separator: ",")) \(QualityOracle.path(path))")
      return VariantBatch(lines: lines)
    }

    func tally() throws -> QualityTally {
      var tally = QualityTally(pedigree: pedigree, sampleColumns: [0, 1, 2], assembly: assembly)
      try tally.count(batch())
      return tally
    }

    /// bcftools commands for the sites that we use, with the calls that we set aside made missing.
    func usable() -> [String] {
      [
        "view -s \(names.joined(separator: ",")) -f PASS,. -m2 -M2 -v snps -t \(autosomes) -Ou \(QualityOracle.path(path))",
        "+setGT -Ou -- -t q -n . -i 'FMT/GQ<20 | FMT/DP<10'",
      ]
    }

    /// Number of usable sites where an expression over genotypes holds; 0, 1 and 2 are child, father and mother.
    func sites(_ expression: String) throws -> Int {
      let commands = usable() + ["query -i '\(expression)' -f '%POS\\n'"]
      return try QualityOracle.lines(commands[0], commands[1], commands[2]).count
    }
  }

  static let trios = [
    TrioFile(
      path: "exomes/ceph_trio/ceph_trio.grch38.chr1_chr3_chrX.vcf.gz",
      names: ["NA12878x2_80", "NA12891_14", "NA12892_18"], autosomes: "chr1,chr3", assembly: .grch38, childSex: .female),
    TrioFile(
      path: "families/slivar/ashk-trio.vcf.gz", names: ["HG002", "HG003", "HG004"], autosomes: "1,2",
      assembly: .grch37, childSex: .male),
  ]

  @Test(arguments: trios) func aTrueTrioIsConfirmed(file: TrioFile) throws {
    let report = try file.tally().report(for: file.pedigree, proband: "child")
    #expect(!report.checks.contains { $0.outcome == .fail })
    #expect(report.confirmedLinks == QualityReport.links("father", "mother"))
    #expect(report.refutedLinks.isEmpty)
    for member in ["child", "father", "mother"] {
      #expect(report.check(.contamination, member)?.outcome == .pass)
      #expect(report.check(.heterozygosityRatio, member)?.outcome == .pass)
      // The files hold no chromosome Y, and five records of X at most.
      #expect(report.check(.sexFromX, member)?.outcome == .notEvaluable)
      #expect(report.check(.sexFromY, member)?.outcome == .notEvaluable)
    }
  }

  /// The exchanges that three samples allow; the parents' own exchange needs X, which these files lack.
  @Test(arguments: trios) func everyExchangeIsCaught(file: TrioFile) throws {
    let batch = try file.batch()
    for columns in [[1, 0, 2], [2, 1, 0], [0, 0, 2], [0, 1, 0], [0, 1, 1], [0, 2, 2], [1, 2, 0], [2, 0, 1]] {
      var tally = QualityTally(pedigree: file.pedigree, sampleColumns: columns, assembly: file.assembly)
      tally.count(batch)
      let report = tally.report(for: file.pedigree, proband: "child")
      #expect(report.worst == .fail, "\(columns)")
      #expect(!report.refutedLinks.isEmpty, "\(columns)")
    }
  }

  @Test(arguments: trios) func pairCountsAgreeWithBcftools(file: TrioFile) throws {
    let report = try file.tally().report(for: file.pedigree, proband: "child")
    for (other, place) in [("father", 1), ("mother", 2)] {
      let counts = try #require(report.check(.relatedness, "child", other)).counts
      let called = "GT[0]!~\"\\.\" && GT[\(place)]!~\"\\.\""
      #expect(
        try counts["ibs0"]
          == file.sites("(GT[0]=\"RR\" && GT[\(place)]=\"AA\") || (GT[0]=\"AA\" && GT[\(place)]=\"RR\")"))
      #expect(try counts["both_het"] == file.sites("GT[0]=\"het\" && GT[\(place)]=\"het\""))
      #expect(try counts["het_1"] == file.sites("GT[0]=\"het\" && \(called)"))
      #expect(try counts["het_2"] == file.sites("GT[\(place)]=\"het\" && \(called)"))
      #expect(try counts["sites"] == file.sites("\(called) && (GT[0]=\"alt\" || GT[\(place)]=\"alt\")"))
    }
  }

  /// bcftools also tests a child against one parent where the other is not called; those errors are opposite homozygotes of
  /// the pair at sites that our trio table leaves out, so they follow from our pair counts.
  @Test(arguments: trios) func mendelianErrorsAgreeWithBcftools(file: TrioFile) throws {
    let report = try file.tally().report(for: file.pedigree, proband: "child")
    let trio = try #require(report.check(.mendelianErrors, "child", "father", "mother")).counts
    func errorsWithOneParent(_ parent: String) throws -> Int {
      let ibs0 = try #require(report.check(.parentChildIdentity, "child", parent)?.counts["ibs0"])
      return ibs0 - (trio["against_\(parent)"] ?? 0) - (trio["against_both"] ?? 0)
    }
    let commands = file.usable() + ["+mendelian -t \(file.names[2]),\(file.names[1]),\(file.names[0]) -m c"]
    // Columns: consistent, inconsistent, skipped, trio.
    let counted = try QualityOracle.lines(commands[0], commands[1], commands[2]).last { !$0.hasPrefix("#") }
    let columns = try #require(counted).split(separator: "\t")
    let ours = try #require(trio["errors"]) + errorsWithOneParent("father") + errorsWithOneParent("mother")
    #expect(Int(columns[1]) == ours)
    let complete = try file.sites("N_MISSING=0 && (GT[0]=\"alt\" || GT[1]=\"alt\" || GT[2]=\"alt\")")
    #expect(trio["sites"] == complete)
  }

  /// A published exome of one person from which most homozygotes were cut: 35,198 heterozygotes to 2,511 homozygotes. Its X
  /// would look female by the ratio alone.
  @Test func anExomeThatWasCutDownIsNotAccusedOfTheWrongSex() throws {
    let lines = try QualityOracle.lines("view -H \(QualityOracle.path("exomes/exomiser-pfeiffer/Pfeiffer.vcf.gz"))")
    var tally = QualityTally(pedigree: .singleton(sex: .male), sampleColumns: [0], assembly: .grch37)
    tally.count(VariantBatch(lines: lines))
    let report = tally.report(for: .singleton(sex: .male), proband: "child")
    #expect(report.check(.sexFromX, "child")?.outcome == .notEvaluable)
    #expect(report.check(.heterozygosityRatio, "child")?.outcome == .warning)
    #expect(!report.checks.contains { $0.outcome == .fail })
  }
}
