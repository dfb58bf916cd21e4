public import Model

extension RepeatLocus {
  /// Size of one copy by the ranges of the locus. An expansion counts by its point estimate, a possible one by the upper end of the
  /// confidence interval, as national programmes tier repeats.
  public func size(units: Int, interval: ClosedRange<Int>?) -> RepeatFinding.Size {
    if units >= pathogenicMinimum { return .expanded }
    if let interval, interval.upperBound >= pathogenicMinimum { return .possiblyExpanded }
    if let intermediate, intermediate.contains(units) { return .intermediate }
    return normal.contains(units) || units < normal.lowerBound ? .normal : .notDefined
  }

  /// Puts the copies of one person together.
  ///
  ///     htt.finding([(17, 17...17), (38, 36...41)]).conclusion  // .expanded
  public func finding(_ copies: [(units: Int, interval: ClosedRange<Int>?)]) -> RepeatFinding {
    let sized = copies.map {
      RepeatFinding.Copy(units: $0.units, interval: $0.interval, size: size(units: $0.units, interval: $0.interval))
    }
    return RepeatFinding(locus: self, copies: sized, conclusion: conclusion(of: sized.map(\.size)))
  }

  private func conclusion(of sizes: [RepeatFinding.Size]) -> RepeatFinding.Conclusion {
    let expanded = sizes.filter { $0 == .expanded }.count
    let possible = sizes.filter { $0 == .possiblyExpanded }.count
    if mode.isPurelyBiallelic, sizes.count > 1, expanded + possible == 1 { return .singleExpanded }
    if expanded > 0, !mode.isPurelyBiallelic || expanded == sizes.count { return .expanded }
    if expanded + possible > 0 { return .possible }
    if sizes.contains(.intermediate) { return .intermediate }
    return sizes.contains(.notDefined) || sizes.isEmpty ? .notDefined : .normal
  }
}

/// Reads what ExpansionHunter and callers of its kind say of a sample: `REPCN` and `REPCI`, or `CN` and `CI` in their older form.
public struct RepeatCall: Sendable, Hashable {
  public var copies: [Int]
  public var intervals: [ClosedRange<Int>?]

  /// - Parameters:
  ///   - counts: `17/38`, or `120` for a single copy.
  ///   - intervals: `17-17/36-41`; nil when not given.
  /// - Returns: nil when no copy was measured.
  public init?(counts: String, intervals: String?) {
    let copies = counts.split(separator: "/").compactMap { Int($0) }
    guard !copies.isEmpty else { return nil }
    let ranges = (intervals ?? "").split(separator: "/").map { text -> ClosedRange<Int>? in
      let bounds = text.split(separator: "-").compactMap { Int($0) }
      return bounds.count == 2 && bounds[0] <= bounds[1] ? bounds[0]...bounds[1] : nil
    }
    self.copies = copies
    self.intervals = copies.indices.map { $0 < ranges.count ? ranges[$0] : nil }
  }

  public func finding(at locus: RepeatLocus) -> RepeatFinding {
    locus.finding(zip(copies, intervals).map { (units: $0, interval: $1) })
  }
}
