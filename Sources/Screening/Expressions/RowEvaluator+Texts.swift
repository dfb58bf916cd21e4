internal import Model

extension RowEvaluator {
  /// The words that genotypes are compared with, one behind the other.
  private static let words = Array("homhethaprefaltmisrrraaaaA.".utf8)
  private static let dot = [Bytes.dot]

  /// Fills the slot of a text node.
  mutating func evaluate(text node: Int) {
    texts[node].clear()
    switch program.texts[node] {
    case .constant(let index):
      texts[node].source = .constant(index)
      texts[node].parts = program.constants[index].parts
      texts[node].isPresent = !program.constants[index].bytes.isEmpty
    case .chromosome: readColumn(batch.range(.chromosome, of: row), into: node)
    case .reference: readColumn(batch.range(.reference, of: row), into: node)
    case .id: readColumn(batch.range(.id, of: row), into: node)
    case .alternate(let index): readAlternate(index, into: node)
    case .info(let field): readInfoText(program.infoFields[field], into: node)
    case .format(let field): readFormatText(program.formatFields[field], into: node)
    case .genotype: readGenotypes(nil, into: node)
    case .genotypeWord(let kind): readGenotypes(kind, into: node)
    }
  }

  private mutating func readColumn(_ range: Range<Int>, into node: Int) {
    texts[node].whole = range
    texts[node].isPresent = !range.isEmpty
    TextParts.append(range, of: text, to: &texts[node].parts)
  }

  /// An allele that the record does not have is missing, and so is all of ALT where there is none.
  private mutating func readAlternate(_ index: Int, into node: Int) {
    let range = batch.range(.alternate, of: row)
    if index < 0 {
      if alleleCount() > 1 { readColumn(range, into: node) }
      return
    }
    texts[node].isPresent = true
    if let part = Bytes.part(index, of: range, in: text, separator: Bytes.comma) {
      texts[node].whole = part
      texts[node].parts.append(part)
    } else {
      texts[node].parts.append(TextSlot.missing)
    }
  }

  private mutating func readInfoText(_ field: InfoField, into node: Int) {
    guard let range = InfoSearch.value(of: field.key, in: batch.range(.info, of: row), of: text), !range.isEmpty else {
      return
    }
    if field.elements == .all || field.isSingle { return readColumn(range, into: node) }
    var index = 0
    var parts: [Range<Int>] = []
    TextParts.append(range, of: text, to: &parts)
    for part in parts {
      if field.elements.contains(index) { texts[node].parts.append(part) }
      index += 1
    }
    texts[node].whole = texts[node].parts.first ?? 0..<0
    texts[node].isPresent = !texts[node].parts.isEmpty
  }

  private mutating func readFormatText(_ field: FormatField, into node: Int) {
    guard let index = formatIndex(field.key) else { return }
    texts[node].isPresent = true
    var parts: [Range<Int>] = []
    for start in starts() {
      texts[node].bounds.append(texts[node].parts.count)
      let range = FormatText.value(index, from: start, to: lineEnd, in: text)
      parts.removeAll(keepingCapacity: true)
      TextParts.append(range, of: text, to: &parts)
      let before = texts[node].parts.count
      for (place, part) in parts.enumerated() where field.elements.contains(place) { texts[node].parts.append(part) }
      if texts[node].parts.count == before { texts[node].parts.append(TextSlot.missing) }
    }
    texts[node].bounds.append(texts[node].parts.count)
  }

  // MARK: - GT

  private mutating func readGenotypes(_ kind: GenotypeWordKind?, into node: Int) {
    guard let index = formatIndex(FormatText.genotype) else { return }
    texts[node].isPresent = true
    if kind != nil { texts[node].source = .words }
    for start in starts() {
      texts[node].bounds.append(texts[node].parts.count)
      let range = FormatText.value(index, from: start, to: lineEnd, in: text)
      if let kind {
        texts[node].parts.append(Self.word(CalledAlleles(range, in: text, alleleCount: .max), kind))
      } else {
        texts[node].parts.append(range.isEmpty ? TextSlot.missing : range)
      }
    }
    texts[node].bounds.append(texts[node].parts.count)
  }

  /// Place in `words`.
  private static func word(_ call: CalledAlleles, _ kind: GenotypeWordKind) -> Range<Int> {
    if call.isMissing { return kind == .presence ? 15..<18 : 26..<27 }
    switch kind {
    case .zygosity:
      if call.copies == 1 { return 6..<9 }
      return call.isHeterozygous ? 3..<6 : 0..<3
    case .presence: return call.isCarrier ? 12..<15 : 9..<12
    case .letters:
      if call.copies == 1 { return call.hasReference ? 18..<19 : 22..<23 }
      if !call.isHeterozygous { return call.hasReference ? 18..<20 : 22..<24 }
      return call.hasReference ? 20..<22 : 24..<26
    }
  }

  /// GT against one of its words: the same answer as `compareTexts` gives, without a buffer; nil for anything else.
  mutating func compareGenotypes(_ isEqual: Bool, _ left: Int, _ right: Int, into test: Int) -> Bool? {
    guard case .genotypeWord(let kind) = program.texts[left], case .constant(let constant) = program.texts[right] else {
      return nil
    }
    clearSamples(test)
    let mask = program.testMasks[test]
    let index = formatIndex(FormatText.genotype)
    let end = lineEnd
    let starts = starts()
    var any = false
    for sample in starts.indices where isMeant(sample, by: mask) {
      var isWord = false
      if let index {
        let range = FormatText.value(index, from: starts[sample], to: end, in: text)
        let word = Self.word(CalledAlleles(range, in: text, alleleCount: .max), kind)
        isWord = InfoSearch.equals(word, in: Self.words, program.constants[constant].bytes)
      }
      if isWord == isEqual {
        samples[test][sample] = true
        any = true
      }
    }
    return any
  }

  // MARK: - Comparing

  private func bytes(_ source: TextSlot.Source) -> [UInt8] {
    switch source {
    case .record: text
    case .constant(let index): program.constants[index].bytes
    case .words: Self.words
    }
  }

  private static func isMissing(_ part: Range<Int>, _ bytes: [UInt8]) -> Bool {
    part.lowerBound < 0 || (part.count == 1 && bytes[part.lowerBound] == Bytes.dot)
  }

  /// Answers for the record or for each sample, with one side that may be absent.
  private mutating func answer(
    _ rule: MissingRule, _ node: Int, _ isOtherPresent: Bool, _ isOtherMissing: Bool, into test: Int,
    _ body: (Range<Int>, TextSlot) -> Bool
  ) -> Bool {
    let slot = texts[node]
    let bytes = bytes(slot.source)
    func absent(_ parts: Range<Int>) -> Bool {
      if !slot.isPresent, !isOtherPresent { return rule.both }
      if !slot.isPresent { return rule.answer(isOtherMissing ? 2 : 1) }
      return rule.answer(slot.parts[parts].contains { Self.isMissing($0, bytes) } ? 2 : 1)
    }
    let isWhole = slot.isPresent && isOtherPresent
    let mask = program.testMasks[test]
    if mask < 0 {
      let all = 0..<slot.parts.count
      return isWhole ? body(all, slot) : absent(all)
    }
    clearSamples(test)
    var any = false
    for sample in 0..<program.sampleCount where isMeant(sample, by: mask) {
      let parts = slot.bounds.isEmpty ? 0..<0 : slot.bounds[sample]..<slot.bounds[sample + 1]
      let answer = isWhole ? body(parts, slot) : absent(parts)
      if answer {
        samples[test][sample] = true
        any = true
      }
    }
    return any
  }

  /// Any part of one side against any part of the other; with `!=`, any two that differ.
  mutating func compareTexts(_ isEqual: Bool, _ left: Int, _ right: Int, into test: Int) -> Bool {
    evaluate(text: left)
    evaluate(text: right)
    let rule = MissingRule(isEqual: isEqual)
    // The side with samples goes first; only one side can have them.
    let (first, second) = program.textMasks[right] >= 0 ? (right, left) : (left, right)
    let other = texts[second]
    let otherBytes = bytes(other.source)
    let firstBytes = bytes(texts[first].source)
    let isOtherMissing = other.parts.contains { Self.isMissing($0, otherBytes) }
    return answer(rule, first, other.isPresent, isOtherMissing, into: test) { parts, slot in
      for part in slot.parts[parts] {
        let isMissing = Self.isMissing(part, firstBytes)
        for wanted in other.parts {
          let missing = (isMissing ? 1 : 0) + (Self.isMissing(wanted, otherBytes) ? 1 : 0)
          if missing > 0 {
            if rule.answer(missing) { return true }
          } else if (part.count == wanted.count && firstBytes[part].elementsEqual(otherBytes[wanted])) == isEqual {
            return true
          }
        }
      }
      return false
    }
  }

  mutating func match(_ isLike: Bool, _ node: Int, _ pattern: Int, into test: Int) -> Bool {
    evaluate(text: node)
    let rule = MissingRule(isEqual: isLike)
    let pattern = program.patterns[pattern]
    let bytes = bytes(texts[node].source)
    return answer(rule, node, true, pattern.pattern == ".", into: test) { parts, slot in
      for part in slot.parts[parts] {
        if !isLike, Self.isMissing(part, bytes) { return true }
        let isMatch = part.lowerBound < 0 ? pattern.matches(0..<1, in: Self.dot) : pattern.matches(part, in: bytes)
        if isMatch == isLike { return true }
      }
      return false
    }
  }

  /// Whether any part stands in a list; with `!=`, whether none does.
  mutating func look(_ isEqual: Bool, _ node: Int, _ list: Int, into test: Int) -> Bool {
    evaluate(text: node)
    let list = program.lists[list]
    let bytes = bytes(texts[node].source)
    let slot = texts[node]
    func isListed(_ parts: Range<Int>) -> Bool {
      slot.parts[parts].contains { list.contains($0.lowerBound < 0 ? Self.dot : Array(bytes[$0])) } == isEqual
    }
    let mask = program.testMasks[test]
    if mask < 0 { return isListed(0..<slot.parts.count) }
    clearSamples(test)
    var any = false
    for sample in 0..<program.sampleCount where isMeant(sample, by: mask) {
      if isListed(slot.bounds.isEmpty ? 0..<0 : slot.bounds[sample]..<slot.bounds[sample + 1]) {
        samples[test][sample] = true
        any = true
      }
    }
    return any
  }
}
