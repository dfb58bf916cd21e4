/// Reads sample columns of one FORMAT into `GenotypeCall`s.
///
///     let decoder = GenotypeCallDecoder(format: Array("GT:AD:DP".utf8)[...])
///     decoder.call(from: Array("0/1:12,9:21".utf8)[...], alleleCount: 2).alleleDepths  // [12, 9]
///
/// Make one for each distinct FORMAT and keep it. Keys that a genotype does not use are skipped, trailing values may be
/// missing (VCF 4.5, section 1.6.2), and a value that cannot be read is nil, never zero.
public struct GenotypeCallDecoder: Sendable, Hashable {
  private enum Key: String, Sendable, CaseIterable {
    case genotype = "GT"
    case depth = "DP"
    case indelDepth = "DPI"
    case quality = "GQ"
    case combinedQuality = "GQX"
    case alleleDepths = "AD"
    case referenceDepth = "RD"
    case referenceObservations = "RO"
    case alternateObservations = "AO"
    case readsCovering = "NR"
    case readsSupporting = "NV"
    case variantFraction = "VAF"
    case alleleFraction = "AF"
    case phaseSet = "PS"
    case physicalPhaseIdentifier = "PID"
    case physicalPhase = "PGT"
    case filter = "FT"
    case minimumDepth = "MIN_DP"
    case localAlleles = "LAA"
    case localDepths = "LAD"
  }

  private let keys: [Key?]

  /// - Parameter format: the FORMAT column. Of a key that stands twice the first counts.
  public init(format: ArraySlice<UInt8>) {
    var seen: Set<Key> = []
    keys = format.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { bytes in
      guard let key = Key(rawValue: String(decoding: bytes, as: UTF8.self)), seen.insert(key).inserted else {
        return nil
      }
      return key
    }
  }

  /// Reads one sample column.
  ///
  /// - Parameter alleleCount: alleles of the record, the reference included. A GT index beyond it is read as not called.
  public func call(from sample: ArraySlice<UInt8>, alleleCount: Int) -> GenotypeCall {
    let values = Values(sample: sample, keys: keys)
    var call = GenotypeCall.missing
    if let text = values.bytes(.genotype) { Self.readGenotype(text, alleleCount: alleleCount, into: &call) }
    call.quality = values.number(.combinedQuality) ?? values.number(.quality)
    call.alleleDepths = values.alleleDepths(alleleCount: alleleCount)
    call.depth =
      values.integer(.depth) ?? values.integer(.indelDepth) ?? values.integers(.readsCovering).compactMap { $0 }.max()
    let fractions = [values.numbers(.variantFraction), values.numbers(.alleleFraction)]
    call.alleleFractions = fractions.first { $0.count == alleleCount - 1 && !$0.allSatisfy { $0 == nil } } ?? []
    call.phaseSet = values.text(.phaseSet) ?? values.text(.physicalPhaseIdentifier)
    call.physicalPhase = values.text(.physicalPhase)
    call.filter = values.text(.filter)
    call.minimumDepth = values.integer(.minimumDepth)
    return call
  }

  /// GT (VCF 4.5, section 1.6.2): since 4.4 a mark may stand before the first allele too.
  private static func readGenotype(_ text: ArraySlice<UInt8>, alleleCount: Int, into call: inout GenotypeCall) {
    call.text = String(decoding: text, as: UTF8.self)
    var alleles: [Int?] = []
    var marks = 0
    var bars = 0
    var start = text.startIndex
    func add(_ end: Int) {
      let index = Values.wholeNumber(text[start..<end])
      alleles.append(index.flatMap { $0 < alleleCount ? $0 : nil })
    }
    for index in text.indices where text[index] == UInt8(ascii: "/") || text[index] == UInt8(ascii: "|") {
      marks += 1
      if text[index] == UInt8(ascii: "|") { bars += 1 }
      if index > text.startIndex { add(index) }
      start = index + 1
    }
    add(text.endIndex)
    call.alleles = alleles
    call.isPhased = marks > 0 && marks == bars
  }

  /// The values of one sample by key.
  private struct Values {
    private var ranges: [Key: Range<Int>] = [:]
    private let sample: ArraySlice<UInt8>

    init(sample: ArraySlice<UInt8>, keys: [Key?]) {
      self.sample = sample
      var start = sample.startIndex
      for key in keys {
        let end = sample[start...].firstIndex(of: UInt8(ascii: ":")) ?? sample.endIndex
        if let key { ranges[key] = start..<end }
        if end == sample.endIndex { break }
        start = end + 1
      }
    }

    /// Nil when the key is absent, the value is empty or `.`.
    func bytes(_ key: Key) -> ArraySlice<UInt8>? {
      guard let range = ranges[key], !range.isEmpty else { return nil }
      return range.count == 1 && sample[range.lowerBound] == UInt8(ascii: ".") && key != .genotype
        ? nil : sample[range]
    }

    func text(_ key: Key) -> String? { bytes(key).map { String(decoding: $0, as: UTF8.self) } }

    func integer(_ key: Key) -> Int? { bytes(key).flatMap(Self.wholeNumber) }

    func number(_ key: Key) -> Double? { bytes(key).flatMap(Self.decimal) }

    func integers(_ key: Key) -> [Int?] { list(key, Self.wholeNumber) }

    func numbers(_ key: Key) -> [Double?] { list(key, Self.decimal) }

    private func list<Value>(_ key: Key, _ read: (ArraySlice<UInt8>) -> Value?) -> [Value?] {
      bytes(key)?.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(read) ?? []
    }

    /// Reads for each allele from whichever keys the caller uses; empty when none tells, or for another number of alleles.
    func alleleDepths(alleleCount: Int) -> [Int?] {
      let candidates = [
        integers(.alleleDepths), fromObservations(), fromSingleDepths(), fromPlatypus(),
        fromLocalDepths(alleleCount: alleleCount),
      ]
      return candidates.first { $0.count == alleleCount && !$0.allSatisfy { $0 == nil } } ?? []
    }

    /// FreeBayes: RO and AO.
    private func fromObservations() -> [Int?] {
      [integer(.referenceObservations)] + integers(.alternateObservations)
    }

    /// VarScan: RD, and AD for the alternate allele alone.
    private func fromSingleDepths() -> [Int?] {
      integer(.referenceDepth).map { [$0] + integers(.alleleDepths) } ?? []
    }

    /// Platypus: NV of the NR reads at each alternate allele show it; the others show the reference.
    private func fromPlatypus() -> [Int?] {
      let supporting = integers(.readsSupporting)
      guard let covering = integers(.readsCovering).compactMap({ $0 }).max() else { return [] }
      // Saturating, since the numbers come from a file.
      let shown = supporting.reduce(0) { min($0 + ($1 ?? 0), covering) }
      return [covering - shown] + supporting
    }

    /// Local alleles (VCF 4.5, section 1.6.2): LAA lists the alternates that LAD speaks of.
    private func fromLocalDepths(alleleCount: Int) -> [Int?] {
      let depths = integers(.localDepths)
      guard let reference = depths.first else { return [] }
      var result = [Int?](repeating: nil, count: alleleCount)
      guard alleleCount > 0 else { return [] }
      result[0] = reference
      for (allele, depth) in zip(integers(.localAlleles), depths.dropFirst()) {
        guard let allele, (1..<max(alleleCount, 1)).contains(allele) else { continue }
        result[allele] = depth
      }
      return result
    }

    static func wholeNumber(_ bytes: ArraySlice<UInt8>) -> Int? {
      guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
      var value = 0
      for byte in bytes {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }

    static func decimal(_ bytes: ArraySlice<UInt8>) -> Double? {
      if let whole = wholeNumber(bytes) { return Double(whole) }
      guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
      return value
    }
  }
}
