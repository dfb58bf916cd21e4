public import Model

/// What an expression may name beyond the file's own header: the family, lists, regions, panels.
///
/// The closures are called while an expression is compiled, never while records are tested. What they throw becomes an
/// `ExpressionError` that points to the name.
public struct ExpressionResources: Sendable {
  /// For `kid`, `mom`, `dad`, `affected`, `unaffected`.
  public var pedigree: Pedigree?
  /// The lines of an `=@file` or of a list of samples, `FMT/DP[@file]`.
  public var list: @Sendable (String) throws -> [String]
  /// The regions of `IN_REGIONS("file.bed")`.
  public var region: @Sendable (String) throws -> RegionSet
  /// The regions of `IN_PANEL("name")`.
  public var panel: @Sendable (String) throws -> RegionSet

  public init(
    pedigree: Pedigree? = nil, list: @escaping @Sendable (String) throws -> [String] = Self.none,
    region: @escaping @Sendable (String) throws -> RegionSet = Self.none,
    panel: @escaping @Sendable (String) throws -> RegionSet = Self.none
  ) {
    self.pedigree = pedigree
    self.list = list
    self.region = region
    self.panel = panel
  }

  /// For whoever offers no files.
  struct NotOffered: Error, CustomStringConvertible {
    var description: String { "nothing of this name can be read here" }
  }

  @Sendable public static func none<Value>(_ name: String) throws -> Value { throw NotOffered() }
}
