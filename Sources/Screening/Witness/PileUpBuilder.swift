public import Model

/// Puts the reads around an allele together for a picture.
///
/// Of more reads than are shown those are kept whose names have the lowest hashes: a sample that is the same each time and does not
/// depend on where reads begin.
public struct PileUpBuilder: Sendable {
  /// Bases shown on each side of an allele.
  static let flank = 40
  static let mostReads = 48

  /// Parts of one read that were aligned apart have the same name.
  private struct Key: Comparable {
    var hash: UInt64
    var start: Int32
    var flag: UInt16

    static func < (left: Key, right: Key) -> Bool {
      (left.hash, left.start, left.flag) < (right.hash, right.start, right.flag)
    }
  }

  private let allele: Allele
  /// The allele's bases of the reference.
  private let own: [UInt8]
  private let window: Region
  private let reference: [UInt8]
  private let minimumMappingQuality: UInt8
  private let minimumBaseQuality: UInt8
  private var reads: [(key: Key, read: PileUp.Read)] = []
  private var total = 0

  /// Where the reads of an allele are looked at.
  public static func window(of allele: Allele, assembly: Assembly) -> Region {
    var window = allele.region
    // Of a long deletion both ends cannot be shown at once.
    window.end = min(window.end, window.start + flank)
    window = window.padded(by: flank)
    window.end = min(window.end, assembly.length(of: window.contig))
    return window
  }

  /// - Parameter reference: bases of the window; empty where they are not at hand.
  public init(_ allele: Allele, window: Region, reference: [UInt8], settings: Settings) {
    self.allele = allele
    own = Array(allele.reference.utf8)
    self.window = window
    self.reference = reference.count == window.length ? reference : []
    minimumMappingQuality = UInt8(clamping: settings.minimumMappingQuality)
    minimumBaseQuality = UInt8(clamping: settings.minimumBaseQuality)
  }

  public mutating func add(_ batch: ReadBatch) {
    for read in 0..<batch.count {
      total += 1
      // The mate's name is the same; its place tells the two apart.
      let key = Key(
        hash: batch.nameHashes[read] &+ (batch.flags[read] & 0x40 == 0 ? 1 : 0), start: batch.starts[read],
        flag: batch.flags[read])
      if reads.count >= Self.mostReads, let last = reads.last, key >= last.key { continue }
      let place = reads.firstIndex { $0.key > key } ?? reads.count
      reads.insert((key, shown(batch, read)), at: place)
      if reads.count > Self.mostReads { reads.removeLast() }
    }
  }

  private func shown(_ batch: ReadBatch, _ read: Int) -> PileUp.Read {
    var shown = PileUp.Read(
      start: Int(batch.starts[read]), end: Int(batch.ends[read]), isReverse: batch.isReverse(read),
      isDoubtful: batch.mappingQualities[read] < minimumMappingQuality)
    let sequence = batch.sequence(of: read).lowerBound
    let hasBases = batch.hasBases(read)
    batch.forEachStep(of: read) { step in
      switch step.code {
      case _ where step.isAligned:
        guard hasBases else { return }
        for place in 0..<step.length {
          guard let expected = base(at: step.position + place) else { continue }
          let base = batch.bases[sequence + step.offset + place]
          if base == expected { continue }
          shown.mismatches.append(
            PileUp.Mismatch(
              position: step.position + place, base: base,
              isWeak: batch.baseQualities[sequence + step.offset + place] < minimumBaseQuality))
        }
      case ReadBatch.Operation.insertion: shown.insertions.append(step.position - 1)
      case ReadBatch.Operation.softClip:
        if step.offset == 0 { shown.isClippedAtStart = true } else { shown.isClippedAtEnd = true }
      case ReadBatch.Operation.deletion, ReadBatch.Operation.skip:
        shown.deletions.append(step.position..<step.position + step.length)
      default: break
      }
    }
    return shown
  }

  /// The base of the reference, as far as it is known.
  private func base(at position: Int) -> UInt8? {
    if position >= window.start, position < window.end, !reference.isEmpty { return reference[position - window.start] }
    let place = position - (allele.position - 1)
    return reference.isEmpty && own.indices.contains(place) ? own[place] : nil
  }

  /// The picture's content.
  public func pileUp(of sample: String) -> PileUp {
    var lines: [[PileUp.Read]] = []
    for read in reads.map(\.read).sorted(by: {
      ($0.start, $0.end, $0.isReverse ? 1 : 0) < ($1.start, $1.end, $1.isReverse ? 1 : 0)
    }) {
      if let line = lines.firstIndex(where: { ($0.last?.end ?? 0) + 1 < read.start }) {
        lines[line].append(read)
      } else {
        lines.append([read])
      }
    }
    return PileUp(
      sample: sample, window: window, reference: reference, lines: lines, total: total, shown: reads.count)
  }
}
