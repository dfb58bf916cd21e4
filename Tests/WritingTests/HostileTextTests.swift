import Foundation
import Model
import TestSupport
import Testing

@testable import Writing

/// Text of an input that tries to break out of its place, in every text field of a report.
@Suite struct HostileTextTests {
  static let attacks = [
    "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "\"\u{301} onmouseover=\"\u{301}alert(1)", "' x='",
    "<\u{301}img src=x>", "a\tb\nc\r\nd", "\u{0}\u{1}\u{1B}[31m\u{7F}\u{85}", "\u{202E}abc\u{202C}\u{200F}",
    "\u{2028}\u{2029}", "{{t.draft}} {{{style}}}", "</style><b>", "*/ } body{display:none}", "=cmd|' /C calc'!A0",
    ";,=%|", "\\\"\\u0041", "&lt;&amp;",
  ]

  private func report(_ attack: String) -> Report { SmallReport(text: { $0 + attack }).report() }

  /// The page of a report in which laboratory and patient are hostile too.
  private func page(_ attack: String, _ language: Language = .english) throws -> [UInt8] {
    let imprint = Imprint(
      template: ImprintTests.template { $0 + attack }, patient: ImprintTests.patient { $0 + attack })
    return try ReportWriter(report: report(attack), language: language, imprint: imprint).html()
  }

  @Test(arguments: attacks)
  func tablesKeepTheirShape(attack: String) {
    let writer = ReportWriter(report: report(attack))
    for (bytes, count) in [(writer.candidateTable(), 5), (writer.geneTable(), 4)] {
      let table = rows(bytes)
      #expect(table.count == count)
      #expect(table.allSatisfy { $0.count == table[0].count })
      #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A })
    }
  }

  @Test(arguments: attacks)
  func documentsReadBack(attack: String) throws {
    let report = report(attack)
    let writer = ReportWriter(report: report)
    let bundle = FHIRBundle(
      report: report, guide: .stu3, issued: nil, language: .english,
      imprint: Imprint(template: ImprintTests.template { $0 + attack }, patient: ImprintTests.patient { $0 + attack }),
      page: []
    ).document.encoded
    for bytes in [writer.candidatesJSON(), writer.runJSON(), writer.qualityJSON(), bundle] {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(bytes)) }
    }
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(writer.candidatesJSON())) as? [String: Any])
    let subject = try #require(document["case"] as? [String: Any])
    #expect((subject["id"] as? String).map { Array($0.utf8) } == Array("DEMO-001\(attack)".utf8))
  }

  @Test(arguments: attacks, Language.allCases)
  func pageStaysAPage(attack: String, language: Language) throws {
    let hostile = String(decoding: try page(attack, language), as: UTF8.self)
    let plain = String(decoding: try page("", language), as: UTF8.self)
    // The same tags with the same attributes: nothing that came in as text went out as markup.
    #expect(Self.markup(hostile) == Self.markup(plain))
    #expect(hostile.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUnsafeToShow })
  }

  /// What a browser would obey.
  static let browserAttacks = [
    attacks.joined(),
    "<svg/onload=alert(1)><iframe srcdoc='<script>alert(1)</script>'></iframe><a href=javascript:alert(1)>x</a>"
      + "<style>@import 'http://x.invalid/'</style><base href=//x.invalid/><form action=//x.invalid/><input autofocus "
      + "onfocus=alert(1)><details open ontoggle=alert(1)><math><mtext><img src=//x.invalid/></mtext></math>",
  ]

  /// The attacks in every text field at once, in a browser that would obey them: no dialog, no request, no error, and the script of
  /// the page still works its controls.
  @Test(
    .enabled(if: Browser.isThere, "playwright or chromium is not installed; './run setup' installs them"),
    arguments: browserAttacks) func browserSeesTextOnly(attack: String) throws
  {
    let folder = try TemporaryFolder()
    let page = try folder.file("report.html", try page(attack))
    let seen = try Browser.open(page, named: "hostile-\(attack.utf8.count)", ["--no-axe"])
    #expect(seen.faults == [])
  }

  /// Tags with the names of their attributes, in order, as a browser's tokenizer sees them; quoted values left out.
  private static func markup(_ page: String) -> [String] {
    var tags: [String] = []
    var tag: String?
    var quote: Unicode.Scalar?
    let scalars = Array(page.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      if let open = quote {
        if scalar == open { quote = nil }
      } else if tag != nil {
        if scalar == "\"" || scalar == "'" { quote = scalar }
        if scalar == ">" {
          tags.append(tag ?? "")
          tag = nil
        } else {
          tag?.unicodeScalars.append(scalar)
        }
      } else if scalar == "<", index + 1 < scalars.count, scalars[index + 1].isASCII,
        scalars[index + 1].properties.isAlphabetic || "/!?".unicodeScalars.contains(scalars[index + 1])
      {
        tag = ""
      }
    }
    // Sizes of pictures are numbers that may follow the length of what is shown.
    return tags
  }

  @Test(arguments: attacks)
  func recordsKeepTheirShape(attack: String) {
    var report = report(attack)
    report.headers[0].lines.append("##source=\(attack)")
    let plain = attack.replacing("\t", with: " ")
    report.result.candidates[1].variants[0].variant.origin.line += ":\(plain)"
    let bytes = ReportWriter(report: report).candidateRecords()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
    let body = lines.filter { !$0.hasPrefix("#") }
    #expect(body.count == 4)
    #expect(body.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 12 })
    #expect(lines.prefix { $0.hasPrefix("##") }.count == lines.count - 5)
    for line in body {
      let info = line.split(separator: "\t", omittingEmptySubsequences: false)[7]
      let keys = info.split(separator: ";").map { $0.prefix { $0 != "=" } }
      #expect(keys.first == "AC" && keys.dropFirst().allSatisfy { $0.hasPrefix("RS_") }, "\(info)")
      #expect(!info.contains(" "))
    }
  }

  @Test(arguments: attacks)
  func summaryHoldsNoEscapeSequences(attack: String) {
    let lines = ReportWriter(report: report(attack)).summary()
    #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { !$0.isUnsafeToShow } })
  }
}
