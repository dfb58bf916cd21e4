internal import Model

extension RowEvaluator {
  /// What bcftools answers when one side, or both sides, of a comparison are missing.
  struct MissingRule {
    var one: Bool
    var both: Bool
    /// Whether a missing value can lead to yes at all.
    var isAsked: Bool { one || both }

    init(_ comparison: SiteTest.Comparison) {
      one = comparison == .notEqual
      both = comparison == .equal
    }

    init(isEqual: Bool) {
      one = !isEqual
      both = isEqual
    }

    func answer(_ count: Int) -> Bool { count == 1 ? one : both }
  }

  /// bcftools compares as 32-bit floats while both are small enough to be whole there, so that `AF=0.1` finds 0.1.
  static func holds(_ comparison: SiteTest.Comparison, _ left: Double, _ right: Double) -> Bool {
    if left > 16_777_216 || right > 16_777_216 { return comparison.holds(left, right) }
    return comparison.holds(Double(Float(left)), Double(Float(right)))
  }

  /// QUAL or a whole INFO field against a constant: the same answer as `compare` gives, without a buffer; nil for anything else.
  func compareDirectly(_ comparison: SiteTest.Comparison, _ left: Int, _ right: Int) -> Bool? {
    guard case .constant(let limit) = program.numbers[right], !DecimalText.isMissing(limit) else { return nil }
    switch program.numbers[left] {
    case .quality:
      let value = quality()
      return DecimalText.isMissing(value) ? comparison == .notEqual : Self.holds(comparison, value, limit)
    case .info(let index):
      guard case .all = program.infoFields[index].elements else { return nil }
      let found = InfoSearch.value(of: program.infoFields[index].key, in: batch.range(.info, of: row), of: text)
      guard let range = found, !range.isEmpty else { return comparison == .notEqual }
      let isWhole = program.infoFields[index].kind == .integer
      let isSingle = program.infoFields[index].isSingle
      var start = range.lowerBound
      while start <= range.upperBound {
        let end = InfoSearch.next(Bytes.comma, from: start, to: range.upperBound, in: text)
        var value = isWhole ? DecimalText.integer(start..<end, in: text) : DecimalText.float(start..<end, in: text)
        let isMissing = DecimalText.isMissing(value)
        // See `readInfo`.
        if isMissing, isWhole, !isSingle { value = -2_147_483_648 }
        let isAnswered = isMissing && !(isWhole && !isSingle)
        if isAnswered ? comparison == .notEqual : Self.holds(comparison, value, limit) { return true }
        start = end + 1
      }
      return false
    default: return nil
    }
  }

  mutating func compare(_ comparison: SiteTest.Comparison, _ left: Int, _ right: Int, into test: Int) -> Bool {
    evaluate(left)
    evaluate(right)
    let rule = MissingRule(comparison)
    let one = numbers[left]
    let two = numbers[right]
    let mask = program.testMasks[test]
    if mask < 0 { return Self.compare(comparison, rule, one, two) }
    clearSamples(test)
    let isLeft = program.numberMasks[left] >= 0
    let isRight = program.numberMasks[right] >= 0
    var any = false
    for sample in 0..<program.sampleCount where isMeant(sample, by: mask) {
      let answer: Bool
      if one.count == 0, two.count == 0 {
        answer = rule.both
      } else if one.count == 0 || two.count == 0 {
        let (slot, isSampled) = one.count > 0 ? (one, isLeft) : (two, isRight)
        let range = isSampled ? sample * slot.width..<(sample + 1) * slot.width : 0..<slot.count
        answer = rule.answer(range.contains { DecimalText.isMissing(slot.values[$0]) } ? 2 : 1)
      } else if isLeft, isRight {
        answer = Self.compareSample(comparison, rule, one, two, sample)
      } else {
        let sampled = isLeft ? one : two
        let range = sample * sampled.width..<(sample + 1) * sampled.width
        answer =
          isLeft
          ? Self.compare(comparison, rule, one, range, two, 0..<two.count)
          : Self.compare(comparison, rule, one, 0..<one.count, two, range)
      }
      if answer {
        samples[test][sample] = true
        any = true
      }
    }
    return any
  }

  /// Values of a record: any pair decides.
  private static func compare(
    _ comparison: SiteTest.Comparison, _ rule: MissingRule, _ one: NumberSlot, _ two: NumberSlot
  ) -> Bool {
    if one.count == 0, two.count == 0 { return rule.both }
    if one.count == 0 || two.count == 0 {
      let slot = one.count > 0 ? one : two
      return (0..<slot.count).contains { DecimalText.isMissing(slot.values[$0]) ? rule.both : rule.one }
    }
    return compare(comparison, rule, one, 0..<one.count, two, 0..<two.count)
  }

  private static func compare(
    _ comparison: SiteTest.Comparison, _ rule: MissingRule, _ one: NumberSlot, _ first: Range<Int>, _ two: NumberSlot,
    _ second: Range<Int>
  ) -> Bool {
    for i in first {
      let left = one.values[i]
      let isMissing = DecimalText.isMissing(left)
      for j in second {
        let right = two.values[j]
        let missing = (isMissing ? 1 : 0) + (DecimalText.isMissing(right) ? 1 : 0)
        if missing > 0 ? rule.answer(missing) : holds(comparison, left, right) { return true }
      }
    }
    return false
  }

  /// Values of one sample on both sides: element by element, or one against all.
  private static func compareSample(
    _ comparison: SiteTest.Comparison, _ rule: MissingRule, _ one: NumberSlot, _ two: NumberSlot, _ sample: Int
  ) -> Bool {
    for index in 0..<max(one.width, two.width) {
      let left = element(one, sample, index)
      let right = element(two, sample, index)
      let missing = (DecimalText.isMissing(left) ? 1 : 0) + (DecimalText.isMissing(right) ? 1 : 0)
      if missing > 0 ? rule.answer(missing) : holds(comparison, left, right) { return true }
    }
    return false
  }
}
