import Testing

@testable import Writing

/// A PDF of a browser: whole, and without the time of its making.
@Suite struct PrintedSheetTests {
  private func text(_ times: String) -> [UInt8] {
    Array("%PDF-1.4\n1 0 obj\n<</Title (A \\(b\\))\n\(times)>>\nendobj\ntrailer\n%%EOF\n".utf8)
  }

  @Test func timesBecomeBlanksAndNothingMoves() throws {
    let one = text("/CreationDate (D:20261128055245+00'00')\n/ModDate (D:20261128055245+00'00')")
    let other = text("/CreationDate (D:20270101000000+07'00')\n/ModDate (D:20270101000001+07'00')")
    let sheet = try #require(PrintedSheet(one)?.undated)
    #expect(sheet.count == one.count && sheet == PrintedSheet(other)?.undated)
    #expect(sheet == text(String(repeating: " ", count: 39) + "\n" + String(repeating: " ", count: 34)))
  }

  @Test func aSheetWithoutTimesStaysAsItIs() {
    #expect(PrintedSheet(text(""))?.undated == text(""))
  }

  @Test(arguments: ["", "%PDF-1.4\n", "<html>%%EOF", "%PDF-1.4\n%%EOF\n and twenty more bytes behind"])
  func whatIsNotWholeIsNone(text: String) { #expect(PrintedSheet(Array(text.utf8)) == nil) }
}
