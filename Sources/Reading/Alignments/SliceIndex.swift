internal import Model

/// The index of a CRAM, `.crai`: which sequence and stretch each slice holds, and where it lies (CRAM specification 3.1, section 12).
struct SliceIndex: Sendable {
  /// A line of the index.
  struct Slice: Sendable {
    /// Number of the sequence in the header, -1 for reads without a place.
    var sequence: Int
    /// 1-based.
    var start: Int
    /// Bases from the start on.
    var span: Int
    /// Where the container begins in the file.
    var container: Int
    /// Where the slice begins, counted from the end of the container's header, and how many bytes it has.
    var offset: Int
    var size: Int
  }

  /// By their place in the file.
  private let slices: [Slice]
  /// By the number of the sequence, then the start.
  private let sorted: [Slice]
  /// Bases of the longest slice.
  private let mostSpan: Int

  /// Nil for bytes that are no such index, or that lead beyond the file.
  ///
  /// - Parameters:
  ///   - bytes: inflated.
  ///   - sequences: number of sequences in the header of the CRAM.
  init?(_ bytes: [UInt8], sequences: Int, fileSize: Int) {
    var slices: [Slice] = []
    if let last = bytes.last, last != UInt8(ascii: "\n") { return nil }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      let numbers = fields.compactMap { Self.number($0) }
      guard fields.count == 6, numbers.count == 6, (-1..<sequences).contains(numbers[0]),
        numbers[1...2].allSatisfy({ Int($0.magnitude) <= Int(UInt32.max) }),
        numbers[3...].allSatisfy({ (0..<fileSize).contains($0) })
      else { return nil }
      slices.append(
        Slice(
          sequence: numbers[0], start: numbers[1], span: numbers[2], container: numbers[3], offset: numbers[4],
          size: numbers[5]))
    }
    self.slices = slices.sorted { ($0.container, $0.offset) < ($1.container, $1.offset) }
    sorted = self.slices.sorted { ($0.sequence, $0.start) < ($1.sequence, $1.start) }
    mostSpan = slices.map(\.span).max() ?? 0
  }

  private static func number(_ text: ArraySlice<UInt8>) -> Int? {
    text.first == UInt8(ascii: "-") ? wholeNumber(text.dropFirst()).map { -$0 } : wholeNumber(text)
  }

  /// Whether the index tells of every container with reads: one of a file that was shorter would lose reads in silence.
  ///
  /// Asked of the file are the containers at its ends, and those behind which the index leaves more room than a header takes.
  func covers(_ chain: ContainerChain) throws(ReadError) -> Bool {
    var expected = try chain.firstReads()
    var place = 0
    while place < slices.count {
      let container = slices[place].container
      if container != expected { return false }
      var offsets: Set<Int> = []
      var end = 0
      while place < slices.count, slices[place].container == container {
        offsets.insert(slices[place].offset)
        end = max(end, slices[place].offset + slices[place].size)
        place += 1
      }
      if place < slices.count, Self.mayFollow(container + end, slices[place].container) {
        expected = slices[place].container
        continue
      }
      guard let header = try chain.header(at: container), Set(header.slices) == offsets,
        let next = try chain.firstReads(from: container + header.whole)
      else { return false }
      expected = next
    }
    // Behind the last one there is only the end.
    return expected == chain.end
  }

  /// Whether between the end of a container, counted without its header, and the next one there is room for that header alone. With
  /// the fewest reads a container needs more than twice as much.
  private static func mayFollow(_ end: Int, _ next: Int) -> Bool { (12...60).contains(next - end) }

  /// Where the containers begin that hold reads of a stretch.
  ///
  /// - Parameters:
  ///   - start: 0-based.
  ///   - end: not included.
  func containers(of sequence: Int, from start: Int, to end: Int) -> Set<Int> {
    var offsets: Set<Int> = []
    var place = sorted.firstPlace { ($0.sequence, $0.start) >= (sequence, start + 1 - mostSpan) }
    while place < sorted.count, sorted[place].sequence == sequence, sorted[place].start <= end {
      if sorted[place].start - 1 + sorted[place].span > start { offsets.insert(sorted[place].container) }
      place += 1
    }
    return offsets
  }

  /// Numbers of the sequences whose reads lie in any of the containers.
  func sequences(in containers: Set<Int>) -> Set<Int> {
    Set(slices.filter { containers.contains($0.container) }.map(\.sequence))
  }
}

extension Array {
  /// The first place at which something holds that holds from there on.
  fileprivate func firstPlace(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Where the reads of a CRAM lie: its index, and the containers that it leads to where their layout is known.
struct SliceLayout: Sendable {
  let index: SliceIndex
  let chain: ContainerChain?
}
