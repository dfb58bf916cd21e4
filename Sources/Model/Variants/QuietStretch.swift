/// A stretch of the genome where every small change does the same to the same transcripts: between genes, beside them, or deep in
/// their introns. Most changes of a genome lie in such a stretch, and only their names and distances tell them apart.
public struct QuietStretch: Sendable {
  /// Counts bases of the genome from an origin, in one direction.
  public struct Ruler: Sendable, Hashable {
    /// 0-based position that counts as 0.
    public var origin: Int
    public var isForward: Bool

    public init(origin: Int, isForward: Bool) {
      self.origin = origin
      self.isForward = isForward
    }

    public func count(to position: Int) -> Int { isForward ? position - origin : origin - position }
  }

  /// How the bases of a stretch are named along a transcript: `c.` before the name, `250+` before each number.
  public struct Naming: Sendable, Hashable {
    public var prefix: String
    public var anchor: String
    public var ruler: Ruler

    public init(prefix: String, anchor: String, ruler: Ruler) {
      self.prefix = prefix
      self.anchor = anchor
      self.ruler = ruler
    }
  }

  /// What a change within the stretch does to one transcript.
  public struct Effect: Sendable {
    /// Without its distance and its name, which depend on the place.
    public var effect: TranscriptEffect
    public var isForward: Bool
    /// Bases to the transcript; nil inside it.
    public var distance: Ruler?
    /// nil where changes have no name on the transcript.
    public var naming: Naming?

    public init(effect: TranscriptEffect, isForward: Bool, distance: Ruler?, naming: Naming?) {
      self.effect = effect
      self.isForward = isForward
      self.distance = distance
      self.naming = naming
    }
  }

  /// A change lies in the stretch when all its bases do, and an insertion when the bases on both sides of it do.
  public var region: Region
  /// In the order of the gene model.
  public var effects: [Effect]

  public init(region: Region, effects: [Effect]) {
    self.region = region
    self.effects = effects
  }
}

/// A change of a quiet stretch with all that its names need.
public struct QuietChange: Sendable {
  /// What is said of which bases: `c.` and the name of the first base, `_` and that of the last where it is another, and the words.
  public struct Name: Sendable, Hashable {
    /// 0-based positions of the first and the last base along the strand that is read.
    public var first: Int
    public var last: Int
    /// For example `A>G`, `del`, `dup`, `insAC`.
    public var words: [UInt8]

    public init(first: Int, last: Int, words: [UInt8]) {
      self.first = first
      self.last = last
      self.words = words
    }
  }

  /// The bases that change, 0-based half-open; empty for an insertion, which stands before its bound.
  public var bases: Range<Int>
  /// At the 3' end of the forward strand, and of the reverse one.
  public var forward: Name
  public var reverse: Name

  public init(bases: Range<Int>, forward: Name, reverse: Name) {
    self.bases = bases
    self.forward = forward
    self.reverse = reverse
  }
}
