internal import Model

extension ExpressionCompiler {
  /// A name without its `INFO/` or `FORMAT/` and its subscript.
  private struct WrittenName {
    var name: Substring
    /// Nil when the name has no prefix.
    var isFormat: Bool?
    /// What stands between the brackets; nil when there are none.
    var subscripted: Substring?

    init(_ text: String) {
      var rest = Substring(text)
      for (prefix, isFormat) in [("INFO/", false), ("FORMAT/", true), ("FMT/", true)]
      where rest.prefix(prefix.count).uppercased() == prefix {
        rest = rest.dropFirst(prefix.count)
        self.isFormat = isFormat
        break
      }
      name = rest
      if rest.last == "]", let open = rest.firstIndex(of: "[") {
        name = rest[..<open]
        subscripted = rest[rest.index(after: open)...].dropLast()
      }
    }
  }

  /// What a value means.
  mutating func operand(_ syntax: ExpressionSyntax) throws(ExpressionError) -> Operand {
    switch syntax {
    case .number(let value, _): return .number(add(NumberNode.constant(value)))
    case .text(let value, let range): return .constantText(value, range)
    case .file(let name, let range): return .file(name, range)
    case .name(let name, let range): return try named(name, range)
    case .minus(let inner, _):
      return .number(add(.arithmetic(.multiply, add(NumberNode.constant(-1)), try number(inner))))
        .masked(by: &self)
    case .binary(let sign, let left, let right, _):
      guard let operation = Self.arithmetic(sign) else { throw error(.notAValue, syntax.range) }
      let one = try number(left)
      let two = try number(right)
      let mask = union(program.numberMasks[one], program.numberMasks[two])
      return .number(add(.arithmetic(operation, one, two), mask: mask))
    case .call(let name, let arguments, let range, let whole):
      return .number(try function(name, arguments, range, whole))
    case .not: throw error(.notAValue, syntax.range)
    }
  }

  /// An operand that must be a number.
  mutating func number(_ syntax: ExpressionSyntax) throws(ExpressionError) -> Int {
    guard case .number(let node) = try operand(syntax) else { throw error(.textAgainstNumber, syntax.range) }
    return node
  }

  private static func arithmetic(_ sign: ExpressionOperator) -> ArithmeticOperator? {
    switch sign {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    default: nil
    }
  }

  private mutating func named(_ text: String, _ range: Range<Int>) throws(ExpressionError) -> Operand {
    let written = WrittenName(text)
    if written.isFormat == nil, written.subscripted == nil, let column = column(text) { return column }
    let name = String(written.name)
    let info = header.info[name]
    let format = header.format[name]
    switch (written.isFormat, info, format) {
    case (nil, .some, .some):
      throw error(.ambiguousName(name), range, suggestion: "INFO/\(text)")
    case (true, _, let field?), (nil, nil, let field?):
      return try formatOperand(field, written.subscripted, range)
    case (false, let field?, _), (nil, let field?, nil):
      return try infoOperand(field, written.subscripted, range)
    case (true, _, nil):
      throw error(.unknownFormat(name), range, suggestion: suggestion(for: name, isFormat: true))
    case (let isFormat, nil, _):
      if let computed = try computed(name, written.subscripted, range) { return computed }
      if let member = try memberNumber(text, range) { return member }
      if isFormat == false {
        throw error(.unknownInfo(name), range, suggestion: suggestion(for: name, isFormat: false))
      }
      throw error(.unknownName(name), range, suggestion: suggestion(for: name, isFormat: nil))
    }
  }

  /// A fixed column, or what is counted from the record; without regard to case.
  private mutating func column(_ name: String) -> Operand? {
    switch name.uppercased() {
    case "QUAL": .number(add(.quality))
    case "POS": .number(add(.position))
    case "N_ALT": .number(add(.alternateCount))
    case "N_SAMPLES": .number(add(NumberNode.constant(Double(header.samples.count))))
    case "N_MISSING": .number(add(.missingCount(isFraction: false)))
    case "F_MISSING": .number(add(.missingCount(isFraction: true)))
    case "CHROM": .text(add(.chromosome))
    case "REF": .text(add(.reference))
    case "ALT": .text(add(.alternate(-1)))
    case "FILTER": .filter
    case "TYPE": .type
    case "ID": .id
    default: nil
    }
  }

  /// Names that have a meaning where the header does not define them.
  private mutating func computed(_ name: String, _ subscripted: Substring?, _ range: Range<Int>)
    throws(ExpressionError) -> Operand?
  {
    let statistic: AlleleStatistic
    switch name.uppercased() {
    case "ALT":
      guard case .one(let index) = try elements(subscripted, range) else { return .text(add(.alternate(-1))) }
      return .text(add(.alternate(index)))
    case "ILEN": return .number(add(.alleleLength))
    case "AC": statistic = .count
    case "AN": statistic = .number
    case "AF": statistic = .frequency
    case "MAC": statistic = .minorCount
    case "MAF": statistic = .minorFrequency
    default: return nil
    }
    // Without a subscript bcftools looks at the first alternate alone; `AC[*]` means all of them.
    guard let subscripted else { return .number(add(.statistic(statistic, element: 0))) }
    guard case .one(let index) = try elements(subscripted, range) else {
      return .number(add(.statistic(statistic, element: -1)))
    }
    return .number(add(.statistic(statistic, element: index)))
  }

  private func suggestion(for name: String, isFormat: Bool?) -> String? {
    let columns = [
      "QUAL", "POS", "FILTER", "ID", "CHROM", "REF", "ALT", "TYPE", "N_ALT", "N_SAMPLES", "N_MISSING", "F_MISSING",
      "AC",
      "AN", "AF", "MAC", "MAF", "ILEN",
    ]
    var known: Set<String> = []
    if isFormat != true { known.formUnion(header.info.keys) }
    if isFormat != false { known.formUnion(header.format.keys) }
    if isFormat == nil { known.formUnion(columns) }
    guard let nearest = Spelling.nearest(to: name, among: known).first else { return nil }
    if header.info[nearest] != nil, isFormat != true { return "INFO/\(nearest)" }
    return header.format[nearest] != nil ? "FORMAT/\(nearest)" : nearest
  }

  // MARK: - Fields

  private static func kind(_ type: VariantHeader.ValueType) -> FieldKind {
    switch type {
    case .integer: .integer
    case .float: .float
    case .flag: .flag
    case .character, .string: .text
    }
  }

  private mutating func infoOperand(_ field: VariantHeader.Field, _ subscripted: Substring?, _ range: Range<Int>)
    throws(ExpressionError) -> Operand
  {
    if let subscripted, subscripted.contains(where: { $0 == ":" || $0 == "@" }) {
      throw error(.badSubscript(String(subscripted)), range)
    }
    let isSingle = field.number == .count(1)
    let elements: FieldElements = isSingle ? .all : try self.elements(subscripted, range)
    let info = InfoField(key: Array(field.id.utf8), kind: Self.kind(field.type), isSingle: isSingle, elements: elements)
    program.infoFields.append(info)
    let index = program.infoFields.count - 1
    switch info.kind {
    case .flag: return .number(add(.flag(index)))
    case .text: return .text(add(TextNode.info(index)))
    case .integer, .float: return .number(add(NumberNode.info(index)))
    }
  }

  private mutating func formatOperand(_ field: VariantHeader.Field, _ subscripted: Substring?, _ range: Range<Int>)
    throws(ExpressionError) -> Operand
  {
    let isSingle = field.number == .count(1) || field.id == "GT"
    var samples = FieldElements.all
    var elements: FieldElements = isSingle ? .one(0) : .all
    if let subscripted {
      if subscripted.first == "@" {
        return try listedOperand(field, subscripted.dropFirst(), range)
      }
      let parts = subscripted.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      samples = try self.elements(parts[0], range)
      if parts.count == 2 {
        elements = try self.elements(parts[1], range)
      } else if samples != .all, !isSingle {
        throw error(.needsElement(field.id), range, suggestion: "FORMAT/\(field.id)[\(subscripted):*]")
      }
    }
    let count = header.samples.count
    let highest: Int =
      switch samples {
      case .all: -1
      case .one(let index): index
      case .some(let flags, let isOpen): isOpen ? flags.count : flags.count - 1
      }
    if highest >= count { throw error(.sampleIndex(highest, samples: count), range) }
    return formatOperand(field, elements, mask((0..<count).map(samples.contains)))
  }

  /// `FMT/DP[@samples.txt]`, `FMT/AD[@samples.txt:1]`.
  private mutating func listedOperand(_ field: VariantHeader.Field, _ subscripted: Substring, _ range: Range<Int>)
    throws(ExpressionError) -> Operand
  {
    var file = subscripted
    var elements: FieldElements = field.number == .count(1) ? .one(0) : .all
    if let colon = subscripted.lastIndex(of: ":"),
      let listed = try? self.elements(subscripted[subscripted.index(after: colon)...], range)
    {
      file = subscripted[..<colon]
      elements = listed
    }
    let names = try list(String(file), range)
    for name in names.map({ String(decoding: $0, as: UTF8.self) }).sorted() where !header.samples.contains(name) {
      throw error(.unknownSample(name), range, suggestion: Spelling.nearest(to: name, among: header.samples).first)
    }
    return formatOperand(field, elements, mask(header.samples.map { names.contains(Array($0.utf8)) }))
  }

  private mutating func formatOperand(_ field: VariantHeader.Field, _ elements: FieldElements, _ mask: Int) -> Operand {
    if field.id == "GT" { return .genotype(mask: mask) }
    let index = formatField(field, elements)
    return Self.kind(field.type) == .text
      ? .text(add(TextNode.format(index), mask: mask)) : .number(add(NumberNode.format(index), mask: mask))
  }

  mutating func formatField(_ field: VariantHeader.Field, _ elements: FieldElements) -> Int {
    program.formatFields.append(
      FormatField(key: Array(field.id.utf8), kind: Self.kind(field.type), elements: elements))
    return program.formatFields.count - 1
  }

  /// Reads `*`, `2`, `0,2`, `1-3`, `2-`; nothing means all.
  func elements(_ text: Substring?, _ range: Range<Int>) throws(ExpressionError) -> FieldElements {
    guard let text, !text.isEmpty, text != "*" else { return .all }
    if let one = UInt16(text) { return .one(Int(one)) }
    var flags: [Bool] = []
    var isOpen = false
    func set(_ from: Int, _ to: Int) {
      if flags.count <= to { flags += Array(repeating: false, count: to + 1 - flags.count) }
      for index in stride(from: from, through: to, by: 1) { flags[index] = true }
    }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = UInt16(ends[0]), !isOpen else { throw error(.badSubscript(String(text)), range) }
      if ends.count == 1 {
        set(Int(first), Int(first))
      } else if ends[1].isEmpty {
        set(Int(first), Int(first))
        isOpen = true
      } else {
        guard let last = UInt16(ends[1]), last >= first else { throw error(.badSubscript(String(text)), range) }
        set(Int(first), Int(last))
      }
    }
    return .some(flags, isOpen: isOpen)
  }

  // MARK: - Consequences

  /// `CSQ.IMPACT`: which annotation and which of its sub-fields; nil for a name of another kind.
  func subfield(_ text: String, _ range: Range<Int>) throws(ExpressionError) -> (ConsequenceFormat, Int)? {
    let name = text.replacingPrefix("INFO/")
    if header.info[name] != nil || header.format[name] != nil { return nil }
    guard let dot = name.firstIndex(of: ".") else { return nil }
    let key = name[..<dot]
    let wanted = name[name.index(after: dot)...]
    guard let format = annotations.first(where: { $0.key == key }) else {
      guard ["CSQ", "ANN", "BCSQ", "VEP"].contains(key.uppercased()) else { return nil }
      throw error(.unknownAnnotation(String(key)), range, suggestion: annotations.first.map { "\($0.key).\(wanted)" })
    }
    let names = format.names
    let column =
      names.firstIndex { $0 == wanted } ?? names.firstIndex { $0.lowercased() == wanted.lowercased() }
      ?? names.firstIndex { $0.prefix { $0 != "/" }.lowercased() == wanted.lowercased() && $0.contains("/") }
    if let column { return (format, column) }
    let nearest = Spelling.nearest(to: wanted, among: names).first
    throw error(
      .unknownSubfield(String(wanted), annotation: format.key), range, suggestion: nearest.map { "\(key).\($0)" })
  }
}

extension ExpressionCompiler.Operand {
  /// A minus speaks of the samples that its value speaks of.
  fileprivate func masked(by compiler: inout ExpressionCompiler) -> Self {
    if case .number(let node) = self, case .arithmetic(_, _, let inner) = compiler.program.numbers[node] {
      compiler.program.numberMasks[node] = compiler.program.numberMasks[inner]
    }
    return self
  }
}
