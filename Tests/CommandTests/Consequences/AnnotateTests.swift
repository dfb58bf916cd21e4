import Foundation
import TestSupport
import Testing

/// `rarescreen annotate` as a user runs it.
@Suite("Annotate") struct AnnotateTests {
  private static let genome = SmallGenome()

  private static func input(_ folder: TemporaryFolder, _ records: [String], header: [String] = []) throws -> String {
    let lines =
      ["##fileformat=VCFv4.2", "##contig=<ID=chrX,length=156040895>", "##contig=<ID=chr1,length=248956422>"] + header
      + ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"] + records
    return try folder.write("in.vcf", lines.joined(separator: "\n") + "\n")
  }

  /// A record that changes one coding base of SHOX, and one that a deletion and an insertion share.
  private static var records: [String] {
    let stop = genome.position(ofCoding: 28)
    let both = genome.position(ofCoding: 40)
    let bases = genome.reference(both, 3)
    return [
      "chr1\t1000\t.\tA\tC\t.\t.\t.", "chrX\t\(stop)\tid\t\(genome.reference(stop))\tT\t50\tPASS\tOWN=1",
      "chrX\t\(both)\t.\t\(bases)\t\(bases.prefix(1)),\(bases)G,<DEL>\t.\t.\t.",
    ]
  }

  private static func entries(_ line: String) -> [[String]] {
    guard let field = line.split(separator: "\t")[7].split(separator: ";").first(where: { $0.hasPrefix("CSQ=") }) else {
      return []
    }
    return field.dropFirst(4).split(separator: ",").map {
      $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
  }

  private static let declared = ["##INFO=<ID=OWN,Number=1,Type=Integer,Description=\"x\">"]

  @Test func consequencesStandInCSQAndTheRestStaysAsItWas() throws {
    let folder = try TemporaryFolder()
    let reference = try Self.genome.write(to: folder)
    let input = try Self.input(folder, Self.records, header: Self.declared)
    let outcome = try Program.run(["annotate", input, "--reference", reference])
    #expect(outcome.status == 0, "\(outcome.text)")
    let lines = Self.lines(outcome.stdout)
    #expect(lines.count == 3)
    #expect(Self.entries(lines[0]).map { $0[1] } == ["intergenic_variant"])
    #expect(lines[1].contains("\tid\t") && lines[1].contains("\t50\tPASS\tOWN=1;CSQ="))
    let stop = try #require(Self.entries(lines[1]).first { $0[3] == "SHOX" })
    #expect(
      stop[1] == "stop_gained" && stop[2] == "HIGH" && stop[8] == "1/5" && stop[15] == "R/*" && stop[16] == "Cga/Tga")
    #expect(
      stop[10] == "NM_000451.4:c.28C>T" && stop[11] == "NP_000442.1:p.(Arg10Ter)" && stop[26] == "escapes_near_start")
    #expect(Self.entries(lines[0])[0][28] == "NC_000001.11:g.1000A>C")
    #expect(stop[28] == "NC_000023.11:g.\(Self.genome.position(ofCoding: 28))C>T")
    // Where one allele is shorter VEP leaves out the shared first base.
    let shared = Self.entries(lines[2]).filter { $0[3] == "SHOX" }
    #expect(shared.map { $0[0] } == ["-", Self.genome.reference(Self.genome.position(ofCoding: 40) + 1, 2) + "G"])
    #expect(shared.map { $0[17] } == ["1", "2"] && shared.allSatisfy { $0[1] == "frameshift_variant" })
    #expect(shared.allSatisfy { $0[28].wholeMatch(of: /NC_000023\.11:g\.\d+(_\d+)?(del|dup|ins[ACGT]+)/) != nil })
    #expect(outcome.stderr.contains("1 symbolic alleles"))
  }

  /// A substitution is named by its place; an insertion or deletion needs the bases around it.
  @Test func withoutReferenceOnlySubstitutionsHaveNames() throws {
    let folder = try TemporaryFolder()
    let input = try Self.input(folder, ["chr1\t1000\t.\tA\tC\t.\t.\t.", "chr1\t1001\t.\tAC\tA\t.\t.\t."])
    let outcome = try Program.run(["annotate", input, "--quiet"])
    #expect(
      Self.lines(outcome.stdout).map { Self.entries($0).map { $0[28] } } == [["NC_000001.11:g.1000A>C"], [""]])
  }

  /// Records of a stretch are written from what was prepared for it; those in small letters are told one by one.
  @Test func preparedEntriesAreThoseThatAreToldOneByOne() throws {
    let folder = try TemporaryFolder()
    let reference = try Self.genome.write(to: folder)
    var records: [(position: Int, reference: String, alternate: String)] = []
    for position in stride(from: 624_000, to: 658_000, by: 37) {
      let base = Self.genome.reference(position)
      let longer = Self.genome.reference(position, 1 + position % 4)
      records.append((position, base, base == "T" ? "G" : "T"))
      records.append((position + 1, Self.genome.reference(position + 1), Self.genome.reference(position + 1) + "CAT"))
      if longer.count > 1 { records.append((position, longer, base)) }
      records.append((position + 2, Self.genome.reference(position + 2, 2), "GGG"))
    }
    records.sort { ($0.position, $0.reference, $0.alternate) < ($1.position, $1.reference, $1.alternate) }
    func told(_ spelling: (String) -> String) throws -> [[[String]]] {
      let lines = records.map {
        "chrX\t\($0.position)\t.\t\(spelling($0.reference))\t\(spelling($0.alternate))\t.\t.\t."
      }
      let outcome = try Program.run(
        ["annotate", Self.input(folder, lines), "--reference", reference, "--threads", "1", "--quiet"])
      #expect(outcome.status == 0, "\(outcome.text)")
      return Self.lines(outcome.stdout).map(Self.entries)
    }
    let together = try told { $0 }
    #expect(together.count == records.count)
    #expect(try together == told { $0.lowercased() })
    #expect(together.count { $0.contains { $0[10].contains(/[+-]\d/) } } > 1_000)
  }

  @Test(
    "bcftools and our own filter read what was written", .enabled(if: Tool.isPresent("bcftools"), "bcftools not found"))
  func othersReadIt() throws {
    let folder = try TemporaryFolder()
    let reference = try Self.genome.write(to: folder)
    let input = try Self.input(folder, Self.records, header: Self.declared)
    let text = try Program.run(["annotate", input, "--reference", reference, "--quiet"])
    for (name, type) in [("out.bcf", "b"), ("out.vcf.gz", "z")] {
      let outcome = try Program.run(
        ["annotate", input, "--reference", reference, "-o", folder.file(name), "-O", type, "--quiet"])
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(try Tool.lines("bcftools", ["view", "-H", folder.file(name)]) == Self.lines(text.stdout))
      #expect(folder.exists(name + (type == "b" ? ".csi" : ".tbi")))
      let kept = try Program.run(["filter", folder.file(name), "--where", "CSQ.IMPACT >= HIGH", "--quiet"])
      #expect(Self.lines(kept.stdout).count == 2, "\(kept.text)")
    }
  }

  @Test func consequencesOfTheFileAreKeptTakenAnewOrCompared() throws {
    let folder = try TemporaryFolder()
    let reference = try Self.genome.write(to: folder)
    let stop = Self.genome.position(ofCoding: 28)
    let header = [
      "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|IMPACT|SYMBOL|Feature_type|Feature\">"
    ]
    let own = "CSQ=T|missense_variant|MODERATE|SHOX|Transcript|NM_000451.4"
    let input = try Self.input(folder, ["chrX\t\(stop)\t.\tC\tT\t.\t.\t\(own)"], header: header)
    let kept = try Program.run(["annotate", input, "--reference", reference])
    #expect(kept.status == 0 && Self.lines(kept.stdout)[0].hasSuffix("\t" + own))
    #expect(kept.stderr.contains("--reannotate"))
    let anew = try Program.run(["annotate", input, "--reference", reference, "--reannotate"])
    #expect(anew.stdout.components(separatedBy: "##INFO=<ID=CSQ,").count == 2)
    #expect(Self.entries(Self.lines(anew.stdout)[0]).contains { $0[1] == "stop_gained" })
    let compared = try Program.run(["annotate", input, "--reference", reference, "--compare"])
    #expect(compared.stdout.contains("NM_000451.4\tmissense_variant\tstop_gained"), "\(compared.text)")
    #expect(compared.stderr.contains("1 consequences compared, 0 alike, 1 different"))
  }

  @Test func theSameBytesWhateverTheWorkers() throws {
    let folder = try TemporaryFolder()
    let reference = try Self.genome.write(to: folder)
    var records: [String] = []
    for coding in 1...800 {
      let position = Self.genome.position(ofCoding: coding)
      let base = Self.genome.reference(position)
      records.append("chrX\t\(position)\t.\t\(base)\t\(base == "T" ? "G" : "T")\t.\t.\t.")
    }
    let input = try Self.input(folder, records)
    let one = try Program.run(["annotate", input, "--reference", reference, "--threads", "1", "--quiet"])
    let many = try Program.run(["annotate", input, "--reference", reference, "--threads", "7", "--quiet"])
    #expect(one.status == 0 && Self.lines(one.stdout).count == 800)
    #expect(Self.lines(one.stdout) == Self.lines(many.stdout))
  }

  /// What of a gene model is not used, or is guessed, is told.
  @Test func oddTranscriptsOfAGeneModelAreCounted() throws {
    let folder = try TemporaryFolder()
    let input = try Self.input(folder, ["chrX\t1500\t.\tA\tC\t.\t.\t."])
    let model = try folder.write(
      "model.gff3",
      """
      chrX\t.\tgene\t1001\t2000\t.\t+\t.\tID=gene:G1;Name=ONE;biotype=lncRNA
      chrX\t.\tlnc_RNA\t1001\t2000\t.\t+\t.\tID=transcript:T1;Parent=gene:G1;biotype=lncRNA
      HLA-A\t.\tgene\t1\t9\t.\t+\t.\tID=gene:G2;Name=TWO;biotype=lncRNA

      """)
    let outcome = try Program.run(["annotate", input, "--gene-model", model])
    #expect(outcome.status == 0 && outcome.stdout.contains("non_coding_transcript_exon_variant|MODIFIER|ONE"))
    #expect(outcome.stderr.contains("1 transcripts have no exon lines"), "\(outcome.text)")
    #expect(outcome.stderr.contains("1 lines lie on 1 contigs"), "\(outcome.text)")
  }

  @Test func whatIsWrongIsToldWithItsCode() throws {
    let folder = try TemporaryFolder()
    let reference = try Self.genome.write(to: folder)
    let stop = Self.genome.position(ofCoding: 28)
    let wrong = try Self.input(folder, ["chrX\t\(stop)\t.\tG\tT\t.\t.\t."])
    let mismatch = try Program.run(["annotate", wrong, "--reference", reference, "-o", folder.file("out.vcf")])
    #expect(mismatch.status == 65 && mismatch.stderr.contains("REF is G, but the reference has C"), "\(mismatch.text)")
    #expect(!folder.exists("out.vcf"))
    let unchecked = try Program.run(["annotate", wrong, "--reference", reference, "--no-ref-check", "--quiet"])
    #expect(unchecked.status == 0)
    let nothing = try Program.run(["annotate", wrong, "--compare"])
    #expect(nothing.status == 64 && nothing.stderr.contains("nothing to compare"))
    let absent = try Program.run(["annotate", wrong, "--reference", folder.file("none.fa")])
    #expect(absent.status == 66)
    let bare = try folder.write("bare.fa", ">chrX\nACGT\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: bare)
    let model = try folder.write("model.gff3", "chrX\tx\tgene\t9\t5\t.\t+\t.\tID=a\n")
    let reversed = try Program.run(["annotate", wrong, "--gene-model", model])
    #expect(reversed.status == 65 && reversed.stderr.contains("line 1"), "\(reversed.text)")
    let other = try Program.run(["annotate", wrong, "--build", "GRCh37"])
    #expect(other.status == 65 && other.stderr.contains("GRCh38"))
  }
}

extension AnnotateTests {
  /// m.3243A>G of MELAS and m.8993T>G of NARP: names are those of the genome, codons those of the mitochondrion.
  @Test func theMitochondrionHasItsOwnNamesAndCode() throws {
    let folder = try TemporaryFolder()
    let lines = [
      "##fileformat=VCFv4.2", "##contig=<ID=chr1,length=248956422>", "##contig=<ID=chrM,length=16569>",
      "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO", "chrM\t3243\t.\tA\tG\t.\t.\t.", "chrM\t8993\t.\tT\tG\t.\t.\t.",
    ]
    let input = try folder.write("mito.vcf", lines.joined(separator: "\n") + "\n")
    // MT-ATP6 begins at 8,527 with ATG; codon 156 is CTG for leucine, here as in the reference, and the rest says nothing.
    var bases = [UInt8](repeating: UInt8(ascii: "C"), count: 16_569)
    for (place, base) in [(8_527, "ATG"), (8_992, "CTG")] {
      for (offset, byte) in base.utf8.enumerated() { bases[place - 1 + offset] = byte }
    }
    bases[3_242] = UInt8(ascii: "A")
    let reference = try folder.file("mito.fa", Array(">chrM\n".utf8) + bases + [10])
    try folder.write("mito.fa.fai", "chrM\t16569\t6\t16569\t16570\n")
    let outcome = try Program.run(["annotate", input, "--reference", reference, "--quiet"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(
      outcome.stdout.contains("|MT-TL1|") && outcome.stdout.contains("|NC_012920.1:m.3243A>G|"), "\(outcome.text)")
    #expect(outcome.stdout.contains("missense_variant|MODERATE|MT-ATP6|"), "\(outcome.text)")
    #expect(outcome.stdout.contains("|NC_012920.1:m.8993T>G|") && outcome.stdout.contains("p.(Leu156Arg)"))
  }
}
