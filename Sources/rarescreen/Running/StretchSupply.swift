import Dispatch
import Reading
import Synchronization

/// Hands the stretches of a file to its workers, no more at a time than memory has places for, until the file or the run ends.
final class StretchSupply: Sendable {
  private let source: Mutex<StretchSource>
  private let room: DispatchSemaphore
  private let places: Int
  private let interruption: Interruption

  init(of file: consuming sending VariantFile, workers: Int, interruption: Interruption) {
    source = Mutex(StretchSource(file: file))
    places = 2 * workers
    room = DispatchSemaphore(value: places)
    self.interruption = interruption
  }

  /// A semaphore must not be let go below what it began with, which an error can leave it at.
  deinit { for _ in 0..<places { room.signal() } }

  /// Waits for a place and takes the next stretch; nil when there is none left or a signal asked to stop.
  ///
  /// - Parameter number: of the stretch, also of one that cannot be read.
  func next(_ number: inout Int) throws -> Stretch? {
    room.wait()
    do {
      if !interruption.isRequested, let stretch = try source.withLock({ try $0.take(&number) }) { return stretch }
    } catch {
      end()
      room.signal()
      throw error
    }
    room.signal()
    return nil
  }

  /// Lets others have the places of stretches that are through.
  func release(_ count: Int) {
    for _ in 0..<count { room.signal() }
  }

  /// Nothing more is handed out.
  func end() { source.withLock { $0.isDone = true } }
}

/// The reading end: hands out stretches with their numbers.
struct StretchSource: ~Copyable {
  var file: VariantFile
  var next = 0
  var isDone = false

  init(file: consuming VariantFile) {
    self.file = file
  }

  /// The next stretch; `number` is set before reading, so that an error of reading has its place in the order too.
  mutating func take(_ number: inout Int) throws -> Stretch? {
    if isDone { return nil }
    number = next
    next += 1
    guard let stretch = try file.nextStretch() else {
      isDone = true
      return nil
    }
    return stretch
  }
}
