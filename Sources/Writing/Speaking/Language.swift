internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A language that the report can be written in. All that it says is data: `Languages/<code>.json`.
///
///     Language(rawValue: "vi")?.name  // "Tiếng Việt"
public struct Language: RawRepresentable, Sendable, Hashable, CaseIterable {
  /// BCP 47: `en`.
  public let rawValue: String

  /// Fails for a language of which there is no file.
  public init?(rawValue: String) {
    guard Self.files.contains(where: { $0.code == rawValue }) else { return nil }
    self.rawValue = rawValue
  }

  private init(code: String) { rawValue = code }

  public static let english = Language(code: "en")

  public static var allCases: [Language] { files.map { Language(code: $0.code) } }

  /// What its speakers call it.
  public var name: String { file.name }

  /// A line for each file of `Languages`: what is compiled in cannot be listed at run time.
  private static let files: [(code: String, bytes: @Sendable () -> [UInt8])] = [
    ("en", { PackageResources.en_json }),
    ("vi", { PackageResources.vi_json }),
  ]

  private static let parsed = Mutex<[Language: LanguageFile]>([:])

  /// Parsed when first asked for. The files are compiled in and tested; a phrase that is missing shows itself by its key.
  var file: LanguageFile {
    Self.parsed.withLock { parsed in
      if let file = parsed[self] { return file }
      let bytes = Self.files.first { $0.code == rawValue }?.bytes() ?? []
      let file = (try? JSONDecoder().decode(LanguageFile.self, from: Data(bytes))) ?? LanguageFile()
      parsed[self] = file
      return file
    }
  }
}
