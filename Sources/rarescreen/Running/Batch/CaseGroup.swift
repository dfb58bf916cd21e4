import Dispatch
import Screening

/// A case, or several that name the same variant files and are worked on together, so that each file is read once.
struct CaseGroup: Sendable {
  /// Of the cases in the batch, ascending.
  let positions: [Int]
  /// Files that more than one of them names.
  let shared: [JointFile.Key]
  /// Bytes of the inputs, shared ones once.
  let bytes: Int
  /// Bytes of memory without that of the threads.
  private let base: Int

  /// As many cases as this keep their files open at a time.
  private static let mostCases = 128

  /// Bytes that a thread takes.
  ///
  /// Of a trio of 320,000 records, a worker took 6 MB, few candidates 15 MB, and 1,450 candidates with their files 90 MB; how many a
  /// case will have, nobody knows before, but larger files have more.
  static let memoryOfWorker = 24 << 20
  static let memoryOfCase = 96 << 20

  /// About how much memory the cases take beside what all cases of the batch share, in bytes: rather too much than too little.
  func memory(workers: Int) -> Int { base + workers * Self.memoryOfWorker }

  /// Puts the cases of a batch together by the files that they share, no more at a time than memory allows.
  ///
  /// - Parameter memory: bytes.
  static func groups(of planned: [PlannedCase], memory: Int) -> [CaseGroup] {
    var owners: [JointFile.Key: [Int]] = [:]
    for (position, one) in planned.enumerated() {
      for file in one.files.keys { owners[file, default: []].append(position) }
    }
    let needed = planned.map { one in
      let shared = one.files.reduce(0) { $0 + $1.value - $1.value / (owners[$1.key]?.count ?? 1) }
      return memoryOfCase + min((one.bytes - shared) / 8, 1 << 30)
    }
    var groups: [CaseGroup] = []
    for cases in connected(planned.count, by: owners.values.filter { $0.count > 1 }) {
      var taken: [Int] = []
      var sum = memoryOfWorker
      for position in cases {
        if !taken.isEmpty, sum + needed[position] > memory || taken.count == mostCases {
          groups.append(CaseGroup(taken, of: planned, needed))
          (taken, sum) = ([], memoryOfWorker)
        }
        taken.append(position)
        sum += needed[position]
      }
      groups.append(CaseGroup(taken, of: planned, needed))
    }
    return groups
  }

  private init(_ positions: [Int], of planned: [PlannedCase], _ needed: [Int]) {
    self.positions = positions
    var counts: [JointFile.Key: Int] = [:]
    var repeated = 0
    for position in positions {
      for (file, size) in planned[position].files {
        counts[file, default: 0] += 1
        if counts[file] != 1 { repeated += size }
      }
    }
    // In the order in which they are first named.
    var seen: Set<JointFile.Key> = []
    shared = positions.flatMap { planned[$0].paths.compactMap { JointFile.Key(path: $0) } }
      .filter { counts[$0] ?? 0 > 1 && seen.insert($0).inserted }
    bytes = positions.reduce(0) { $0 + planned[$1].bytes } - repeated
    base = positions.reduce(0) { $0 + needed[$1] }
  }

  /// Cases that hang together by files, each list ascending, in the order of their first cases.
  private static func connected(_ count: Int, by files: [[Int]]) -> [[Int]] {
    var first = Array(0..<count)
    func root(_ position: Int) -> Int {
      var position = position
      while first[position] != position { position = first[position] }
      return position
    }
    for file in files {
      for other in file.dropFirst() {
        let (left, right) = (root(file[0]), root(other))
        first[max(left, right)] = min(left, right)
      }
    }
    return Dictionary(grouping: 0..<count, by: root).values.sorted { $0[0] < $1[0] }
  }

  /// Runs the cases, each to its end.
  func run(
    _ cases: [BatchCase], workers: Int, session: Session, report: @escaping BatchPool.Report
  ) {
    guard cases.count > 1 else {
      report(positions[0], cases[0].run(workers: workers))
      return
    }
    var options = session.options
    options.threads = workers
    let reading = JointReading<CaseHits>(
      cases: cases.count, files: shared,
      session: Session(
        options: options, logger: session.logger, interruption: session.interruption, progress: Progress(isQuiet: true))
    )
    let own = max(1, workers / cases.count)
    let running = DispatchGroup()
    for (member, one) in cases.enumerated() {
      running.enter()
      BatchPool.start { [position = positions[member]] in
        report(position, reading.run(member) { one.run(workers: own, joint: $0) })
        running.leave()
      }
    }
    running.wait()
  }
}
