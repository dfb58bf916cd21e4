import Foundation
import TestSupport
import Testing

@Suite("coverage", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct CoverageTests {
  let folder: TemporaryFolder
  let bam: String

  init() throws {
    folder = try TemporaryFolder()
    bam = try SmallReads.alignment.bam("child", in: folder)
  }

  @Test("A BED is covered row by row; the table is on standard output")
  func bed() throws {
    let outcome = try Program.run(["coverage", bam, "--panel", SmallReads.bed(in: folder)])
    #expect(outcome.status == 0, "\(outcome.text)")
    let rows = Rows(outcome.stdout)
    #expect(
      rows.header == [
        "sample", "gene", "transcript", "exon", "chrom", "start", "end", "length", "mean_depth", "pct_10x", "pct_20x",
        "pct_30x", "min_depth", "pct_callable", "gaps", "verdict", "hgnc_id",
        "het_detection", "not_assessed",
      ])
    #expect(
      rows.rows.map { $0.joined(separator: " ") } == [
        "CHILD HBB . all chr11 5225587 5226809 392 24.30 100.00 61.99 61.99 15 61.99 1 fail . 0.9408 .",
        "CHILD HBB . 11:5226567-5226809 chr11 5226566 5226809 243 30.00 100.00 100.00 100.00 30 100.00 0 . . . .",
        "CHILD HBB . 11:5225588-5225736 chr11 5225587 5225736 149 15.00 100.00 0.00 0.00 15 0.00 1 . . 0.9408 .",
        "CHILD SHOX . all chrX 100000 100050 50 0.00 0.00 0.00 0.00 0 0.00 1 fail . 0.0000 .",
        "CHILD SHOX . X:100001-100050 chrX 100000 100050 50 0.00 0.00 0.00 0.00 0 0.00 1 . . 0.0000 .",
      ])
  }

  @Test("A bundled panel by its name: coding exons with their numbers, gaps and depth classes")
  func bundledPanel() throws {
    let outcome = try Program.run([
      "coverage", bam, "--panel", "anaemia", "--sex", "female", "--out", folder.file("out"),
    ])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stdout.isEmpty)
    #expect(folder.names(in: "out") == ["coverage.tsv", "depth_classes.bed", "gaps.bed"])
    let rows = Rows(try folder.text("out/coverage.tsv")).rows.filter { $0[1] == "HBB" }
    #expect(
      rows.map { $0.joined(separator: " ") } == [
        "CHILD HBB NM_000518.5 all chr11 5225587 5227031 504 25.57 100.00 70.44 70.44 15 70.44 1 fail HGNC:4827 0.9408 .",
        "CHILD HBB NM_000518.5 3 chr11 5225587 5225736 149 15.00 100.00 0.00 0.00 15 0.00 1 . HGNC:4827 0.9408 .",
        "CHILD HBB NM_000518.5 2 chr11 5226566 5226809 243 30.00 100.00 100.00 100.00 30 100.00 0 . HGNC:4827 . .",
        "CHILD HBB NM_000518.5 1 chr11 5226919 5227031 112 30.00 100.00 100.00 100.00 30 100.00 0 . HGNC:4827 . .",
      ])
    let gaps = try folder.text("out/gaps.bed").split(separator: "\n").filter { $0.contains("\tHBB:") }
    #expect(gaps == ["chr11\t5225587\t5225736\tHBB:3\tlow_depth\tCHILD\t15\t15.00\t15.00\t0.9408"])
    let classes = Rows(try folder.text("out/depth_classes.bed")).rows.filter { $0[0] == "chr11" }
    for (start, end) in SmallReads.exons {
      let level = start == 5_225_587 ? "BELOW_20" : "AT_LEAST_30"
      #expect(classes.contains(["chr11", "\(start)", "\(end)", level, "CHILD"]))
    }
    // Of a gene elsewhere nothing was read, and every base of it is a gap.
    let other = try #require(
      Rows(try folder.text("out/coverage.tsv")).rows.first { $0[1] == "GATA1" && $0[3] == "all" })
    #expect(other[8] == "0.00" && other[13] == "0.00" && other[15] == "fail")
  }

  @Test("A contig that the header lacks is not assessed: named, without a depth, and an error under --strict")
  func missingContig() throws {
    var small = SmallReads.alignment
    small.contigs.removeAll { $0.name == "chrX" }
    let path = try small.bam("noX", in: folder)
    let arguments = try ["coverage", path, "--panel", SmallReads.bed(in: folder)]
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stderr.contains("has no contig X (SHOX)"), "\(outcome.text)")
    #expect(
      Rows(outcome.stdout).rows.suffix(2).map { $0.joined(separator: " ") } == [
        "CHILD SHOX . all chrX 100000 100050 50 . . . . . . . not_assessed . . no_contig",
        "CHILD SHOX . X:100001-100050 chrX 100000 100050 50 . . . . . . . not_assessed . . no_contig",
      ])
    let strict = try Program.run(arguments + ["--strict", "--out", folder.file("strict")])
    #expect(strict.status == 65 && strict.stderr.contains("has no contig X"), "\(strict.text)")
    #expect(!folder.exists("strict"))
  }

  @Test("Without padding only the coding bases count")
  func padding() throws {
    let outcome = try Program.run(["coverage", bam, "--panel", "anaemia", "--padding", "0", "--quiet"])
    let row = try #require(Rows(outcome.stdout).rows.first { $0[1] == "HBB" && $0[3] == "all" })
    #expect(Array(row[5...7]) == ["5225597", "5227021", "444"])
  }

  @Test("Several files are several samples, each as it is alone")
  func severalFiles() throws {
    let panel = try SmallReads.bed(in: folder)
    var other = SmallReads.alignment
    other.readGroups = ["ID:1\tSM:MOTHER"]
    other.reads = []
    let mother = try other.bam("mother", in: folder)
    other.readGroups = []
    let nameless = try other.bam("nameless", in: folder)
    let together = Rows(try Program.run(["coverage", bam, mother, nameless, "--panel", panel]).stdout).rows
    let alone = try [bam, mother, nameless].flatMap {
      Rows(try Program.run(["coverage", $0, "--panel", panel]).stdout).rows
    }
    #expect(together == alone)
    #expect(Set(together.map { $0[0] }) == ["CHILD", "MOTHER", "nameless"])
  }

  @Test("Reads below --min-mapq and bases below --min-baseq do not count; their gaps say so")
  func qualities() throws {
    let panel = try folder.write("p.bed", "chr11\t1000\t1010\tA\n")
    let reads = (0..<25).map { number in
      SmallAlignment.Read(
        "q\(number)", on: "chr11", at: 950, mappingQuality: number < 5 ? 10 : 60, qualities: number < 10 ? "+" : "I")
    }
    let path = try SmallAlignment(contigs: SmallReads.contigs, reads: reads).bam("q", in: folder)
    // Five reads could lie elsewhere, ten have bases of Phred 10, those five among them.
    for (mapping, base, depth, cause) in [
      (0, 0, 25, nil), (10, 10, 25, nil), (20, 0, 20, nil), (11, 10, 20, nil), (0, 11, 15, "low_base_quality"),
      (20, 20, 15, "low_base_quality"), (61, 0, 0, "low_mapping_quality"), (0, 41, 0, "low_base_quality"),
    ] {
      let outcome = try Program.run([
        "coverage", path, "--panel", panel, "--min-mapq", "\(mapping)", "--min-baseq", "\(base)", "--out",
        folder.file("q-out"),
      ])
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(Rows(try folder.text("q-out/coverage.tsv")).rows.first?[8] == "\(depth).00", "\(mapping) \(base)")
      let gaps = Rows(try folder.text("q-out/gaps.bed")).rows
      #expect(gaps.map { $0[4] } == (cause.map { [$0] } ?? []), "\(mapping) \(base)")
      #expect(gaps.allSatisfy { $0[8] == "25.00" })
    }
  }

  @Test("A man needs ten reads of X where a woman needs twenty")
  func sexes() throws {
    let reads = (0..<12).map { SmallAlignment.Read("x\($0)", on: "chrX", at: 50_000_000) }
    let path = try SmallAlignment(contigs: SmallReads.contigs, reads: reads).bam("x", in: folder)
    let panel = try folder.write("x.bed", "X\t50000000\t50000100\tA\n")
    for (arguments, verdict) in [(["--sex", "male"], "pass"), (["--sex", "female"], "fail"), ([], "fail")] {
      let outcome = try Program.run(["coverage", path, "--panel", panel] + arguments)
      #expect(Rows(outcome.stdout).rows.first?[15] == verdict, "\(outcome.text)")
      let isTold = outcome.stderr.contains("CHILD: sex unknown: X and Y judged by 20x; give --sex CHILD=male")
      #expect(isTold == arguments.isEmpty, "\(outcome.text)")
    }
    // Of several samples each has its own.
    var other = SmallAlignment(contigs: SmallReads.contigs, reads: reads)
    other.readGroups = ["ID:1\tSM:MOTHER"]
    let mother = try other.bam("m", in: folder)
    for (arguments, verdicts) in [
      (["--sex", "CHILD=male", "--sex", "MOTHER=female"], ["pass", "fail"]),
      (["--sex", "MOTHER=male", "--sex", "female"], ["fail", "pass"]),
      (["--sex", "MOTHER=male"], ["fail", "pass"]),
    ] {
      let outcome = try Program.run(["coverage", path, mother, "--panel", panel] + arguments)
      #expect(Rows(outcome.stdout).rows.filter { $0[3] == "all" }.map { $0[15] } == verdicts, "\(outcome.text)")
      #expect(outcome.stderr.contains("CHILD: sex unknown") == (arguments.count == 2))
      #expect(!outcome.stderr.contains("MOTHER: sex unknown"))
    }
  }

  @Test("The same bytes with one thread, two and eight")
  func threads() throws {
    var second = SmallReads.alignment
    second.readGroups = ["ID:1\tSM:MOTHER"]
    let other = try second.bam("mother", in: folder)
    let runs = try [1, 2, 8].map { threads in
      let out = "out\(threads)"
      let outcome = try Program.run([
        "coverage", bam, other, "--panel", "anaemia", "--threads", "\(threads)", "--out", folder.file(out), "--quiet",
      ])
      #expect(outcome.status == 0, "\(outcome.text)")
      return try ["coverage.tsv", "gaps.bed", "depth_classes.bed"].map { try folder.bytes(out + "/" + $0) }
    }
    #expect(runs[0].allSatisfy { !$0.isEmpty })
    #expect(runs[1] == runs[0])
    #expect(runs[2] == runs[0])
  }
}
