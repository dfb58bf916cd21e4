import Model
import Testing

@Suite struct InstantTests {
  @Test(
    arguments: [
      "2026-03-01T09:30:00Z", "2026-03-01T09:30:00.25+07:00", "2024-02-29T23:59:59-11:30", "0001-01-01T00:00:00Z",
    ])
  func isAMoment(text: String) { #expect(Instant(text)?.description == text) }

  @Test(
    arguments: [
      "", "2026-03-01", "2026-03-01T09:30Z", "2026-03-01T09:30:00", "2026-03-01 09:30:00Z", "2026-02-29T09:30:00Z",
      "2026-13-01T09:30:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "2026-03-01T09:30:00+7:00",
      "2026-03-01T09:30:00+0700", "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00Zz", "2026-03-01T-9:30:00Z",
      "+026-03-01T09:30:00Z", "2026-03-01T٠٩:30:00Z", "2026-03-01T09:30:00.٥Z", "2026-03-01T09:30:00+25:00", "T", "TZ",
    ])
  func isNone(text: String) { #expect(Instant(text) == nil) }

  @Test(arguments: [
    ("P", VariantClass.pathogenic), ("likely_pathogenic", .likelyPathogenic), ("Likely pathogenic", .likelyPathogenic),
    ("vus", .uncertain), ("uncertain", .uncertain), ("uncertain significance", .uncertain), ("LB", .likelyBenign),
    ("Benign", .benign),
  ])
  func classIsRead(text: String, value: VariantClass) { #expect(VariantClass(reading: text) == value) }

  @Test(arguments: ["", "pathogen", "likely", "4", "_"]) func isNoClass(text: String) {
    #expect(VariantClass(reading: text) == nil)
  }
}
