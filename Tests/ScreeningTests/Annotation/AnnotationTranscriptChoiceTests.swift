import Model
import Screening
import Testing

private func consequence(
  _ transcript: String, _ term: String = "missense_variant", biotype: String? = "protein_coding", mane: String? = nil,
  plus: String? = nil, canonical: Bool = false, length: Int? = nil
) -> Consequence {
  Consequence(
    terms: [SequenceOntologyTerm(term)], source: .vep, symbol: "GENE", transcript: transcript, biotype: biotype,
    codingLength: length, maneSelect: mane, manePlusClinical: plus, isCanonical: canonical)
}

@Suite struct AnnotationTranscriptChoiceTests {
  private let table = EvidenceFixture.gene(transcripts: [EvidenceFixture.transcript])
  private let bare = EvidenceFixture.gene()

  private func chosen(_ consequences: [Consequence], _ gene: TargetGene) -> String? {
    let names = [consequences, consequences.reversed()].map { TranscriptChoice(among: $0, in: gene).chosen?.transcript }
    #expect(names[0] == names[1], "the order of the file must not matter")
    return names[0]
  }

  /// Each line beats all lines below it.
  @Test func orderOfTheRules() {
    var gene = bare
    gene.transcript = "NM_PANEL.2"
    let ladder = [
      consequence("NM_PANEL.2"), consequence("NM_PANEL.1"), consequence("ENSTM.1", mane: "NM_1.1"),
      consequence("ENSTP.1", plus: "NM_2.1"),
      consequence("ENSTC.1", canonical: true), consequence("ENSTL.1", length: 900), consequence("ENSTK.1", length: 300),
      consequence("ENSTZ.1", length: 300), consequence("ENSTR.1", biotype: "retained_intron", canonical: true),
    ]
    for start in ladder.indices.dropLast() {
      #expect(chosen(Array(ladder[start...]), gene) == ladder[start].transcript)
    }
  }

  @Test func maneByTheGenesOwnTranscripts() {
    let others = [consequence("ENST9.1", canonical: true), consequence("ENST8.1", length: 9_000)]
    #expect(chosen(others + [consequence("NM_1.1")], table) == "NM_1.1")
    #expect(chosen(others + [consequence("ENST1.1")], table) == "ENST1.1")
    // another version: as on GRCh37, where MANE is lifted
    #expect(chosen(others + [consequence("NM_1.7")], table) == "NM_1.7")
    #expect(chosen(others + [consequence("NM_1.7"), consequence("NM_1.1")], table) == "NM_1.1")
    #expect(chosen(others, table) == "ENST9.1")
  }

  @Test func anotherBiotypeNeverWins() {
    let pair = [consequence("A.1", biotype: "lncRNA", mane: "X"), consequence("B.1")]
    #expect(chosen(pair, bare) == "B.1")
    #expect(chosen([pair[0]], bare) == "A.1")
  }

  @Test func tellsAWorseTranscript() {
    let choice = TranscriptChoice(
      among: [
        consequence("A.1", mane: "NM_1.1"), consequence("B.1", "stop_gained"),
        consequence("C.1", "splice_donor_variant"),
        consequence("D.1", "transcript_ablation", biotype: "retained_intron"),
      ], in: bare)
    #expect(choice.chosen?.transcript == "A.1")
    #expect(choice.worse?.transcript == "C.1", "the worst term of the worst class, protein-coding only")
    let same = TranscriptChoice(
      among: [consequence("A.1", mane: "NM_1.1"), consequence("B.1", "inframe_deletion")], in: bare)
    #expect(same.worse == nil, "worse by rank, but of the same class")
    #expect(TranscriptChoice(among: [], in: bare).chosen == nil)
  }
}
