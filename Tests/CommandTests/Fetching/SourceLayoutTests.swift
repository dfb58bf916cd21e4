import Foundation
import Knowledge
import Model
import TestSupport
import Testing

/// The commands of the table of sources, run on files laid out as the publishers lay them out.
@Suite("The command of each source")
struct SourceLayoutTests {
  /// Name of the source, name of its file, the file.
  private static let layouts = [
    (
      "alphamissense", "AlphaMissense_hg38.tsv.gz",
      """
      # Copyright 2023 DeepMind Technologies Limited
      #
      # Licensed under CC BY 4.0 license
      #CHROM\tPOS\tREF\tALT\tgenome\tuniprot_id\ttranscript_id\tprotein_variant\tam_pathogenicity\tam_class
      chr1\t69094\tG\tT\thg38\tQ8NH21\tENST00000335137.4\tV2L\t0.2937\tlikely_benign

      """
    ),
    (
      "cadd", "whole_genome_SNVs.tsv.gz",
      "## CADD GRCh38-v1.7 (c)\n#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n1\t10001\tT\tA\t0.702541\t8.478\n"
    ),
    (
      "revel", "revel.csv",
      "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL,Ensembl_transcriptid\n1,35142,35142,G,A,T,M,0.027,ENST00000417324\n"
    ),
    (
      "clinvar", "clinvar.vcf.gz",
      """
      ##fileformat=VCFv4.1
      ##fileDate=2026-01-04
      ##reference=GRCh38
      ##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Classification">
      ##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="Review status">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      1\t66926\t3385321\tAG\tA\t.\t.\tCLNREVSTAT=criteria_provided,_single_submitter;CLNSIG=Uncertain_significance

      """
    ),
    (
      "spliceai", "spliceai.hg38.vcf.gz",
      """
      ##fileformat=VCFv4.2
      ##contig=<ID=1,length=248956422>
      ##INFO=<ID=SpliceAI,Number=.,Type=String,Description="ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      1\t69091\t.\tA\tC\t.\t.\tSpliceAI=C|OR4F5|0.01|0.00|0.00|0.00|42|25|24|2

      """
    ),
    (
      "gnomad_exomes", "gnomad.exomes.v4.1.sites.chr1.vcf.bgz",
      """
      ##fileformat=VCFv4.2
      ##contig=<ID=chr1,length=248956422,assembly=gnomAD_GRCh38>
      ##INFO=<ID=AC,Number=A,Type=Integer,Description="Count">
      ##INFO=<ID=AN,Number=1,Type=Integer,Description="Number">
      ##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
      #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
      chr1\t12138\t.\tC\tA\t.\tPASS\tAC=1;AN=14;AF=0.0714

      """
    ),
  ]

  @Test("takes its file in, on its assembly, with release and licence", arguments: layouts)
  func takesIn(name: String, file: String, text: String) throws {
    let sources = try KnowledgeSources(directory: Checkout.directory + "/Panels/data")
    let source = try #require(try sources.sources(named: name, on: .grch38).first)
    let command = try #require(source.command)
    let folder = try TemporaryFolder()
    try folder.write(file, text)
    let outcome = try Program.shell(
      command.replacingOccurrences(of: "rarescreen", with: "\"$RARESCREEN\"", options: .anchored),
      environment: ["RARESCREEN_KNOWLEDGE": folder.path],
      directory: folder.path)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.stdout.contains(": 1 alleles of \(name)") && outcome.stdout.contains("GRCh38"), "\(outcome.text)")
    let list = try Program.run(
      ["knowledge", "list"], environment: ["RARESCREEN_KNOWLEDGE": folder.path].merging(Self.surroundings) { $1 })
    #expect(!list.stdout.contains("not stated"), "\(list.text)")
    #expect(source.version.map { list.stdout.contains(" \($0) ") } ?? true, "\(list.text)")
  }

  private static let surroundings = ProcessInfo.processInfo.environment.filter { $0.key != "RARESCREEN_KNOWLEDGE" }
}
