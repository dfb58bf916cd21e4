import Foundation
import Model
import Screening
import TestSupport
import Testing

private let vep =
  "ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: Allele|Consequence|IMPACT|SYMBOL|"
  + "Feature_type|Feature|BIOTYPE|EXON|INTRON|HGVSc|HGVSp|CDS_position|Protein_position|HGNC_ID|CANONICAL|MANE_SELECT\""

private let snpEff =
  "ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | "
  + "Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p | cDNA.pos / cDNA.length | CDS.pos / "
  + "CDS.length | AA.pos / AA.length | Distance | ERRORS / WARNINGS / INFO'\""

private let haplotype =
  "ID=BCSQ,Number=.,Type=String,Description=\"Local consequence annotation from BCFtools/csq. Format: "
  + "'[*]consequence|gene|transcript|biotype[|strand|amino_acid_change|dna_change]' or, for consequences of variants split "
  + "across multiple sites, a pointer to the record storing the consequences '@position'.\""

@Suite struct AnnotationConsequenceTests {
  // MARK: VEP

  /// Case 23 of the clinical specification, and every way in which VEP shortens alleles.
  @Test(arguments: [
    ("TAA", "T,TA", "-", 1), ("TAA", "T,TA", "A", 2),
    ("C", "CA,CCA", "A", 1), ("C", "CA,CCA", "CA", 2),
    ("CTT", "C,CTTT,*", "-", 1), ("CTT", "C,CTTT,*", "TTT", 2),
    // no indel among them: nothing is cut
    ("AC", "AT,GC", "AT", 1), ("AC", "AT,GC", "GC", 2),
    // an indel, but the alleles do not begin alike
    ("AC", "A,GCC", "A", 1), ("AC", "A,GCC", "GCC", 2),
    ("G", "A,T", "T", 2), ("g", "a,t", "T", 2),
    // --minimal trims each allele by itself
    ("GTT", "GT,GTTT,ATT", "-", 1),
  ])
  func vepAllele(reference: String, alternates: String, name: String, expected: Int) {
    let file = AnnotatedText(info: [vep], reference, alternates, "CSQ=\(name)|missense_variant|MODERATE|A")
    for number in 1...alternates.split(separator: ",").count {
      #expect(file.annotation(number).consequences.count == (number == expected ? 1 : 0), "\(name) as allele \(number)")
    }
  }

  @Test func alleleNumberComesFirst() {
    let layout =
      "ID=vep,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: Consequence|ALLELE_NUM|SYMBOL\""
    let file = AnnotatedText(info: [layout], "A", "C,G", "vep=missense_variant|2|TWO,synonymous_variant|1|ONE")
    #expect(file.annotation(1).consequences.map(\.symbol) == ["ONE"])
    #expect(file.annotation(2).consequences.map(\.symbol) == ["TWO"])
  }

  /// A file that was split after annotation keeps the old numbers, which then mean nothing.
  @Test func alleleNumberOfARecordThatWasSplit() {
    let layout =
      "ID=CSQ,Number=.,Type=String,Description=\"From VEP. Format: Allele|Consequence|ALLELE_NUM|SYMBOL\""
    let file = AnnotatedText(info: [layout], "A", "G", "CSQ=C|missense_variant|1|ONE,G|stop_gained|2|TWO")
    let annotation = file.annotation()
    #expect(annotation.consequences.map(\.symbol) == ["TWO"])
    #expect(annotation.remarks == [.unmatchedAllele("C")])
  }

  @Test func symbolicAlleleIsNamedByItsClass() {
    let file = AnnotatedText(info: [vep], "A", "<DEL>", "CSQ=deletion|transcript_ablation|HIGH|A")
    #expect(file.annotation().consequences.first?.rank == 1)
  }

  @Test func readsEverySubfield() throws {
    let file = AnnotatedText(
      info: [vep], "C", "T",
      "CSQ=T|missense_variant&splice_region_variant|MODERATE|NMNAT1|Transcript|NM_022787.4|protein_coding|5/5||NM_022787.4:c.619C>T|"
        + "NP_073624.2:p.Arg207%3D|619/840|207-208/279|HGNC:HGNC:17877|YES|ENST00000377205.6,T|regulatory_region_variant|MODIFIER||"
        + "RegulatoryFeature|ENSR0001|promoter||||||||")
    let consequences = file.annotation().consequences
    try #require(consequences.count == 2)
    let first = consequences[0]
    #expect(first.terms.map(\.name) == ["missense_variant", "splice_region_variant"])
    #expect(first.impact == .moderate)
    #expect(first.transcript == "NM_022787.4")
    #expect(first.hgvsP == "NP_073624.2:p.Arg207=")
    #expect(first.hgncID == "HGNC:17877")
    #expect(first.codingPosition == 619 && first.codingLength == 840)
    #expect(first.proteinPosition == 207 && first.proteinLength == 279)
    #expect(first.exon == "5/5" && first.intron == nil)
    #expect(first.isCanonical && first.maneSelect == "ENST00000377205.6")
    #expect(consequences[1].transcript == nil, "a regulatory feature is no transcript")
  }

  @Test(arguments: [
    ("17877", "HGNC:17877"), ("HGNC:17877", "HGNC:17877"), ("HGNC:HGNC:17877", "HGNC:17877"), ("NMNAT1", nil),
    ("", nil),
  ])
  func hgncSpellings(text: String, expected: String?) {
    let file = AnnotatedText(info: [vep], "C", "T", "CSQ=T|missense_variant|MODERATE|N||||||||||\(text)||")
    #expect(file.annotation().consequences.first?.hgncID == expected)
  }

  @Test(
    arguments: [
      ("NM_1.2", "NM_1.2", nil), ("MANE_Select", "ENST1.1", nil), ("MANE_Plus_Clinical", nil, "ENST1.1"),
      ("", nil, nil),
    ] as [(String, String?, String?)])
  func maneField(text: String, select: String?, plus: String?) {
    let layout = "ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|Feature|MANE\""
    let consequence = AnnotatedText(info: [layout], "C", "T", "CSQ=T|stop_gained|ENST1.1|\(text)").annotation()
      .consequences[0]
    #expect(consequence.maneSelect == select)
    #expect(consequence.manePlusClinical == plus)
  }

  @Test func unknownTermTakesTheSourcesImpactAndIsNamed() {
    let file = AnnotatedText(info: [vep], "C", "T", "CSQ=T|intron_variant&gene_explosion|HIGH|A")
    let annotation = file.annotation()
    #expect(annotation.consequences.first?.impact == .high)
    #expect(annotation.remarks == [.unknownTerm("gene_explosion")])
  }

  @Test(arguments: [
    "Format: Allele|Consequence|SYMBOL", "Format: 'Allele | Consequence | SYMBOL'",
    "VEP v99 format:Allele|Consequence|SYMBOL",
    "Allele|Consequence|SYMBOL", "Annotations. Format: Allele|Consequence|SYMBOL|",
  ])
  func toleratesFormatDialects(description: String) {
    let layout = "ID=CSQ,Number=.,Type=String,Description=\"\(description)\""
    let file = AnnotatedText(info: [layout], "C", "T", "CSQ=T|stop_gained|GENE")
    #expect(file.annotation().consequences.first?.symbol == "GENE")
    #expect(file.annotation().consequences.first?.has("stop_gained") == true)
  }

  @Test func shortEntriesAndMissingValues() {
    #expect(AnnotatedText(info: [vep], "C", "T", "CSQ=.").annotation() == AlleleConsequences())
    #expect(AnnotatedText(info: [vep], "C", "T", "DP=3").annotation() == AlleleConsequences())
    #expect(AnnotatedText(info: [vep], "C", "T", "CSQ=T|stop_gained").annotation().consequences.count == 1)
  }

  // MARK: SnpEff

  @Test func snpEffNamesTheFullAlternate() throws {
    let entry =
      "|frameshift_variant&splice_region_variant|HIGH|NOC2L|ENSG1|transcript|ENST2|protein_coding|3/19|c.12delA|p.Lys4fs|"
    let file = AnnotatedText(
      info: [snpEff], "TAA", "T,TA", "ANN=TA\(entry)12/2700|12/2250|4/749||WARNING_TRANSCRIPT_NO_STOP_CODON")
    #expect(file.annotation(1).consequences.isEmpty)
    let consequence = try #require(file.annotation(2).consequences.first)
    #expect(consequence.source == .snpEff)
    #expect(consequence.symbol == "NOC2L" && consequence.gene == "ENSG1")
    #expect(consequence.hgvsC == "ENST2:c.12delA")
    #expect(consequence.exon == "3/19")
    #expect(consequence.codingLength == 2250 && consequence.proteinPosition == 4)
    #expect(consequence.warnings == "WARNING_TRANSCRIPT_NO_STOP_CODON")
  }

  @Test func snpEffRankOfAnIntronIsAnIntron() {
    let file = AnnotatedText(
      info: [snpEff], "C", "T",
      "ANN=T|splice_donor_variant&intron_variant|HIGH|A|B|transcript|C|protein_coding|2/9|c.3+1C>T||||||")
    #expect(file.annotation().consequences.first?.intron == "2/9")
    #expect(file.annotation().consequences.first?.exon == nil)
  }

  // MARK: bcftools csq

  @Test func haplotypeConsequences() throws {
    let file = AnnotatedText(
      info: [haplotype], "G", "A,T",
      "BCSQ=missense|CHTF18|ENST1|protein_coding|+|761D>764N|793183G>A,*stop_gained|CHTF18|ENST1|protein_coding|+|761D>761*|"
        + "100C>A+793183G>T,@788407,3_prime_utr|CHTF18|ENST2|NMD")
    let first = file.annotation(1)
    #expect(first.consequences.map { $0.terms[0].name } == ["missense_variant", "3_prime_UTR_variant"])
    #expect(first.consequences[0].symbol == "CHTF18" && first.consequences[0].transcript == "ENST1")
    #expect(first.consequences[0].proteinPosition == 761 && first.consequences[0].aminoAcids == "D/N")
    #expect(first.remarks == [.backReference(position: 788_407), .alleleNotNamed])
    let second = try #require(file.annotation(2).consequences.first)
    #expect(second.has("stop_gained"))
    #expect(second.warnings == "downstream of a stop")
  }

  // MARK: Hostile records

  /// Ten thousand alternates, each with an entry: insertions of 1 to 10,000 in the letters of a number.
  @Test func tenThousandAlternates() {
    let names = (0..<10_000).map { number in String(String(number, radix: 4).map { "ACGT"[$0] }) }
    let file = AnnotatedText(
      info: [vep], "T", names.map { "T\($0)" }.joined(separator: ","),
      "CSQ=" + names.map { "\($0)|frameshift_variant|HIGH|G\($0)" }.joined(separator: ","))
    let annotation = file.annotation(9_999)
    #expect(annotation.consequences.map(\.symbol) == ["G\(names[9_998])"])
    #expect(annotation.remarks.isEmpty)
  }

  @Test(arguments: [
    "CSQ=|||||", "CSQ=,,,", "CSQ=T|&&&|x", "CSQ==;CSQ=T|%|%4|%zz",
    "CSQ=T|stop_gained|HIGH||||||||||99999999999999999999/1|0/0",
  ])
  func malformedEntriesDoNotTrap(info: String) {
    let file = AnnotatedText(info: [vep], "C", "T", info)
    #expect(file.annotation().consequences.count <= 4)
    #expect(file.facts().frequency == .noData)
  }

  // MARK: Choosing the annotation

  @Test func preferredAnnotationThatTheRecordBears() {
    let info = [vep, haplotype]
    let both = AnnotatedText(
      info: info, "C", "T", "BCSQ=missense|B|T2|protein_coding;CSQ=T|stop_gained|HIGH|A")
    #expect(both.annotation().consequences.map(\.symbol) == ["A"])
    let one = AnnotatedText(info: info, "C", "T", "BCSQ=missense|B|T2|protein_coding")
    #expect(one.annotation().consequences.map(\.symbol) == ["B"])
  }

  @Test func layoutTellsWhatIsMissing() {
    let bare = AnnotationLayout(header: VariantHeader(version: "4.2"))
    #expect(bare.consequenceSource == nil)
    #expect(bare.missing().contains("consequence: none") && bare.missing().contains("population frequency: none"))
    #expect(bare.sources.isEmpty)
    let file = AnnotatedText(info: [vep], "C", "T", "DP=1")
    #expect(AnnotationLayout(header: file.header).sources == ["consequence: CSQ (VEP, 16 sub-fields)"])
  }

  // MARK: Real files

  /// Every VEP- or SnpEff-annotated record of the split-vep test inputs, compared with `bcftools +split-vep`.
  @Test(
    .enabled(if: RealData.isPresent && SplitVep.isPresent, RealData.absence),
    arguments: [
      "families/vip-report-template/src/mocks/GRCh38/vcf/samples_100.vcf",
      "families/vip-decision-tree/src/test/resources/example_CSQ.vcf",
    ])
  func agreesWithSplitVep(name: String) throws {
    let file = try AnnotatedText(path: RealData.path(name))
    let layout = AnnotationLayout(header: file.header)
    // split-vep does not part alleles, so only records of one alternate are comparable; it also leaves out entries of which
    // every field asked for is missing.
    let oracle = try SplitVep.lines(of: RealData.path(name))
    let own = (0..<file.batch.count).filter { !file.batch.string(.alternate, of: $0).contains(",") }.flatMap { row in
      layout.consequences(of: row, alternate: 1, in: file.batch).map {
        "\(file.batch.positions[row])\t"
          + [$0.symbol, $0.hgvsC, $0.exon, $0.biotype, $0.gene].map { $0 ?? "." }.joined(separator: "\t")
      }
    }
    #expect(own.filter { !$0.hasSuffix("\t.\t.\t.\t.\t.") } == oracle)
    #expect(oracle.count > 50)
  }

  @Test(.enabled(if: RealData.isPresent, RealData.absence))
  func realTrioOfBcftoolsConsequences() throws {
    let file = try AnnotatedText(path: RealData.path("families/slivar/ashk-trio.vcf.gz"))
    let layout = AnnotationLayout(header: file.header)
    var annotated = 0
    var unknown: Set<String> = []
    for row in 0..<file.batch.count {
      let alternates = file.batch.string(.alternate, of: row).split(separator: ",").count
      for alternate in 1...alternates {
        let annotation = layout.annotation(of: row, alternate: alternate, in: file.batch)
        annotated += annotation.consequences.isEmpty ? 0 : 1
        for case .unknownTerm(let term) in annotation.remarks { unknown.insert(term) }
      }
    }
    #expect(file.batch.count == 9_940)
    #expect(annotated > 5_000)
    #expect(unknown.isEmpty, "\(unknown.sorted())")
    // AC, AF and AN of this file are the caller's own.
    #expect(layout.missing().contains("population frequency: none"))
  }
}

/// `bcftools +split-vep`, an independent reader of the same sub-fields.
private enum SplitVep {
  static let isPresent = Tool.isPresent("bcftools")

  /// Position, symbol, HGVSc, exon, biotype and gene of each entry of the records with one alternate.
  static func lines(of path: String) throws -> [String] {
    try Tool.lines(
      "bcftools",
      ["+split-vep", path, "-d", "-i", "N_ALT=1", "-f", "%POS\t%SYMBOL\t%HGVSc\t%EXON\t%BIOTYPE\t%Gene\n"])
  }
}

extension String {
  /// The letter at a digit's place.
  fileprivate subscript(digit: Character) -> Character { Array(self)[digit.wholeNumberValue ?? 0] }
}
