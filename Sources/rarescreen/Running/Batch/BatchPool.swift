import Dispatch
import Foundation
import Synchronization

/// Works on several cases side by side under one budget of threads and of memory.
///
/// The largest come first, so that none is left to run alone at the end. A case is given the threads that are free, shared with
/// those that can be started beside it; one that is alone gets all.
struct BatchPool: Sendable {
  struct Job: Sendable {
    /// For the caller.
    let position: Int
    /// Any measure of the work.
    let bytes: Int
    /// Bytes of memory with a number of threads.
    let memory: @Sendable (_ workers: Int) -> Int
    let run: @Sendable (_ workers: Int) -> BatchCase.Outcome
  }

  let threads: Int
  /// In bytes.
  let memory: Int

  private struct Load {
    var workers: Int
    var memory: Int
  }

  private final class Finished: Sendable {
    private let outcomes = Mutex<[(position: Int, outcome: BatchCase.Outcome)]>([])
    private let there = DispatchSemaphore(value: 0)

    func add(_ position: Int, _ outcome: BatchCase.Outcome) {
      outcomes.withLock { $0.append((position, outcome)) }
      there.signal()
    }

    func next() -> (position: Int, outcome: BatchCase.Outcome) {
      there.wait()
      return outcomes.withLock { $0.removeFirst() }
    }
  }

  /// Runs the jobs; `take` is called with each outcome, on the calling thread, and says whether to go on with others.
  func run(_ jobs: [Job], take: (_ position: Int, BatchCase.Outcome) throws -> Bool) throws {
    var waiting = jobs.sorted { (-$0.bytes, $0.position) < (-$1.bytes, $1.position) }
    var running: [Int: Load] = [:]
    var goesOn = true
    var fault: (any Error)?
    let finished = Finished()
    while true {
      while goesOn, let (index, load) = next(of: waiting, beside: running) {
        let job = waiting.remove(at: index)
        running[job.position] = load
        let thread = Thread { finished.add(job.position, job.run(load.workers)) }
        thread.stackSize = Self.stackBytes
        thread.start()
      }
      if running.isEmpty { break }
      let (position, outcome) = finished.next()
      running[position] = nil
      // Those that run are waited for, whatever went wrong.
      do {
        if try !take(position, outcome) { goesOn = false }
      } catch {
        fault = fault ?? error
        goesOn = false
      }
    }
    if let fault { throw fault }
  }

  /// That of the main thread on Linux.
  private static let stackBytes = 8 << 20

  /// The first of the waiting jobs that fits, and what it is given; nil where none does now.
  private func next(of waiting: [Job], beside running: [Int: Load]) -> (index: Int, load: Load)? {
    let freeThreads = threads - running.values.reduce(0) { $0 + $1.workers }
    let freeMemory = memory - running.values.reduce(0) { $0 + $1.memory }
    guard freeThreads > 0 else { return nil }
    // A job that fits nowhere runs alone.
    guard let index = waiting.firstIndex(where: { running.isEmpty || $0.memory(1) <= freeMemory }) else { return nil }
    var rest = freeMemory - waiting[index].memory(1)
    var beside = 0
    for (other, job) in waiting.enumerated() where other != index && beside + 1 < freeThreads {
      let needed = job.memory(1)
      if needed > rest { continue }
      rest -= needed
      beside += 1
    }
    var workers = max(1, freeThreads / (beside + 1))
    while workers > 1, !running.isEmpty || beside > 0, waiting[index].memory(workers) > freeMemory { workers -= 1 }
    return (index, Load(workers: workers, memory: waiting[index].memory(workers)))
  }
}
