internal import Model

/// Turns a tree of names into nodes that know what they read, and refuses what has no meaning.
struct ExpressionCompiler {
  let text: String
  let header: VariantHeader
  let resources: ExpressionResources
  let annotations: [ConsequenceFormat]
  var program = ExpressionProgram()
  var familyWords: Set<FamilyWord> = []
  /// Where family words stand, for messages.
  var familyRange = 0..<0
  /// The sides that a comparison has seen so far of `affected` and `unaffected`.
  var groups: Set<FamilyWord> = []

  /// What an operand is, before a comparison decides what to do with it.
  enum Operand {
    case number(Int)
    case text(Int)
    case constantText(String, Range<Int>)
    case file(String, Range<Int>)
    case filter, type, id
    case genotype(mask: Int)
    case entry(format: Int, column: Int)
  }

  init(_ text: String, header: VariantHeader, resources: ExpressionResources) {
    self.text = text
    self.header = header
    self.resources = resources
    annotations = header.info.values.compactMap(ConsequenceFormat.init).sorted { $0.key < $1.key }
    program.sampleCount = header.samples.count
  }

  /// Compiles the whole text; the answer is the root test.
  mutating func compile() throws(ExpressionError) -> Int {
    let root = try test(try ExpressionParser.parse(text))
    if !familyWords.isEmpty { try bindFamily() }
    return root
  }

  func error(_ reason: ExpressionError.Reason, _ range: Range<Int>, suggestion: String? = nil) -> ExpressionError {
    ExpressionError(reason, range, in: text, suggestion: suggestion)
  }

  func source(_ range: Range<Int>) -> String { String(decoding: Array(text.utf8)[range], as: UTF8.self) }

  // MARK: - Nodes

  mutating func add(_ node: NumberNode, mask: Int = -1) -> Int {
    program.numbers.append(node)
    program.numberMasks.append(mask)
    return program.numbers.count - 1
  }

  mutating func add(_ node: TextNode, mask: Int = -1) -> Int {
    program.texts.append(node)
    program.textMasks.append(mask)
    return program.texts.count - 1
  }

  mutating func add(_ node: TestNode, mask: Int = -1) -> Int {
    program.tests.append(node)
    program.testMasks.append(mask)
    return program.tests.count - 1
  }

  mutating func mask(_ flags: [Bool]) -> Int {
    if let known = program.masks.firstIndex(of: flags) { return known }
    program.masks.append(flags)
    return program.masks.count - 1
  }

  /// The samples that either side speaks of.
  mutating func union(_ left: Int, _ right: Int) -> Int {
    if left < 0 || right < 0 || left == right { return max(left, right) }
    return mask(zip(program.masks[left], program.masks[right]).map { $0 || $1 })
  }

  mutating func intersection(_ left: Int, _ right: Int) -> Int {
    if left < 0 || right < 0 || left == right { return max(left, right) }
    return mask(zip(program.masks[left], program.masks[right]).map { $0 && $1 })
  }

  // MARK: - Tests

  mutating func test(_ syntax: ExpressionSyntax) throws(ExpressionError) -> Int {
    switch syntax {
    case .binary(let sign, let left, let right, let range):
      switch sign {
      case .and, .andAcross: return try both(left, right, sameSample: sign == .and)
      case .or, .orAcross: return try either(left, right, eachSample: sign == .or)
      case .add, .subtract, .multiply, .divide, .remainder:
        throw error(.notATest(source(syntax.range)), syntax.range)
      default: return try comparison(sign, left, right, range)
      }
    case .not(let inner, _): return add(.not(try test(inner)))
    case .name(let name, let range):
      if let member = try property(name, range) { return member }
      // Says what is wrong with the name, when the name itself is wrong.
      _ = try operand(syntax)
      let isFlag = header.info[name.replacingPrefix("INFO/")]?.type == .flag
      throw error(.notATest(name), range, suggestion: isFlag ? "\(name)=1" : nil)
    case .call(let name, let arguments, let range, _):
      if let regions = try regionTest(name, arguments, range) { return regions }
      _ = try operand(syntax)
      throw error(.notATest(source(syntax.range)), syntax.range)
    default: throw error(.notATest(source(syntax.range)), syntax.range)
    }
  }

  private mutating func both(_ left: ExpressionSyntax, _ right: ExpressionSyntax, sameSample: Bool)
    throws(ExpressionError) -> Int
  {
    let first = try test(left)
    let second = try test(right)
    if sameSample, let merged = merged(first, second, EntryNode.both) { return merged }
    let mask = union(program.testMasks[first], program.testMasks[second])
    return add(.both(first, second, sameSample: sameSample), mask: mask)
  }

  private mutating func either(_ left: ExpressionSyntax, _ right: ExpressionSyntax, eachSample: Bool)
    throws(ExpressionError) -> Int
  {
    let first = try test(left)
    let second = try test(right)
    if let merged = merged(first, second, EntryNode.either) { return merged }
    let mask = union(program.testMasks[first], program.testMasks[second])
    return add(.either(first, second, eachSample: eachSample), mask: mask)
  }

  /// Two questions to the entries of one annotation become one, asked of the same entry.
  private mutating func merged(_ first: Int, _ second: Int, _ join: (EntryNode, EntryNode) -> EntryNode) -> Int? {
    guard case .entries(let left) = program.tests[first], case .entries(let right) = program.tests[second] else {
      return nil
    }
    let one = program.entryTests[left]
    let two = program.entryTests[right]
    guard one.key == two.key else { return nil }
    return entries(
      EntryTests(key: one.key, lastColumn: max(one.lastColumn, two.lastColumn), root: join(one.root, two.root)))
  }

  mutating func entries(_ tests: EntryTests) -> Int {
    program.entryTests.append(tests)
    return add(.entries(program.entryTests.count - 1))
  }

  /// `IN_REGIONS("x.bed")`, `IN_PANEL("name")`.
  private mutating func regionTest(_ name: String, _ arguments: [ExpressionSyntax], _ range: Range<Int>)
    throws(ExpressionError) -> Int?
  {
    let word = name.uppercased()
    guard word == "IN_REGIONS" || word == "IN_PANEL" else { return nil }
    guard arguments.count == 1, case .text(let file, let place) = arguments[0] else {
      throw error(.arguments(word, expected: "one name in quotes"), range)
    }
    do {
      program.regions.append(try word == "IN_PANEL" ? resources.panel(file) : resources.region(file))
    } catch let fault {
      throw error(.resource(file, "\(fault)"), place)
    }
    return add(.regions(program.regions.count - 1))
  }
}

extension String {
  /// The text without a prefix, in whichever case it stands.
  func replacingPrefix(_ prefix: String) -> String {
    lowercased().hasPrefix(prefix.lowercased()) ? String(dropFirst(prefix.count)) : self
  }
}
