internal import Dispatch
internal import Synchronization

/// The beginning of a BCF record that the cut between two stretches went through, on its way from one worker to the next.
///
/// Nothing in BCF tells where a record begins but the lengths of those before it, so that each worker must wait until its
/// predecessor has counted them off. That takes a few nanoseconds a record, against hundreds for inflating it, which nobody waits for.
final class RecordCut: Sendable {
  private let bytes = Mutex<[UInt8]?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  /// Hands the bytes on; nil when the stretch before could not be read.
  func publish(_ beginning: [UInt8]?) {
    bytes.withLock { $0 = beginning }
    isThere.signal()
  }

  /// Waits for the bytes; nil when the stretch before could not be read, which its own worker tells.
  func wait() -> [UInt8]? {
    isThere.wait()
    return bytes.withLock { $0 }
  }
}
