/// A test of a record by its site columns alone, as plain data that a reader can apply to the bytes of a line before it
/// decodes anything else.
///
///     // FILTER="PASS" && QUAL>30 && (INFO/AF<0.001 || INFO/AF=".")
///     SiteTest.all([
///       .filter(.oneOf(["PASS"])), .quality(.greater, 30),
///       .any([.info("AF", .less, 0.001), .infoMissing("AF")]),
///     ])
///
/// A site test only ever says "this record cannot be wanted": what it lets through is judged again by whoever asked, so a test
/// may be weaker than the question behind it, never stronger.
public indirect enum SiteTest: Sendable, Hashable {
  /// How two numbers are compared.
  public enum Comparison: Sendable, Hashable {
    case less, lessOrEqual, equal, greaterOrEqual, greater, notEqual
  }

  /// A test of the FILTER column.
  public enum FilterTest: Sendable, Hashable {
    /// At least one of the column's values is among these; `.` stands for a missing FILTER.
    case oneOf([String])
    /// The column is this one value.
    case only(String)
    /// None of the column's values is among these.
    case noneOf([String])
  }

  case all([SiteTest])
  case any([SiteTest])
  case filter(FilterTest)
  /// `QUAL`, as 32-bit float as in BCF; a missing QUAL fails.
  case quality(Comparison, Double)
  case qualityMissing
  /// At least one value of a numeric INFO key meets the comparison; a missing key or value does not. Values of keys that the
  /// header declares as `Float` are taken as 32-bit floats, as in BCF.
  case info(String, Comparison, Double)
  /// The INFO key is absent, or one of its values is `.`.
  case infoMissing(String)
  /// The INFO key is there, as a flag or with a value.
  case infoPresent(String)
}

extension SiteTest.Comparison {
  /// Whether the comparison holds; nothing but `notEqual` holds for a NaN.
  public func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .equal: left == right
    case .greaterOrEqual: left >= right
    case .greater: left > right
    case .notEqual: left != right
    }
  }
}
