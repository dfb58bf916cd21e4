/// Where a value of a case was written: a file with line and column, or a flag of the command line.
public struct SourcePlace: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    /// Path as the user gave it.
    case file(String)
    /// Name with its dashes, for example `--vcf`.
    case flag(String)
  }

  public var source: Source
  /// 1-based; nil for a whole file or a flag.
  public var line: Int?
  /// 1-based, counted in Unicode scalars.
  public var column: Int?

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    source = .file(file)
    self.line = line
    self.column = column
  }

  public init(flag: String) { source = .flag(flag) }

  /// Path of the file; nil for a flag.
  public var file: String? {
    switch source {
    case .file(let path): path
    case .flag: nil
    }
  }
}

extension SourcePlace: CustomStringConvertible {
  /// `case.yaml:3:8`, as compilers write it, so that editors jump to it.
  public var description: String {
    switch source {
    case .flag(let name): name
    case .file(let path):
      [path, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    }
  }
}

/// A value together with the place where it was written.
public struct Located<Value> {
  public var value: Value
  public var place: SourcePlace

  public init(_ value: Value, at place: SourcePlace) {
    self.value = value
    self.place = place
  }

  public var file: String? { place.file }
  public var line: Int? { place.line }
  public var column: Int? { place.column }

  func map<Other>(_ transform: (Value) -> Other) -> Located<Other> { Located<Other>(transform(value), at: place) }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
