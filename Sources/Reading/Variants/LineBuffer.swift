internal import CKernels

/// Text on its way through a worker, with the marks of the bytes that structure it. Reused from stretch to stretch, so that
/// nothing is allocated for a record.
@safe struct LineBuffer: ~Copyable {
  private(set) var text: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int
  /// One bit a byte of `text`, up to `marked`: newlines, tabs, semicolons.
  private(set) var newlines: UnsafeMutablePointer<UInt64>
  private(set) var tabs: UnsafeMutablePointer<UInt64>
  private(set) var semicolons: UnsafeMutablePointer<UInt64>
  private var words: Int

  init(capacity: Int) {
    self.capacity = capacity
    words = (capacity + 63) / 64
    // A little more, so that words can be loaded at every offset.
    unsafe text = .allocate(capacity: capacity + WordName.reach)
    unsafe newlines = .allocate(capacity: words)
    unsafe tabs = .allocate(capacity: words)
    unsafe semicolons = .allocate(capacity: words)
  }

  deinit {
    unsafe text.deallocate()
    unsafe newlines.deallocate()
    unsafe tabs.deallocate()
    unsafe semicolons.deallocate()
  }

  /// Makes room for `more` bytes behind the text.
  mutating func reserve(_ more: Int) {
    if count + more <= capacity { return }
    let larger = max(count + more, capacity * 2)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + WordName.reach)
    unsafe moved.update(from: text, count: count)
    unsafe text.deallocate()
    unsafe text = moved
    capacity = larger
    unsafe newlines.deallocate()
    unsafe tabs.deallocate()
    unsafe semicolons.deallocate()
    words = (larger + 63) / 64
    unsafe newlines = .allocate(capacity: words)
    unsafe tabs = .allocate(capacity: words)
    unsafe semicolons = .allocate(capacity: words)
  }

  mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { unsafe text.advanced(by: count).update(from: start, count: bytes.count) }
    }
    count += bytes.count
  }

  /// Puts bytes before the text.
  mutating func prepend(_ bytes: [UInt8]) {
    reserve(bytes.count)
    unsafe text.advanced(by: bytes.count).update(from: text, count: count)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { unsafe text.update(from: start, count: bytes.count) }
    }
    count += bytes.count
  }

  /// Where the next bytes go; tell `grow` how many came. There must be room.
  var end: UnsafeMutablePointer<UInt8> { unsafe text.advanced(by: count) }

  mutating func grow(by bytes: Int) { count += bytes }

  /// Takes a part out.
  mutating func cut(_ range: Range<Int>) {
    if range.isEmpty { return }
    unsafe text.advanced(by: range.lowerBound).update(
      from: text.advanced(by: range.upperBound), count: count - range.upperBound)
    count -= range.count
  }

  mutating func removeAll() { count = 0 }

  /// Marks the whole text.
  mutating func mark() { unsafe ck_mark(text, count, newlines, tabs, semicolons) }

  /// A copy of some of the text.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: text.advanced(by: range.lowerBound), count: range.count))
  }
}

/// The byte loops that were chosen for this processor.
public enum Kernels {
  /// `baseline`, `avx2` or `avx512`.
  public static var name: String { names[Int(ck_current().rawValue)] }

  /// Those that this processor runs, the plainest first.
  public static var available: [String] { Array(names[...Int(ck_best().rawValue)]) }

  private static let names = ["baseline", "avx2", "avx512"]

  /// Takes other loops than the best; false when there are none of this name here. To be called before any file is read.
  public static func choose(_ name: String) -> Bool {
    guard let level = names.firstIndex(of: name) else { return false }
    return ck_choose(ck_level(rawValue: UInt32(level))) == 1
  }
}
