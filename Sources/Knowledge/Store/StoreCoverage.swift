public import Model

/// Where a source looked, and at how many chromosomes: what tells an allele that nobody carries from one that nobody looked for.
public struct StoreCoverage: Sendable {
  /// A stretch that was looked at.
  public struct Stretch: Sendable, Equatable {
    public var region: Region
    /// Chromosomes; nil where the source does not say.
    public var alleleNumber: Int?

    public init(region: Region, alleleNumber: Int?) {
      self.region = region
      self.alleleNumber = alleleNumber
    }
  }

  public enum Answer: Sendable, Equatable {
    case covered(alleleNumber: Int?)
    case notCovered
  }

  private let file: MappedFile
  /// For each contig, the first and the end of its stretches, counted from the first of all.
  private let places: [Range<Int>]
  private let table: Int

  private static let headSize = 8 * (Contig.allCases.count + 1)

  init(_ range: Range<Int>, of file: MappedFile) throws(KnowledgeError) {
    let damaged = KnowledgeError(.store(.damaged("coverage")), at: .init(file: file.path))
    guard range.count >= Self.headSize else { throw damaged }
    table = range.lowerBound + Self.headSize
    var places: [Range<Int>] = [0..<0]
    for contig in Contig.allCases {
      let end = file.load(range.lowerBound + 8 * Int(contig.rawValue), as: UInt64.self)
      let last = places[places.count - 1].upperBound
      guard let end = Int(exactly: UInt64(littleEndian: end)), end >= last,
        end <= (range.upperBound - table) / 12
      else { throw damaged }
      places.append(last..<end)
    }
    self.places = places
    self.file = file
  }

  /// Whether the source looked at a base.
  public func answer(at locus: Locus) -> Answer {
    let stretch = stretch(reaching: locus.position, on: locus.contig)
    guard let stretch, word(stretch, 0) < locus.position else { return .notCovered }
    return .covered(alleleNumber: number(stretch))
  }

  /// The lowest number of chromosomes over a region; nil where a base of it was not looked at, or the source does not say.
  public func lowestNumber(in region: Region) -> Int? {
    guard var stretch = stretch(reaching: region.start + 1, on: region.contig), region.length > 0 else { return nil }
    let last = places[Int(region.contig.rawValue)].upperBound
    var lowest: Int?
    var reached = region.start
    while reached < region.end {
      guard stretch < last, word(stretch, 0) <= reached, let number = number(stretch) else { return nil }
      lowest = min(lowest ?? number, number)
      reached = word(stretch, 1)
      stretch += 1
    }
    return lowest
  }

  /// The first stretch of a contig that ends at a position (1-based) or behind it; nil where all end before.
  private func stretch(reaching position: Int, on contig: Contig) -> Int? {
    let place = places[Int(contig.rawValue)]
    var low = place.lowerBound
    var high = place.upperBound
    while low < high {
      let middle = (low + high) / 2
      if word(middle, 1) < position { low = middle + 1 } else { high = middle }
    }
    return low < place.upperBound ? low : nil
  }

  private func number(_ stretch: Int) -> Int? {
    let number = word(stretch, 2)
    return number == Int(StoreFormat.missing) ? nil : number
  }

  private func word(_ stretch: Int, _ part: Int) -> Int {
    Int(UInt32(littleEndian: file.load(table + 12 * stretch + 4 * part, as: UInt32.self)))
  }

  /// The bytes of a section.
  ///
  /// - Parameter stretches: in any order. Where two overlap, the one that begins first counts, and of equals the first.
  static func bytes(of stretches: [Stretch]) -> [UInt8] {
    let sorted = stretches.enumerated().sorted { ($0.element.region, $0.offset) < ($1.element.region, $1.offset) }
    var merged: [Stretch] = []
    for (_, stretch) in sorted where stretch.region.length > 0 {
      var stretch = stretch
      if let last = merged.last, last.region.contig == stretch.region.contig, last.region.end >= stretch.region.start {
        if last.alleleNumber == stretch.alleleNumber {
          merged[merged.count - 1].region.end = max(last.region.end, stretch.region.end)
          continue
        }
        stretch.region.start = last.region.end
        if stretch.region.length <= 0 { continue }
      }
      merged.append(stretch)
    }
    var bytes: [UInt8] = []
    bytes.append(long: 0)
    var count = 0
    for contig in Contig.allCases {
      count += merged.count { $0.region.contig == contig }
      bytes.append(long: UInt64(count))
    }
    for stretch in merged {
      bytes.append(word: UInt32(truncatingIfNeeded: stretch.region.start))
      bytes.append(word: UInt32(truncatingIfNeeded: stretch.region.end))
      bytes.append(word: stretch.alleleNumber.flatMap { UInt32(exactly: $0) } ?? StoreFormat.missing)
    }
    bytes.pad()
    return bytes
  }
}
