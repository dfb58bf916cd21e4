import Dispatch
import Foundation
import Synchronization

/// Works on several cases side by side under one budget of threads and of memory.
///
/// The largest come first, so that none is left to run alone at the end. A case is given the threads that are free, shared with
/// those that can be started beside it; one that is alone gets all.
struct BatchPool: Sendable {
  /// A case, or several that are read together.
  struct Job: Sendable {
    /// Of its first case.
    let position: Int
    /// Any measure of the work.
    let bytes: Int
    /// Bytes of memory with a number of threads.
    let memory: @Sendable (_ workers: Int) -> Int
    /// Reports each case that comes to its end.
    let run: @Sendable (_ workers: Int, _ report: @escaping Report) -> Void
  }

  typealias Report = @Sendable (_ position: Int, BatchCase.Outcome) -> Void

  let threads: Int
  /// In bytes.
  let memory: Int

  private struct Load {
    var workers: Int
    var memory: Int
  }

  private enum Event: Sendable {
    case outcome(position: Int, BatchCase.Outcome)
    /// A job, by its position, that has reported all its cases.
    case ended(Int)
  }

  private final class Events: Sendable {
    private let events = Mutex<[Event]>([])
    private let there = DispatchSemaphore(value: 0)

    func add(_ event: Event) {
      events.withLock { $0.append(event) }
      there.signal()
    }

    func next() -> Event {
      there.wait()
      return events.withLock { $0.removeFirst() }
    }
  }

  /// Runs the jobs; `take` is called with each outcome, on the calling thread, and says whether to go on with others.
  func run(_ jobs: [Job], take: (_ position: Int, BatchCase.Outcome) throws -> Bool) throws {
    var waiting = jobs.sorted { (-$0.bytes, $0.position) < (-$1.bytes, $1.position) }
    var running: [Int: Load] = [:]
    var goesOn = true
    var fault: (any Error)?
    let events = Events()
    while true {
      while goesOn, let (index, load) = next(of: waiting, beside: running) {
        let job = waiting.remove(at: index)
        running[job.position] = load
        Self.start {
          job.run(load.workers) { events.add(.outcome(position: $0, $1)) }
          events.add(.ended(job.position))
        }
      }
      if running.isEmpty { break }
      switch events.next() {
      case .ended(let job): running[job] = nil
      case .outcome(let position, let outcome):
        // Those that run are waited for, whatever went wrong.
        do {
          if try !take(position, outcome) { goesOn = false }
        } catch {
          fault = fault ?? error
          goesOn = false
        }
      }
    }
    if let fault { throw fault }
  }

  /// That of the main thread on Linux.
  private static let stackBytes = 8 << 20

  /// Starts a thread with a stack as large as the main thread's.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.stackSize = stackBytes
    thread.start()
  }

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
