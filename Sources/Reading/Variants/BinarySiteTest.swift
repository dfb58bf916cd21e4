internal import Model

/// A compiled site test with the numbers that a BCF header gives to its names.
struct BinarySiteTest: Sendable {
  private let test: CompiledSiteTest
  /// Number of each INFO key; -1 for one that the header does not have, and no record either.
  private let keys: [Int]
  /// Number of each filter; `missing` stands for `.`, and -1 for one that the header does not have.
  private let filters: [Int]
  private static let missing = -2

  init(_ test: CompiledSiteTest, _ header: BinaryHeader) {
    self.test = test
    let numbers = Dictionary(
      header.keys.enumerated().compactMap { number, name in name.map { ($0, number) } },
      uniquingKeysWith: { first, _ in first })
    keys = test.names.map { numbers[$0] ?? -1 }
    filters = test.filterBytes.map { name in
      let name = String(decoding: name, as: UTF8.self)
      return name == "." ? Self.missing : numbers[name] ?? -1
    }
  }

  /// Whether a record passes; one that is not sound does, so that its own check can refuse it.
  func passes(_ row: BinaryRow) -> Bool {
    guard let filters = row.filters() else { return true }
    var step = test.first
    var knownKey = -1
    var found = Found.absent
    while step >= 0 {
      let here = test.steps[step]
      let holds: Bool
      switch here.kind {
      case .filterOneOf: holds = hasFilter(row, filters, here)
      case .filterOnly: holds = filters.count <= 1 && hasFilter(row, filters, here)
      case .filterNoneOf: holds = !hasFilter(row, filters, here)
      case .quality:
        let quality = row.quality
        holds = !quality.isNaN && here.comparison.holds(Double(quality), here.limit)
      case .qualityMissing: holds = row.quality.isNaN
      case .info, .infoMissing, .infoPresent:
        if here.index != knownKey {
          knownKey = here.index
          guard let value = info(row, keys[here.index], from: filters.end) else { return true }
          found = value
        }
        holds = meets(here, row, found)
      }
      step = holds ? here.whenTrue : here.whenFalse
    }
    return step == CompiledSiteTest.accept
  }

  private enum Found {
    case absent
    case value(BinaryRow.Vector)
  }

  /// nil when INFO is not sound.
  private func info(_ row: BinaryRow, _ wanted: Int, from start: Int) -> Found? {
    if wanted < 0 { return .absent }
    var at = start
    for _ in 0..<row.infoCount {
      guard let (key, value) = row.key(at: at, limit: row.sharedSize) else { return nil }
      if key == wanted { return row.vector(at: value, limit: row.sharedSize).map { .value($0) } }
      guard let end = row.end(at: value, limit: row.sharedSize) else { return nil }
      at = end
    }
    return .absent
  }

  private func meets(_ step: CompiledSiteTest.Step, _ row: BinaryRow, _ found: Found) -> Bool {
    guard case .value(let value) = found else { return step.kind == .infoMissing }
    // Text is left to whoever reads the line; so is a flag, which has no value.
    if step.kind == .infoPresent || value.type == BinaryRow.textType { return true }
    for index in 0..<value.count {
      let number = row.decimal(value, index)
      if step.kind == .infoMissing {
        if number == nil { return true }
      } else if let number, step.comparison.holds(number, step.limit) {
        return true
      }
    }
    return false
  }

  private func hasFilter(_ row: BinaryRow, _ column: BinaryRow.Vector, _ step: CompiledSiteTest.Step) -> Bool {
    for wanted in step.index..<step.end {
      if column.count == 0, filters[wanted] == Self.missing { return true }
      for place in 0..<column.count where row.integer(column, place) == filters[wanted] { return true }
    }
    return false
  }
}
