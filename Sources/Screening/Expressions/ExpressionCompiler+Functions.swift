internal import Model

extension ExpressionCompiler {
  private static let summaries: [String: SummaryFunction] = [
    "MAX": .maximum, "MIN": .minimum, "AVG": .mean, "MEAN": .mean, "MEDIAN": .median, "STDEV": .deviation, "SUM": .sum,
  ]

  private static var functionNames: [String] {
    summaries.keys.flatMap { [$0, "s\($0)", "SMPL_\($0)"] }
      + ["ABS", "COUNT", "STRLEN", "N_PASS", "F_PASS", "PHRED", "BINOM", "IN_REGIONS", "IN_PANEL"]
  }

  /// A call that yields numbers.
  mutating func function(
    _ name: String, _ arguments: [ExpressionSyntax], _ range: Range<Int>, _ whole: Range<Int>
  ) throws(ExpressionError) -> Int {
    let word = name.uppercased()
    if word.hasPrefix("PERL") { throw error(.notSupported("perl"), range) }
    if word == "FISHER" { throw error(.notSupported("fisher()"), range) }
    if word == "BINOM" { return try binomial(arguments, whole) }
    if let summary = Self.summaries[word] {
      return add(.summary(summary, try number(try only(arguments, word, whole))))
    }
    let stem = word.hasPrefix("SMPL_") ? word.dropFirst(5) : word.hasPrefix("S") ? word.dropFirst(1) : ""
    if let summary = Self.summaries[String(stem)] {
      let inner = try number(try only(arguments, word, whole))
      let mask = program.numberMasks[inner]
      return add(mask < 0 ? .summary(summary, inner) : .perSample(summary, inner), mask: mask)
    }
    let argument = try only(arguments, word, whole, isKnown: Self.functionNames.contains { $0.uppercased() == word })
    switch word {
    case "ABS":
      let inner = try number(argument)
      return add(.absolute(inner), mask: program.numberMasks[inner])
    case "PHRED":
      let inner = try number(argument)
      return add(.phred(inner), mask: program.numberMasks[inner])
    case "COUNT": return try count(argument)
    case "N_PASS", "F_PASS":
      let inner = try test(argument)
      if program.testMasks[inner] < 0 { throw error(.needsSamples(word), argument.range) }
      return add(.passing(inner, isFraction: word == "F_PASS"))
    case "STRLEN":
      guard case .text(let node) = try operand(argument) else { throw error(.arguments(word, expected: "text"), whole) }
      return add(.textLength(node))
    default:
      throw error(
        .unknownFunction(name), range, suggestion: Spelling.nearest(to: name, among: Self.functionNames).first)
    }
  }

  private func only(_ arguments: [ExpressionSyntax], _ name: String, _ range: Range<Int>, isKnown: Bool = true)
    throws(ExpressionError) -> ExpressionSyntax
  {
    guard let first = arguments.first, arguments.count == 1 else {
      if !isKnown { throw error(.unknownFunction(name), range) }
      throw error(.arguments(name, expected: "one argument"), range)
    }
    return first
  }

  /// Values of a field, or samples that pass a test.
  private mutating func count(_ argument: ExpressionSyntax) throws(ExpressionError) -> Int {
    if case .binary(let sign, _, _, _) = argument, sign.rank <= ExpressionOperator.equal.rank {
      let inner = try test(argument)
      if program.testMasks[inner] < 0 { throw error(.needsSamples("COUNT"), argument.range) }
      return add(.countPassing(inner))
    }
    switch try operand(argument) {
    case .number(let node): return add(.countValues(node))
    case .text(let node) where program.textMasks[node] < 0: return add(.countTexts(node))
    default: throw error(.arguments("COUNT", expected: "a number, an INFO text or a test of samples"), argument.range)
    }
  }

  private mutating func binomial(_ arguments: [ExpressionSyntax], _ range: Range<Int>) throws(ExpressionError) -> Int {
    guard arguments.count == 1 || arguments.count == 2 else {
      throw error(.arguments("binom()", expected: "one or two fields"), range)
    }
    let first = try number(arguments[0])
    let mask = program.numberMasks[first]
    guard arguments.count == 2 else { return add(.binomial(first, -1), mask: mask) }
    let second = try number(arguments[1])
    guard (mask < 0) == (program.numberMasks[second] < 0) else {
      throw error(.notComparable("binom() takes two INFO fields or two FORMAT fields"), range)
    }
    return add(.binomial(first, second), mask: mask)
  }
}
