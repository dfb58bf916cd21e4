import Foundation
import TestSupport
import Testing

/// `knowledge build`, `list` and `verify`, as a laboratory uses them.
@Suite("Knowledge: build, list, verify") struct KnowledgeBuildTests {
  /// A population source on GRCh38.
  static let population = """
    ##fileformat=VCFv4.2
    ##FILTER=<ID=AC0,Description="no copy after filters">
    ##contig=<ID=chr2,length=242193529>
    ##INFO=<ID=AF,Number=A,Type=Float,Description="f">
    ##INFO=<ID=AC,Number=A,Type=Integer,Description="c">
    ##INFO=<ID=AN,Number=1,Type=Integer,Description="n">
    ##INFO=<ID=AC_afr,Number=A,Type=Integer,Description="c">
    ##INFO=<ID=AN_afr,Number=1,Type=Integer,Description="n">
    ##INFO=<ID=AF_XX,Number=A,Type=Float,Description="of one sex">
    ##INFO=<ID=nhomalt,Number=A,Type=Integer,Description="h">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
    chr2\t166002700\t.\tC\tT\t.\tPASS\tAF=0.01;AC=1000;AN=100000;AC_afr=10;AN_afr=10000;nhomalt=4;AF_XX=0.5
    chr2\t166002710\t.\tCA\tC,CAA\t.\tAC0\tAF=0.25,0.125;AC=2,1;AN=8;nhomalt=0,0
    chr2\t166002720\t.\tA\t<DEL>\t.\tPASS\tAF=0.5;AC=1;AN=2
    chrUn_1\t5\t.\tA\tC\t.\tPASS\tAF=0.5;AC=1;AN=2

    """

  private static func build(_ folder: TemporaryFolder, _ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["knowledge", "build"] + arguments + ["--knowledge", folder.file("kb")])
  }

  @Test func aPopulationIsBuiltListedAndVerified() throws {
    let folder = try TemporaryFolder()
    let source = try folder.write("pop.vcf", Self.population)
    let built = try Self.build(
      folder, ["auto", source, "--name", "pop", "--release", "2", "--licence", "ours"])
    #expect(built.status == 0, "\(built.text)")
    #expect(built.stdout.contains("3 alleles of pop 2 on GRCh38"), "\(built.text)")
    #expect(built.stdout.contains("not in it: 1 x allele that is not spelled out in bases"))
    #expect(built.stdout.contains("not in it: 1 x record on a contig that is no assembled chromosome"))
    #expect(folder.names(in: "kb/stores") == ["pop.GRCh38.rsk"])

    let list = try Program.run(["knowledge", "list", "--format", "tsv", "--knowledge", folder.file("kb")])
    let rows = list.stdout.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    // The header, the store, and the tables of phenotypes that come with the program.
    #expect(
      rows.count == 3 && rows[2][0] == "hpo" && rows[1].prefix(5) == ["pop", "frequency", "GRCh38", "2", "ours"],
      "\(list.text)")
    #expect(
      rows[1][9].contains("pop_AF,pop_AC,pop_AN,pop_AC_afr,pop_AN_afr,pop_nhomalt,pop_faf95,pop_FILTER"), "\(rows[1])")
    #expect(!rows[1][9].contains("XX"))
    let json = try Program.run(["knowledge", "list", "--format", "json", "--knowledge", folder.file("kb")])
    #expect(try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) is [Any])
    #expect(try Program.run(["knowledge", "verify", "--knowledge", folder.file("kb")]).status == 0)
  }

  @Test func whatWasBuiltIsWrittenIntoRecords() throws {
    let folder = try TemporaryFolder()
    _ = try Self.build(
      folder, ["frequency", folder.write("pop.vcf", Self.population), "--name", "pop", "--release", "2"])
    var family = SmallFamily()
    family.isAnnotated = false
    family.add("chr2", 166_002_700, "C", "T,G", ["0/1", "0/0", "0/0"])
    family.add("chr2", 166_002_709, "TCA", "TC,TCAA", ["0/1", "0/0", "0/0"])
    family.add("chr2", 166_002_715, "A", "G", ["0/1", "0/0", "0/0"])
    let input = try folder.write("in.vcf", family.text)
    let outcome = try Program.run(["annotate", input, "--no-consequences", "--knowledge", folder.file("kb")])
    #expect(outcome.status == 0, "\(outcome.text)")
    let records = outcome.stdout.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init)[7] }
    // FAF95 of 10 copies in 10,000 chromosomes: 5.425e-4 (clinical vectors); other ALTs are unknown, not 0.
    #expect(
      records[0].hasSuffix(
        "pop_AF=0.01,.;pop_AC=1000,.;pop_AN=100000,.;pop_AC_afr=10,.;pop_AN_afr=10000,.;pop_nhomalt=4,.;pop_faf95=0.00054254057,."
      ), "\(records[0])")
    #expect(
      records[1].contains("pop_AF=0.25,0.125;pop_AC=2,1;pop_AN=8,8") && records[1].hasSuffix("pop_FILTER=AC0,AC0"))
    #expect(!records[2].contains("pop_"))
    #expect(outcome.stdout.contains("##INFO=<ID=pop_AC_afr,Number=A,Type=Integer,"))
    #expect(outcome.stderr.contains("2 of 3 records are known to the stores"))
    // Told anew, nothing is there twice.
    let again = try Program.run(
      ["annotate", folder.write("out.vcf", outcome.stdout), "--no-consequences", "--knowledge", folder.file("kb")])
    #expect(
      again.stdout.split(separator: "\n").filter { !$0.contains("rarescreen") }
        == outcome.stdout.split(separator: "\n").filter { !$0.contains("rarescreen") })
  }

  @Test func coveredAndAbsentIsACountOfNone() throws {
    let folder = try TemporaryFolder()
    let covered = try folder.write("covered.bed", "chr2\t166002700\t166002720\t50000\nchrUn\t1\t2\n")
    let built = try Self.build(
      folder,
      ["frequency", folder.write("pop.vcf", Self.population), "--name", "pop", "--release", "2", "--covered", covered])
    #expect(built.status == 0 && built.stderr.contains("1 rows lie on contigs"), "\(built.text)")
    var family = SmallFamily()
    family.isAnnotated = false
    family.add("chr2", 166_002_715, "A", "G", ["0/1", "0/0", "0/0"])
    family.add("chr2", 166_002_725, "A", "G", ["0/1", "0/0", "0/0"])
    let outcome = try Program.run(
      ["annotate", folder.write("in.vcf", family.text), "--no-consequences", "--knowledge", folder.file("kb")])
    let records = outcome.stdout.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    #expect(records[0].contains(";pop_AC=0;pop_AN=50000\t") && !records[1].contains("pop_"), "\(outcome.text)")
  }

  @Test func tablesAreReadByTheirHeaders() throws {
    let folder = try TemporaryFolder()
    let tables = [
      (
        "revel",
        "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL\n2,1,166002700,C,T,A,V,0.5\n2,1,166002700,C,T,A,V,0.75\n2,9,.,C,T,A,V,0.1\n",
        ["--build", "GRCh38"], "REVEL=0.75"
      ),
      (
        "am",
        "# Copyright\n#CHROM\tPOS\tREF\tALT\tgenome\tam_pathogenicity\tam_class\nchr2\t166002700\tC\tT\thg38\t0.9375\tx\n",
        ["--build", "38"], "AlphaMissense=0.9375"
      ),
      (
        "cadd", "## CADD GRCh38-v1.7\n#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n2\t166002700\tC\tT\t-1.5\t22.5\n", [],
        "CADD_PHRED=22.5"
      ),
      (
        "spliceai",
        "##fileformat=VCFv4.2\n##reference=GRCh38.fa\n##INFO=<ID=SpliceAI,Number=.,Type=String,Description=\"x\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n2\t166002700\t.\tC\tT\t.\t.\tSpliceAI=T|SCN1A|0.00|0.25|0.01|0.00|1|2|3|4\n",
        [], "SpliceAI=0.25"
      ),
    ]
    for (name, text, options, _) in tables {
      let built = try Self.build(
        folder, ["scores", folder.write("\(name).txt", text), "--name", name, "--release", "1"] + options)
      #expect(built.status == 0, "\(built.text)")
      if name == "revel" { #expect(built.stdout.contains("1 x row without a position on the assembly")) }
    }
    var family = SmallFamily()
    family.isAnnotated = false
    family.add("chr2", 166_002_700, "C", "T", ["0/1", "0/0", "0/0"])
    let outcome = try Program.run(
      ["annotate", folder.write("in.vcf", family.text), "--no-consequences", "--knowledge", folder.file("kb")])
    for (_, _, _, expected) in tables { #expect(outcome.stdout.contains(expected), "\(expected): \(outcome.text)") }
  }

  @Test(
    arguments: [
      (["frequency", "pop.vcf"], 64, "--name"),
      (["frequency", "pop.vcf", "--name", "a b", "--release", "1"], 64, "letters, digits"),
      (["frequency", "pop.vcf", "--name", "p"], 64, "--release"),
      (["clinvar", "pop.vcf", "--release", "1"], 64, "--fields"),
      (["frequency", "pop.vcf", "--name", "p", "--release", "1", "--build", "GRCh37"], 65, "GRCh38"),
      (["frequency", "pop.vcf", "--name", "p", "--release", "1", "--allele-number", "5"], 64, "--covered"),
      (["frequency", "none.vcf", "--name", "p", "--release", "1"], 66, "none.vcf"),
      (["frequency", "empty.vcf", "--name", "p", "--release", "1"], 65, "no allele"),
      (["scores", "wide.tsv", "--name", "p", "--release", "1", "--build", "38"], 65, "wide.tsv:2"),
      (["scores", "nobuild.tsv", "--name", "p", "--release", "1"], 64, "--build"),
      (["frequency"], 64, "files"),
      (["frequency", "pop.vcf", "--name", "local", "--release", "1"], 64, "own cohort"),
      (["frequency", "pop.vcf", "--name", "p", "--release", "a\nb"], 64, "one line"),
      (["frequency", "pop.vcf", "--name", "p", "--release", "1", "--fields", "AF,NOPE"], 64, "no field 'NOPE'"),
      (["auto", "both.tsv", "--name", "p", "--release", "1", "--build", "38"], 64, "scores"),
    ] as [([String], Int32, String)])
  func badInputIsNamedAndNothingIsLeft(arguments: [String], status: Int32, words: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("pop.vcf", Self.population)
    let lines = Self.population.split(separator: "\n").map(String.init)
    let header = lines.filter { $0.hasPrefix("#") }.joined(separator: "\n")
    try folder.write("empty.vcf", header + "\n")
    try folder.write("wide.tsv", "chrom\tpos\tref\talt\tREVEL\n1\t5\tA\tC\n")
    try folder.write("both.tsv", "chrom\tpos\tref\talt\tREVEL\tgnomAD_AF\n1\t5\tA\tC\t0.5\t0.1\n")
    try folder.write("nobuild.tsv", "chrom\tpos\tref\talt\tREVEL\n1\t5\tA\tC\t0.5\n")
    let named = arguments.map { $0.contains(".vcf") || $0.contains(".tsv") ? folder.file($0) : $0 }
    let outcome = try Self.build(folder, named)
    #expect(outcome.status == status && outcome.stderr.contains(words), "\(outcome.text)")
    #expect((folder.names(in: "kb/stores") ?? []).isEmpty)
  }

  @Test func theReferenceIsHeldToTheSource() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    let reference = try genome.write(to: folder)
    let head =
      "##fileformat=VCFv4.2\n##reference=GRCh38\n##INFO=<ID=AF,Number=A,Type=Float,Description=\"f\">\n"
      + "##INFO=<ID=AN,Number=1,Type=Integer,Description=\"n\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    let base = genome.reference(1_000)
    let wrong = ["A", "C", "G", "T"].first { $0 != base } ?? ""
    let right = try Self.build(
      folder,
      [
        "frequency", folder.write("right.vcf", head + "X\t1000\t.\t\(base)\t\(wrong)\t.\t.\tAF=0.5\n"), "--name", "p",
        "--release", "1", "--reference", reference,
      ])
    #expect(right.status == 0, "\(right.text)")
    let bad = try Self.build(
      folder,
      [
        "frequency", folder.write("bad.vcf", head + "X\t1000\t.\t\(wrong)\t\(base)\t.\t.\tAF=0.5\n"), "--name", "q",
        "--release", "1", "--reference", reference,
      ])
    #expect(bad.status == 65 && bad.stderr.contains("bad.vcf") && bad.stderr.contains("reference"), "\(bad.text)")
    let table = try Self.build(
      folder,
      [
        "scores", folder.write("bad.tsv", "chrom\tpos\tref\talt\tREVEL\nX\t1000\t\(wrong)\t\(base)\t0.5\n"), "--name",
        "r",
        "--release", "1", "--build", "38", "--reference", reference,
      ])
    #expect(table.status == 65 && table.stderr.contains("bad.tsv:2"), "\(table.text)")
    #expect(folder.names(in: "kb/stores") == ["p.GRCh38.rsk"])
  }

  /// What no store can hold is left out and counted, never stored and never the end of the program.
  @Test func absurdFiguresAndPlacesAreCounted() throws {
    let folder = try TemporaryFolder()
    let lines = Self.population.split(separator: "\n").filter { $0.hasPrefix("#") }.map(String.init)
    let header = lines.joined(separator: "\n").replacing(
      "ID=AC,Number=A,Type=Integer", with: "ID=AC,Number=A,Type=Float")
    let records = [
      "chr2\t0\t.\tA\tC\t.\t.\tAF=0.5", "chr2\t242193530\t.\tA\tC\t.\t.\tAF=0.5",
      "chr2\t100\t.\tA\tC\t.\t.\tAF=1e39", "chr2\t101\t.\tA\tC\t.\t.\tAF=1.5;AC=3;AN=10",
      "chr2\t102\t.\tA\tC\t.\t.\tAF=0.5;AC=1e30;AN=100", "chr2\t103\t.\tA\tC\t.\t.\tAF=0.5;AN=4294967294",
      "chr2\t104\t.\tA\t.\t.\t.\tAF=0.5",
    ]
    let built = try Self.build(
      folder,
      [
        "frequency", folder.write("odd.vcf", header + "\n" + records.joined(separator: "\n") + "\n"), "--name", "odd",
        "--release", "1",
      ])
    #expect(built.status == 0, "\(built.text)")
    for words in [
      "3 alleles of odd", "2 x row without a position on the assembly", "2 x frequency above 1",
      "1 x allele without a value", "1 x value that is no number", "1 x record without an alternate allele",
    ] { #expect(built.stdout.contains(words), "\(words): \(built.text)") }
    let table =
      "chrom\tpos\tref\talt\tAF\nchr1\t9223372036854775807\tAA\tAC\t0.2\nchr1\t35184372088932\tA\tC\t0.2\n"
      + "chr1\t100\tA\tC\t0.1\n"
    let other = try Self.build(
      folder,
      ["frequency", folder.write("far.tsv", table), "--name", "far", "--release", "1", "--build", "GRCh38"])
    #expect(other.status == 0 && other.stdout.contains("2 x row without a position"), "\(other.text)")
    #expect(try Program.run(["knowledge", "verify", "--knowledge", folder.file("kb")]).status == 0)
  }

  @Test func aStoreThatCannotBeUsedStopsAScreen() throws {
    let folder = try TemporaryFolder()
    _ = try Self.build(
      folder, ["frequency", folder.write("pop.vcf", Self.population), "--name", "pop", "--release", "2"])
    var bytes = try folder.bytes("kb/stores/pop.GRCh38.rsk")
    bytes.removeLast(40)
    _ = try folder.file("kb/stores/pop.GRCh38.rsk", bytes)
    let arguments = try SmallFamily.solved.write(to: folder)
    let screen = try Program.run(
      ["screen"] + arguments + ["--out", folder.file("out"), "--knowledge", folder.file("kb")])
    #expect(screen.status == 65 && screen.stderr.contains("cut short"), "\(screen.text)")
    #expect(!folder.exists("out/report.html"))
    let verify = try Program.run(["knowledge", "verify", "--knowledge", folder.file("kb")])
    #expect(verify.status == 65 && verify.stderr.contains("1 of 1 stores cannot be used"), "\(verify.text)")
  }

  /// The build is stopped at many moments: the store of before stays whole, or the new one is.
  @Test func aKilledBuildLeavesTheOldStore() throws {
    let folder = try TemporaryFolder()
    let first = try Self.build(
      folder, ["frequency", folder.write("pop.vcf", Self.population), "--name", "pop", "--release", "old"])
    #expect(first.status == 0)
    var text = Self.population.split(separator: "\n").filter { $0.hasPrefix("#") }.joined(separator: "\n") + "\n"
    for index in 1...60_000 { text += "chr2\t\(index * 1_000)\t.\tA\tC\t.\tPASS\tAF=0.5;AC=\(index);AN=90000\n" }
    let large = try folder.write("large.vcf", text)
    var releases: Set<String> = []
    for delay in stride(from: 0.0, through: 1.2, by: 0.15) {
      let running = try RunningProgram([
        "knowledge", "build", "frequency", large, "--name", "pop", "--release", "new", "--knowledge", folder.file("kb"),
      ])
      Thread.sleep(forTimeInterval: delay)
      kill(running.processID, SIGKILL)
      _ = try running.outcome()
      let verify = try Program.run(["knowledge", "verify", "--knowledge", folder.file("kb")])
      #expect(verify.status == 0, "\(verify.text)")
      let list = try Program.run(["knowledge", "list", "--format", "tsv", "--knowledge", folder.file("kb")])
      let row = list.stdout.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        .filter { $0[0] != "hpo" }
      #expect(row.count == 1, "\(list.text)")
      if let release = row.first?[3] { releases.insert(release) }
    }
    #expect(releases.contains("old"))
  }
}
