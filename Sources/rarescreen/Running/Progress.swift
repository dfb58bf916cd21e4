import Dispatch
import Glibc
import Synchronization

/// Tells on standard error how far a run is: a line that renews itself on a terminal, a plain line at most every ten seconds
/// elsewhere, nothing when quiet.
final class Progress: Sendable {
  private struct State {
    var records = 0
    var lastShown: UInt64
    var isLineOpen = false
  }

  private let state: Mutex<State>
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let started: UInt64

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    isTerminal = isatty(STDERR_FILENO) == 1
    started = DispatchTime.now().uptimeNanoseconds
    state = Mutex(State(lastShown: started))
  }

  func advance(records: Int) {
    show(adding: records) { [started] records, now in
      let seconds = Double(now - started) / 1e9
      let rate = seconds > 0 ? Int(Double(records) / seconds) : 0
      return "screening: \(Self.grouped(records)) records, \(Self.grouped(rate)) a second"
    }
  }

  /// A file that comes over the network.
  ///
  /// - Parameters:
  ///   - bytes: what is there.
  ///   - total: bytes of the whole file; nil where nobody knows.
  ///   - came: bytes that came since `begin`, for the rate.
  func advance(_ file: String, bytes: Int, of total: Int?, came: Int, since begin: ContinuousClock.Instant) {
    show { _, _ in
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      let rate = seconds > 0 ? Int(Double(came) / seconds / 1e6) : 0
      let whole = total.map { " of \(Self.grouped($0 / 1_000_000))" } ?? ""
      return "fetching \(file): \(Self.grouped(bytes / 1_000_000))\(whole) MB, \(Self.grouped(rate)) MB a second"
    }
  }

  /// Cases of a batch.
  func advance(cases: Int, of total: Int, failed: Int, aMinute rate: Double, secondsLeft: Double?) {
    show { _, _ in
      let rest = secondsLeft.map { ", about \(Self.time($0)) left" } ?? ""
      let tenths = Int((rate * 10).rounded())
      return "batch: \(Self.grouped(cases)) of \(Self.grouped(total)) cases, \(failed) failed, "
        + "\(Self.grouped(tenths / 10)).\(tenths % 10) a minute\(rest)"
    }
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e8).rounded(.up))
    let (hours, minutes) = (whole / 3_600, whole / 60 % 60)
    if hours > 0 { return "\(hours) h \(minutes) min" }
    return minutes > 0 ? "\(minutes) min" : "\(whole) s"
  }

  /// Shows a line when one is due, which is made of all records so far and the time.
  private func show(adding records: Int = 0, _ line: (Int, UInt64) -> String) {
    if isQuiet { return }
    let now = DispatchTime.now().uptimeNanoseconds
    let interval: UInt64 = isTerminal ? 200_000_000 : 10_000_000_000
    let shown: String? = state.withLock { state in
      state.records += records
      guard now - state.lastShown >= interval else { return nil }
      state.lastShown = now
      state.isLineOpen = isTerminal
      return line(state.records, now)
    }
    if let shown { StandardError.write(isTerminal ? "\r\u{1B}[K" + shown : shown + "\n") }
  }

  /// Ends the renewing line, so that what follows starts on its own.
  func finish() {
    let wasOpen = state.withLock { state in
      defer { state.isLineOpen = false }
      return state.isLineOpen
    }
    if wasOpen { StandardError.write("\r\u{1B}[K") }
  }

  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}

/// Standard error as a place for messages.
enum StandardError {
  static func write(_ text: String) {
    // Nobody is left to tell when this fails.
    _ = FileDescriptorStream(descriptor: STDERR_FILENO).write(text)
  }
}

/// Standard output as a place for data.
enum StandardOutput {
  static func write(_ text: String) throws(Failure) {
    switch FileDescriptorStream(descriptor: STDOUT_FILENO).write(text.printable) {
    // A closed pipe is the reader's way of saying that it has seen enough.
    case 0, EPIPE: return
    case ENOSPC:
      throw Failure(.inputOutput, "cannot write standard output: no space left on the disk; free some and run again")
    case let code:
      throw Failure(
        .inputOutput, "cannot write standard output: system error \(code); choose another place and run again")
    }
  }
}

private struct FileDescriptorStream {
  let descriptor: Int32

  /// Writes all of the text; the result is 0 or the system's error number.
  func write(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if written > 0 { start += written } else if errno != EINTR { return errno }
    }
    return 0
  }
}
