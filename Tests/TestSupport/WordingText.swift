public import Model

/// What a test looks for in what a reader is told, in English.
extension Wording {
  public func contains(_ text: String) -> Bool { description.contains(text) }
  public func hasPrefix(_ text: String) -> Bool { description.hasPrefix(text) }
  public func hasSuffix(_ text: String) -> Bool { description.hasSuffix(text) }
}
