import Model
import Reading
import Testing

@Suite("Flags of the command line")
struct CaseFlagsTests {
  @Test("flags alone make a case")
  func alone() throws {
    let folder = try CaseFolder(["a.vcf": "", "t.ped": "F C 0 0 2 2\n", "c.bam": "", "r.fa": ""])
    let flags = CaseFlags(
      vcf: [folder.path + "/a.vcf"], ped: folder.path + "/t.ped", proband: "C", hpo: ["HP:0001250,HP:0001263"],
      notHpo: ["HP:0000252"], panels: ["epilepsy"], alignments: ["C=" + folder.path + "/c.bam"],
      reference: folder.path + "/r.fa", sex: "female", settings: ["max_af=0.005", "accept_filter=a,b"], build: "37",
      caseID: "X1")
    let resolved = try CaseFile(flags: flags).resolve()
    #expect(resolved.inputs.caseFile == nil)
    #expect(resolved.phenotypes.map(\.id) == ["HP:0001250", "HP:0001263"])
    #expect(resolved.settings.maximumFrequency == 0.005 && resolved.settings.acceptedFilters == ["a", "b"])
    let (subject, warnings) = try resolved.subject(sampleNames: [["C"]], assembly: nil)
    #expect(subject.id == "X1" && subject.assembly == .grch37 && warnings.isEmpty)
  }

  @Test("a flag wins over the file, setting by setting and sample by sample")
  func over() throws {
    let folder = try CaseFolder(["a.vcf": "", "1.bam": "", "2.bam": "", "3.bam": "", "t.ped": "F C 0 0 2 2\n"])
    let text = caseText(
      """
      proband: WRONG
      sex: male
      phenotypes: [HP:0001250]
      family: [{id: WRONG, sex: male}]
      alignments: {C: 1.bam, D: 2.bam}
      settings: {max_af: 0.02, min_gq: 30}
      """)
    let flags = CaseFlags(
      ped: folder.path + "/t.ped", proband: "C", hpo: ["HP:0001263"], alignments: ["C=" + folder.path + "/3.bam"],
      sex: "female", settings: ["max_af=0.001"])
    let resolved = try folder.resolve(text, flags: flags)
    #expect(resolved.settings.maximumFrequency == 0.001 && resolved.settings.minimumGenotypeQuality == 30)
    #expect(resolved.phenotypes.map(\.id) == ["HP:0001263"])
    let alignments = Dictionary(
      uniqueKeysWithValues: resolved.inputs.alignments.map { ($0.sample.value, $0.path.value) })
    #expect(alignments == ["C": folder.path + "/3.bam", "D": folder.path + "/2.bam"])
    #expect(try resolved.subject(sampleNames: [["C", "D"]], assembly: .grch38).subject.proband == "C")
  }

  @Test("a wrong flag is named")
  func faults() throws {
    let flags = CaseFlags(
      vcf: ["-", "-"], alignments: ["c.bam"], sex: "x", settings: ["max_af", "max_af=1%"], build: "36")
    let error = #expect(throws: CaseError.self) { try CaseFile(flags: flags).resolve() }
    #expect(error?.reason == .malformedCase)
    #expect(
      error?.description.split(separator: "\n").map(String.init) == [
        "--alignment: \"c.bam\" cannot be understood; write SAMPLE=BAM",
        "--set: \"max_af\" cannot be understood; write KEY=VALUE, for example max_af=0.01",
        "--set: \"1%\" is no value of setting `max_af`; write a fraction: 1 % is 0.01",
        "--build: \"36\" is no build that is known; write GRCh37 or GRCh38",
        "--sex: \"x\" is no value of `sex`; write one of male, female, unknown",
        "--vcf: `-` (standard input) is given for more than one input; save all but one of them to a file",
      ])
  }

  @Test("two files of one member: they are to be joined, not chosen from")
  func severalAlignments() throws {
    let folder = try CaseFolder(["v.vcf": "", "1.bam": "", "2.bam": ""])
    let flags = CaseFlags(
      vcf: [folder.path + "/v.vcf"], alignments: ["C", "C"].enumerated().map { "\($1)=\(folder.path)/\($0 + 1).bam" })
    let error = #expect(throws: CaseError.self) { try CaseFile(flags: flags).resolve() }
    #expect(
      error?.description
        == "--alignment: several alignment files of \"C\"; a member has one: keep one of them, or join them "
        + "first with `samtools merge` and `samtools index`")
  }

  @Test("nothing at all is a fault of the command line")
  func nothing() {
    let error = #expect(throws: CaseError.self) { try CaseFile(flags: CaseFlags()).resolve() }
    #expect(
      error?.description
        == "command line: no variant file is given; add `variants:` and a VCF or BCF, or give --vcf")
  }
}
