import Dispatch
import Synchronization

/// A value that is made on another thread while the one that will need it goes on with something else.
///
///     let genes = Ahead { try GeneTable(directory: directory) }
///     …
///     use(try genes.value())
///
/// Whatever goes wrong is told where the value is asked for, so that the order of messages does not depend on threads.
final class Ahead<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)
  private let made = DispatchSemaphore(value: 0)

  init(_ make: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let result = Result { try make() }
      outcome.withLock { $0 = result }
      made.signal()
    }
  }

  /// The value; waits until it is there.
  func value() throws -> Value {
    made.wait()
    // For whoever asks again.
    made.signal()
    guard let outcome = outcome.withLock({ $0 }) else {
      throw Failure(.defect, "a value was missing: this is a defect in rarescreen, please report it")
    }
    return try outcome.get()
  }
}
