import Model
import Testing

@testable import Screening

/// Changes of a small coding sequence: terms and names worked out by hand.
@Suite struct CodingChangeTests {
  /// Two bases before, `ATG GCA AAA CAG CAG TGG TAA`, and behind it `GCT TAA T`: M A K Q Q W, and a second stop in the frame.
  private static let sequence = CodingSequence(
    bases: Array("CCATGGCAAAACAGCAGTGGTAAGCTTAAT".utf8), coding: 2..<23, phase: 0, code: .standard, lacksStart: false,
    lacksStop: false)

  /// An edit by 1-based coding position: `count` bases from there give way to others.
  private static func change(_ coding: Int, _ count: Int, _ alternate: String) -> CodingChange {
    let start = 2 + coding - 1
    return CodingChange(TranscriptEdit(range: start..<start + count, alternate: Array(alternate.utf8)), in: sequence)
  }

  @Test(arguments: [
    (5, 1, "T", ["missense_variant"]), (6, 1, "G", ["synonymous_variant"]), (7, 1, "T", ["stop_gained"]),
    (2, 1, "C", ["start_lost"]), (19, 1, "C", ["stop_lost"]), (20, 1, "G", ["stop_retained_variant"]),
    (7, 1, "", ["frameshift_variant"]), (7, 3, "", ["inframe_deletion"]), (7, 0, "GGG", ["inframe_insertion"]),
    (8, 3, "", ["inframe_deletion"]), (5, 3, "", ["protein_altering_variant"]),
    (7, 0, "TAG", ["stop_gained", "inframe_insertion"]),
    (7, 0, "TAGA", ["stop_gained", "frameshift_variant"]), (19, 3, "", ["stop_lost", "inframe_deletion"]),
    (10, 0, "N", ["frameshift_variant"]), (5, 1, "N", ["coding_sequence_variant"]),
  ])
  func terms(coding: Int, count: Int, alternate: String, expected: [String]) {
    #expect(Self.change(coding, count, alternate).terms.terms.map(\.name) == expected)
  }

  private static func name(_ coding: Int, _ count: Int, _ alternate: String) throws -> String? {
    let transcript = TranscriptModel(
      id: "T.1", biotype: "protein_coding", region: Region(.chr1, 0, 30), isForward: true, exons: [0..<30],
      coding: 2..<23)
    let caller = ConsequenceCaller(
      GeneModel([transcript], name: "test", assembly: nil),
      reference: ReferenceWindow(
        lengths: { _ in 30 }, fetch: { Array(sequence.bases[$0.start..<$0.end]) }))
    let start = 2 + coding - 1
    let before = sequence.bases[start - 1..<start + count]
    let after = [sequence.bases[start - 1]] + Array(alternate.utf8)
    return try #require(caller.effects(.chr1, start, before, after[...]).first).proteinName
  }

  @Test(arguments: [
    (5, 1, "T", "p.(Ala2Val)"), (6, 1, "G", "p.(Ala2=)"), (7, 1, "T", "p.(Lys3Ter)"), (2, 1, "C", "p.(Met1?)"),
    (19, 1, "C", "p.(Ter7GlnextTer2)"), (7, 1, "", "p.(Lys3AsnfsTer?)"), (7, 3, "", "p.(Lys3del)"),
    // Of two alike the last is named, and a copy is a duplication, also before the stop.
    (10, 3, "", "p.(Gln5del)"), (10, 0, "CAG", "p.(Gln5dup)"), (16, 3, "", "p.(Trp6del)"),
    (19, 0, "TGG", "p.(Trp6dup)"),
    (7, 0, "GGG", "p.(Ala2_Lys3insGly)"), (8, 3, "", "p.(Gln5del)"), (5, 3, "", "p.(Ala2_Lys3delinsGlu)"),
    (10, 6, "CACCAC", "p.(Gln4_Gln5delinsHisHis)"),
    (7, 0, "TAG", "p.(Lys3Ter)"),
  ])
  func names(coding: Int, count: Int, alternate: String, expected: String) throws {
    #expect(try Self.name(coding, count, alternate) == expected)
  }

  @Test func aStopCodonWithinAWholeSequenceIsSelenocysteine() {
    let sequence = CodingSequence(
      bases: Array("ATGTGAGCATAA".utf8), coding: 0..<12, phase: 0, code: .standard, lacksStart: false, lacksStop: false)
    #expect(sequence.protein(from: 0) == Array("MUA*".utf8))
    let cut = CodingSequence(
      bases: Array("ATGTGAGCAGCA".utf8), coding: 0..<12, phase: 0, code: .standard, lacksStart: false, lacksStop: true)
    #expect(cut.protein(from: 0) == Array("M*AA".utf8))
  }
}

/// The windows of the terms around an intron of 100 bases, position by position.
@Suite struct SpliceSitesTests {
  private static func terms(_ start: Int, _ count: Int = 1) -> Set<String> {
    Set(SpliceSites.terms(of: start..<start + count, intronOf: 100).terms.map(\.name))
  }

  @Test func substitutionsMeetTheWindowsOfEnsembl() {
    for place in -5..<105 {
      let terms = Self.terms(place)
      #expect(terms.contains("splice_donor_variant") == (0..<2).contains(place), "\(place)")
      #expect(terms.contains("splice_acceptor_variant") == (98..<100).contains(place), "\(place)")
      #expect(terms.contains("splice_donor_5th_base_variant") == (place == 4), "\(place)")
      #expect(terms.contains("splice_donor_region_variant") == (2..<6).contains(place), "\(place)")
      #expect(terms.contains("splice_polypyrimidine_tract_variant") == (83..<98).contains(place), "\(place)")
      let isRegion = [-3..<0, 2..<8, 92..<98, 100..<103].contains { $0.contains(place) }
      #expect(terms.contains("splice_region_variant") == isRegion, "\(place)")
      #expect(terms.contains("intron_variant") == (2..<98).contains(place), "\(place)")
    }
  }

  @Test func insertionsCountInsideAWindowAndAtTheEdgesOfTheSplice() {
    #expect(Self.terms(1, 0).contains("splice_donor_variant") && !Self.terms(0, 0).contains("splice_donor_variant"))
    #expect(Self.terms(0, 0) == ["splice_region_variant"] && Self.terms(100, 0) == ["splice_region_variant"])
    #expect(Self.terms(2, 0) == ["splice_region_variant", "intron_variant"])
    #expect(SpliceSites.terms(of: 0..<1, intronOf: 9) == .intron)
  }
}
