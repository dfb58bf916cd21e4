import Foundation
import TestSupport

/// Depths counted the plain way from the text of `samtools view`, and by the rules of two other programs where these differ.
///
/// Positions are 0-based. Reads with a bit of 1796 in their FLAG, and those below a mapping quality, are left out of all.
struct PlainDepths {
  private struct Read {
    var name: String
    var flag: Int
    var start: Int
    var end: Int
    var isMateHere: Bool
    var mate: Int
    var parts: Int
    /// Places of aligned bases, ascending.
    var positions: [Int] = []
    var qualities: [UInt8] = []
  }

  /// Which bases of overlapping mates count.
  enum Rule {
    /// A base of a fragment once, when it is good in one of the mates.
    case union
    /// What the second mate has before the end of the first does not count (samtools depth -s).
    case firstMate
    /// Of proper pairs the overlap is taken away once: between the start of the second and the end of the first where neither has
    /// a gap, wherever the second ends (mosdepth).
    case properPairs
  }

  private let reads: [Read]
  private let range: Range<Int>

  /// - Parameter arguments: of `samtools view`, the file and the region.
  init(_ arguments: [String], range: Range<Int>, minimumMappingQuality: Int) throws {
    self.range = range
    reads = try Tool.lines("samtools", ["view", "-F", "1796", "-q", "\(minimumMappingQuality)"] + arguments)
      .map(Self.read)
  }

  private static func read(_ line: String) -> Read {
    let cells = line.split(separator: "\t", maxSplits: 11).map(String.init)
    let start = (Int(cells[3]) ?? 0) - 1
    var read = Read(
      name: cells[0], flag: Int(cells[1]) ?? 0, start: start, end: start, isMateHere: cells[6] == "=",
      mate: (Int(cells[7]) ?? 0) - 1, parts: 0)
    let letters = Array(cells[10].utf8)
    var (offset, length) = (0, 0)
    for letter in cells[5].utf8 {
      if (48..<58).contains(letter) {
        length = length * 10 + Int(letter) - 48
        continue
      }
      read.parts += 1
      switch letter {
      case UInt8(ascii: "M"), UInt8(ascii: "="), UInt8(ascii: "X"):
        read.positions += read.end..<read.end + length
        read.qualities +=
          letters.count == 1 ? Array(repeating: 255, count: length) : letters[offset..<offset + length].map { $0 - 33 }
        read.end += length
        offset += length
      case UInt8(ascii: "D"), UInt8(ascii: "N"): read.end += length
      case UInt8(ascii: "I"), UInt8(ascii: "S"): offset += length
      default: break
      }
      length = 0
    }
    return read
  }

  /// Depth of each base of the range.
  func depths(_ rule: Rule, minimumBaseQuality: UInt8) -> [Int] {
    var counter = Counter(range: range, minimum: minimumBaseQuality)
    var waiting: [String: Read] = [:]
    for read in reads {
      switch rule {
      case .union: counter.addUnion(read, &waiting)
      case .firstMate: counter.addFirst(read, &waiting)
      case .properPairs: counter.addProper(read, &waiting)
      }
    }
    return counter.depths
  }

  private struct Counter {
    let range: Range<Int>
    let minimum: UInt8
    var depths: [Int]

    init(range: Range<Int>, minimum: UInt8) {
      self.range = range
      self.minimum = minimum
      depths = Array(repeating: 0, count: range.count)
    }

    mutating func add(_ read: Read, from first: Int = 0, unless others: Set<Int> = []) {
      for (place, position) in read.positions.enumerated() where position >= first && range.contains(position) {
        if read.qualities[place] >= minimum, !others.contains(position) { depths[position - range.lowerBound] += 1 }
      }
    }

    mutating func take(_ positions: some Sequence<Int>) {
      for position in positions where range.contains(position) { depths[position - range.lowerBound] -= 1 }
    }

    mutating func addUnion(_ read: Read, _ waiting: inout [String: Read]) {
      guard read.flag & 1 == 1, read.flag & 2_048 == 0 else { return add(read) }
      guard let other = waiting.removeValue(forKey: read.name) else {
        waiting[read.name] = read
        return add(read)
      }
      let good = zip(other.positions, other.qualities).filter { $0.0 >= read.start && $0.1 >= minimum }.map(\.0)
      add(read, unless: Set(good))
    }

    mutating func addFirst(_ read: Read, _ waiting: inout [String: Read]) {
      if let other = waiting.removeValue(forKey: read.name) {
        add(read, from: other.end)
      } else {
        if read.flag & 1 == 1, read.mate < 0 || read.isMateHere && read.mate <= read.end { waiting[read.name] = read }
        add(read)
      }
    }

    mutating func addProper(_ read: Read, _ waiting: inout [String: Read]) {
      add(read)
      guard read.flag & 2 == 2, read.flag & 2_048 == 0 else { return }
      let isFirst = read.start < read.mate || read.start == read.mate && waiting[read.name] == nil
      if read.isMateHere, read.mate < read.end, isFirst {
        waiting[read.name] = read
      } else if let other = waiting.removeValue(forKey: read.name) {
        if read.parts > 1 || other.parts > 1 {
          take(Set(other.positions).intersection(read.positions))
        } else if read.start <= other.end {
          take(read.start..<other.end)
        }
      }
    }
  }
}
