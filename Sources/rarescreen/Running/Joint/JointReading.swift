import Dispatch
import Foundation
import Logging
import Model
import Reading
import Synchronization

/// Cases that name the same variant files. Each goes its own way up to its first record, waits there until all others have come as
/// far, or have come to their end, and then every shared file is read once for those that want it.
final class JointReading<Yield: Mergeable>: Sendable {
  /// What a case got of a shared file.
  struct Outcome: Sendable {
    var result: Result<FileYield<Yield>, any Error>
    /// Why an index that is there was not used, for the user.
    var remark: Wording?
  }

  private struct Wanted: Sendable {
    var member: Int
    /// Number of the file in the case.
    var index: Int
    var path: String
    var request: FileRequest<Yield>
  }

  private struct State {
    /// Cases that have neither come to their records nor to their end.
    var awaited: Set<Int>
    /// By shared file.
    var wanted: [[Wanted]]
    /// By case, and number of the file in it.
    var outcomes: [[Int: Outcome]]
    /// By case, the numbers of the shared files that it was told of, by path: a file may be replaced meanwhile.
    var places: [[String: Int]]
  }

  private let files: [JointFile]
  private let numbers: [JointFile.Key: Int]
  private let session: Session
  private let state: Mutex<State>
  private let turns: DispatchSemaphore
  private let ready: [DispatchSemaphore]

  /// - Parameters:
  ///   - count: number of cases.
  ///   - files: that more than one of them names.
  ///   - session: that of all of them; its threads read the files, and as many cases are worked on at a time.
  init(cases count: Int, files keys: [JointFile.Key], session: Session) {
    files = keys.map { _ in JointFile() }
    numbers = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    self.session = session
    turns = DispatchSemaphore(value: session.options.workers)
    ready = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    state = Mutex(
      State(
        awaited: Set(0..<count), wanted: keys.map { _ in [] }, outcomes: Array(repeating: [:], count: count),
        places: Array(repeating: [:], count: count)))
  }

  /// Runs a case when it is its turn; `body` must be called once for each.
  func run<Result>(_ member: Int, _ body: (Member) throws -> Result) rethrows -> Result {
    turns.wait()
    defer { turns.signal() }
    defer { arrive(member, wanting: []) }
    return try body(Member(reading: self, number: member))
  }

  /// The place of one case.
  struct Member: Sendable {
    fileprivate let reading: JointReading<Yield>
    fileprivate let number: Int

    /// What is known of a shared file before its records; nil for a file of this case alone.
    func description(of path: String) throws -> JointFile.Description? {
      guard let shared = reading.number(of: path) else { return nil }
      reading.state.withLock { $0.places[number][path] = shared }
      return try reading.files[shared].description(path: path, isStrict: reading.session.options.strict)
    }

    /// Waits for what the shared ones among the files of the case yield.
    ///
    /// - Parameter requests: one for each file.
    /// - Returns: by number of the file in the case.
    func read(_ requests: [FileRequest<Yield>], of paths: [String]) -> [Int: Outcome] {
      let wanted = zip(requests, paths).enumerated().map { index, file in
        Wanted(member: number, index: index, path: file.1, request: file.0)
      }
      reading.turns.signal()
      defer { reading.turns.wait() }
      reading.arrive(number, wanting: wanted)
      reading.ready[number].wait()
      return reading.state.withLock { state in
        defer { state.outcomes[number] = [:] }
        return state.outcomes[number]
      }
    }
  }

  private func number(of path: String) -> Int? { JointFile.Key(path: path).flatMap { numbers[$0] } }

  /// Notes that a case has come to its records, or to its end; the last to come reads for all.
  private func arrive(_ member: Int, wanting wanted: [Wanted]) {
    let all: [[Wanted]]? = state.withLock { state in
      guard state.awaited.remove(member) != nil else { return nil }
      for one in wanted {
        if let place = state.places[member][one.path] { state.wanted[place].append(one) }
      }
      guard state.awaited.isEmpty else { return nil }
      defer { state.wanted = state.wanted.map { _ in [] } }
      return state.wanted
    }
    guard let all else { return }
    for (file, wanted) in zip(files, all) where !wanted.isEmpty {
      // Results and messages must not depend on who came first.
      let takers = wanted.sorted { ($0.member, $0.index) < ($1.member, $1.index) }
      for (taker, outcome) in zip(takers, read(file, for: takers)) {
        state.withLock { $0.outcomes[taker.member][taker.index] = outcome }
      }
    }
    for waiting in ready { waiting.signal() }
  }

  private func read(_ file: JointFile, for takers: [Wanted]) -> [Outcome] {
    do {
      guard let opened = file.take() else {
        throw Failure.readTwice(takers[0].path)
      }
      return try read(opened, for: takers)
    } catch {
      return takers.map { _ in Outcome(result: .failure(error)) }
    }
  }

  private func read(_ opened: consuming sending VariantFile, for takers: [Wanted]) throws -> [Outcome] {
    let path = opened.path
    var asked: [ReadPlan: Result<(isUsed: Bool, remark: Wording?), any Error>] = [:]
    for plan in takers.map(\.request.plan) where asked[plan] == nil {
      asked[plan] =
        session.options.usesIndex
        ? Result { try opened.asksIndex(for: plan, isCounted: true) } : .success((false, nil))
    }
    let ways = takers.map { taker in
      Result { try asked[taker.request.plan]?.get() ?? (isUsed: false, remark: nil) }
    }
    let readers = takers.indices.filter { (try? ways[$0].get()) != nil }
    // Where one of them needs the whole file, the others are given what they want of it.
    if !readers.isEmpty, readers.allSatisfy({ (try? ways[$0].get().isUsed) == true }) {
      _ = try opened.useIndex(for: Self.union(readers.map { takers[$0].request.plan }), isCounted: true)
    }
    let yields = try foldRecordsJointly(
      of: opened, requests: readers.map { takers[$0].request }, session: session)
    let name = URL(fileURLWithPath: path).lastPathComponent
    session.logger.info("\(name): read once for \(readers.count.cases)")
    let found = Dictionary(uniqueKeysWithValues: zip(readers, yields))
    return zip(takers, ways).enumerated().map { place, taker in
      outcome(of: taker.0, way: taker.1, found[place], opened: path)
    }
  }

  private func outcome(
    of taker: Wanted, way: Result<(isUsed: Bool, remark: Wording?), any Error>,
    _ found: Result<JointYield<Yield>, any Error>?, opened path: String
  ) -> Outcome {
    do {
      let way = try way.get()
      if way.isUsed, Self.isOdd(found) { return alone(taker) }
      guard let joint = try found?.get() else {
        throw Failure(.defect, "\(path) was not read: this is a defect in rarescreen, please report it")
      }
      var yield = joint.yield
      yield.warnings = yield.warnings.renamed(from: path, to: taker.path)
      return Outcome(
        result: .success(yield), remark: way.remark?.replacingTexts { $0.replacing(path, with: taker.path) })
    } catch let error as ReadError {
      return Outcome(result: .failure(error.renamed(from: path, to: taker.path)))
    } catch {
      return Outcome(result: .failure(error))
    }
  }

  /// By an index of its own a case reads fewer records than for all: a fault, or a record that is written oddly, may lie in one that
  /// it would not have seen.
  private static func isOdd(_ found: Result<JointYield<Yield>, any Error>?) -> Bool {
    guard let joint = try? found?.get() else { return true }
    return joint.isUndecided || joint.yield.isOddBehindLeader
  }

  private func alone(_ taker: Wanted) -> Outcome {
    do {
      let file = try VariantFile(path: taker.path, isStrict: session.options.strict)
      let (scanned, remark) = try taker.request.read(file, session)
      return Outcome(result: .success(scanned), remark: remark)
    } catch {
      return Outcome(result: .failure(error))
    }
  }

  /// All that one of the plans wants. Plans that read by an index have regions, and no names.
  private static func union(_ plans: [ReadPlan]) -> ReadPlan {
    ReadPlan(regions: RegionSet(plans.flatMap { $0.regions?.regions ?? [] }))
  }
}
