import Foundation
import TestSupport

/// The demonstration family with a file of structural variants, mitochondrion and repeats, and with reads of the child and the
/// mother, whose bases are invented: everything that a shard must hand on.
struct ShardedCase {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("other.vcf", Self.others)
    // In blocks so small that there are pieces for seven.
    _ = try folder.file("trio.vcf.gz", blockGzip(Array(Demonstration.text().utf8), blockSize: 4_000))
    try FileManager.default.copyItem(atPath: Demonstration.pedigree, toPath: folder.file("trio.ped"))
    var alignments: [String] = []
    if Tool.isPresent("samtools") {
      for (name, counts) in [("CHILD", (12, 13)), ("MOTHER", (25, 0))] {
        var reads = MemberReads(name)
        reads.cover(WitnessFamily.stop, reference: counts.0, alternate: counts.1)
        alignments.append(
          "\(name): \(URL(fileURLWithPath: try reads.write(name.lowercased(), in: folder)).lastPathComponent)")
      }
    }
    try folder.write(
      "case.yaml",
      """
      case: SHARDED
      variants: [trio.vcf.gz, other.vcf]
      pedigree: trio.ped
      proband: CHILD
      phenotypes: [HP:0012469, HP:0001263]
      panels: [epilepsy, mitochondrial, neuromuscular]
      alignments: {\(alignments.joined(separator: ", "))}

      """)
  }

  /// A deletion of the middle of SCN1A, a stop in it, m.3243A>G, and the repeat of HTT.
  private static let others: String = {
    let format = "Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL|Feature_type"
    let header = [
      "##fileformat=VCFv4.2", "##contig=<ID=chr2,length=242193529>", "##contig=<ID=chr4,length=190214555>",
      "##contig=<ID=chrM,length=16569>", "##ALT=<ID=DEL,Description=\"Deletion\">",
      "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"\(format)\">",
      "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=\"Kind\">",
      "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">",
      "##INFO=<ID=RU,Number=1,Type=String,Description=\"Repeat unit\">",
      "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
      "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Reads\">",
      "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">",
      "##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">",
      "##FORMAT=<ID=REPCN,Number=1,Type=String,Description=\"Copies\">",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCHILD\tMOTHER\tFATHER",
    ]
    let stop = "CSQ=T|stop_gained|HIGH|SCN1A|Transcript"
    let records = [
      "chr2 165991000 . N <DEL> 500 PASS SVTYPE=DEL;END=165998000 GT:GQ 0/1:99 0/0:99 0/0:99",
      "chr2 166002700 . C T 500 PASS \(stop) GT:AD:DP:GQ 0/1:12,13:25:99 0/0:25,0:25:99 0/0:25,0:25:99",
      "chr4 3074876 . C <STR17>,<STR45> . PASS END=3074933;RU=CAG GT:REPCN 1/2:17/45 1/1:17/17 1/1:17/17",
      "chrM 3243 . A G 500 PASS . GT:AD:DP:GQ 0/1:40,60:100:99 0/1:80,20:100:99 0/0:100,0:100:99",
    ].map { $0.replacing(" ", with: "\t") }
    return (header + records).joined(separator: "\n") + "\n"
  }()

  func screen(_ out: String, _ more: [String] = [], name: String = "case.yaml") throws -> Program.Outcome {
    try Program.run(["screen", name, "--out", out] + more, directory: folder.path)
  }

  func merge(_ parts: [String], into out: String = "joined", more: [String] = []) throws -> Program.Outcome {
    try Program.run(["merge"] + parts + ["--out", out] + more, directory: folder.path)
  }

  /// The files of a folder without the times of `run.json`, and without where it was written.
  func files(_ out: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for name in folder.names(in: out) ?? [] {
      let bytes = try folder.bytes(out + "/" + name)
      files[name] = bytes.map { String($0, radix: 16) }.joined(separator: " ")
      if name == "run.json" {
        files[name] = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
          !$0.contains("\"started\"") && !$0.contains("\"finished\"") && !$0.contains("\"command_line\"")
        }.joined(separator: "\n")
      }
    }
    return files
  }
}
