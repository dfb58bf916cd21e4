import Foundation
import Glibc
import Synchronization

/// Notes a request to stop (SIGTERM, SIGINT, SIGHUP), so that work ends at the next chunk and leaves nothing half-written.
///
/// A read from a pipe that nobody fills never comes to a next chunk. Such a run is ended after a short grace, at once when a
/// second signal comes, but never while files are being put in place.
final class Interruption: Sendable {
  /// Thrown where work stops because a signal asked for it.
  struct Stopped: Error {}

  /// Time that work has to stop by itself.
  private static let grace = timespec(tv_sec: 2, tv_nsec: 0)

  private let requested = Atomic(false)
  private struct Placing {
    /// Parts of the run that put files in place now.
    var writers = 0
    /// There is nothing left to stop.
    var isDone = false
  }

  private let placing = Mutex(Placing())
  private let endings = Mutex<[@Sendable () -> Void]>([])

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Whether whoever started the program wants it to outlive the terminal (`nohup`): signals that it ignores are told by proc(5).
  private static var ignoresHangup: Bool {
    let text =
      FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let mask = line.flatMap { UInt64($0.dropFirst(7).filter(\.isHexDigit), radix: 16) } ?? 0
    return mask & 1 << UInt64(SIGHUP - 1) != 0
  }

  /// Starts to listen: the signals are blocked in all threads and waited for in one of their own.
  ///
  /// Must be called before other threads are started, since those inherit the mask.
  ///
  /// - Parameter end: ends the process; called when work did not stop by itself.
  func listen(end: @escaping @Sendable () -> Void) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] + (Self.ignoresHangup ? [] : [SIGHUP]) { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let awaited = signals
    Thread.detachNewThread { [self] in
      var awaited = awaited
      var received: Int32 = 0
      guard unsafe sigwait(&awaited, &received) == 0 else { return }
      requested.store(true, ordering: .relaxed)
      var grace = Self.grace
      _ = unsafe sigtimedwait(&awaited, nil, &grace)
      while isBusy(orEnd: end) { usleep(5_000) }
    }
  }

  /// Whether files are being put in place; ends the process when there is neither that nor a run that is done.
  private func isBusy(orEnd end: () -> Void) -> Bool {
    placing.withLock { placing in
      if placing.isDone { return false }
      if placing.writers == 0 {
        for ending in endings.withLock({ $0 }) { ending() }
        end()
      }
      return placing.writers > 0
    }
  }

  /// Notes what is still to be done where a signal ends the process.
  func atEnd(_ ending: @escaping @Sendable () -> Void) { endings.withLock { $0.append(ending) } }

  func check() throws(Stopped) {
    if isRequested { throw Stopped() }
  }

  /// Runs the part of a run that puts files in place, which no signal cuts short.
  ///
  /// - Parameters:
  ///   - isLast: false where the run goes on afterwards.
  ///   - evenWhenStopped: whether it is done also after the signal, as the last thing.
  func whileWriting<Result>(
    isLast: Bool = true, evenWhenStopped: Bool = false, _ body: () throws -> Result
  ) throws -> Result {
    try placing.withLock { placing throws(Stopped) in
      if !evenWhenStopped { try check() }
      placing.writers += 1
    }
    var isDone = false
    defer {
      placing.withLock { placing in
        placing.writers -= 1
        if isDone { placing.isDone = true }
      }
    }
    let result = try body()
    isDone = isLast
    return result
  }
}
