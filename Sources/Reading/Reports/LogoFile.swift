import Foundation
import Model

/// The logo of a laboratory: a PNG or a plain SVG, told by its content.
enum LogoFile {
  /// Every page carries the logo, a third larger in base 64.
  static let limit = 256 << 10

  private static let pngMagic: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func read(path: String, namedAt place: SourcePlace) throws(CaseError) -> ReportTemplate.Logo {
    func fault(_ fact: CaseFault.Fact, _ reason: CaseFault.Reason = .malformedInput) -> CaseError {
      CaseError([CaseFault(fact, reason: reason, at: place)])
    }
    if let problem = InputFile(path: path).problem(as: .logo) { throw fault(.file(problem), .missingInput) }
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: limit + 1) ?? Data()
    else {
      throw fault(.file(.unreadable(.logo, path: path, problem: "it cannot be opened")), .missingInput)
    }
    let bytes = [UInt8](data)
    if bytes.count > limit { throw fault(.report(.logoTooLarge(path: path, limit: limit))) }
    if bytes.starts(with: pngMagic) {
      guard isWholePNG(bytes) else { throw fault(.report(.damagedLogo(path: path))) }
      return ReportTemplate.Logo(kind: .png, bytes: bytes)
    }
    guard let text = String(validating: bytes, as: UTF8.self), let root = vectorGraphic(in: text) else {
      throw fault(.report(.logoFormat(path: path)))
    }
    if !isClosed(root) { throw fault(.report(.damagedLogo(path: path))) }
    if let what = activity(in: text) { throw fault(.report(.activeLogo(path: path, what: what))) }
    return ReportTemplate.Logo(kind: .svg, bytes: bytes)
  }

  /// Whether chunks with their checksums follow each other from `IHDR` over at least one `IDAT` to `IEND` (PNG, section 5).
  private static func isWholePNG(_ bytes: [UInt8]) -> Bool {
    var place = pngMagic.count
    var kinds: [[UInt8]] = []
    func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    while kinds.last != Array("IEND".utf8) {
      guard place + 12 <= bytes.count else { return false }
      let length = number(place)
      guard length <= bytes.count - place - 12 else { return false }
      let body = bytes[(place + 4)..<(place + 8 + length)]
      guard Int(body.crc32) == number(place + 8 + length) else { return false }
      kinds.append(Array(body.prefix(4)))
      place += 12 + length
    }
    return kinds.first == Array("IHDR".utf8) && kinds.contains(Array("IDAT".utf8))
  }

  /// Whether a document that begins with its element `svg` ends with its end: one that was cut does not.
  private static func isClosed(_ root: Substring) -> Bool {
    var rest = root
    func dropSpace() { while rest.last?.isWhitespace == true { rest.removeLast() } }
    dropSpace()
    while rest.hasSuffix("-->"), let open = rest.range(of: "<!--", options: .backwards) {
      rest = rest[..<open.lowerBound]
      dropSpace()
    }
    return rest.contains(#/<\/svg\s*>$/#) || rest.hasSuffix("/>") && !rest.dropFirst().contains("<")
  }

  /// The text from its first element on, behind declaration, document type and comments; nil where that is not `svg`.
  private static func vectorGraphic(in text: String) -> Substring? {
    var rest = text.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    while true {
      let end: String
      if rest.starts(with: "<?".unicodeScalars) {
        end = "?>"
      } else if rest.starts(with: "<!--".unicodeScalars) {
        end = "-->"
      } else if rest.starts(with: "<!DOCTYPE".unicodeScalars) {
        end = rest.prefix { $0 != ">" }.contains("[") ? "]>" : ">"
      } else {
        break
      }
      guard let close = Substring(rest).range(of: end) else { return nil }
      rest = rest[close.upperBound...].drop { $0.properties.isWhitespace }
    }
    guard rest.starts(with: "<svg".unicodeScalars), let next = rest.dropFirst(4).first,
      next.properties.isWhitespace || next == ">" || next == "/"
    else { return nil }
    return Substring(rest)
  }

  /// What of an SVG is more than a picture; nil for a plain one. As the source of an image no browser would run it or ask for it, but
  /// the page may be taken apart elsewhere.
  private static func activity(in text: String) -> String? {
    let folded = text.lowercased()
    for (word, what) in [
      ("javascript:", "a script"), ("<!entity", "an entity"), ("@import", "a style sheet from elsewhere"),
    ] where folded.contains(word) {
      return what
    }
    // Elements may have a prefix, and values be written as numbers of letters.
    if folded.contains(#/<([^\s<>\/:]+:)?(script|handler)[\s>\/]/#) { return "a script" }
    if folded.contains(#/<([^\s<>\/:]+:)?(foreignobject|iframe|embed|object)[\s>\/]/#) { return "another document" }
    if folded.contains(#/<([^\s<>\/:]+:)?(set|animate[a-z]*)[\s>\/]/#) { return "an animation" }
    if folded.contains(#/href\s*=\s*("[^"]*&#|'[^']*&#)/#) { return "a link that is written in numbers" }
    if folded.contains(#/<[^>]*[\s"'\/]on[a-z]+\s*=/#) { return "a script (an `on…` attribute)" }
    if folded.contains(#/href\s*=\s*["']\s*(?!#|data:image/)[^"'\s]/#) { return "a link to another file" }
    if folded.contains(#/url\(\s*["']?\s*(?!#|data:)[^"'\s)#]/#) { return "a link to another file" }
    return nil
  }
}
