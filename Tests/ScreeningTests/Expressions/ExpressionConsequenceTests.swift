import Model
import Screening
import Testing

@Suite struct ExpressionConsequenceTests {
  static let info =
    "DP=1;CSQ=G|missense_variant&splice_region_variant|MODERATE|TTN|0.2&0.00001|3/10,G|synonymous_variant|LOW|CDH2||;DB"

  @Test(arguments: [
    ("CSQ.IMPACT=MODERATE", true), ("CSQ.IMPACT=\"HIGH\"", false), ("CSQ.IMPACT>=MODERATE", true),
    ("CSQ.IMPACT>MODERATE", false),
    ("CSQ.IMPACT<MODERATE", true), ("CSQ.IMPACT!=LOW", true), ("CSQ.IMPACT=\"HIGH,LOW\"", true),
    ("MODERATE<=CSQ.IMPACT", true),
    ("CSQ.Consequence=\"missense_variant\"", true), ("CSQ.Consequence=\"splice_region_variant\"", true),
    ("CSQ.Consequence=\"missense\"", false), ("CSQ.Consequence=\"missense_variant&splice_region_variant\"", true),
    ("CSQ.Consequence!=\"missense_variant\"", true), ("CSQ.Consequence~\"splice\"", true),
    ("CSQ.Consequence~\"SPLICE\"", false),
    ("CSQ.Consequence~\"SPLICE/i\"", true), ("CSQ.Consequence!~\"variant\"", false),
    ("CSQ.Consequence is_a \"protein_altering_variant\"", true), ("CSQ.Consequence is_a \"inframe_variant\"", true),
    ("CSQ.Consequence is_a \"splicing_variant\"", true), ("CSQ.Consequence is_a \"intergenic_variant\"", false),
    ("CSQ.Consequence is_a \"stop_gained\"", false), ("CSQ.Consequence is_a \"sequence_variant\"", true),
    ("CSQ.SYMBOL=\"TTN\"", true), ("CSQ.SYMBOL=TTN", true), ("CSQ.SYMBOL=\"BRCA2,CDH2\"", true),
    ("CSQ.SYMBOL=@genes", true),
    ("CSQ.SYMBOL!=@genes", false), ("CSQ.symbol=\"TTN\"", true),
    ("CSQ.gnomADe_AF<0.001", true), ("CSQ.gnomADe_AF>0.1", true), ("CSQ.gnomADe_AF=0.2", true),
    ("CSQ.gnomADe_AF>0.5", false),
    ("CSQ.gnomADe_AF<-1", false), ("CSQ.gnomADe_AF=\".\"", true), ("CSQ.SYMBOL=\".\"", false),
    ("CSQ.gnomADe_AF!=\".\"", true),
    ("CSQ.EXON=3", true), ("CSQ.EXON=\"3/10\"", true),
    // In the same entry, and in any.
    ("CSQ.SYMBOL=\"TTN\" & CSQ.IMPACT=\"LOW\"", false), ("CSQ.SYMBOL=\"TTN\" && CSQ.IMPACT=\"LOW\"", true),
    ("CSQ.SYMBOL=\"TTN\" & CSQ.IMPACT=\"MODERATE\" & CSQ.EXON=3", true),
    ("(CSQ.SYMBOL=\"TTN\" | CSQ.SYMBOL=\"CDH2\") & CSQ.IMPACT=\"LOW\"", true),
    ("CSQ.SYMBOL=\"TTN\" & QUAL>10", true), ("!(CSQ.IMPACT=HIGH)", true), ("not CSQ.IMPACT=LOW", false),
    ("INFO/CSQ.IMPACT=LOW", true),
  ]) func ofEntries(text: String, expected: Bool) throws {
    #expect(try ExpressionFixture.holds(text, info: Self.info) == expected)
  }

  @Test(arguments: [
    "CSQ.IMPACT!=HIGH", "CSQ.SYMBOL=\".\"", "CSQ.SYMBOL!=\"x\"", "CSQ.Consequence!~\"x\"", "CSQ.gnomADe_AF!=1",
  ]) func nothingHoldsWithoutEntries(text: String) throws {
    #expect(try !ExpressionFixture.holds(text, info: "DP=1"))
    #expect(try !ExpressionFixture.holds(text, info: "."))
  }

  @Test func readsOtherLayouts() throws {
    let info = "ANN=G|stop_gained&splice_region_variant|HIGH|CDH2|5/10"
    #expect(try ExpressionFixture.holds("ANN.Annotation_Impact>=MODERATE & ANN.Gene_Name=\"CDH2\"", info: info))
    #expect(try ExpressionFixture.holds("ANN.Annotation is_a \"protein_altering_variant\"", info: info))
    #expect(try ExpressionFixture.holds("ANN.cDNA.pos=5", info: info))
    #expect(try !ExpressionFixture.holds("ANN.Annotation=\"stop\"", info: info))
  }

  /// A short entry has empty sub-fields where it ends.
  @Test func readsShortEntries() throws {
    #expect(try ExpressionFixture.holds("CSQ.EXON=\".\" & CSQ.IMPACT=HIGH", info: "CSQ=G|stop_gained|HIGH"))
  }

  @Test func listsOfOtherTexts() throws {
    #expect(try ExpressionFixture.holds("LIST=@list", info: "LIST=a,x"))
    #expect(try !ExpressionFixture.holds("LIST!=@list", info: "LIST=a,x"))
    #expect(try ExpressionFixture.holds("ID=@list", info: "DP=1"))
    #expect(try !ExpressionFixture.holds("ST=@list", info: "ST=a"))
  }

  @Test func regions() throws {
    let lines =
      [10, 11, 20, 21].map { "chr1\t\($0)\t.\tA\tG\t.\t.\t." } + [
        "chrX\t5\t.\tA\tG\t.\t.\t.", "decoy\t11\t.\tA\tG\t.\t.\t.",
      ]
    #expect(try ExpressionFixture.answers("IN_REGIONS(\"x.bed\")", lines) == [false, true, true, false, false, false])
    #expect(try ExpressionFixture.answers("!IN_PANEL(\"p\")", lines) == [true, true, true, true, false, true])
  }
}
