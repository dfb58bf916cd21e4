import Model
import Testing

@testable import Reading

@Suite("Settings of a case")
struct SettingKeyTests {
  /// A value that differs from the default, as a case file writes it.
  private func other(_ key: SettingKey) -> String {
    switch key.kind {
    case .fraction, .number: key.value(in: Settings()) == "0.5" ? "0.25" : "0.5"
    case .count: key.value(in: Settings()) == "7" ? "8" : "7"
    case .points: "-2.5"
    case .flag: key.value(in: Settings()) == "true" ? "false" : "true"
    case .words: "[word]"
    case .impact: "HIGH"
    case .confidence: "red"
    }
  }

  @Test("each property of Settings has exactly one key")
  func complete() throws {
    func values(_ settings: Settings) -> [(name: String, value: String)] {
      Mirror(reflecting: settings).children.map { ($0.label ?? "", "\($0.value)") }
    }
    let defaults = values(Settings())
    var covered: [String] = []
    let folder = try CaseFolder(["a.vcf": ""])
    for key in SettingKey.all {
      // Thresholds that must be in order are set alone, so only the settings as written are looked at.
      let file = try CaseFile(
        bytes: Array(caseText("settings: {\(key.name): \(other(key))}").utf8), path: folder.path + "/c.yaml")
      #expect(file.faults.isEmpty)
      var settings = Settings()
      #expect(key.set(try #require(file.settings.first), in: &settings) == nil)
      let changed = zip(defaults, values(settings)).filter { $0.0.value != $0.1.value }.map(\.0.name)
      #expect(changed.count == 1, "\(key.name) sets \(changed)")
      covered += changed
    }
    #expect(covered.sorted() == defaults.map(\.name).sorted())
    #expect(Set(SettingKey.all.map(\.name)).count == SettingKey.all.count)
    #expect(SettingKey.all.allSatisfy { !$0.meaning.isEmpty })
  }

  @Test("the list for provenance is sorted and reads back as the same settings")
  func roundTrip() throws {
    var settings = Settings()
    settings.maximumFrequencyDominant = 1e-7
    settings.acceptedFilters = ["LowQual"]
    settings.minimumImpact = .high
    let list = SettingKey.list(settings)
    #expect(list.map(\.key) == list.map(\.key).sorted())
    #expect(list.first { $0.key == "max_af_dominant" }?.value == "0.0000001")
    #expect(list.first { $0.key == "min_gq" }?.value == "20")
    let text = caseText("settings:\n" + list.map { "  \($0.key): \($0.value)\n" }.joined())
    #expect(try CaseFolder(["a.vcf": ""]).resolve(text).settings == settings)
  }

  static let faults: [(String, String)] = [
    ("max_af: 1%", "2:20: \"1%\" is no value of setting `max_af`; write a fraction: 1 % is 0.01"),
    ("max_af: 5", "2:20: \"5\" is no value of setting `max_af`; write a fraction: 5 % is 0.05"),
    ("max_af: -0.1", "2:20: \"-0.1\" is no value of setting `max_af`; write a fraction from 0 to 1"),
    ("max_af: nan", "2:20: \"nan\" is no value of setting `max_af`; write a fraction from 0 to 1"),
    ("max_af: 0x1", "2:20: \"0x1\" is no value of setting `max_af`; write a fraction from 0 to 1"),
    ("max_af: '0,01'", "2:20: \"0,01\" is no value of setting `max_af`; write 0.01, with a point"),
    ("max_af: [0.1]", "2:21: `max_af` is a list; write a fraction from 0 to 1"),
    ("max_af: ", "2:12: `max_af` has no value; give one, or remove the key"),
    (
      "min_depth: 1e9",
      "2:23: \"1e9\" is no value of setting `min_depth`; write a whole number from 0 to 1000000 (reads)"
    ),
    ("min_impact: modrate", "2:24: \"modrate\" is no value of setting `min_impact`; did you mean `MODERATE`?"),
    ("min_confidence: 3", "2:28: \"3\" is no value of setting `min_confidence`; write one of green, amber, red"),
    ("strict_de_novo: maybe", "2:28: \"maybe\" is no value of setting `strict_de_novo`; write true or false"),
    (
      "min_het_fraction: 0.9",
      "2:30: setting `min_het_fraction` is above `max_het_fraction`; the first must not exceed the second"
    ),
  ]

  @Test("a value that cannot be", arguments: faults)
  func fault(setting: String, expected: String) throws {
    let found = try CaseFolder(["a.vcf": ""]).faults(of: caseText("settings: {\(setting)}"))
    #expect(found == ["case.yaml:" + expected])
  }
}
