import Model
import Screening
import TestSupport
import Testing

private typealias Fixture = EvidenceFixture

@Suite struct EvidenceLossOfFunctionTests {
  /// Case 26: a stop in the last exon that removes 6 % of the protein.
  @Test func stopInTheLastExon() {
    let evidence = Fixture.evidence(
      Fixture.variant(frequency: Fixture.zero), Fixture.consequence("stop_gained", exon: "20/20", protein: (941, 1_000))
    )
    #expect(evidence.criteria.map(\.name) == ["PVS1_Moderate", "PM2_Supporting"])
    #expect(evidence.points == 3)
    #expect(evidence.wording == "VUS (automated points 3; human criteria pending)")
    #expect(evidence.criteria[0].evidence.contains("removes 6 % of the protein"))
  }

  /// From the annotation alone.
  @Test(arguments: [
    ("stop_gained", "5/20", 600, "PVS1"),
    ("frameshift_variant", "5/20", 600, "PVS1"),
    // the first coding bases
    ("stop_gained", "2/20", 150, "PVS1_Strong"), ("stop_gained", "2/20", 151, "PVS1"),
    // penultimate: the distance from its end is not known
    ("stop_gained", "19/20", 2_700, "PVS1_Strong"),
    // last exon: 301 and 300 of 3,000 bases remain
    ("stop_gained", "20/20", 2_700, "PVS1_Strong"), ("stop_gained", "20/20", 2_702, "PVS1_Moderate"),
    ("stop_gained", "1/1", 1_000, "PVS1_Strong"),
    // no exon number
    ("stop_gained", "", 600, "PVS1_Strong"),
    ("start_lost", "1/20", 1, "PVS1_Supporting"),
    ("transcript_ablation", "", 1, "PVS1"),
    ("splice_donor_variant", "", 1, "PVS1_Strong"),
  ])
  func treeFromAnnotation(term: String, exon: String, coding: Int, expected: String) {
    let consequence = Fixture.consequence(term, exon: exon.isEmpty ? nil : exon, coding: (coding, 3_000))
    #expect(Fixture.names(Fixture.variant(), consequence).first == expected)
  }

  @Test func positionMissing() {
    let evidence = Fixture.evidence(Fixture.variant(), Fixture.consequence("frameshift_variant", exon: "5/20"))
    #expect(evidence.criteria.first?.name == "PVS1_Strong")
    #expect(evidence.criteria.first?.note?.contains("NMD not evaluable") == true)
  }

  /// From the transcript's exons: position (1-based), forward strand. 450 coding bases.
  @Test(arguments: [
    (1_060, "PVS1_Strong"),  // first 150 coding bases
    (3_010, "PVS1"),  // third exon of four, 159 coding bases before it, 90 to its end
    (3_049, "PVS1"), (3_050, "PVS1"),  // 51 and 50 bases to the end of the penultimate exon
    (3_051, "PVS1_Strong"),  // 49 bases to its end: no decay, 250 of 450 bases left
    (4_001, "PVS1_Strong"),  // last exon
    (4_155, "PVS1_Strong"), (4_157, "PVS1_Moderate"),  // 46 and 44 coding bases left
  ])
  func treeFromExons(position: Int, expected: String) {
    let gene = Fixture.gene(transcripts: [Fixture.transcript])
    #expect(Fixture.names(Fixture.variant(position), Fixture.consequence("stop_gained"), gene).first == expected)
  }

  @Test(arguments: [(1_060, "PVS1_Moderate"), (2_080, "PVS1"), (2_050, "PVS1_Strong"), (4_100, "PVS1_Strong")])
  func reverseStrand(position: Int, expected: String) {
    // Coding bases come from 4200 down; exon 2000-2100 is the penultimate, its end in the transcript is at 2001.
    let gene = Fixture.gene(transcripts: [Fixture.reverse])
    #expect(Fixture.names(Fixture.variant(position), Fixture.consequence("stop_gained"), gene).first == expected)
  }

  @Test func longExonMakesDecayUncertain() {
    var transcript = Fixture.transcript
    transcript.exons = [1_000..<1_200, 2_000..<2_401, 3_000..<3_100, 4_000..<4_500]
    let gene = Fixture.gene(transcripts: [transcript])
    #expect(Fixture.names(Fixture.variant(2_200), Fixture.consequence("stop_gained"), gene) == ["PVS1_Strong"])
    transcript.exons[1] = 2_000..<2_400
    #expect(
      Fixture.names(Fixture.variant(2_200), Fixture.consequence("stop_gained"), Fixture.gene(transcripts: [transcript]))
        == ["PVS1"])
  }

  /// A frameshift's first base is the one it shares with the reference: the exon is that of the changed bases.
  @Test func anchorBaseOfADeletionDoesNotCount() {
    let gene = Fixture.gene(transcripts: [Fixture.transcript])
    let evidence = Fixture.evidence(
      Fixture.variant(3_000, "AG", "A"), Fixture.consequence("frameshift_variant"), gene)
    #expect(evidence.criteria.first?.evidence.contains("exon 3/4") == true)
  }

  @Test(arguments: [
    (2_101, "splice_donor_variant", "PVS1"),  // exon 2: 100 coding bases, out of frame, decay
    (2_000, "splice_acceptor_variant", "PVS1"),
    (3_101, "splice_donor_variant", "PVS1_Strong"),  // exon 3: the next is the last, no decay; 22 %
    (1_101, "splice_donor_variant", "PVS1_Strong"),  // exon 1 holds the start: no decay asked; 11 %
  ])
  func spliceSites(position: Int, term: String, expected: String) {
    let gene = Fixture.gene(transcripts: [Fixture.transcript])
    #expect(Fixture.names(Fixture.variant(position), Fixture.consequence(term), gene).first == expected)
  }

  @Test func skippedExonInFrame() {
    var transcript = Fixture.transcript
    transcript.exons[1] = 2_000..<2_030
    let gene = Fixture.gene(transcripts: [transcript])
    let evidence = Fixture.evidence(Fixture.variant(2_031), Fixture.consequence("splice_donor_variant"), gene)
    #expect(evidence.criteria.first?.name == "PVS1_Moderate")
    #expect(evidence.criteria.first?.evidence.contains("in frame") == true)
  }

  @Test func exonOutsideTheRelevantTranscripts() {
    let gene = Fixture.gene(transcripts: [Fixture.transcript])
    let consequence = Fixture.consequence("stop_gained", exon: "3/9", coding: (300, 900), transcript: "ENST9.1")
    #expect(Fixture.names(Fixture.variant(1_500), consequence, gene).isEmpty)
    #expect(Fixture.names(Fixture.variant(2_050), consequence, gene) == ["PVS1"])
  }

  @Test(
    arguments: [
      ([.lossOfFunction], .autosomalDominant, ["PVS1"]), ([.gainOfFunction], .autosomalDominant, []),
      ([.dominantNegative], .autosomalDominant, []),
      ([.gainOfFunction, .lossOfFunction], .autosomalDominant, ["PVS1"]),
      ([.unknown], .autosomalDominant, ["PVS1_Strong"]), ([.unknown], .autosomalRecessive, ["PVS1"]),
      ([.unknown], .xLinkedRecessive, ["PVS1"]),
    ] as [([PanelGene.Mechanism], ModeOfInheritance, [String])])
  func mechanism(mechanisms: [PanelGene.Mechanism], mode: ModeOfInheritance, expected: [String]) {
    let gene = Fixture.gene([mode], mechanisms: mechanisms)
    #expect(
      Fixture.names(Fixture.variant(), Fixture.consequence("stop_gained", exon: "5/20", coding: (600, 3_000)), gene)
        == expected)
  }

  @Test func otherBiotypesAndContigs() {
    let consequence = Fixture.consequence(
      "stop_gained", exon: "5/20", coding: (600, 3_000), biotype: "nonsense_mediated_decay")
    #expect(Fixture.names(Fixture.variant(), consequence).isEmpty)
    let stop = Fixture.consequence("stop_gained", exon: "1/1", coding: (600, 3_000))
    #expect(Fixture.names(Fixture.variant(contig: .mitochondrion), stop).isEmpty)
  }

  @Test func amberGeneIsCappedAtStrong() {
    let gene = Fixture.gene(confidence: .amber)
    let stop = Fixture.consequence("stop_gained", exon: "5/20", coding: (600, 3_000))
    #expect(Fixture.names(Fixture.variant(), stop, gene) == ["PVS1_Strong"])
  }
}
