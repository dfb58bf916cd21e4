extension RowEvaluator {
  mutating func evaluateFunction(_ node: Int) {
    switch program.numbers[node] {
    case .summary(let function, let inner): summarise(function, inner, into: node)
    case .perSample(let function, let inner): summariseSamples(function, inner, into: node)
    case .absolute(let inner): transform(inner, into: node, abs)
    case .phred(let inner): transform(inner, into: node, Binomial.phred)
    case .binomial(let first, let second): binomial(first, second, into: node)
    case .countValues(let inner): countValues(inner, into: node)
    case .countTexts(let inner):
      evaluate(text: inner)
      numbers[node].set(texts[inner].isPresent ? Double(texts[inner].parts.count) : 0)
    case .countPassing(let test), .passing(let test, _):
      _ = holds(test)
      let mask = program.testMasks[test]
      var passing = 0
      for sample in 0..<program.sampleCount where isMeant(sample, by: mask) && samples[test][sample] { passing += 1 }
      var value = Double(passing)
      if case .passing(_, isFraction: true) = program.numbers[node] {
        value = program.sampleCount > 0 ? value / Double(program.sampleCount) : 0
      }
      numbers[node].set(value)
    case .textLength(let inner): measure(inner, into: node)
    default: break
    }
  }

  // MARK: - Arithmetic

  /// Element by element; one value on a side goes with every value of the other.
  mutating func calculate(_ operation: ArithmeticOperator, _ left: Int, _ right: Int, into node: Int) {
    evaluate(left)
    evaluate(right)
    numbers[node].clear()
    let one = numbers[left]
    let two = numbers[right]
    guard one.count > 0, two.count > 0 else { return }
    let isLeft = program.numberMasks[left] >= 0
    let isRight = program.numberMasks[right] >= 0
    var hasValue = false
    func append(_ a: Double, _ b: Double) {
      if DecimalText.isMissing(a) || DecimalText.isMissing(b) {
        numbers[node].values.append(DecimalText.missing)
      } else {
        hasValue = true
        numbers[node].values.append(Self.result(operation, a, b))
      }
    }
    if !isLeft, !isRight {
      for index in 0..<max(one.count, two.count) {
        let a = one.count > 1 ? index : 0
        let b = two.count > 1 ? index : 0
        if a < one.count, b < two.count { append(one.values[a], two.values[b]) }
      }
    } else {
      let width = max(isLeft ? one.width : 1, isRight ? two.width : 1)
      numbers[node].width = width
      for sample in 0..<program.sampleCount {
        for index in 0..<width {
          let a = isLeft ? Self.element(one, sample, index) : one.values[0]
          let b = isRight ? Self.element(two, sample, index) : two.values[0]
          append(a, b)
        }
      }
    }
    numbers[node].count = hasValue ? numbers[node].values.count : 0
  }

  static func element(_ slot: NumberSlot, _ sample: Int, _ index: Int) -> Double {
    if slot.width == 1 { return slot.values[sample] }
    return index < slot.width ? slot.values[sample * slot.width + index] : DecimalText.missing
  }

  private static func result(_ operation: ArithmeticOperator, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .remainder:
      // Whole numbers, as in C; there, a remainder of 0 would end the program.
      guard let x = Int32(exactly: a.rounded(.towardZero)), let y = Int32(exactly: b.rounded(.towardZero)), y != 0,
        y != -1
      else { return b.rounded(.towardZero) == -1 ? 0 : .nan }
      return Double(x % y)
    }
  }

  private mutating func transform(_ inner: Int, into node: Int, _ function: (Double) -> Double) {
    evaluate(inner)
    let slot = numbers[inner]
    numbers[node].clear()
    numbers[node].width = slot.width
    for index in 0..<slot.count {
      let value = slot.values[index]
      numbers[node].values.append(DecimalText.isMissing(value) ? value : function(value))
    }
    numbers[node].count = slot.count
  }

  // MARK: - Summaries

  private mutating func summarise(_ function: SummaryFunction, _ inner: Int, into node: Int) {
    evaluate(inner)
    let slot = numbers[inner]
    let mask = program.numberMasks[inner]
    scratch.removeAll(keepingCapacity: true)
    for index in 0..<slot.count where !DecimalText.isMissing(slot.values[index]) {
      if mask < 0 || isMeant(index / slot.width, by: mask) { scratch.append(slot.values[index]) }
    }
    numbers[node].clear()
    if let value = summaryOfScratch(function) { numbers[node].set(value) }
  }

  private mutating func summariseSamples(_ function: SummaryFunction, _ inner: Int, into node: Int) {
    evaluate(inner)
    let slot = numbers[inner]
    numbers[node].clear()
    for sample in 0..<program.sampleCount {
      scratch.removeAll(keepingCapacity: true)
      if slot.count > 0 {
        for index in sample * slot.width..<(sample + 1) * slot.width where !DecimalText.isMissing(slot.values[index]) {
          scratch.append(slot.values[index])
        }
      }
      numbers[node].values.append(summaryOfScratch(function) ?? DecimalText.missing)
    }
    numbers[node].count = numbers[node].values.count
  }

  private mutating func summaryOfScratch(_ function: SummaryFunction) -> Double? {
    if scratch.isEmpty { return nil }
    let count = Double(scratch.count)
    switch function {
    case .maximum: return scratch.reduce(-.infinity) { $1 > $0 ? $1 : $0 }
    case .minimum: return scratch.reduce(.infinity) { $1 < $0 ? $1 : $0 }
    case .sum: return scratch.reduce(0, +)
    case .mean: return scratch.reduce(0, +) / count
    case .median:
      scratch.sort()
      let middle = scratch.count / 2
      return scratch.count % 2 == 1 ? scratch[middle] : (scratch[middle - 1] + scratch[middle]) * 0.5
    case .deviation:
      let mean = scratch.reduce(0, +) / count
      return (scratch.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
  }

  /// Values of samples that are not missing, or all values of an INFO key.
  private mutating func countValues(_ inner: Int, into node: Int) {
    evaluate(inner)
    let slot = numbers[inner]
    let mask = program.numberMasks[inner]
    var count = slot.count
    if mask >= 0 {
      count = (0..<slot.count).count {
        !DecimalText.isMissing(slot.values[$0]) && isMeant($0 / slot.width, by: mask)
      }
    }
    numbers[node].set(Double(count))
  }

  // MARK: - Others

  private mutating func binomial(_ first: Int, _ second: Int, into node: Int) {
    evaluate(first)
    if second >= 0 { evaluate(second) }
    let one = numbers[first]
    numbers[node].clear()
    guard program.numberMasks[first] >= 0 else {
      let pair: (Double, Double)? =
        if second < 0 {
          one.count == 2 ? (one.values[0], one.values[1]) : nil
        } else {
          one.count == 1 && numbers[second].count == 1 ? (one.values[0], numbers[second].values[0]) : nil
        }
      return numbers[node].set(pair.map(Self.binomial) ?? DecimalText.missing)
    }
    let starts = starts()
    let genotype = second < 0 ? formatIndex(FormatText.genotype) : nil
    for sample in 0..<program.sampleCount {
      var value = DecimalText.missing
      if one.count > 0 {
        if second >= 0 {
          let two = numbers[second]
          if two.count > 0 { value = Self.binomial((Self.element(one, sample, 0), Self.element(two, sample, 0))) }
        } else if let genotype, let (a, b) = diploid(genotype, starts[sample]), max(a, b) < one.width {
          value = Self.binomial((one.values[sample * one.width + a], one.values[sample * one.width + b]))
        }
      }
      numbers[node].values.append(value)
    }
    numbers[node].count = numbers[node].values.count
  }

  private static func binomial(_ pair: (Double, Double)) -> Double {
    if DecimalText.isMissing(pair.0) || DecimalText.isMissing(pair.1) { return DecimalText.missing }
    return Binomial.twoSided(pair.0, pair.1) ?? DecimalText.missing
  }

  /// The first two alleles of a genotype; nil when one is missing.
  private func diploid(_ index: Int, _ start: Int) -> (Int, Int)? {
    let range = FormatText.value(index, from: start, to: lineEnd, in: text)
    var alleles: [Int] = []
    var position = range.lowerBound
    while position < range.upperBound, alleles.count < 2 {
      var end = position
      while end < range.upperBound, text[end] != FormatText.slash, text[end] != FormatText.bar { end += 1 }
      guard let allele = Bytes.firstInteger(position..<end, in: text) else { return nil }
      alleles.append(allele)
      position = end + 1
    }
    return alleles.count == 2 ? (alleles[0], alleles[1]) : nil
  }

  /// Lengths of the parts of a text; of the whole where the field holds one value, 0 when that is missing.
  private mutating func measure(_ inner: Int, into node: Int) {
    evaluate(text: inner)
    numbers[node].clear()
    let slot = texts[inner]
    guard slot.isPresent else { return }
    if isOneText(inner) {
      let isMissing = slot.whole.count == 1 && text[slot.whole.lowerBound] == Bytes.dot
      return numbers[node].set(isMissing ? 0 : Double(slot.whole.count))
    }
    numbers[node].values = slot.parts.map { Double(max(1, $0.count)) }
    numbers[node].count = slot.parts.count
  }

  private func isOneText(_ node: Int) -> Bool {
    switch program.texts[node] {
    case .chromosome, .reference, .id, .constant, .genotype, .genotypeWord, .format: true
    case .alternate(let index): index >= 0
    case .info(let field):
      if case .one = program.infoFields[field].elements { true } else { program.infoFields[field].isSingle }
    }
  }
}
