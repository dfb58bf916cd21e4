import Model
import Reading
import TestSupport
import Testing

/// The laboratory's template: every key, and every way to get it wrong.
@Suite("A laboratory's template") struct TemplateFileTests {
  private func read(_ text: String, logo: [UInt8]? = nil) throws -> TemplateFile {
    let folder = try TemporaryFolder()
    if let logo { _ = try folder.file("logo", logo) }
    return try TemplateFile.read(path: try folder.write("lab.yaml", text))
  }

  private func faults(_ text: String, logo: [UInt8]? = nil) throws -> CaseError? {
    do {
      _ = try read(text, logo: logo)
      return nil
    } catch let error as CaseError {
      return error
    }
  }

  @Test("the example is read whole")
  func example() throws {
    let file = try TemplateFile.read(path: Checkout.fixture("template/laboratory.yaml"))
    let template = file.template
    let laboratory = try #require(template.laboratory)
    #expect(laboratory.name.text(in: "vi") == "Phòng xét nghiệm Di truyền y học Ví dụ")
    #expect(laboratory.address?.text(in: "vi") == "1 Example Road, Hanoi" && laboratory.phone == "+84 24 0000 0000")
    #expect(laboratory.email == "genetics@example.org")
    #expect(laboratory.accreditation?.text(in: "en") == "ISO 15189 (VILAS Med 000)")
    #expect(template.title?.text(in: "en") == "Report of genome analysis")
    #expect(template.signatures.map(\.name) == [nil, "Dr. A. Berg"])
    #expect(template.signatures[1].role.text(in: "en") == "Head of the laboratory")
    #expect(template.sections == [.candidates, .quality, .coverage])
    #expect(template.logo?.kind == .svg)
    #expect(file.logoPath == Checkout.fixture("template/logo.svg"))
  }

  @Test("a text without the asked language is told in another")
  func languages() throws {
    let template = try read("title: {vi: Phiếu}\ndisclaimer: x").template
    #expect(template.title?.text(in: "en") == "Phiếu" && template.disclaimer?.text(in: "vi") == "x")
  }

  @Test(
    "what is wrong is told with its place and what was meant",
    arguments: [
      ("labratory: {name: A}", "lab.yaml:1:1: unknown key \"labratory\"; did you mean `laboratory`?"),
      ("title: A\nsignatures: []", "lab.yaml:2:1: unknown key \"signatures\"; did you mean `sign_off`?"),
      ("laboratory: {nme: A}", "lab.yaml:1:14: unknown key \"nme\"; did you mean `name`?"),
      ("laboratory: {address: A}", "`name` has no value"), ("laboratory: A", "`laboratory` is the text \"A\""),
      ("title: {fr: A}", "unknown key \"fr\"; known keys are en, vi"), ("title: {}", "`title` has no value"),
      ("title: '  '", "`title` has no value"), ("disclaimer: [a, b]", "`disclaimer` is a list; write one value"),
      ("sections: [candidate]", "lab.yaml:1:12: \"candidate\" is no value of `sections`; did you mean `candidates`?"),
      (
        "sections: [summary]",
        "write one of candidates, secondary_findings, near_misses, repeats, coverage, funnel, quality"
      ),
      ("sections: [quality, quality]", "lab.yaml:1:21: section \"quality\" is there twice"),
      ("sections: quality", "`sections` is the text"), ("sign_off: [{name: A}]", "`role` has no value"),
      ("sign_off: {role: A}", "`sign_off` is a map"), ("sign_off: [{role: A, who: B}]", "did you mean `name`?"),
      ("", "`the template` is empty"), ("- a", "`the template` is a list"), ("title: a\ntitle: b", "written twice"),
      ("title: [", "YAML syntax"), ("logo: logo.png", "logo \"/"),
    ])
  func wrong(text: String, words: String) throws {
    let error = try #require(try faults(text))
    #expect(error.description.contains(words), "\(error)")
    #expect(error.reason == (text.contains("logo") ? .missingInput : .malformedInput))
  }

  @Test(
    "a logo is what its bytes say",
    arguments: [
      ("\u{FEFF}<?xml version='1.0'?>\n<!-- a --> <!DOCTYPE svg>\n<svg xmlns='http://www.w3.org/2000/svg'/>", nil),
      ("<svg><use href='#a'/><image href='data:image/png;base64,AA'/><path style='fill:url(#g)'/></svg>", nil),
      ("<svg><text>on = off; only=1</text></svg>", nil), ("GIF89a", "neither PNG nor SVG"),
      ("<html><svg/></html>", "neither PNG nor SVG"), ("<svgx/>", "neither PNG nor SVG"), ("", "neither PNG nor SVG"),
      ("<!-- <svg>", "neither PNG nor SVG"), ("<svg><SCRIPT>alert(1)</SCRIPT></svg>", "holds a script"),
      ("<svg onload='alert(1)'/>", "holds a script"), ("<svg><a\nonclick = 'x'/></svg>", "holds a script"),
      ("<svg><a href='javascript:alert(1)'/></svg>", "holds a script"),
      ("<svg><image href='https://x.invalid/a.png'/></svg>", "a link to another file"),
      ("<svg><image xlink:href = \"a.png\"/></svg>", "a link to another file"),
      ("<svg><image href='data:text/html,a'/></svg>", "a link to another file"),
      ("<svg><style>a{fill:url( 'x.svg#a')}</style></svg>", "a link to another file"),
      ("<svg><style>@import 'a.css';</style></svg>", "a style sheet from elsewhere"),
      ("<svg><foreignObject/></svg>", "another document"),
      ("<svg xmlns:x='http://www.w3.org/2000/svg'><x:script>alert(1)</x:script></svg>", "holds a script"),
      ("<svg><a href='&#106;avascript:alert(1)'/></svg>", "a link that is written in numbers"),
      ("<svg><a href='#b'><set attributeName='href' to='https://x.invalid'/></a></svg>", "an animation"),
      ("<svg><path d='M0 0h9'/>", "cut off or damaged"), ("<svg viewBox='0 0 9 9", "cut off or damaged"),
      ("<svg viewBox='0 0 9 9'/><!-- a --> ", nil), ("<svg><g></g></svg>\n<!-- <svg> -->", nil),
      ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "an entity"),
    ] as [(String, String?)])
  func logo(text: String, fault: String?) throws {
    let error = try faults("logo: ./logo", logo: Array(text.utf8))
    #expect(
      fault.map { error?.description.contains($0) == true } ?? (error == nil), "\(text): \(String(describing: error))")
    if fault != nil { #expect(error?.reason == .malformedInput) }
  }

  /// One grey pixel.
  private static let pixel: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xDA, 0x45, 0x08, 0x3B, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
  ]

  @Test("a PNG is taken as it is when it is whole and small")
  func png() throws {
    let pixel = Self.pixel
    #expect(try read("logo: logo", logo: pixel).template.logo?.bytes == pixel)
    for length in 8..<pixel.count {
      #expect(
        try faults("logo: logo", logo: Array(pixel.prefix(length)))?.description.contains("cut off or damaged") == true)
    }
    for place in 8..<pixel.count {
      var damaged = pixel
      damaged[place] ^= 4
      #expect(try faults("logo: logo", logo: damaged)?.description.contains("cut off or damaged") == true, "\(place)")
    }
    let full = pixel + [UInt8](repeating: 7, count: 256 << 10)
    #expect(try read("logo: logo", logo: Array(full.prefix(256 << 10))).template.logo?.kind == .png)
    #expect(try faults("logo: logo", logo: full)?.description.contains("larger than 256 KiB") == true)
  }
}
