import Model

/// Cost of a read as a copy of a haplotype: the cheapest alignment of the whole read to a part of the haplotype near where it lies.
///
/// A mismatch costs the quality of its base, a gap `WitnessRules.gapOpening` and `gapExtension` for each base (Gotoh 1982,
/// doi:10.1016/0022-2836(82)90398-9).
///
/// - Complexity: the length of the read times the width of the band. Belongs to one thread.
struct HaplotypeAligner {
  private var matched: [Int32] = []
  private var inserted: [Int32] = []
  private static let never = Int32.max / 4

  /// - Parameters:
  ///   - start: place in the haplotype of the read's first base, if nothing before it is inserted or deleted.
  ///   - reach: how far from there, on both sides, an alignment is looked for.
  mutating func cost(
    of read: ArraySlice<UInt8>, qualities: ArraySlice<UInt8>, on haplotype: [UInt8], from start: Int, reach: Int
  ) -> Int32 {
    let width = haplotype.count
    let never = Self.never
    // Row by row: the best cost that ends before each place of the haplotype, and the best that ends with an inserted base.
    matched.removeAll(keepingCapacity: true)
    matched.append(contentsOf: repeatElement(never, count: width + 1))
    inserted.removeAll(keepingCapacity: true)
    inserted.append(contentsOf: repeatElement(never, count: width + 1))
    for place in max(0, start - reach)...max(0, min(width, start + reach)) { matched[place] = 0 }
    var quality = qualities.startIndex
    var row = start
    for base in read {
      let mismatch = min(Int32(qualities[quality]), WitnessRules.mostMismatch)
      quality += 1
      row += 1
      let low = max(0, row - reach)
      let high = min(width, row + reach)
      guard low <= high else { return never }
      var diagonal = low > 0 ? matched[low - 1] : never
      if low > 0 { matched[low - 1] = never }
      var deleted = never
      for place in low...high {
        let above = matched[place]
        let insertion = min(inserted[place], above + WitnessRules.gapOpening) + WitnessRules.gapExtension
        if place > 0 {
          deleted = min(deleted, matched[place - 1] + WitnessRules.gapOpening) + WitnessRules.gapExtension
        }
        let step = place > 0 ? diagonal + (haplotype[place - 1] == base ? 0 : mismatch) : never
        inserted[place] = min(insertion, never)
        matched[place] = min(min(step, never), min(insertion, deleted))
        diagonal = above
      }
    }
    return matched.min() ?? never
  }
}
