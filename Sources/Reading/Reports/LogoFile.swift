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
    if bytes.starts(with: pngMagic) { return ReportTemplate.Logo(kind: .png, bytes: bytes) }
    guard let text = String(validating: bytes, as: UTF8.self), isSVG(text) else {
      throw fault(.report(.logoFormat(path: path)))
    }
    if let what = activity(in: text) { throw fault(.report(.activeLogo(path: path, what: what))) }
    return ReportTemplate.Logo(kind: .svg, bytes: bytes)
  }

  /// Whether the first element is `svg`, behind declaration, document type and comments.
  private static func isSVG(_ text: String) -> Bool {
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
      guard let close = Substring(rest).range(of: end) else { return false }
      rest = rest[close.upperBound...].drop { $0.properties.isWhitespace }
    }
    guard rest.starts(with: "<svg".unicodeScalars) else { return false }
    return rest.dropFirst(4).first.map { $0.properties.isWhitespace || $0 == ">" || $0 == "/" } ?? false
  }

  /// What of an SVG is more than a picture; nil for a plain one. As the source of an image no browser would run it or ask for it, but
  /// the page may be taken apart elsewhere.
  private static func activity(in text: String) -> String? {
    let folded = text.lowercased()
    for (word, what) in [
      ("<script", "a script"), ("javascript:", "a script"), ("<foreignobject", "another document"),
      ("<!entity", "an entity"), ("@import", "a style sheet from elsewhere"),
    ] where folded.contains(word) {
      return what
    }
    if folded.contains(#/<[^>]*[\s"'\/]on[a-z]+\s*=/#) { return "a script (an `on…` attribute)" }
    if folded.contains(#/href\s*=\s*["']\s*(?!#|data:image/)[^"'\s]/#) { return "a link to another file" }
    if folded.contains(#/url\(\s*["']?\s*(?!#|data:)[^"'\s)#]/#) { return "a link to another file" }
    return nil
  }
}
