import Model
import Screening
import Testing

/// Depths against a plain twin: of every fragment the sets of bases that are good, good of place, and there at all.
@Suite("Depth of fragments") struct DepthCounterTests {
  /// An operation of a CIGAR.
  private typealias Part = (length: Int, letter: Character)

  private struct Read {
    var name: UInt64
    var start: Int
    var flag: UInt16
    var mappingQuality: UInt8
    var parts: [Part]
    var mate: Int = -1
    var weak: Set<Int> = []

    var end: Int { parts.reduce(start) { $0 + ("MDN=X".contains($1.letter) ? $1.length : 0) } }

    /// Places of aligned bases with their offsets in the read.
    var places: [(position: Int, offset: Int)] {
      var places: [(Int, Int)] = []
      var (position, offset) = (start, 0)
      for part in parts {
        for step in 0..<part.length where "M=X".contains(part.letter) {
          places.append((position + step, offset + step))
        }
        if "MDN=X".contains(part.letter) { position += part.length }
        if "MIS=X".contains(part.letter) { offset += part.length }
      }
      return places
    }
  }

  private static let letters = Array("MIDNSHP=X")

  private static func fill(_ batch: inout ReadBatch, _ read: Read) {
    let words = read.parts.map { part in
      UInt32(part.length) << 4 | UInt32(letters.firstIndex(of: part.letter) ?? 0)
    }
    batch.add(operations: words.span)
    let weak = read.weak.sorted().map(Int32.init)
    batch.add(weakBases: weak.span)
    batch.close(
      start: Int32(read.start), end: Int32(read.end), flag: read.flag, mappingQuality: read.mappingQuality,
      mateStart: Int32(read.mate), nameHash: read.name)
  }

  private struct Plain: Equatable {
    var passing: [Int32]
    var placed: [Int32]
    var any: [Int32]
  }

  /// The twin. Both ends of a pair make one fragment, when they name each other as mates; every other read is one of its own.
  private static func plain(_ reads: [Read], _ region: Region, minimum: UInt8) -> Plain {
    struct Fragment {
      var good: Set<Int> = []
      var placed: Set<Int> = []
      var any: Set<Int> = []
    }
    var fragments: [String: Fragment] = [:]
    for (number, read) in reads.enumerated() {
      let isEnd = read.flag & 0x801 == 1 && read.mate >= 0
      let key = isEnd ? "\(read.name) \(min(read.start, read.mate)) \(max(read.start, read.mate))" : "#\(number)"
      for (position, offset) in read.places where region.start <= position && position < region.end {
        fragments[key, default: Fragment()].any.insert(position)
        guard read.mappingQuality >= minimum else { continue }
        fragments[key, default: Fragment()].placed.insert(position)
        if !read.weak.contains(offset) { fragments[key, default: Fragment()].good.insert(position) }
      }
    }
    let none = [Int32](repeating: 0, count: region.length)
    var depths = Plain(passing: none, placed: none, any: none)
    for fragment in fragments.values {
      for place in fragment.good { depths.passing[place - region.start] += 1 }
      for place in fragment.placed { depths.placed[place - region.start] += 1 }
      for place in fragment.any { depths.any[place - region.start] += 1 }
    }
    return depths
  }

  /// - Parameter cuts: numbers of reads before which a batch ends.
  private static func counted(_ reads: [Read], _ region: Region, minimum: Int, cuts: Set<Int>) -> Plain {
    var counter = DepthCounter(region: region, minimumMappingQuality: minimum)
    var batch = ReadBatch()
    var first = 0
    for (number, read) in reads.enumerated() {
      if cuts.contains(number) {
        counter.count(&batch, from: first)
        first = batch.count
      }
      fill(&batch, read)
    }
    counter.count(&batch, from: first)
    let depths = counter.finish()
    #expect(depths.region == region)
    return Plain(passing: depths.passing, placed: depths.placed, any: depths.any)
  }

  private static func parts(_ numbers: inout SplitMix64) -> [Part] {
    func pick(_ bound: UInt64) -> Int { Int(numbers.next() % bound) }
    var parts: [Part] = []
    if pick(4) == 0 { parts.append((1 + pick(5), "H")) }
    if pick(3) == 0 { parts.append((1 + pick(9), "S")) }
    parts.append((1 + pick(25), ["M", "=", "X"][pick(3)]))
    for _ in 0..<pick(4) {
      parts.append((1 + pick(6), ["I", "D", "N", "P"][pick(4)]))
      parts.append((1 + pick(20), ["M", "M", "=", "X"][pick(4)]))
    }
    if pick(3) == 0 { parts.append((1 + pick(9), "S")) }
    return parts
  }

  private static func weak(_ read: Read, _ numbers: inout SplitMix64) -> Set<Int> {
    let length = read.parts.reduce(0) { $0 + ("MIS=X".contains($1.letter) ? $1.length : 0) }
    let share = [1, 3, 20][Int(numbers.next() % 3)]
    return Set((0..<length).filter { _ in Int(numbers.next() % 20) < share })
  }

  /// A pile of pairs and single reads over some hundred bases, sorted by start.
  private static func pile(_ numbers: inout SplitMix64) -> [Read] {
    func pick(_ bound: UInt64) -> Int { Int(numbers.next() % bound) }
    var reads: [Read] = []
    for name in 0..<UInt64(5 + pick(60)) {
      let start = 60 + pick(260)
      var one = Read(
        name: name, start: start, flag: 0x63, mappingQuality: [0, 19, 20, 60][pick(4)], parts: parts(&numbers))
      var other = one
      other.flag = 0x93
      other.parts = parts(&numbers)
      other.mappingQuality = pick(3) == 0 ? UInt8([0, 19, 20, 60][pick(4)]) : one.mappingQuality
      // Far, near, within, or at the same place.
      other.start = start + [pick(200), pick(40), pick(8), 0][pick(4)]
      switch pick(10) {
      case 0:  // The mate lies on another contig, or has no place.
        one.weak = weak(one, &numbers)
        reads.append(one)
        continue
      case 1:  // No pair, yet of one name.
        (one.flag, other.flag) = (0, 16)
      default:
        one.mate = other.start
        other.mate = one.start
      }
      one.weak = weak(one, &numbers)
      other.weak = weak(other, &numbers)
      // The mate may be missing: it was a duplicate, or lies outside what was read.
      reads += pick(8) == 0 ? [one] : [one, other]
      if pick(5) == 0 {
        var part = one
        part.flag |= 0x800
        part.start = max(0, one.start - 5 + pick(10))
        part.parts = parts(&numbers)
        part.weak = weak(part, &numbers)
        reads.append(part)
      }
    }
    return reads.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }.map(\.element)
  }

  @Test("Piles of reads of every kind, wherever batches are cut", arguments: 0..<300)
  func twin(seed: Int) {
    var numbers = SplitMix64(seed: UInt64(seed) + 1)
    let reads = Self.pile(&numbers)
    let from = 50 + Int(numbers.next() % 150)
    let region = Region(.chr1, from, from + 1 + Int(numbers.next() % 200))
    // As an index query hands them out.
    let seen = reads.filter { $0.end > region.start && $0.start < region.end }
    for minimum: UInt8 in [0, 20] {
      let expected = Self.plain(seen, region, minimum: minimum)
      let share = 1 + numbers.next() % 9
      let cuts = Set(seen.indices.filter { _ in numbers.next() % share == 0 })
      #expect(Self.counted(seen, region, minimum: Int(minimum), cuts: []) == expected)
      #expect(Self.counted(seen, region, minimum: Int(minimum), cuts: cuts) == expected)
      #expect(Self.counted(seen, region, minimum: Int(minimum), cuts: Set(seen.indices)) == expected)
    }
  }

  @Test("A base counts once a fragment, and as good when it is good in one of the mates")
  func mates() {
    let one = Read(
      name: 1, start: 10, flag: 0x63, mappingQuality: 60, parts: [(10, "M")], mate: 15, weak: [5, 6, 9])
    let other = Read(
      name: 1, start: 15, flag: 0x93, mappingQuality: 60, parts: [(3, "M"), (1, "D"), (6, "M")], mate: 10, weak: [1, 5])
    let depths = Self.counted([one, other], Region(.chr1, 8, 27), minimum: 20, cuts: [])
    #expect(depths.any == [0, 0] + Array(repeating: 1, count: 15) + [0, 0])
    #expect(depths.placed == depths.any)
    // Weak in both at 16; at 19 the other is weak too, yet the first is weak only in its last base.
    let weak = depths.passing.indices.filter { depths.passing[$0] < depths.placed[$0] }.map { $0 + 8 }
    #expect(weak == Self.expectedWeak(one, other))
    #expect(weak.contains(16) && !weak.contains(15))
  }

  private static func expectedWeak(_ one: Read, _ other: Read) -> [Int] {
    let good = [one, other].flatMap { read in read.places.filter { !read.weak.contains($0.offset) }.map(\.position) }
    return Set([one, other].flatMap { $0.places.map(\.position) }).subtracting(good).sorted()
  }

  @Test("Of mates of which one could lie elsewhere, the other counts")
  func doubtfulMate() {
    let one = Read(name: 1, start: 10, flag: 0x63, mappingQuality: 0, parts: [(10, "M")], mate: 15)
    let other = Read(name: 1, start: 15, flag: 0x93, mappingQuality: 60, parts: [(10, "M")], mate: 10)
    let depths = Self.counted([one, other], Region(.chr1, 10, 25), minimum: 20, cuts: [1])
    #expect(depths.any == Array(repeating: 1, count: 15))
    #expect(depths.placed == Array(repeating: 0, count: 5) + Array(repeating: 1, count: 10))
  }
}
