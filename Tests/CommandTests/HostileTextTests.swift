import Foundation
import TestSupport
import Testing

/// Text that would be markup, template, formula or terminal command somewhere, in every place a file can put it.
@Suite struct HostileTextTests {
  static let texts = [
    "<script>document.title=1</script>", "\"><img/src=x/onerror=alert(1)>", "'onload='alert(1)", "{{mustache}}",
    "{{{case_id}}}", "{{#t}}x{{/t}}", "</style><script>alert(1)</script>", "\u{1B}[31mred", "bell\u{7}",
    "\u{202E}turned", "line\u{2028}separator", "=cmd|'/C'!A0", "-->]]>", "javascript:alert(1)", "back\\slash",
  ]

  /// No markup of the text's own, no control character, every table and every document well-formed.
  private func expectHarmless(_ subject: HostileCase, _ outcome: Program.Outcome, _ text: String) throws {
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(!(outcome.stdout + outcome.stderr).unicodeScalars.contains { Self.isCommand($0) })
    let page = try subject.output("report.html")
    #expect(page.components(separatedBy: "<script").count == 2 && !page.contains("<img"), "\(text)")
    #expect(!page.unicodeScalars.contains { $0.value < 32 && $0.value != 10 }, "\(text)")
    let rows = try subject.candidates()
    #expect(!rows.isEmpty && rows.allSatisfy { $0 != nil }, "\(text)")
    for table in ["candidates.tsv", "genes.tsv"] {
      let lines = try subject.output(table)
      #expect(!lines.unicodeScalars.contains { $0.value < 32 && $0.value != 9 && $0.value != 10 }, "\(table) \(text)")
    }
    guard Tool.isPresent("python3") else { return }
    for document in ["candidates.json", "qc.json", "run.json"] {
      let parsed = try Tool.output("python3", ["-m", "json.tool", subject.folder.file("out/" + document)])
      #expect(parsed != nil, "\(document) \(text)")
    }
  }

  private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 32 && scalar.value != 9 && scalar.value != 10 || (0x2028...0x202E).contains(scalar.value)
  }

  /// As VEP would write it: without the marks that part the fields.
  private func field(_ text: String) -> String {
    String(text.map { " ;=,|\t".contains($0) ? "_" : $0 })
  }

  @Test func inAnnotationAndFilter() throws {
    var subject = try HostileCase()
    let words = Self.texts.map(field)
    for (place, word) in words.enumerated() {
      subject.headerLines += ["##source=\(word)", "##FILTER=<ID=\(word),Description=\"x\">"]
      subject.records.append(
        HostileCase.record(
          position: HostileCase.place + place, filter: word, info: HostileCase.consequence(protein: word)))
    }
    subject.records += words.enumerated().map { place, word in
      HostileCase.record(
        position: HostileCase.place + 100 + place, info: HostileCase.consequence(symbol: word, gene: ""))
    }
    let outcome = try subject.run("screen", words.map { "--accept-filter=\($0)" })
    try expectHarmless(subject, outcome, "all")
    #expect(try subject.candidates().count >= words.count)
  }

  @Test(arguments: [0, 1, 3, 5, 6, 7, 9, 10, 12].map { texts[$0] }) func inNames(text: String) throws {
    var subject = try HostileCase()
    subject.samples[0] = text
    subject.pedigree = subject.pedigree.replacing("child", with: text)
    subject.records = [HostileCase.record()]
    try expectHarmless(subject, try subject.run("screen", ["--case-id=\(text)"]), text)
  }

  @Test func terminalCommandsInAMessageAreWrittenOut() throws {
    var subject = try HostileCase()
    subject.records = [HostileCase.record()]
    let outcome = try subject.run("screen", ["--panel", "no\u{1B}[2Jpanel\u{7}\u{202E}"])
    #expect(outcome.status == 64)
    #expect(!outcome.stderr.unicodeScalars.contains { Self.isCommand($0) })
    #expect(outcome.stderr.contains("\\u{1b}[2J"), "\(outcome.stderr)")
  }
}
