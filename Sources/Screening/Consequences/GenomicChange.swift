internal import Model

/// The bases that an allele changes, without those that it shares with the reference at either end.
struct GenomicChange {
  let contig: Contig
  /// 0-based half-open; empty for an insertion, which stands before its bound.
  let range: Range<Int>
  /// What stood there and what stands there now, on the forward strand.
  let reference: [UInt8]
  let alternate: [UInt8]

  /// - Parameter position: 1-based, of the first base of `reference`.
  /// - Returns: nil for an allele that changes nothing, or that is not spelled in bases.
  init?(_ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>) {
    guard Self.isSpelled(reference), Self.isSpelled(alternate) else { return nil }
    let shortest = min(reference.count, alternate.count)
    var tail = 0
    while tail < shortest, reference[reference.endIndex - 1 - tail] == alternate[alternate.endIndex - 1 - tail] {
      tail += 1
    }
    var head = 0
    while head < shortest - tail, reference[reference.startIndex + head] == alternate[alternate.startIndex + head] {
      head += 1
    }
    let left = reference[reference.startIndex + head..<reference.endIndex - tail]
    let right = alternate[alternate.startIndex + head..<alternate.endIndex - tail]
    if left.isEmpty, right.isEmpty { return nil }
    let start = position - 1 + head
    self.init(contig, start..<start + left.count, Array(left), Array(right))
  }

  init(_ contig: Contig, _ range: Range<Int>, _ reference: [UInt8], _ alternate: [UInt8]) {
    self.contig = contig
    self.range = range
    self.reference = reference
    self.alternate = alternate
  }

  private static func isSpelled(_ bases: ArraySlice<UInt8>) -> Bool {
    !bases.isEmpty && bases.allSatisfy { (65...90).contains($0) }
  }

  var isInsertion: Bool { range.isEmpty }
  var isDeletion: Bool { alternate.isEmpty }

  /// The same change of the chromosome moved as far as the bases around let it, as HGVS places it: towards the end of the
  /// forward strand, or of the reverse one.
  ///
  /// - Returns: the change itself where it is neither a plain insertion nor a plain deletion; nil where bases are missing.
  func shifted(forward isForward: Bool, in window: ReferenceWindow?, within bounds: Range<Int>) -> GenomicChange? {
    guard isInsertion || isDeletion else { return self }
    guard let window else { return nil }
    var range = range
    // Of a rotated insertion only the place where it begins is kept.
    var turn = 0
    let inserted = alternate
    while isForward ? range.upperBound < bounds.upperBound : range.lowerBound > bounds.lowerBound {
      let next = isForward ? range.upperBound : range.lowerBound - 1
      guard let entering = window.base(contig, next) else { return nil }
      let leaving: UInt8?
      if isInsertion {
        leaving = isForward ? inserted[turn] : inserted[(inserted.count - 1 + turn) % inserted.count]
      } else {
        leaving = window.base(contig, isForward ? range.lowerBound : range.upperBound - 1)
      }
      guard let leaving, leaving == entering, leaving != UInt8(ascii: "N") else { break }
      let step = isForward ? 1 : -1
      range = range.lowerBound + step..<range.upperBound + step
      if isInsertion { turn = (turn + step + inserted.count) % inserted.count }
    }
    let moved = isInsertion ? Array(inserted[turn...] + inserted[..<turn]) : []
    let removed = isDeletion ? window.bases(Region(contig, range.lowerBound, range.upperBound)) : []
    guard let removed else { return nil }
    return GenomicChange(contig, range, removed, moved)
  }

  /// Whether an insertion repeats the bases right before it, along the strand that is read.
  func isDuplication(forward isForward: Bool, in window: ReferenceWindow) -> Bool {
    guard isInsertion else { return false }
    let count = alternate.count
    return window.has(alternate[...], at: isForward ? range.lowerBound - count : range.lowerBound, of: contig) ?? false
  }
}
