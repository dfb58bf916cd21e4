internal import Model

extension ExpressionCompiler {
  private static let planes: [String: GenotypeColumns.Plane] = [
    "het": .heterozygous, "hom_ref": .homozygousReference, "hom_alt": .homozygousAlternate, "alt": .carrier,
    "missing": .missing, "phased": .phased,
  ]

  /// The family word of a name such as `kid.het`, and what follows it; nil for other names.
  private func familyName(_ name: String) -> (word: FamilyWord, property: String)? {
    if header.info[name] != nil || header.format[name] != nil { return nil }
    guard let dot = name.firstIndex(of: "."), let word = FamilyWord(rawValue: name[..<dot].lowercased()) else {
      return nil
    }
    return (word, String(name[name.index(after: dot)...]))
  }

  /// `kid.het` as a test; nil for a name that is no property of a genotype.
  mutating func property(_ name: String, _ range: Range<Int>) throws(ExpressionError) -> Int? {
    guard let (word, property) = familyName(name), let plane = Self.planes[property] else { return nil }
    try use(word, range)
    return add(.member(word, plane))
  }

  /// `kid.DP`, `kid.AD[1]`, `kid.AB` as a number; nil for a name without a family word.
  mutating func memberNumber(_ name: String, _ range: Range<Int>) throws(ExpressionError) -> Operand? {
    guard let (word, written) = familyName(name) else {
      if let word = FamilyWord(rawValue: name.lowercased()) {
        throw error(.notATest(name), range, suggestion: "\(word.rawValue).het")
      }
      return nil
    }
    if Self.planes[written] != nil { throw error(.notAValue, range) }
    try use(word, range)
    if word.isGroup { groups.insert(word) }
    var field = Substring(written)
    var subscripted: Substring?
    if written.last == "]", let open = written.firstIndex(of: "[") {
      field = written[..<open]
      subscripted = written[written.index(after: open)...].dropLast()
    }
    if field == "AB", header.format["AB"] == nil {
      guard let depths = header.format["AD"] else {
        throw error(.unknownFormat("AD"), range)
      }
      return .number(add(.balance(word, field: formatField(depths, .all))))
    }
    guard let definition = header.format[String(field)] else {
      let known = Self.planes.keys.sorted() + header.format.keys.sorted() + ["AB"]
      let nearest = Spelling.nearest(to: field, among: known).first
      throw error(.unknownProperty(String(field)), range, suggestion: nearest.map { "\(word.rawValue).\($0)" })
    }
    guard definition.type == .integer || definition.type == .float else {
      throw error(.notSupported("text of one person, such as \(name),"), range)
    }
    let isSingle = definition.number == .count(1)
    let elements: FieldElements = subscripted == nil && isSingle ? .one(0) : try self.elements(subscripted, range)
    return .number(add(.member(word, field: formatField(definition, elements))))
  }

  private mutating func use(_ word: FamilyWord, _ range: Range<Int>) throws(ExpressionError) {
    if resources.pedigree == nil { throw error(.noPedigree(word.rawValue), range) }
    if familyWords.isEmpty { familyRange = range }
    familyWords.insert(word)
  }

  /// Finds the people; an expression about nobody would select nothing in silence.
  mutating func bindFamily() throws(ExpressionError) {
    guard let pedigree = resources.pedigree else { return }
    program.family = FamilyBindings(words: familyWords, pedigree: pedigree, samples: header.samples)
    if program.family.bindings.isEmpty {
      throw error(.noBinding(source(familyRange)), familyRange)
    }
  }
}
