public import Model

/// The bases around the place that is being looked at, fetched a window at a time. A value belongs to one worker.
public final class ReferenceWindow {
  /// Bases of a region in upper case; nil where the reference has none.
  public typealias Fetch = (Region) -> [UInt8]?

  private let fetch: Fetch
  private let lengths: (Contig) -> Int?
  private var contig: Contig?
  private var start = 0
  private var bases: [UInt8] = []

  /// Fetching costs about a microsecond whatever the length, and indels move a few bases.
  private static let length = 1 << 14

  /// - Parameters:
  ///   - lengths: length of a contig in the reference, nil for one that it lacks.
  public init(lengths: @escaping (Contig) -> Int?, fetch: @escaping Fetch) {
    self.fetch = fetch
    self.lengths = lengths
  }

  func holds(_ contig: Contig) -> Bool { lengths(contig) != nil }

  /// The base at a 0-based position, nil outside the contig.
  func base(_ contig: Contig, _ position: Int) -> UInt8? {
    if contig == self.contig, position >= start, position < start + bases.count { return bases[position - start] }
    guard let length = lengths(contig), position >= 0, position < length else { return nil }
    // Half a window behind, since indels are shifted both ways.
    let first = max(0, position - Self.length / 2)
    guard let found = fetch(Region(contig, first, min(length, first + Self.length))) else { return nil }
    self.contig = contig
    start = first
    bases = found
    return position < first + found.count ? found[position - first] : nil
  }

  /// The bases of a region that lies within the contig; nil elsewhere.
  func bases(_ region: Region) -> [UInt8]? {
    guard let length = lengths(region.contig), region.start >= 0, region.end <= length else { return nil }
    if region.contig == contig, region.start >= start, region.end <= start + bases.count {
      return Array(bases[region.start - start..<region.end - start])
    }
    return fetch(region)
  }
}
