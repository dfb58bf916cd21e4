import Model
import Testing

@Suite struct GenotypeCallDecoderTests {
  private func call(_ format: String, _ sample: String, alleles: Int = 2) -> GenotypeCall {
    GenotypeCallDecoder(format: Array(format.utf8)[...]).call(from: Array(sample.utf8)[...], alleleCount: alleles)
  }

  @Test(
    arguments: [
      ("0/1", [0, 1], false), ("1|0", [1, 0], true), ("./.", [nil, nil], false), (".", [nil], false),
      ("./1", [nil, 1], false), ("1", [1], false), ("0/1/1", [0, 1, 1], false), ("0|1/1", [0, 1, 1], false),
      // VCF 4.4: a mark before the first allele.
      ("|0|1", [0, 1], true), ("/0|1", [0, 1], false), ("|0/1", [0, 1], false), ("|1", [1], true),
      // What is no allele of the record is not called.
      ("0/7", [0, nil], false), ("0/C", [0, nil], false), ("", [nil, nil], false),
      ("0/99999999999999999999", [0, nil], false),
    ] as [(String, [Int?], Bool)])
  func genotypes(text: String, alleles: [Int?], isPhased: Bool) {
    let call = call("GT:DP", text + ":5")
    #expect(call.alleles == alleles)
    #expect(call.isPhased == isPhased)
    #expect(call.text == (text.isEmpty ? "./." : text))
    #expect(call.depth == 5)
  }

  @Test func gatk() {
    let call = call("GT:AD:DP:GQ:PGT:PID:PL:PS", "0|1:12,9:21:99:0|1:100_A_C:1,2,3:100")
    #expect(
      call
        == GenotypeCall(
          text: "0|1", alleles: [0, 1], isPhased: true, depth: 21, quality: 99, alleleDepths: [12, 9],
          phaseSet: "100", physicalPhase: "0|1"))
  }

  @Test func phaseSetFromPID() {
    #expect(call("GT:PGT:PID", "0/1:0|1:100_A_C").phaseSet == "100_A_C")
    #expect(call("GT:PGT:PID:PS", "0/1:0|1:100_A_C:.").phaseSet == "100_A_C")
  }

  @Test func droppedAndMissingValues() {
    #expect(call("GT:AD:DP:GQ:FT", "0/1") == GenotypeCall(text: "0/1", alleles: [0, 1]))
    #expect(call("GT:AD:DP:GQ:FT", "0/1:.:.:.:.") == GenotypeCall(text: "0/1", alleles: [0, 1]))
    #expect(call("GT:AD", "0/1:.,.").alleleDepths == [])
    #expect(call("GT:AD", "0/1:.,7").alleleDepths == [nil, 7])
    #expect(call("GT:AD", "0/1:5,x").alleleDepths == [5, nil])
    // Another number of values than alleles says nothing about any of them.
    #expect(call("GT:AD", "0/1:12").alleleDepths == [])
    #expect(call("GT:AD", "0/1:12,9,3").alleleDepths == [])
    #expect(call("DP", "4") == GenotypeCall(text: "./.", alleles: [nil, nil], depth: 4))
    #expect(call("GT:DP", "0/1:-1").depth == nil)
    #expect(call("GT:GQ", "0/1:nan").quality == nil)
  }

  @Test func strelka() {
    let call = call("GT:GQ:GQX:DPI:AD:FT", "0/1:120:32.5:40:20,18:PASS;x")
    #expect(call.quality == 32.5)
    #expect(call.depth == 40)
    #expect(call.filter == "PASS;x")
    #expect(self.call("GT:GQ:GQX", "0/1:20:.").quality == 20)
  }

  @Test func otherCallers() {
    #expect(call("GT:RO:AO", "1/2:3:10,11", alleles: 3).alleleDepths == [3, 10, 11])
    #expect(call("GT:RD:AD", "0/1:14:6").alleleDepths == [14, 6])
    let platypus = call("GT:NR:NV", "0/1:30:12")
    #expect(platypus.alleleDepths == [18, 12] && platypus.depth == 30)
    #expect(call("GT:NR:NV", "1/2:30,31:12,15", alleles: 3).alleleDepths == [4, 12, 15])
    #expect(call("GT:NR:NV", "0/1:5:12").alleleDepths == [0, 12])
  }

  @Test func fractions() {
    #expect(call("GT:VAF:AF", "0/1:0.25:0.5").alleleFractions == [0.25])
    #expect(call("GT:AF", "0/1:0.5").alleleFractions == [0.5])
    // Clair3 gives one AF for several alternates, which is of no use.
    #expect(call("GT:AF", "1/2:0.5", alleles: 3).alleleFractions == [])
  }

  @Test func localAlleles() {
    #expect(call("GT:LAA:LAD", "0/3:3:20,9", alleles: 5).alleleDepths == [20, nil, nil, 9, nil])
    #expect(call("GT:LAA:LAD", "1/3:1,3:0,8,9", alleles: 5).alleleDepths == [0, 8, nil, 9, nil])
    #expect(call("GT:LAA:LAD", "0/0::30", alleles: 3).alleleDepths == [30, nil, nil])
    #expect(call("GT:LAA:LAD", "0/9:9:20,9", alleles: 3).alleleDepths == [20, nil, nil])
  }

  @Test func blocksTellTheirLowestDepth() {
    let call = call("GT:CN:MIN_DP", "0/0:1.9:17")
    #expect(call.minimumDepth == 17)
  }
}
