@testable import Writing

extension Language {
  static let vietnamese: Language = Language(rawValue: "vi") ?? .english
}
