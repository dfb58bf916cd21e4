/// One bit a row of a batch: which rows are still in the running.
///
/// Filters only clear bits, so filters commute and their order is a matter of cost alone.
public struct Selection: Sendable, Equatable {
  private var words: [UInt64]
  /// Number of rows.
  public let count: Int

  /// A selection of all `count` rows.
  public init(all count: Int) {
    self.count = count
    words = Array(repeating: ~0, count: (count + 63) / 64)
    if count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
  }

  public subscript(row: Int) -> Bool {
    words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  public mutating func clear(_ row: Int) {
    words[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  /// Number of rows selected.
  public var selectedCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}

extension Selection: Sequence {
  /// The selected rows, in ascending order.
  public struct Iterator: IteratorProtocol, Sendable {
    private let words: [UInt64]
    private var index = 0
    private var word: UInt64

    fileprivate init(_ words: [UInt64]) {
      self.words = words
      word = words.first ?? 0
    }

    public mutating func next() -> Int? {
      while word == 0 {
        index += 1
        guard index < words.count else { return nil }
        word = words[index]
      }
      defer { word &= word - 1 }
      return index << 6 + word.trailingZeroBitCount
    }
  }

  public func makeIterator() -> Iterator { Iterator(words) }
}
