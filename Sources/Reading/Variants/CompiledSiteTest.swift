internal import Model

/// A site test as a flat chain of steps: each knows which step follows when it holds and which when it does not.
///
/// A tree of enums would cost a retain and a release at every node of every record; this costs an index.
struct CompiledSiteTest: Sendable {
  enum Kind: Sendable {
    case filterOnly, filterOneOf, filterNoneOf, quality, qualityMissing, info, infoMissing, infoPresent
  }

  struct Step: Sendable {
    var kind: Kind
    var comparison = SiteTest.Comparison.equal
    var limit = 0.0
    /// Which key of `keys`, or the first of `filters`.
    var index = 0
    /// Behind the last of `filters`.
    var end = 0
    /// What the values are.
    var type = VariantHeader.ValueType.float
    /// The step that follows; `accept` and `refuse` end the chain.
    var whenTrue = CompiledSiteTest.accept
    var whenFalse = CompiledSiteTest.refuse
  }

  static let accept = -1
  static let refuse = -2

  private(set) var steps: [Step] = []
  /// INFO keys asked for.
  private(set) var keys: [WordName] = []
  private(set) var names: [String] = []
  /// FILTER values asked for.
  private(set) var filters: [WordName] = []
  /// The names of both in bytes, for those that are longer than two words.
  private(set) var filterBytes: [[UInt8]] = []
  private(set) var keyBytes: [[UInt8]] = []
  private(set) var first = CompiledSiteTest.accept

  init(_ test: SiteTest, header: VariantHeader) {
    first = add(test, Self.accept, Self.refuse, header)
  }

  /// Adds the steps of a test, the last ones first, and returns the number of the one to begin with.
  private mutating func add(_ test: SiteTest, _ whenTrue: Int, _ whenFalse: Int, _ header: VariantHeader) -> Int {
    var step: Step
    switch test {
    case .all(let tests):
      return tests.reversed().reduce(whenTrue) { next, test in add(test, next, whenFalse, header) }
    case .any(let tests):
      return tests.reversed().reduce(whenFalse) { next, test in add(test, whenTrue, next, header) }
    case .filter(.oneOf(let names)):
      step = filter(.filterOneOf, names)
    case .filter(.only(let name)): step = filter(.filterOnly, [name])
    case .filter(.noneOf(let names)):
      step = filter(.filterNoneOf, names)
    case .quality(let comparison, let limit):
      step = Step(kind: .quality, comparison: comparison, limit: limit)
    case .qualityMissing: step = Step(kind: .qualityMissing)
    case .info(let name, let comparison, let limit):
      step = Step(
        kind: .info, comparison: comparison, limit: limit, index: key(name),
        type: header.info[name]?.type ?? .string)
    case .infoMissing(let name):
      step = Step(kind: .infoMissing, index: key(name), type: header.info[name]?.type ?? .string)
    case .infoPresent(let name): step = Step(kind: .infoPresent, index: key(name))
    }
    (step.whenTrue, step.whenFalse) = (whenTrue, whenFalse)
    steps.append(step)
    return steps.count - 1
  }

  private mutating func filter(_ kind: Kind, _ names: [String]) -> Step {
    filters += names.map { WordName($0) }
    filterBytes += names.map { Array($0.utf8) }
    return Step(kind: kind, index: filters.count - names.count, end: filters.count)
  }

  private mutating func key(_ name: String) -> Int {
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    keys.append(WordName(name))
    keyBytes.append(Array(name.utf8))
    return keys.count - 1
  }
}
