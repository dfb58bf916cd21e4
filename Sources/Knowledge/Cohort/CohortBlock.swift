public import Model

/// The alleles of one stretch of 16,384 bases with their carriers, as bytes.
///
/// A row of its own for each carrier would be two thousand million rows for five hundred genomes. A block holds entries one behind
/// the other:
///
///     offset in the stretch (2 bytes, big-endian) · allele · length of what follows (varint) · carriers
///
/// A single base change is one byte (4 × from + to); any other allele is the byte 255, then REF and ALT, each with its length,
/// and how far its end lies behind its start. A carrier is a varint: 8 × (distance to the carrier before) + `Carriage`, one
/// byte for most. In a canonical block entries ascend, each allele stands once, and so does each person of an allele; blocks put
/// one behind the other are a block again, to be made canonical.
enum CohortBlock {
  static let shift = 14
  /// No place is as high.
  static let placeLimit = 26 << 18

  /// Number of the stretch that an allele begins in: contig, then position.
  static func place(of allele: Allele) -> Int { place(allele.contig, allele.position) }

  static func place(_ contig: Contig, _ position: Int) -> Int {
    // No chromosome is longer than 2^31, so that contigs never run into each other.
    Int(contig.rawValue) << 18 | min(max(0, position), Int(Int32.max)) >> shift
  }

  // MARK: - Writing

  /// The bytes by which an allele is found in the block of its place.
  static func key(of allele: Allele) -> [UInt8] {
    let offset = max(0, allele.position) & (1 << shift - 1)
    var key = [UInt8(offset >> 8), UInt8(offset & 255)]
    if allele.isSNV, let from = code(ofBase: allele.reference), let to = code(ofBase: allele.alternate) {
      key.append(4 * from + to)
      return key
    }
    key.append(otherAllele)
    for bases in [allele.reference, allele.alternate] {
      append(bases.utf8.count, to: &key)
      key += bases.utf8
    }
    append(max(0, allele.end - allele.position), to: &key)
    return key
  }

  private static let otherAllele: UInt8 = 255
  private static let bases = ["A", "C", "G", "T"]

  private static func code(ofBase base: String) -> UInt8? { bases.firstIndex(of: base).map { UInt8($0) } }

  /// - Parameter carriers: ascending by person, none twice.
  static func append(_ allele: Allele, _ carriers: [(person: Int, carriage: Carriage)], to block: inout [UInt8]) {
    block += key(of: allele)
    appendCarriers(carriers, to: &block)
  }

  private static func appendCarriers(_ carriers: [(person: Int, carriage: Carriage)], to block: inout [UInt8]) {
    var bytes: [UInt8] = []
    var before = 0
    for carrier in carriers {
      append((carrier.person - before) << 3 | Int(carrier.carriage.rawValue), to: &bytes)
      before = carrier.person
    }
    append(bytes.count, to: &block)
    block += bytes
  }

  private static func append(_ value: Int, to bytes: inout [UInt8]) {
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(rest & 127 | 128))
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The block in canonical form, without the people that `isAlive` refuses.
  ///
  /// - Throws: `Damage` when the bytes are no block.
  static func canonical(_ block: [UInt8], where isAlive: (Int) -> Bool) throws(Damage) -> [UInt8] {
    var entries: [Entry] = []
    var start = 0
    while start < block.count {
      let entry = try Entry(at: start, of: block)
      entries.append(entry)
      start = entry.carriers.upperBound
    }
    let order = entries.indices.sorted { left, right in
      let (one, other) = (block[entries[left].key], block[entries[right].key])
      return one.lexicographicallyPrecedes(other) || (left < right && one.elementsEqual(other))
    }
    var result: [UInt8] = []
    result.reserveCapacity(block.count)
    var index = 0
    while index < order.count {
      let key = entries[order[index]].key
      var carriers: [(person: Int, carriage: Carriage)] = []
      while index < order.count, block[entries[order[index]].key].elementsEqual(block[key]) {
        try entries[order[index]].forEachCarrier(in: block) { person, carriage in
          if isAlive(person) { carriers.append((person, carriage)) }
        }
        index += 1
      }
      let kept = unique(carriers)
      if kept.isEmpty { continue }
      result += block[key]
      appendCarriers(kept, to: &result)
    }
    return result
  }

  /// Each person once, ascending.
  private static func unique(
    _ carriers: [(person: Int, carriage: Carriage)]
  ) -> [(person: Int, carriage: Carriage)] {
    if zip(carriers, carriers.dropFirst()).allSatisfy({ $0.person < $1.person }) { return carriers }
    var result: [(person: Int, carriage: Carriage)] = []
    for carrier in carriers.sorted(by: { ($0.person, $0.carriage.weight) < ($1.person, $1.carriage.weight) }) {
      if result.last?.person == carrier.person { result.removeLast() }
      result.append(carrier)
    }
    return result
  }

  // MARK: - Reading

  /// Bytes that are no block: the database is damaged.
  struct Damage: Error {}

  struct Entry {
    let key: Range<Int>
    let carriers: Range<Int>

    init(at start: Int, of block: [UInt8]) throws(Damage) {
      guard start + 2 < block.count else { throw Damage() }
      var cursor = start + 3
      if block[start + 2] == CohortBlock.otherAllele {
        for _ in 0..<2 {
          let length = try CohortBlock.number(in: block, at: &cursor)
          guard length <= block.count - cursor else { throw Damage() }
          cursor += length
        }
        _ = try CohortBlock.number(in: block, at: &cursor)
      }
      key = start..<cursor
      let length = try CohortBlock.number(in: block, at: &cursor)
      guard length <= block.count - cursor else { throw Damage() }
      carriers = cursor..<cursor + length
    }

    func forEachCarrier(in block: [UInt8], _ body: (Int, Carriage) -> Void) throws(Damage) {
      var cursor = carriers.lowerBound
      var person = 0
      while cursor < carriers.upperBound {
        let value = try CohortBlock.number(in: block, at: &cursor)
        guard let carriage = Carriage(rawValue: UInt8(value & 7)) else { throw Damage() }
        person &+= value >> 3
        body(person, carriage)
      }
    }
  }

  private static func number(in block: [UInt8], at cursor: inout Int) throws(Damage) -> Int {
    var value = 0
    var shift = 0
    while cursor < block.count, shift < 56 {
      let byte = block[cursor]
      cursor += 1
      value |= Int(byte & 127) << shift
      if byte < 128 { return value }
      shift += 7
    }
    throw Damage()
  }

  /// The entry of a key in a canonical block.
  static func entry(_ wanted: [UInt8], in block: [UInt8]) throws(Damage) -> Entry? {
    var start = 0
    while start < block.count {
      let entry = try Entry(at: start, of: block)
      // The first two bytes are the place, by which entries ascend.
      if (block[start], block[start + 1]) > (wanted[0], wanted[1]) { return nil }
      if entry.key.count == wanted.count, block[entry.key].elementsEqual(wanted) { return entry }
      start = entry.carriers.upperBound
    }
    return nil
  }

  /// The alleles of a block of a place, in its order.
  static func alleles(in block: [UInt8], place: Int) throws(Damage) -> [Allele] {
    guard let contig = Contig(rawValue: UInt8(truncatingIfNeeded: place >> 18)) else { throw Damage() }
    let first = (place & (1 << 18 - 1)) << shift
    var alleles: [Allele] = []
    var start = 0
    while start < block.count {
      let entry = try Entry(at: start, of: block)
      let position = first + Int(block[start]) << 8 + Int(block[start + 1])
      let code = Int(block[start + 2])
      if code < 16 {
        alleles.append(Allele(contig, position, bases[code / 4], bases[code % 4]))
      } else {
        var cursor = start + 3
        var texts: [String] = []
        for _ in 0..<2 {
          let length = try number(in: block, at: &cursor)
          texts.append(String(decoding: block[cursor..<cursor + length], as: UTF8.self))
          cursor += length
        }
        let end = position + (try number(in: block, at: &cursor))
        alleles.append(Allele(contig, position, texts[0], texts[1], end: end))
      }
      start = entry.carriers.upperBound
    }
    return alleles
  }
}

/// Alleles with their carriers on their way into the cohort, in any order.
///
///     var batch = CohortBatch()
///     batch.add(allele, carriers: [(person: 3, carriage: .heterozygous)])
///     try writer.add(batch)
public struct CohortBatch: Sendable {
  /// Blocks that are not canonical, by place.
  var blocks: [Int: [UInt8]] = [:]
  private(set) var byteCount = 0

  public init() {}

  /// - Parameter carriers: by the numbers that the writer gave, ascending, none twice; those with the reference are left out.
  public mutating func add(_ allele: Allele, carriers: [(person: Int, carriage: Carriage)]) {
    var entry: [UInt8] = []
    CohortBlock.append(allele, carriers, to: &entry)
    blocks[CohortBlock.place(of: allele), default: []] += entry
    byteCount += entry.count
  }

  mutating func add(_ other: CohortBatch) {
    for (place, block) in other.blocks { blocks[place, default: []] += block }
    byteCount += other.byteCount
  }
}

extension Carriage {
  /// Of two records that tell of one allele in one member, the one that tells more counts.
  var weight: Int {
    switch self {
    case .missing: 0
    case .partial: 1
    case .heteroplasmic: 2
    case .heterozygous: 3
    case .hemizygous: 4
    case .homozygous: 5
    }
  }
}
