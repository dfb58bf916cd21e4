public import Model

/// A fault that a file was read in spite of.
public struct ReadWarning: Sendable, Hashable, Codable {
  public var file: String
  public var place: ReadPlace
  public var rule: FormatRule
  /// What stands in the file.
  public var found: String

  public init(_ rule: FormatRule, found: String, file: String, place: ReadPlace) {
    self.rule = rule
    self.found = found
    self.file = file
    self.place = place
  }

  /// The warning as an error, for strict reading.
  public var asError: ReadError { ReadError(.format(rule, found: found), file: file, place: place) }
}

extension ReadWarning: CustomStringConvertible {
  public var description: String { asError.description }
}

/// The warnings of a file: the first few of each rule kept in words, all of them counted.
public struct WarningTally: Sendable, Hashable, Codable {
  /// How many warnings of one rule are kept in words.
  public static let keptPerRule = 5

  /// In the order of the file.
  public private(set) var kept: [ReadWarning] = []
  /// How often each rule was broken.
  public private(set) var counts: [FormatRule: Int] = [:]

  public init() {}

  public var isEmpty: Bool { counts.isEmpty }
  public var total: Int { counts.values.reduce(0, +) }
  /// Whether the records stand in the order that an index needs.
  public var isSorted: Bool { counts[.unsorted] == nil && counts[.contigScattered] == nil }

  /// Adds a warning; `warning` is only evaluated when it is kept.
  mutating func add(_ rule: FormatRule, _ warning: @autoclosure () -> ReadWarning) {
    let count = counts[rule, default: 0] + 1
    counts[rule] = count
    if count <= Self.keptPerRule { kept.append(warning()) }
  }

  /// Adds to the numbers of the places: for warnings that were counted from a later line and record than the first.
  mutating func shift(lines: Int?, records: Int?) {
    for index in kept.indices { kept[index].place = kept[index].place.shifted(lines: lines, records: records) }
  }

  /// The same under another name of the file.
  public func renamed(from file: String, to name: String) -> WarningTally {
    var renamed = self
    for index in kept.indices where kept[index].file == file { renamed.kept[index].file = name }
    return renamed
  }

  /// Adds the warnings of an earlier part of the file.
  public mutating func mergeFirst(_ earlier: WarningTally) {
    var whole = earlier
    whole.merge(self)
    self = whole
  }

  /// Adds the warnings of a later part of the file. Merging the parts in file order gives the same tally as one pass.
  public mutating func merge(_ later: WarningTally) {
    var room: [FormatRule: Int] = [:]
    for warning in later.kept {
      let left = room[warning.rule] ?? Self.keptPerRule - min(counts[warning.rule, default: 0], Self.keptPerRule)
      if left > 0 { kept.append(warning) }
      room[warning.rule] = left - 1
    }
    counts.merge(later.counts, uniquingKeysWith: +)
  }

  /// One line a rule that was broken more often than it is kept in words: `N more: …`; sorted by rule.
  public var summary: [Wording] {
    counts.filter { $0.value > Self.keptPerRule }.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.value - Self.keptPerRule) more: \($0.key.sentence)" }
  }
}
