import Glibc

/// How long a request that fails is tried again: a bounded number of times in a row, with waits that double.
struct Patience {
  /// Failures in a row that are borne.
  let retries: Int
  let session: Session
  /// The file, for remarks.
  let name: String

  private(set) var failures = 0
  private var hasAnswered = false

  init(retries: Int, session: Session, name: String) {
    self.retries = retries
    self.session = session
    self.name = name
  }

  mutating func answered() { hasAnswered = true }

  /// Why a request that ended without an answer is not to be tried again; nil when it is.
  func verdict(on end: Transfer.End) -> FetchError.Reason? {
    if end.isFinal { return .untrusted(end.words) }
    // Without a network the first request tells; one that fails after others were answered may come back.
    return end.isUnreached && !hasAnswered ? .unreachable(end.words) : nil
  }

  /// Counts a failure and waits; false when it was one too many.
  ///
  /// - Parameters:
  ///   - wait: seconds that the server asks for.
  ///   - progressed: whether something came; such a connection may break as often as it likes.
  mutating func wait(after words: String, wait: Int? = nil, progressed: Bool = false) throws(Interruption.Stopped)
    -> Bool
  {
    failures = progressed ? 1 : failures + 1
    if failures > retries { return false }
    // A server that asks for hours is asked again sooner, and then given up.
    let seconds = min(60, wait ?? 1 << min(failures - 1, 6))
    session.progress.finish()
    session.warn(["\(name): \(words); trying again in \(seconds) s"])
    for _ in 0..<seconds * 20 {
      try session.interruption.check()
      usleep(50_000)
    }
    return true
  }
}
