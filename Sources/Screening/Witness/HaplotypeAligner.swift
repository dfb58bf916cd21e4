import Model

/// Cost of a read as a copy of a haplotype: the cheapest alignment of the whole read to any part of the haplotype.
///
/// A mismatch costs the quality of its base, a gap `WitnessRules.gapOpening` and `gapExtension` for each base (Gotoh 1982,
/// doi:10.1016/0022-2836(82)90398-9).
///
/// - Complexity: the product of the lengths. Belongs to one thread.
struct HaplotypeAligner {
  private var matched: [Int32] = []
  private var inserted: [Int32] = []

  mutating func cost(of read: ArraySlice<UInt8>, qualities: ArraySlice<UInt8>, on haplotype: [UInt8]) -> Int32 {
    let width = haplotype.count
    let never = Int32.max / 4
    // Row by row: the best cost that ends at each place of the haplotype, and the best that ends with a base of the read inserted.
    matched = Array(repeating: 0, count: width + 1)
    inserted = Array(repeating: never, count: width + 1)
    var quality = qualities.startIndex
    for base in read {
      let mismatch = min(Int32(qualities[quality]), WitnessRules.mostMismatch)
      quality += 1
      var diagonal = matched[0]
      var deleted = never
      inserted[0] = min(inserted[0], matched[0] + WitnessRules.gapOpening) + WitnessRules.gapExtension
      matched[0] = inserted[0]
      for place in 1...max(1, width) where place <= width {
        let above = matched[place]
        let insertion = min(inserted[place], above + WitnessRules.gapOpening) + WitnessRules.gapExtension
        deleted = min(deleted, matched[place - 1] + WitnessRules.gapOpening) + WitnessRules.gapExtension
        let step = diagonal + (haplotype[place - 1] == base ? 0 : mismatch)
        inserted[place] = insertion
        matched[place] = min(step, min(insertion, deleted))
        diagonal = above
      }
    }
    return matched.min() ?? never
  }
}
