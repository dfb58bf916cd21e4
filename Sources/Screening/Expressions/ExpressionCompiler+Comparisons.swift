internal import Model

extension ExpressionOperator {
  /// The comparison of numbers that the sign stands for.
  fileprivate var comparison: SiteTest.Comparison? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }

  /// The sign that says the same with its sides exchanged.
  fileprivate var flipped: ExpressionOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }

  fileprivate var isEquality: Bool { self == .equal || self == .notEqual }
  fileprivate var isPattern: Bool { self == .like || self == .notLike }
}

extension ExpressionCompiler {
  mutating func comparison(
    _ sign: ExpressionOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ range: Range<Int>
  ) throws(ExpressionError) -> Int {
    groups = []
    defer { groups = [] }
    if let entry = try entryComparison(sign, left, right, range) { return entry }
    let first = try operand(left)
    let second = try operand(right)
    if sign == .isA { throw error(.wrongOperator("is_a", allowed: "a consequence sub-field on its left"), range) }
    if sign.isPattern {
      guard case .constantText(let pattern, let place) = second else { throw error(.patternNeeded, right.range) }
      return try patternTest(sign == .like, first, pattern, place, left.range)
    }
    let answer =
      if let test = try columnTest(sign, first, second, left.range, right.range) {
        test
      } else if let test = try columnTest(sign.flipped, second, first, right.range, left.range) {
        test
      } else {
        try plainTest(sign, first, second, left, right, range)
      }
    guard let group = groups.first else { return answer }
    if groups.count > 1 { throw error(.twoGroups, left.range.lowerBound..<right.range.upperBound) }
    return add(.everyMember(group, answer))
  }

  /// Comparisons of FILTER, TYPE, ID, GT and of lists, whichever side they are on.
  private mutating func columnTest(
    _ sign: ExpressionOperator, _ column: Operand, _ value: Operand, _ place: Range<Int>, _ valuePlace: Range<Int>
  ) throws(ExpressionError) -> Int? {
    switch (column, value) {
    case (_, .file(let name, let range)): return try listTest(sign, column, name, range, place)
    case (.filter, .constantText(let wanted, let range)): return try filterTest(sign, wanted, range)
    case (.type, .constantText(let wanted, let range)):
      guard sign.isEquality else { throw error(.wrongOperator("TYPE", allowed: "=, !=, ~ and !~"), place) }
      return add(.type(isEqual: sign == .equal, try types(wanted, range)))
    case (.id, .constantText(let wanted, _)):
      guard sign.isEquality else { throw error(.wrongOperator("ID", allowed: "=, !=, ~ and !~"), place) }
      return add(.id(isEqual: sign == .equal, constant: constant(wanted)))
    case (.genotype(let mask), .constantText(let wanted, _)):
      guard sign.isEquality else { throw error(.wrongOperator("GT", allowed: "=, !=, ~ and !~"), place) }
      let (node, word) = genotypeText(wanted, mask)
      let right = add(TextNode.constant(constant(word)))
      return add(.texts(isEqual: sign == .equal, node, right), mask: mask)
    case (.filter, _): throw error(.wrongOperator("FILTER", allowed: "a name in quotes"), valuePlace)
    case (.type, _): throw error(.wrongOperator("TYPE", allowed: "a type in quotes"), valuePlace)
    case (.id, _): throw error(.wrongOperator("ID", allowed: "a text in quotes or @file"), valuePlace)
    case (.genotype, _): throw error(.wrongOperator("GT", allowed: "a text in quotes"), valuePlace)
    default: return nil
    }
  }

  private mutating func plainTest(
    _ sign: ExpressionOperator, _ first: Operand, _ second: Operand, _ left: ExpressionSyntax,
    _ right: ExpressionSyntax, _ range: Range<Int>
  ) throws(ExpressionError) -> Int {
    guard let comparison = sign.comparison else { throw error(.unexpected(sign.rawValue), range) }
    switch (first, second) {
    case (.number(let one), .number(let two)):
      return numberTest(comparison, one, two)
    case (.number(let one), .constantText(".", _)) where sign.isEquality:
      return numberTest(comparison, one, add(NumberNode.constant(DecimalText.missing)))
    case (.constantText(".", _), .number(let two)) where sign.isEquality:
      return numberTest(comparison, add(NumberNode.constant(DecimalText.missing)), two)
    case (.number, _): throw error(.textAgainstNumber, right.range)
    case (_, .number): throw error(.textAgainstNumber, left.range)
    default: break
    }
    guard sign.isEquality else { throw error(.wrongOperator("text", allowed: "=, !=, ~ and !~"), range) }
    guard let one = textNode(first), let two = textNode(second) else { throw error(.textAgainstNumber, right.range) }
    if program.textMasks[one] >= 0, program.textMasks[two] >= 0 {
      throw error(.notSupported("comparing the texts of two FORMAT fields"), range)
    }
    let mask = union(program.textMasks[one], program.textMasks[two])
    return add(.texts(isEqual: sign == .equal, one, two), mask: mask)
  }

  private mutating func numberTest(_ comparison: SiteTest.Comparison, _ one: Int, _ two: Int) -> Int {
    let masks = (program.numberMasks[one], program.numberMasks[two])
    // bcftools looks only at samples that both sides speak of.
    return add(.numbers(comparison, one, two), mask: intersection(masks.0, masks.1))
  }

  private mutating func textNode(_ operand: Operand) -> Int? {
    switch operand {
    case .text(let node): node
    case .constantText(let text, _): add(TextNode.constant(constant(text)))
    default: nil
    }
  }

  mutating func constant(_ text: String) -> Int {
    program.constants.append(TextConstant(text))
    return program.constants.count - 1
  }

  // MARK: - Columns

  private func types(_ name: String, _ range: Range<Int>) throws(ExpressionError) -> AlleleTypes {
    if let types = AlleleTypes(name: name) { return types }
    let known = ["snp", "indel", "mnp", "other", "bnd", "overlap", "ref"]
    throw error(.unknownType(name), range, suggestion: Spelling.nearest(to: name, among: known).first)
  }

  private mutating func filterTest(_ sign: ExpressionOperator, _ wanted: String, _ range: Range<Int>)
    throws(ExpressionError) -> Int
  {
    let kind: FilterOperator
    switch sign {
    case .equal: kind = .equal
    case .notEqual: kind = .notEqual
    case .like: kind = .contains
    case .notLike: kind = .lacks
    default: throw error(.wrongOperator("FILTER", allowed: "=, !=, ~ and !~"), range)
    }
    let names = wanted.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    for name in names where name != "." && name != "PASS" && header.filters[name] == nil {
      let known = header.filters.keys.sorted() + ["PASS"]
      throw error(.unknownFilter(name), range, suggestion: Spelling.nearest(to: name, among: known).first)
    }
    if names.contains("."), names.count > 1 {
      throw error(.notComparable("a missing FILTER cannot stand beside another"), range)
    }
    program.filterSets.append(names == ["."] ? [] : names.map { Array($0.utf8) })
    return add(.filter(kind, program.filterSets.count - 1))
  }

  /// What GT is compared with: its own text, or one of three sets of words.
  private mutating func genotypeText(_ wanted: String, _ mask: Int) -> (node: Int, word: String) {
    let lower = wanted.lowercased()
    let kind: GenotypeWordKind?
    var word = lower
    switch lower {
    case "hom", "het", "hap": kind = .zygosity
    case "ref", "alt", "mis": kind = .presence
    case "miss": (kind, word) = (.presence, "mis")
    case "rr", "ra", "r", "a": kind = .letters
    case "ar": (kind, word) = (.letters, "ra")
    case "aa":
      kind = .letters
      word = wanted == "aA" || wanted == "Aa" ? "aA" : "aa"
    default: (kind, word) = (nil, wanted)
    }
    let node: TextNode = kind.map { .genotypeWord($0) } ?? .genotype(0)
    return (add(node, mask: mask), word)
  }

  private mutating func listTest(
    _ sign: ExpressionOperator, _ column: Operand, _ name: String, _ range: Range<Int>, _ place: Range<Int>
  ) throws(ExpressionError) -> Int {
    guard sign.isEquality else { throw error(.wrongOperator("a list", allowed: "= and !="), range) }
    let list = try self.list(name, range)
    program.lists.append(list)
    let index = program.lists.count - 1
    switch column {
    case .id: return add(.idList(isEqual: sign == .equal, list: index))
    case .text(let node):
      return add(.list(isEqual: sign == .equal, node, list: index), mask: program.textMasks[node])
    default: throw error(.notComparable("only ID and text can be looked up in a list"), place)
    }
  }

  /// The first word of each line.
  func list(_ name: String, _ range: Range<Int>) throws(ExpressionError) -> Set<[UInt8]> {
    do {
      return Set(
        try resources.list(name).compactMap { line in
          line.split(whereSeparator: \.isWhitespace).first.map { Array($0.utf8) }
        })
    } catch let fault {
      throw error(.resource(name, "\(fault)"), range)
    }
  }

  // MARK: - Patterns

  func compiledPattern(_ text: String, _ range: Range<Int>) throws(ExpressionError) -> PosixPattern {
    do {
      return try PosixPattern(text)
    } catch let fault {
      throw error(.badPattern(text, fault.reason), range)
    }
  }

  private mutating func patternTest(
    _ isLike: Bool, _ column: Operand, _ text: String, _ range: Range<Int>, _ place: Range<Int>
  ) throws(ExpressionError) -> Int {
    if case .filter = column { return try filterTest(isLike ? .like : .notLike, text, range) }
    if case .type = column { return add(.typeShared(isLike: isLike, try types(text, range))) }
    var column = column
    var text = text
    if case .genotype(let mask) = column {
      let (node, word) = genotypeText(text, mask)
      (column, text) = (.text(node), word)
    }
    program.patterns.append(try compiledPattern(text, range))
    let index = program.patterns.count - 1
    switch column {
    case .id: return add(.idPattern(isLike: isLike, pattern: index))
    case .text, .constantText:
      guard let node = textNode(column) else { throw error(.textAgainstNumber, place) }
      return add(.pattern(isLike: isLike, node, pattern: index), mask: program.textMasks[node])
    default: throw error(.notComparable("~ and !~ compare text, and this is a number"), place)
    }
  }

  // MARK: - Consequences

  /// A comparison of a consequence sub-field; nil when neither side is one.
  private mutating func entryComparison(
    _ sign: ExpressionOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ range: Range<Int>
  ) throws(ExpressionError) -> Int? {
    if case .name(let name, let place) = left, let (format, column) = try subfield(name, place) {
      return try entryTest(sign, format, column, right)
    }
    if case .name(let name, let place) = right, let (format, column) = try subfield(name, place) {
      return try entryTest(sign.flipped, format, column, left)
    }
    return nil
  }

  private mutating func entryTest(
    _ sign: ExpressionOperator, _ format: ConsequenceFormat, _ column: Int, _ value: ExpressionSyntax
  ) throws(ExpressionError) -> Int {
    let root = try entryNode(sign, format, column, value)
    return entries(EntryTests(key: Array(format.key.utf8), lastColumn: column, root: root))
  }

  private mutating func entryNode(
    _ sign: ExpressionOperator, _ format: ConsequenceFormat, _ column: Int, _ value: ExpressionSyntax
  ) throws(ExpressionError) -> EntryNode {
    let name = "\(format.key).\(format.names[column])"
    switch value {
    case .number(let number, let range):
      guard let comparison = sign.comparison else { throw error(.patternNeeded, range) }
      return .number(column, comparison, number)
    case .minus(.number(let number, _), let range):
      guard let comparison = sign.comparison else { throw error(.patternNeeded, range) }
      return .number(column, comparison, -number)
    case .file(let file, let range):
      guard sign.isEquality else { throw error(.wrongOperator("a list", allowed: "= and !="), range) }
      return .list(column, isEqual: sign == .equal, try list(file, range))
    case .text(let word, let range), .name(let word, let range):
      if sign == .isA { return try termNode(format, column, word, range) }
      if sign.isPattern { return .pattern(column, isLike: sign == .like, try compiledPattern(word, range)) }
      if format.subfields[column] == .impact, word != "." { return try impactNode(sign, column, word, range) }
      guard sign.isEquality else { throw error(.wrongOperator(name, allowed: "=, !=, ~ and !~ against text"), range) }
      return .text(column, isEqual: sign == .equal, TextConstant(word))
    default: throw error(.notComparable("\(name) can be compared with a number or a text"), value.range)
    }
  }

  private func impactNode(_ sign: ExpressionOperator, _ column: Int, _ word: String, _ range: Range<Int>)
    throws(ExpressionError) -> EntryNode
  {
    var nodes: [EntryNode] = []
    for part in word.split(separator: ",") {
      guard let impact = Impact(rawValue: part.uppercased()), let comparison = sign.comparison else {
        let known = ["HIGH", "MODERATE", "LOW", "MODIFIER"]
        throw error(.unknownImpact(word), range, suggestion: Spelling.nearest(to: word, among: known).first)
      }
      nodes.append(.impact(column, comparison, impact))
    }
    guard let first = nodes.first else { throw error(.unknownImpact(word), range) }
    // Several words mean any of them, and with != none of them.
    return nodes.dropFirst().reduce(first) { sign == .notEqual ? .both($0, $1) : .either($0, $1) }
  }

  private func termNode(_ format: ConsequenceFormat, _ column: Int, _ word: String, _ range: Range<Int>)
    throws(ExpressionError) -> EntryNode
  {
    guard format.subfields[column] == .consequence else {
      throw error(.wrongOperator("is_a", allowed: "the sub-field of consequence terms"), range)
    }
    guard let kinds = TermHierarchy.kinds(of: word) else {
      let nearest = Spelling.nearest(to: word, among: TermHierarchy.names).first
      throw error(.unknownTerm(word), range, suggestion: nearest)
    }
    return .isA(column, kinds)
  }
}
