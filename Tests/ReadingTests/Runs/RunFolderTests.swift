import Foundation
import Model
import TestSupport
import Testing

@testable import Reading

/// Folders of earlier runs, sound ones and others. The documents are the smallest that a run could write.
@Suite struct RunFolderTests {
  private static let variant = """
    {"allele": {"name": "1-100-A-C", "chrom": "1"}, "consequence": {"terms": ["stop_gained"], "hgvs_c": "NM_1:c.1A>C"},
     "frequency": {"state": "KNOWN", "max_af": 0.5, "filter_af": 0.00002, "homozygotes": null, "sources": ["x_AF"], "local_ac": 3},
     "clinvar": {"significance": "P", "text": "Pathogenic", "stars": 2},
     "predictions": {"revel": 0.7, "alpha_missense": null, "cadd_phred": 30, "spliceai_max": null},
     "acmg": {"points": 8, "class_hint": "LP", "criteria": [{"code": "PM2", "name": "PM2_Supporting", "points": 1, "by": null}]},
     "genotypes": [{"sample": "CHILD", "gt": "0/1", "state": "H"}]}
    """

  private static func list(_ version: String = "1.1.0", subject: String = "C1", build: String = "GRCh38") -> String {
    """
    {"schema_version": "\(version)", "unknown_key": [1, {"x": null}],
     "case": {"id": "\(subject)", "proband": "CHILD", "assembly": "\(build)", "phenotypes": [{"id": "HP:0001250", "label": null}],
       "onset": null, "pedigree": [{"id": "CHILD", "father": "F", "mother": null, "sex": "male", "status": "affected"}]},
     "targets": {"genes": [{"symbol": "A", "hgnc_id": "HGNC:1", "confidence": "green", "modes": ["AD"], "panels": ["p"]}]},
     "candidates": [
       {"rank": 2, "gene": {"symbol": "A"}, "disease": null, "models": ["AR_comphet"], "group": "x+y", "variants": [\(variant)],
        "ledger": {"phenotype": null, "totals": {"phenotype": 0, "variant": 4, "segregation": 1, "gene": 1, "total": 6}}},
       {"rank": 1, "gene": {"symbol": "A"}, "disease": {"name": "D"}, "models": ["AD"], "group": null, "variants": [\(variant)],
        "ledger": {"phenotype": [{}], "totals": {"phenotype": 2, "variant": 4, "segregation": 1, "gene": 1, "total": 8}}}],
     "near_misses": [{"kind": "weak_evidence", "gene": {"symbol": "A"}, "variant": \(variant),
        "decision": {"stage": "weak_evidence", "value": null, "threshold": 0.0}}],
     "quality": {"checks": [{"check": "relatedness", "samples": ["CHILD", "F"], "verdict": "pass"}]}}
    """
  }

  private static func record(subject: String = "C1") -> String {
    """
    {"schema_version": "1.1.0", "version": "0.1.0", "htslib": "1.16", "finished": "2026-01-01T00:00:00Z", "case": "\(subject)",
     "assembly": "GRCh38", "settings": {"max_af": 0.00005, "min_impact": "MODERATE", "strict_de_novo": false, "min_gq": 20},
     "inputs": [{"role": "variants", "name": "t.vcf", "bytes": 3, "sha256": "ab"}],
     "panels": [{"name": "p", "version": "1", "date": "2025-01-01", "gene_count": 1}],
     "funnel": {"alleles": {"removed": {"not_carried": 4}}}}
    """
  }

  private func read(_ files: [String: String]) throws -> Result<RecordedRun, RunError> {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    return Result { () throws(RunError) in try RunFolder(path: folder.path).read(newest: "1.1.0") }
  }

  @Test func aRunAsItWasWritten() throws {
    let run = try read(["candidates.json": Self.list(), "run.json": Self.record()]).get()
    #expect(run.caseID == "C1" && run.assembly == .grch38 && run.members == ["CHILD male affected, of F"])
    // Keys are the file's own, and numbers are spelt as in a case file.
    #expect(
      run.settings == ["max_af": "0.00005", "min_impact": "MODERATE", "strict_de_novo": "false", "min_gq": "20"])
    #expect(run.removed == ["not_carried": 4] && run.stores.isEmpty)
    // Once, at its best rank; the near miss is the same allele.
    let finding = try #require(run.findings.first)
    #expect(run.findings.count == 1 && finding.rank == 1 && finding.disease == "D" && finding.sums?.phenotype == 2)
    #expect(finding.frequency.value == 0.00002 && finding.localCount == 3)
    #expect(finding.predictions == ["REVEL": 0.7, "CADD": 30] && finding.genotypes == ["CHILD": "0/1 (H)"])
    #expect(finding.isPathogenic && finding.hgvsC == "NM_1:c.1A>C" && finding.criteria.map(\.code) == ["PM2"])
  }

  @Test(
    "Folders that are none of a run, half of one, damaged, newer, or of two runs",
    arguments: [
      ([:], RunError.Reason.notARun(holdsRuns: false)),
      (["candidates.json": list()], .half(missing: "run.json")),
      (["run.json": record()], .half(missing: "candidates.json")),
      (["candidates.json": "", "run.json": record()], .notJSON),
      (["candidates.json": String(list().dropLast(40)), "run.json": record()], .notJSON),
      (["candidates.json": "[]", "run.json": record()], .shape("the document is of another kind")),
      (["candidates.json": "{}", "run.json": record()], .shape("schema_version is missing")),
      (
        ["candidates.json": list().replacing("\"class_hint\": \"LP\", ", with: ""), "run.json": record()],
        .shape("candidates[0].variants[0].acmg.class_hint is missing")
      ),
      (
        ["candidates.json": list().replacing("\"rank\": 1", with: "\"rank\": \"first\""), "run.json": record()],
        .shape("candidates[1].rank is of another kind")
      ),
      (["candidates.json": list("1"), "run.json": record()], .shape("schema_version is '1'")),
      (["candidates.json": list("1.2.0"), "run.json": record()], .newer("1.2.0", known: "1.1.0")),
      // Newer and of another shape: the version says more.
      (["candidates.json": "{\"schema_version\": \"2.0.0\"}", "run.json": record()], .newer("2.0.0", known: "1.1.0")),
      (["candidates.json": list(build: "T2T"), "run.json": record()], .shape("case.assembly is 'T2T'")),
      (["candidates.json": list(), "run.json": record(subject: "C2")], .contradiction("case 'C2' and 'C1'")),
      (
        ["candidates.json": list(build: "GRCh37"), "run.json": record()], .contradiction("build 'GRCh38' and 'GRCh37'")
      ),
    ] as [([String: String], RunError.Reason)])
  func refused(files: [String: String], reason: RunError.Reason) throws {
    guard case .failure(let error) = try read(files) else {
      Issue.record("it was read")
      return
    }
    #expect(error.reason == reason, "\(error)")
    #expect(!error.description.contains("\n"))
  }

  @Test func whatIsNoFolderOrNoPlainFile() throws {
    let folder = try TemporaryFolder()
    func reason(_ path: String) -> RunError.Reason? {
      do throws(RunError) {
        _ = try RunFolder(path: path).read(newest: "1.1.0")
        return nil
      } catch { return error.reason }
    }
    #expect(reason(folder.path + "/none") == .absent)
    #expect(reason(try folder.write("file", "")) == .notAFolder)
    #expect(reason("/dev/null") == .notAFolder)
    try folder.write("run.json", Self.record())
    try FileManager.default.createDirectory(atPath: folder.file("candidates.json"), withIntermediateDirectories: false)
    #expect(reason(folder.path) == .unreadable("it is no plain file"))
    try FileManager.default.removeItem(atPath: folder.file("candidates.json"))
    // A pipe that nobody writes to must not stop the program for ever.
    #expect(try Tool.output("mkfifo", [folder.file("candidates.json")]) != nil)
    #expect(reason(folder.path) == .unreadable("it is no plain file"))
  }

  @Test func foldersOfRuns() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "a", ".hidden", "other"] {
      try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
      if name != "other" { try folder.write(name + "/run.json", Self.record()) }
    }
    #expect(try RunFolder.runs(in: folder.path) == ["a", "b"])
    #expect(throws: RunError(.notARun(holdsRuns: true), path: folder.path)) {
      try RunFolder(path: folder.path).read(newest: "1.1.0")
    }
  }
}
