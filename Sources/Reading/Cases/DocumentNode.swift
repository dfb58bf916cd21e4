/// A value of a YAML or JSON text with its place: what both languages have in common, before any meaning is given to it.
///
/// Scalars stay text, so that `007` is an id and `no` may be a sample name; only the reader of a key knows its type.
struct DocumentNode: Sendable {
  indirect enum Content: Sendable {
    case null
    /// `isPlain` is false for a quoted text.
    case text(String, isPlain: Bool)
    case list([DocumentNode])
    case map([Entry])
  }

  struct Entry: Sendable {
    var key: Located<String>
    var value: DocumentNode
  }

  var place: SourcePlace
  var content: Content

  /// What the value is, for messages.
  var shape: String {
    switch content {
    case .null: "empty"
    case .text(let text, _): "the text \(quoted(text))"
    case .list: "a list"
    case .map(let entries):
      entries.count == 1 ? "a map (`\(entries[0].key.value): …`)" : "a map"
    }
  }

  var entries: [Entry] {
    if case .map(let entries) = content { return entries }
    return []
  }

  /// Elements of a list; a missing or empty value has none.
  var elements: [DocumentNode] {
    if case .list(let nodes) = content { return nodes }
    return []
  }

  /// The text of a scalar, nil for an empty one, a list or a map.
  var text: Located<String>? {
    if case .text(let text, _) = content { return Located(text, at: place) }
    return nil
  }

  /// The value of a protobuf field, by its JSON name or its original one: `phenotypicFeatures`, `phenotypic_features`.
  subscript(field: String) -> DocumentNode? {
    var original = ""
    for character in field {
      original += character.isUppercase ? "_" + character.lowercased() : String(character)
    }
    guard let node = entries.first(where: { $0.key.value == field || $0.key.value == original })?.value else {
      return nil
    }
    if case .null = node.content { return nil }
    return node
  }
}

/// Limits on the text of a case; all far above what a case needs.
enum DocumentLimit {
  static let bytes = 4 << 20
  /// A sheet is read line by line into cases: of a million rows it has about 75 MB.
  static let sheetBytes = 128 << 20
  /// Lists in lists; a phenopacket needs about 12.
  static let depth = 64
  /// More aliases could blow a small file up beyond memory ("billion laughs").
  static let aliases = 16
}
