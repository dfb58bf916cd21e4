import Model
import Testing

@testable import Writing

@Suite struct RecordTests {
  private func lines(_ report: Report) -> [String] {
    String(decoding: ReportWriter(report: report).candidateRecords(), as: UTF8.self).split(separator: "\n").map(
      String.init)
  }

  @Test func recordsAreTheInputsWithInfoAdded() throws {
    let lines = lines(SmallReport.report)
    #expect(lines.first == "##fileformat=VCFv4.2")
    #expect(lines.filter { $0.hasPrefix("##INFO=<ID=RS_") }.count == 11)
    let body = lines.filter { !$0.hasPrefix("#") }
    #expect(body.map { $0.split(separator: "\t")[1] } == ["2000", "3000", "150", "50"])
    #expect(
      body[0].hasPrefix("chr1\t2000\t.\tG\tA\t99\tPASS\tAC=1;RS_RANK=1;RS_GENE=TWOHIT;RS_POINTS=10.5;RS_SHARE=0.87;"))
    #expect(body[0].contains(";RS_GROUP=1-2000-G-A+1-3000-C-T;RS_PHASE=CONFIRMED_TRANS;RS_ACMG=PVS1|PM2_Supporting;"))
    #expect(body[0].hasSuffix("\tGT\t0/1\t0/0\t0/0"))
    #expect(body[1].contains("RS_FLAGS=GQ_22"))
  }

  /// Two alternates of one record, of which the second is the candidate.
  @Test func oneRecordForAllItsAlleles() throws {
    let small = SmallReport()
    var report = SmallReport.report
    var candidate = small.deNovo
    candidate.variants[0].variant.origin.alternates = ["G", "C"]
    candidate.variants[0].variant.origin.alternateIndex = 2
    candidate.variants[0].variant.origin.line = "chr2\t150\t.\tT\tG,C\t.\tPASS\t.;RS_RANK=7\tGT\t0/2\t0/0\t0/0"
    report.result.candidates = [candidate]
    let body = lines(report).filter { !$0.hasPrefix("#") }
    #expect(body.count == 1)
    #expect(body[0].contains("\tRS_RANK=.,2;RS_GENE=.,NEWONE;"))
  }

  @Test func filesWithOtherSamplesGetAllColumns() {
    let small = SmallReport()
    var report = SmallReport.report
    report.headers.append(
      VariantHeader(
        version: "4.3",
        lines: [
          "##fileformat=VCFv4.3", "##contig=<ID=1,length=248956422>",
          "##INFO=<ID=AC,Number=.,Type=Float,Description=\"other\">", "##source=\"another\"",
        ], contigs: [VariantHeader.ContigLine(name: "1", length: 248_956_422)], samples: ["AUNT", "CHILD"]))
    var candidate = small.deNovo
    candidate.variants[0].variant.origin.file = 1
    candidate.variants[0].variant.allele.contig = .chr1
    candidate.variants[0].variant.origin.line = "1\t150\t.\tT\tC\t.\tPASS\tAC=1\tGT:DP\t0/0:9\t0/1:8"
    report.result.candidates = [small.pair, candidate]
    let records = CandidateRecords(report: report)
    let lines = String(decoding: records.text, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.first == "##fileformat=VCFv4.3")
    #expect(lines.contains { $0.hasPrefix("##INFO=<ID=AC,Number=.,Type=Float,Description=\"count, of \\\"alt\\\"\">") })
    #expect(lines.filter { $0.hasPrefix("##contig=<ID=1,") }.isEmpty)
    #expect(lines.contains { $0.hasSuffix("\tFORMAT\tCHILD\tDAD\tMUM\tAUNT") })
    let body = lines.filter { !$0.hasPrefix("#") }
    #expect(body[0].hasPrefix("chr1\t150\t"))
    #expect(body[0].hasSuffix("\tGT:DP\t0/1:8\t./.\t./.\t0/0:9"))
    #expect(body[1].hasSuffix("\tGT\t0/1\t0/0\t0/0\t./."))
    #expect(records.notes.count == 1)
    #expect(records.notes[0].contains("INFO AC is defined differently in variant file 2"))
    #expect(String(decoding: ReportWriter(report: report).runJSON(), as: UTF8.self).contains("defined differently"))
  }
}
