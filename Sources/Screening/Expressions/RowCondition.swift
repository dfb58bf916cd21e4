internal import Model

/// A compiled expression as a condition on whole records: AND, OR and NOT over tests, each list with the cheapest first.
///
/// bcftools' `&&`, `||` and `|` ask for no more than this, and neither does `&` where at most one side speaks of samples. What
/// is left, `&` within one sample, is a test that is answered row by row.
indirect enum RowCondition: Sendable {
  case all([RowCondition])
  case any([RowCondition])
  case not(RowCondition)
  /// A test of the program. `isBound` when its answer depends on who the family words stand for.
  case test(Int, isBound: Bool)
  /// A plane of one person, or of all members of a group.
  case plane(FamilyWord, GenotypeColumns.Plane)

  init(_ test: Int, of program: ExpressionProgram) {
    self = Self.condition(test, program).sorted(program)
  }

  private static func condition(_ test: Int, _ program: ExpressionProgram) -> RowCondition {
    switch program.tests[test] {
    case .both(let left, let right, let sameSample):
      if sameSample, program.testMasks[left] >= 0, program.testMasks[right] >= 0 { break }
      return .all([condition(left, program), condition(right, program)])
    case .either(let left, let right, _):
      return .any([condition(left, program), condition(right, program)])
    case .not(let inner): return .not(condition(inner, program))
    case .member(let word, let plane): return .plane(word, plane)
    default: break
    }
    return .test(test, isBound: program.isBound(test: test))
  }

  /// Lists in lists of their own kind become one, in order of cost.
  private func sorted(_ program: ExpressionProgram) -> RowCondition {
    switch self {
    case .all(let parts):
      let flat = parts.map { $0.sorted(program) }.flatMap { if case .all(let inner) = $0 { inner } else { [$0] } }
      return .all(Self.byCost(flat, program))
    case .any(let parts):
      let flat = parts.map { $0.sorted(program) }.flatMap { if case .any(let inner) = $0 { inner } else { [$0] } }
      return .any(Self.byCost(flat, program))
    case .not(let inner): return .not(inner.sorted(program))
    case .test, .plane: return self
    }
  }

  private static func byCost(_ parts: [RowCondition], _ program: ExpressionProgram) -> [RowCondition] {
    parts.enumerated().map { ($1.cost(program), $0, $1) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private func cost(_ program: ExpressionProgram) -> Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost(program) }
    case .not(let inner): inner.cost(program)
    case .plane: 8
    case .test(let test, _): program.cost(test: test)
    }
  }
}

extension ExpressionProgram {
  /// About how much a test costs: columns of the site 1, INFO 4, consequences 16, samples 8 and more.
  func cost(test: Int) -> Int {
    switch tests[test] {
    case .numbers(_, let left, let right): cost(number: left) + cost(number: right)
    case .texts(_, let left, let right): cost(text: left) + cost(text: right)
    case .pattern(_, let text, _), .list(_, let text, _): 8 + cost(text: text)
    case .id, .idList, .filter, .type, .typeShared, .regions: 1
    case .idPattern: 8
    case .entries: 16
    case .member: 8
    case .both(let left, let right, _), .either(let left, let right, _): cost(test: left) + cost(test: right)
    case .not(let inner), .everyMember(_, let inner): cost(test: inner)
    }
  }

  private func cost(number: Int) -> Int {
    switch numbers[number] {
    case .constant: 0
    case .quality, .position, .alternateCount, .alleleLength: 1
    case .flag, .info: 4
    case .format, .missingCount, .statistic: 8 + sampleCount * 2
    case .member, .balance: 12
    case .arithmetic(_, let left, let right): cost(number: left) + cost(number: right)
    case .summary(_, let inner), .perSample(_, let inner), .absolute(let inner), .phred(let inner),
      .countValues(let inner):
      cost(number: inner)
    case .binomial(let first, let second): cost(number: first) + (second < 0 ? 8 : cost(number: second))
    case .countTexts(let inner), .textLength(let inner): cost(text: inner)
    case .countPassing(let test), .passing(let test, _): cost(test: test)
    }
  }

  private func cost(text: Int) -> Int {
    switch texts[text] {
    case .constant: 0
    case .chromosome, .reference, .alternate, .id: 1
    case .info: 4
    case .format, .genotype, .genotypeWord: 8 + sampleCount * 2
    }
  }

  /// Whether an answer depends on who the family words stand for.
  func isBound(test: Int) -> Bool {
    switch tests[test] {
    case .numbers(_, let left, let right): isBound(number: left) || isBound(number: right)
    case .member, .everyMember: true
    case .both(let left, let right, _), .either(let left, let right, _): isBound(test: left) || isBound(test: right)
    case .not(let inner): isBound(test: inner)
    case .texts, .pattern, .list, .id, .idPattern, .idList, .filter, .type, .typeShared, .entries, .regions: false
    }
  }

  private func isBound(number: Int) -> Bool {
    switch numbers[number] {
    case .member, .balance: true
    case .arithmetic(_, let left, let right): isBound(number: left) || isBound(number: right)
    case .binomial(let first, let second): isBound(number: first) || (second >= 0 && isBound(number: second))
    case .summary(_, let inner), .perSample(_, let inner), .absolute(let inner), .phred(let inner),
      .countValues(let inner):
      isBound(number: inner)
    case .countPassing(let test), .passing(let test, _): isBound(test: test)
    default: false
    }
  }
}
