import TestSupport
import Testing

@Suite("explain")
struct ExplainTests {
  @Test("A reported allele: its rank, genotypes, models and points, however it is written")
  func reported() throws {
    let outcome = try Demonstration.explain("9-127675855-C-T")
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stdout.hasPrefix("9-127675855-C-T is IN the report of DEMO-001 (GRCh38).\n"))
    for word in ["rank 1  STXBP1", "de_novo: PASS", "PVS1", "MOTHER  unaffected  0/0", "= 22.6: phenotype +5.6"] {
      #expect(outcome.stdout.contains(word), "\(outcome.text)")
    }
    for spelling in ["chr9:127675855:C:T", "9:127675855 c>t", "chr9_127675855_C_T"] {
      #expect(try Demonstration.explain(spelling).stdout == outcome.stdout, "\(spelling)")
    }
  }

  @Test(
    "A removed allele: the stage, the value, the threshold and the setting that would change it",
    arguments: [
      ("19-11105407-C-A", "outside_panel", "chr19:11105407", "gene_padding"),
      ("16-2056242-G-T", "not_carried", "CHILD 0/0", ""),
      ("2-166043875-G-A", "site_filter", "VQSRTrancheSNP99.90to100.00", "accept_filter"),
      ("16-89195074-C-A", "population_frequency", "threshold  0.01", "max_af"),
      ("22-40349925-C-G", "population_frequency", "split: alternate 2 of 2", "max_af"),
      ("6-33440765-G-A", "impact", "synonymous_variant LOW", "min_impact"),
      ("2-165344714-A-G", "genotype_quality", "CHILD 0/1", "min_gq"),
      ("12-102840493-G-A", "single_heterozygous", "PAH", ""),
      ("19-41982073-G-A", "inheritance", "unaffected carrier", ""),
    ])
  func removed(allele: String, stage: String, value: String, setting: String) throws {
    let outcome = try Demonstration.explain(allele)
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("\(allele) is NOT in the report"), "\(outcome.text)")
    #expect(outcome.stdout.contains("it left at \(stage)."), "\(outcome.text)")
    #expect(outcome.stdout.contains(value), "\(outcome.text)")
    #expect(outcome.stdout.contains("  removed  \(stage)"), "\(outcome.text)")
    if !setting.isEmpty { #expect(outcome.stdout.contains("change with --set \(setting)="), "\(outcome.text)") }
  }

  @Test("The named setting does change it")
  func setting() throws {
    let moved = try Demonstration.explain("16-89195074-C-A", ["--set", "max_af=0.5"])
    #expect(moved.status == 0)
    #expect(!moved.stdout.contains("it left at population_frequency"), "\(moved.text)")
  }

  @Test("What report and explanation say agrees for every allele of the input")
  func agreement() throws {
    let folder = try TemporaryFolder()
    #expect(try Demonstration.screen(into: folder).status == 0)
    let table = Rows(try folder.text("out/candidates.tsv"))
    for row in table.rows.indices {
      let allele = ["chrom", "pos", "ref", "alt"].map { table.column($0)[row] }.joined(separator: "-")
      let outcome = try Demonstration.explain(allele)
      #expect(outcome.stdout.contains(" is IN the report"), "\(outcome.text)")
      #expect(
        outcome.stdout.contains("rank \(table.column("rank")[row])  \(table.column("gene")[row])"), "\(outcome.text)")
    }
  }

  @Test("An allele that is in no input: whether the place is screened, and what lies close by")
  func absent() throws {
    let near = try Demonstration.explain("5-126552043-A-C")
    #expect(near.status == 0)
    #expect(near.stdout.contains("no record of trio.vcf.gz holds it"), "\(near.text)")
    #expect(near.stdout.contains("5:126552042  A>C"))
    #expect(near.stdout.contains("within the genes"))
    let far = try Demonstration.explain("1-5000000-A-C")
    #expect(far.status == 0)
    #expect(far.stdout.contains("outside the genes"), "\(far.text)")
    #expect(far.stdout.contains("No record lies within 50 bases"))
  }

  @Test("A split and left-shifted allele is found as the file writes it, as the report writes it, and as others may")
  func respelled() throws {
    let folder = try TemporaryFolder()
    let reference = try SmallChromosome().write(to: folder)
    var family = SmallFamily()
    // A run of ten T after the G at 88750: the last T is deleted, or doubled.
    family.add(
      "chr16", 88_759, "TT", "T,TTT", ["0/1", "0/0", "0/0"], gene: "NPRL3", consequence: "frameshift_variant")
    let flags = try family.write(to: folder) + ["--reference", reference]
    for spelling in ["16-88759-TT-T", "16-88750-GT-G", "16-88755-TT-T", "16-88752-TTT-TT"] {
      let outcome = try Program.run(["explain", "--variant", spelling] + flags)
      #expect(outcome.status == 0, "\(outcome.text)")
      #expect(outcome.stdout.hasPrefix("\(spelling) is IN the report"), "\(outcome.text)")
      #expect(outcome.stdout.contains("split: alternate 1 of 2"))
      #expect(outcome.stdout.contains("trimmed or shifted to 16-88750-GT-G"), "\(outcome.text)")
    }
    let other = try Program.run(["explain", "--variant", "16-88750-G-GT"] + flags)
    #expect(other.stdout.contains("it left at not_carried"), "\(other.text)")
  }
}
