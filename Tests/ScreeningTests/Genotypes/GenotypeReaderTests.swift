import Model
import Screening
import TestSupport
import Testing

@Suite struct GenotypeReaderTests {
  static func read(
    _ call: String, at place: Locus = Locus(.chr1, 1000), sex: Sex = .female, alternate: Int = 1,
    among alternates: [String] = ["C", "T", "*"], settings: Settings = Settings()
  ) -> Genotype {
    GenotypeReader(assembly: .grch38, settings: settings).genotype(
      of: GenotypeCall(reading: call), alternate: alternate, among: alternates, at: place,
      for: Individual(id: "i", sex: sex), phaseScope: "f")
  }

  @Test(arguments: [
    ("0/0", "R"), ("0|0", "R"), ("0/1", "H"), ("1|0", "H"), ("1/2", "H2"), ("1/3", "H2"), ("1/1", "A"), ("./1", "C"),
    ("1/.", "C"), ("./.", "M"), (".", "M"), ("./0", "M"), ("0/2", "R"), ("2/2", "R"), ("./2", "M"), ("0", "M"),
    ("1", "C"), ("0/0/1", "H"), ("1/1/1", "A"),
  ])
  func diploidStates(call: String, state: String) {
    #expect(Self.read(call).state.rawValue == state)
    #expect(Self.read(call, at: Locus(.x, 20_000_000)).state.rawValue == state)
    #expect(Self.read(call, at: Locus(.x, 2_000_000), sex: .male).state.rawValue == state)
  }

  @Test(arguments: [
    ("0", "h0"), ("0/0", "h0"), ("1", "h1"), ("1/1", "h1"), ("0/1", "hx"), ("1/2", "hx"), ("2", "h0"), ("0/2", "h0"),
    (".", "M"), ("./.", "M"), ("./0", "M"), ("./1", "h1"),
  ])
  func singleCopyStates(call: String, state: String) {
    #expect(Self.read(call, at: Locus(.x, 20_000_000), sex: .male).state.rawValue == state)
    #expect(Self.read(call, at: Locus(.y, 20_000_000), sex: .male).state.rawValue == state)
    #expect(Self.read(call, at: Locus(.mitochondrion, 3243)).state.rawValue == state)
  }

  @Test func aFemaleHasNoY() {
    let genotype = Self.read("0/1", at: Locus(.y, 20_000_000))
    #expect(genotype.state == .missing && genotype.notes.contains(.ploidyConflict))
  }

  @Test func unknownSexIsReadAsTwoCopiesAndSaysSo() {
    let genotype = Self.read("0/1", at: Locus(.x, 20_000_000), sex: .unknown)
    #expect(genotype.state == .heterozygous && genotype.notes == [.sexUnknown])
    #expect(Self.read("0/1", at: Locus(.x, 2_000_000), sex: .unknown).notes == [])
  }

  @Test(arguments: [
    ("0/1 GQ 20", Genotype.Note?.none, true), ("0/1 GQ 19", .lowQuality, false), ("0/1 AD 5,4", .lowDepth, false),
    ("0/1 AD 5,5", nil, true), ("0/1 FT LowGQ", .sampleFilter, false), ("0/1 FT PASS", nil, true),
    ("0/1 AD 30,4", .imbalance, true), ("1/1 AD 4,20", .imbalance, true), ("0/1 AD 16,4", .fewReads, true),
    ("0/1 BARE", .noQualityField, true), ("0/1 AD . DP 30", .noQualityField, true),
    ("0/0 MIN_DP 12", .referenceBlock, true), ("0/0 MIN_DP 9", .lowDepth, false),
  ])
  func quality(call: String, note: Genotype.Note?, isUsable: Bool) {
    let genotype = Self.read(call)
    #expect(note.map { genotype.notes.contains($0) } ?? genotype.notes.isEmpty)
    #expect((genotype.state != .missing) == isUsable)
    #expect(genotype.calledState != .missing)
  }

  @Test func malesOnXNeedLessOfEverything() {
    let place = Locus(.x, 20_000_000)
    #expect(Self.read("1 AD 0,6 GQ 10", at: place, sex: .male).state == .hemizygous)
    #expect(Self.read("1 AD 0,5 GQ 10", at: place, sex: .male).state == .missing)
    #expect(Self.read("1 AD 0,6 GQ 9", at: place, sex: .male).state == .missing)
    #expect(Self.read("1/1 AD 0,6 GQ 10", at: place, sex: .female).state == .missing)
  }

  @Test func alleleFractionIsOfAllReads() {
    #expect(Self.read("1/2 AD 10,20,10").alleleFraction == 0.5)
    #expect(Self.read("1/2 AD 10,20,10", alternate: 2).alleleFraction == 0.25)
    #expect(Self.read("0/1 AD . DP 30 VAF 0.4", among: ["C"]).alleleFraction == 0.4)
    // One AF for three alternates belongs to nobody.
    #expect(Self.read("0/1 AD . DP 30 VAF 0.4").alleleFraction == nil)
    #expect(Self.read("0/1 AD 0,0 DP 30").alleleFraction == nil)
  }

  @Test(arguments: [
    ("0|1 PS 5", Phase(haplotype: 1, set: "f|1|5")), ("1|0 PS 5", Phase(haplotype: 0, set: "f|1|5")),
    ("1|2 PS 5", Phase(haplotype: 0, set: "f|1|5")), ("0/1 PS 5", nil), ("0|1", nil), ("1|1 PS 5", nil),
    ("0/1 PID 5_A_C PGT 1|0", Phase(haplotype: 0, set: "f|1|5_A_C")), ("1/2 PID 5_A_C PGT 0|1", nil),
  ])
  func phase(call: String, phase: Phase?) {
    #expect(Self.read(call).phase == phase)
  }

  @Test func unnamedPhaseIsTrustedOnRequest() {
    var settings = Settings()
    settings.trustUnnamedPhase = true
    #expect(Self.read("0|1", settings: settings).phase == Phase(haplotype: 1, set: "f|1"))
  }
}
