extension JSONValue {
  /// An object of the members that have a value: neither FHIR (R4, section 2.6.2) nor the JSON of protobuf knows null, empty
  /// texts, empty lists or empty objects.
  static func present(_ members: [(String, JSONValue?)]) -> JSONValue { .object(Self.members(present: members)) }

  static func members(present members: [(String, JSONValue?)]) -> [Member] {
    members.compactMap { key, value in
      guard let value, !value.isEmpty else { return nil }
      return Member(key, value)
    }
  }

  private var isEmpty: Bool {
    switch self {
    case .null, .string(""), .array([]), .object([]): true
    default: false
    }
  }

  /// A text for readers, without line ends and without characters that a viewer would obey; nil for an empty one.
  static func words(_ text: String?) -> JSONValue? {
    guard let shown = text?.shown, shown.contains(where: { !$0.isWhitespace }) else { return nil }
    return .string(shown)
  }
}
