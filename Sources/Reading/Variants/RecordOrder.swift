/// Neighbouring records on one contig.
public struct ContigRun: Sendable, Hashable, Codable {
  public let name: String
  let file: String
  let first: Int
  private(set) var place: ReadPlace
  var last: Int
  /// Places where a record lies before its predecessor: the first few, and how many in all.
  private(set) var drops: [ReadPlace] = []
  private(set) var dropCount = 0

  init(name: String, first: Int, file: String, at place: ReadPlace) {
    self.name = name
    self.first = first
    self.file = file
    self.place = place
    last = first
  }

  mutating func extend(to position: Int, at place: ReadPlace) {
    if position < last { addDrop(place) }
    last = position
  }

  /// The run with its places moved by so many lines and records.
  func shifted(lines: Int?, records: Int?) -> ContigRun {
    var run = self
    run.place = place.shifted(lines: lines, records: records)
    run.drops = drops.map { $0.shifted(lines: lines, records: records) }
    return run
  }

  mutating func addDrop(_ place: ReadPlace) {
    dropCount += 1
    if drops.count < WarningTally.keptPerRule { drops.append(place) }
  }
}

/// Checks that a file is sorted, over all its chunks.
///
/// Fed with the runs of the chunks in file order, it gives the same warnings however the file was cut.
public struct RecordOrder: Sendable {
  private var finished: Set<String> = []
  private var current: (name: String, last: Int)?
  private let isStrict: Bool

  public init(isStrict: Bool = false) { self.isStrict = isStrict }

  /// Takes the next chunk's runs and adds what is wrong to `warnings`; throws it when strict.
  public mutating func check(_ runs: [ContigRun], into warnings: inout WarningTally) throws(ReadError) {
    for run in runs {
      if let current, current.name == run.name {
        if run.first < current.last { try warn(.unsorted, run, at: run.place, into: &warnings) }
      } else {
        if let current { finished.insert(current.name) }
        if finished.contains(run.name) { try warn(.contigScattered, run, at: run.place, into: &warnings) }
      }
      for place in run.drops { try warn(.unsorted, run, at: place, into: &warnings) }
      for _ in run.drops.count..<run.dropCount { try warn(.unsorted, run, at: run.place, into: &warnings) }
      current = (run.name, run.last)
    }
  }

  private func warn(
    _ rule: FormatRule, _ run: ContigRun, at place: ReadPlace, into warnings: inout WarningTally
  ) throws(ReadError) {
    let warning = ReadWarning(rule, found: run.name, file: run.file, place: place)
    if isStrict { throw warning.asError }
    warnings.add(rule, warning)
  }
}
