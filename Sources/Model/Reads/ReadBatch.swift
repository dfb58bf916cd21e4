/// Aligned reads of a stretch of the genome, column by column.
///
/// Positions are 0-based, ends are outside. Reads come in the order of the file, which is that of their starts. A CIGAR operation is
/// packed as in BAM: length << 4 | code (SAM specification, section 4.2.1).
public struct ReadBatch: Sendable {
  /// What is taken of each read beside its place.
  public enum Detail: Sendable, Hashable {
    /// Offsets of the bases below a Phred quality; 0 takes none.
    case depth(minimumBaseQuality: UInt8)
    /// Bases and their qualities.
    case bases
  }

  /// Bits of FLAG (SAM specification, section 1.4).
  public enum Flag {
    public static let paired: UInt16 = 0x1
    public static let unmapped: UInt16 = 0x4
    public static let mateUnmapped: UInt16 = 0x8
    public static let reverse: UInt16 = 0x10
    public static let secondary: UInt16 = 0x100
    public static let failedQuality: UInt16 = 0x200
    public static let duplicate: UInt16 = 0x400
    public static let supplementary: UInt16 = 0x800
    /// What is no witness of the sample's DNA, or not a second time: 1796, as in mosdepth and samtools depth.
    public static let uncounted: UInt16 = unmapped | secondary | failedQuality | duplicate
  }

  /// Codes of CIGAR operations.
  public enum Operation {
    public static let match: UInt32 = 0
    public static let insertion: UInt32 = 1
    public static let deletion: UInt32 = 2
    public static let skip: UInt32 = 3
    public static let softClip: UInt32 = 4
    public static let equal: UInt32 = 7
    public static let mismatch: UInt32 = 8
  }

  public private(set) var starts: [Int32] = []
  public private(set) var ends: [Int32] = []
  public private(set) var flags: [UInt16] = []
  public private(set) var mappingQualities: [UInt8] = []
  /// Start of the mate on the same contig; -1 where it has none there.
  public private(set) var mateStarts: [Int32] = []
  /// Of QNAME: both mates have the same.
  public private(set) var nameHashes: [UInt64] = []
  public private(set) var cigars: [UInt32] = []
  /// Offsets in the read, hard clips left out.
  public private(set) var weakBases: [Int32] = []
  /// Upper case ASCII.
  public private(set) var bases: [UInt8] = []
  /// Phred; 255 where the file has none.
  public private(set) var baseQualities: [UInt8] = []
  private var cigarBounds: [Int] = [0]
  private var weakBounds: [Int] = [0]
  private var baseBounds: [Int] = [0]

  public init() {}

  public var count: Int { starts.count }
  public var isEmpty: Bool { starts.isEmpty }

  public func cigar(of read: Int) -> Range<Int> { cigarBounds[read]..<cigarBounds[read + 1] }
  public func weak(of read: Int) -> Range<Int> { weakBounds[read]..<weakBounds[read + 1] }
  /// Where the read's bases and qualities lie.
  public func sequence(of read: Int) -> Range<Int> { baseBounds[read]..<baseBounds[read + 1] }

  /// Whether as many bases are there as the CIGAR asks for: a file may leave them out (`*`), or be wrong.
  public func hasBases(_ read: Int) -> Bool {
    var length = 0
    for operation in cigar(of: read) {
      switch cigars[operation] & 15 {
      case Operation.match, Operation.insertion, Operation.softClip, Operation.equal, Operation.mismatch:
        length += Int(cigars[operation] >> 4)
      default: break
      }
    }
    return length == sequence(of: read).count
  }

  public func isReverse(_ read: Int) -> Bool { flags[read] & Flag.reverse != 0 }
  /// Whether the read is one of the two ends of a fragment, not a part that was aligned elsewhere.
  public func isPrimaryOfPair(_ read: Int) -> Bool { flags[read] & (Flag.paired | Flag.supplementary) == Flag.paired }

  public mutating func removeAll() { keep([]) }

  /// Adds what all reads have; the columns that are of different lengths are to be filled before.
  public mutating func close(
    start: Int32, end: Int32, flag: UInt16, mappingQuality: UInt8, mateStart: Int32, nameHash: UInt64
  ) {
    starts.append(start)
    ends.append(end)
    flags.append(flag)
    mappingQualities.append(mappingQuality)
    mateStarts.append(mateStart)
    nameHashes.append(nameHash)
    cigarBounds.append(cigars.count)
    weakBounds.append(weakBases.count)
    baseBounds.append(bases.count)
  }

  public mutating func add(operations: Span<UInt32>) {
    for place in operations.indices { cigars.append(operations[place]) }
  }

  public mutating func add(weakBases offsets: Span<Int32>) {
    for place in offsets.indices { weakBases.append(offsets[place]) }
  }

  /// - Precondition: as many qualities as bases.
  public mutating func add(bases letters: Span<UInt8>, qualities: Span<UInt8>) {
    for place in letters.indices {
      bases.append(letters[place])
      baseQualities.append(qualities[place])
    }
  }

  /// Leaves these reads alone, in this order, and takes away all others.
  ///
  /// - Precondition: ascending.
  public mutating func keep(_ reads: [Int]) {
    var kept = ReadBatch()
    for read in reads {
      kept.cigars += cigars[cigar(of: read)]
      kept.weakBases += weakBases[weak(of: read)]
      kept.bases += bases[sequence(of: read)]
      kept.baseQualities += baseQualities[sequence(of: read)]
      kept.close(
        start: starts[read], end: ends[read], flag: flags[read], mappingQuality: mappingQualities[read],
        mateStart: mateStarts[read], nameHash: nameHashes[read])
    }
    // The memory is used again: columns are emptied, not replaced.
    refill(\.starts, kept.starts)
    refill(\.ends, kept.ends)
    refill(\.flags, kept.flags)
    refill(\.mappingQualities, kept.mappingQualities)
    refill(\.mateStarts, kept.mateStarts)
    refill(\.nameHashes, kept.nameHashes)
    refill(\.cigars, kept.cigars)
    refill(\.weakBases, kept.weakBases)
    refill(\.bases, kept.bases)
    refill(\.baseQualities, kept.baseQualities)
    refill(\.cigarBounds, kept.cigarBounds)
    refill(\.weakBounds, kept.weakBounds)
    refill(\.baseBounds, kept.baseBounds)
  }

  private mutating func refill<Value>(_ column: WritableKeyPath<Self, [Value]>, _ values: [Value]) {
    self[keyPath: column].removeAll(keepingCapacity: true)
    self[keyPath: column] += values
  }
}
