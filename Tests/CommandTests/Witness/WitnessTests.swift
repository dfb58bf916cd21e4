import Foundation
import TestSupport
import Testing

/// `screen` and `explain` with the reads of the family.
@Suite("Reads as witnesses", .enabled(if: SmallAlignment.isPossible, SmallAlignment.absence))
struct WitnessTests {
  @Test("A new mutation that the reads confirm")
  func confirmed() throws {
    let family = try WitnessFamily.solved()
    let outcome = try family.screen()
    #expect(outcome.status == 0, "\(outcome.text)")
    let table = try family.candidates()
    #expect(table.column("inheritance").first?.contains("de_novo") == true)
    #expect(table.column("flags").allSatisfy { !$0.contains("reads:") })
    let evidence = try family.evidence()
    let child = try #require(evidence["CHILD"])
    #expect(child["method"] as? String == "bases" && child["ref"] as? Int == 15 && child["alt"] as? Int == 15)
    #expect(child["alt_forward"] as? Int == 8 && child["alt_reverse"] as? Int == 7 && child["alt_clipped"] as? Int == 0)
    #expect(child["mean_base_quality"] as? Double == 40 && child["mean_mapping_quality"] as? Double == 60)
    #expect(evidence["FATHER"]?["alt"] as? Int == 0 && evidence["MOTHER"]?["ref"] as? Int == 32)
    let told = try family.explain()
    #expect(told.stdout.contains("de_novo: PASS"), "\(told.text)")
    #expect(told.stdout.contains("MOTHER  0 of 32 fragments show it"), "\(told.text)")
    #expect(table.column("reads") == ["CHILD=15/30;FATHER=0/30;MOTHER=0/32"])
  }

  @Test("A father who is not called is resolved")
  func resolved() throws {
    let blind = try WitnessFamily(["0/1", "./.", "0/0"], [:])
    #expect(try blind.explain().stdout.contains("de_novo: POSSIBLE, one parent missing"))
    let family = try WitnessFamily(["0/1", "./.", "0/0"], ["FATHER": (30, 0)])
    let told = try family.explain()
    #expect(told.stdout.contains("de_novo: PASS"), "\(told.text)")
    let words = "reads: FATHER ./. is taken as reference, 0 of 30 fragments show the allele"
    #expect(told.stdout.contains(words), "\(told.text)")
    #expect(try family.screen().status == 0)
    #expect(try family.candidates().column("flags").first?.contains(words) == true)
    // Reads of five fragments are too few to say so.
    let shallow = try WitnessFamily(["0/1", "./.", "0/0"], ["FATHER": (5, 0)])
    let open = try shallow.explain().stdout
    #expect(open.contains("de_novo: POSSIBLE, one parent missing") && !open.contains("is taken as"))
  }

  @Test("A father whom the caller took for reference, and whose reads show a mosaic", arguments: ["0/0", "./."])
  func mosaic(call: String) throws {
    let family = try WitnessFamily(["0/1", call, "0/0"], ["FATHER": (57, 3), "MOTHER": (60, 0)])
    let told = try family.explain()
    #expect(told.stdout.contains("de_novo: POSSIBLE, parental mosaicism?"), "\(told.text)")
    let words = "reads: FATHER may be mosaic, 3 of 60 fragments show the allele"
    #expect(told.stdout.contains(words), "\(told.text)")
    #expect(try family.screen().status == 0)
    let table = try family.candidates()
    #expect(table.column("flags").first?.contains(words) == true)
    #expect(table.column("flags").first?.contains("parental mosaicism?") == true)
    #expect(try family.folder.text("out/report.html").contains("parental mosaicism?"))
  }

  @Test("A father whom the caller took for reference, and whose reads show a heterozygote: withdrawn, by name")
  func withdrawn() throws {
    let family = try WitnessFamily(["0/1", "0/0", "0/0"], ["FATHER": (16, 14)])
    let outcome = try family.screen()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try family.candidates().rows.isEmpty)
    let words = "off the list that the variant files alone would have put on it: 2-166002700-C-T (SCN1A)"
    #expect(outcome.stderr.contains(words), "\(outcome.text)")
    #expect(try family.folder.text("out/run.json").contains(words))
    let document = try Document(family.folder.bytes("out/candidates.json"))
    let miss = try #require((document["near_misses"] as? [[String: Any]])?.first)
    #expect(miss["kind"] as? String == "contradicted_by_reads")
    #expect("\(miss)".contains("14 of 30 fragments show the allele"))
    let page = try family.folder.text("out/report.html")
    #expect(page.contains("taken off the list by what the reads show"))
    let told = try family.explain()
    #expect(
      told.stdout.contains("is NOT in the report") && told.stdout.contains("it left at inheritance"), "\(told.text)")
    #expect(told.stdout.contains("de_novo: FAIL, inherited from a parent"), "\(told.text)")
    #expect(told.stdout.contains("reads: FATHER 0/0 is taken as a carrier, 14 of 30 fragments show the allele"))
  }

  @Test("A call of the child that its reads do not show is doubted, not removed")
  func doubted() throws {
    let family = try WitnessFamily(["0/1", "0/0", "0/0"], ["CHILD": (40, 0)])
    #expect(try family.screen().status == 0)
    let table = try family.candidates()
    #expect(table.column("flags").first?.contains("called, but not seen in the reads") == true)
    let told = try family.explain()
    #expect(told.stdout.contains("de_novo: POSSIBLE, called, but not seen in the reads"), "\(told.text)")
    #expect(told.stdout.contains("reads: CHILD 0/1 is doubtful, 0 of 40 fragments show the allele"))
  }

  @Test("Two halves in a recessive gene that the mates of fragments put together, or apart", arguments: [true, false])
  func pair(isTrans: Bool) throws {
    var family = try WitnessFamily()
    let pair = WitnessFamily.pair
    for change in pair { change.add(to: &family.variants, ["0/1", "./.", "./."], gene: "CLN3") }
    let name = "16-28482100-C-T"
    #expect(try family.explain(name).stdout.contains("paired with 16-28482400-G-A: UNPHASED"))
    var child = MemberReads("CHILD")
    child.span(pair[0], pair[1], together: isTrans ? 0 : 12, apart: isTrans ? 12 : 0)
    try family.add(child, of: "CHILD")
    let told = try family.explain(name)
    #expect(
      told.stdout.contains("paired with 16-28482400-G-A: " + (isTrans ? "CONFIRMED_TRANS" : "CIS")), "\(told.text)")
    #expect(
      told.stdout.contains("AR_comphet: " + (isTrans ? "PASS" : "FAIL, both alleles on one copy")), "\(told.text)")
    let counts = isTrans ? "0 show both, 0 neither, 12 one of the two" : "6 show both, 6 neither, 0 one of the two"
    #expect(told.stdout.contains("reads: of 12 fragments over both alleles \(counts)"), "\(told.text)")
    let outcome = try family.screen()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try family.candidates().column("inheritance") == (isTrans ? ["AR_comphet", "AR_comphet"] : []))
    let json = try family.folder.text("out/candidates.json").filter { !$0.isWhitespace }
    let pairs = #""allele":"16-28482400-G-A","both":0,"neither":0,"this_alone":6,"other_alone":6"#
    #expect(json.contains(pairs) == isTrans)
  }

  // MARK: - Insertions and deletions

  /// One of ten T lost: the gap of a read stands where its aligner put it, at either end of the run.
  private static func deletion(withReference isGiven: Bool) throws -> (family: WitnessFamily, flags: [String]) {
    let chromosome = SmallChromosome()
    let (left, right) = (MemberReads.Change("chr16", 88_750, "GT", "G"), MemberReads.Change("chr16", 88_759, "TT", "T"))
    var family = try WitnessFamily()
    left.add(to: &family.variants, ["0/1", "0/0", "0/0"], gene: "NPRL3", consequence: "frameshift_variant")
    for (name, hasAllele) in [("CHILD", true), ("FATHER", false)] {
      var reads = MemberReads(name)
      reads.base = chromosome.base
      for read in 0..<30 {
        let start = 88_690 + read
        let change = read % 2 == 0 ? left : right
        reads.add("\(read)", on: "chr16", from: start, [(change, hasAllele && read < 16)], flag: read % 4 < 2 ? 0 : 16)
      }
      // Six that end within the run.
      for read in 30..<36 { reads.add("\(read)", on: "chr16", from: 88_690, length: 63 + read - 30, []) }
      try family.add(reads, of: name)
    }
    return (family, isGiven ? ["--reference", try chromosome.write(to: family.folder)] : [])
  }

  @Test("A deletion in a repeat is counted by haplotype, wherever the gap is")
  func haplotypes() throws {
    let (family, flags) = try Self.deletion(withReference: true)
    let outcome = try family.screen(flags)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(!outcome.stderr.contains("as they were aligned"))
    let evidence = try family.evidence()
    let (child, father) = (try #require(evidence["CHILD"]), try #require(evidence["FATHER"]))
    #expect(child["method"] as? String == "haplotypes" && child["error_rate"] as? Double == 0.01)
    #expect(["ref", "alt", "other", "unclear"].map { child[$0] as? Int } == [14, 16, 0, 6])
    #expect(["ref", "alt", "other", "unclear"].map { father[$0] as? Int } == [30, 0, 0, 6])
    #expect(try family.candidates().column("flags").allSatisfy { !$0.contains("reads:") })
  }

  @Test("Without a reference, or with one that lacks the place, by the gaps as they were aligned, and this is said")
  func alignment() throws {
    let (family, _) = try Self.deletion(withReference: false)
    let outcome = try family.screen()
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(
      outcome.stderr.contains(
        "no reference FASTA: reads at 1 insertions and deletions are told apart as they were aligned"))
    let child = try #require(try family.evidence()["CHILD"])
    #expect(child["method"] as? String == "alignment" && child["alt"] as? Int == 8)
    try family.folder.write("short.fa.fai", "chr16\t1000\t7\t1000\t1001\n")
    let short = try family.folder.write("short.fa", ">chr16\n" + String(repeating: "A", count: 1_000) + "\n")
    let other = try family.screen(["--reference", short, "--no-ref-check"])
    #expect(other.status == 0, "\(other.text)")
    #expect(other.stderr.contains("short.fa lacks the bases around 1 insertions and deletions"), "\(other.text)")
  }
}
