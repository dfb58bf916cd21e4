/// How REF of a record is held to the reference.
enum ReferenceAgreement {
  /// A long REF of a structural variant is told by its start.
  static let checkedBases = 1_000
  /// Bases that a message shows.
  static let shownBases = 20

  /// Whether two spellings in upper case agree as far as both go; an unknown base (N) on either side agrees with any.
  static func holds(_ found: some Sequence<UInt8>, _ expected: some Sequence<UInt8>) -> Bool {
    let unknown = UInt8(ascii: "N")
    return zip(found, expected).allSatisfy { $0 == $1 || $0 == unknown || $1 == unknown }
  }
}
