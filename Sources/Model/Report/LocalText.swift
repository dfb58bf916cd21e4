/// A text that a laboratory wrote, in one language or in several.
public struct LocalText: Sendable, Hashable {
  /// By the code of the language, as `--lang` takes it; under "" a text for all languages.
  private var texts: [String: String]

  /// Codes of the languages that a report can be in.
  public static let languages = ["en", "vi"]

  /// A text for all languages.
  public init(_ text: String) { texts = ["": text] }

  /// - Parameter texts: by the code of the language.
  public init(_ texts: [String: String]) { self.texts = texts }

  /// The text for a report in this language. Where there is none it is the English one, else the first by code: what a laboratory
  /// wants to be told is told.
  public func text(in language: String) -> String {
    texts[language] ?? texts[""] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value ?? ""
  }
}
