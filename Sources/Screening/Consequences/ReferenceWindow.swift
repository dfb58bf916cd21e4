public import Model

/// The bases around the place that is being looked at, fetched a window at a time. A value belongs to one worker.
public final class ReferenceWindow {
  /// Bases of a region in upper case; nil where the reference has none.
  public typealias Fetch = (Region) -> [UInt8]?

  private let fetch: Fetch
  private let lengths: (Contig) -> Int?
  /// The length that was asked for last.
  private var known: (contig: Contig, length: Int?)?
  private var contig: Contig?
  private var start = 0
  private var bases: [UInt8] = []

  /// Fetching costs some microseconds whatever the length, and indels move a few bases.
  private static let least = 1 << 14
  /// Of a file that asks for every place in turn, a window is as long as this in the end.
  private static let most = 1 << 20
  /// How much the next window will hold.
  private var length = ReferenceWindow.least

  /// - Parameters:
  ///   - lengths: length of a contig in the reference, nil for one that it lacks.
  public init(lengths: @escaping (Contig) -> Int?, fetch: @escaping Fetch) {
    self.fetch = fetch
    self.lengths = lengths
  }

  /// nil for a contig that the reference lacks.
  func length(of contig: Contig) -> Int? {
    if let known, known.contig == contig { return known.length }
    let length = lengths(contig)
    known = (contig, length)
    return length
  }

  /// The base at a 0-based position, nil outside the contig.
  func base(_ contig: Contig, _ position: Int) -> UInt8? {
    if contig == self.contig, position >= start, position < start + bases.count { return bases[position - start] }
    guard let end = length(of: contig), position >= 0, position < end else { return nil }
    let isNext = contig == self.contig && (start..<start + bases.count + Self.least).contains(position)
    length = isNext ? min(Self.most, 2 * length) : Self.least
    // Some bases behind, since indels are shifted both ways.
    let first = max(0, position - Self.least / 2)
    guard let found = fetch(Region(contig, first, min(end, first + length))) else { return nil }
    self.contig = contig
    start = first
    bases = found
    return position < first + found.count ? found[position - first] : nil
  }

  /// The bases of a region that lies within the contig; nil elsewhere.
  func bases(_ region: Region) -> [UInt8]? {
    guard let length = length(of: region.contig), region.start >= 0, region.end <= length else { return nil }
    if region.contig == contig, region.start >= start, region.end <= start + bases.count {
      return Array(bases[region.start - start..<region.end - start])
    }
    return fetch(region)
  }

  /// Whether bases stand at a 0-based position; nil where the reference has none.
  func has(_ wanted: ArraySlice<UInt8>, at position: Int, of contig: Contig) -> Bool? {
    // Moves the window there, since more will be asked of what lies around.
    guard base(contig, position) != nil else { return nil }
    if position >= start, position + wanted.count <= start + bases.count {
      let offset = position - start - wanted.startIndex
      for index in wanted.indices where bases[offset + index] != wanted[index] { return false }
      return true
    }
    return bases(Region(contig, position, position + wanted.count)).map { $0[...] == wanted }
  }
}
