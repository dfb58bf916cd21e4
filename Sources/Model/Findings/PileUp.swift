/// Reads of one member around an allele, as they lie over the reference; for a picture.
///
/// Positions are 0-based.
public struct PileUp: Sendable, Hashable {
  public struct Mismatch: Sendable, Hashable {
    public var position: Int
    /// Upper case.
    public var base: UInt8
    /// Whether the base is below the quality that counts.
    public var isWeak: Bool

    public init(position: Int, base: UInt8, isWeak: Bool) {
      self.position = position
      self.base = base
      self.isWeak = isWeak
    }
  }

  public struct Read: Sendable, Hashable {
    public var start: Int
    public var end: Int
    public var isReverse: Bool
    /// Whether the place of the read is below the quality that counts.
    public var isDoubtful: Bool
    public var mismatches: [Mismatch] = []
    public var deletions: [Range<Int>] = []
    /// Positions behind which bases are inserted.
    public var insertions: [Int] = []
    /// Bases that go on at the start and at the end without being aligned.
    public var isClippedAtStart = false
    public var isClippedAtEnd = false

    public init(start: Int, end: Int, isReverse: Bool, isDoubtful: Bool) {
      self.start = start
      self.end = end
      self.isReverse = isReverse
      self.isDoubtful = isDoubtful
    }
  }

  public var sample: String
  public var window: Region
  /// Bases of the window; empty where no reference is at hand, so that only the allele's own place shows what differs.
  public var reference: [UInt8]
  /// Reads line by line, those of a line apart from each other.
  public var lines: [[Read]]
  /// Reads over the window, of which so many are shown.
  public var total: Int
  public var shown: Int

  public init(
    sample: String, window: Region, reference: [UInt8], lines: [[Read]], total: Int, shown: Int
  ) {
    self.sample = sample
    self.window = window
    self.reference = reference
    self.lines = lines
    self.total = total
    self.shown = shown
  }
}
