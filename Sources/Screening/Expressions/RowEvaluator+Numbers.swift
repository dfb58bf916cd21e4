internal import Model

extension RowEvaluator {
  /// Fills the slot of a number node.
  mutating func evaluate(_ node: Int) {
    switch program.numbers[node] {
    case .constant(let value): numbers[node].set(value)
    case .quality: numbers[node].set(quality())
    case .position: numbers[node].set(Double(batch.positions[row]))
    case .alternateCount: numbers[node].set(Double(alleleCount() - 1))
    case .alleleLength: readLengths(into: node)
    case .missingCount(let isFraction): countMissing(isFraction, into: node)
    case .statistic(let statistic, let element): readStatistic(statistic, element, into: node)
    case .flag(let field):
      let key = program.infoFields[field].key
      numbers[node].set(InfoSearch.value(of: key, in: batch.range(.info, of: row), of: text) == nil ? 0 : 1)
    case .info(let field): readInfo(program.infoFields[field], into: node)
    case .format(let field): readFormat(program.formatFields[field], into: node)
    case .member(let word, let field): readMember(word, program.formatFields[field], into: node)
    case .balance(let word, let field): readBalance(word, program.formatFields[field], into: node)
    case .arithmetic(let operation, let left, let right): calculate(operation, left, right, into: node)
    default: evaluateFunction(node)
    }
  }

  /// Missing is told from `nan` by the text.
  func quality() -> Double {
    let quality = batch.qualities[row]
    if quality.isNaN, batch.bytes(.quality, of: row).elementsEqual([Bytes.dot]) { return DecimalText.missing }
    return Double(quality)
  }

  func alleleCount() -> Int { FormatText.alleleCount(of: batch.range(.alternate, of: row), in: text) }

  /// Length of each alternate less that of the reference; equal lengths count as missing in bcftools 1.16.
  private mutating func readLengths(into node: Int) {
    numbers[node].clear()
    guard alleleCount() > 1 else { return }
    let reference = batch.range(.reference, of: row).count
    Bytes.forEachPart(of: batch.range(.alternate, of: row), in: text, separator: Bytes.comma) { _, part in
      numbers[node].values.append(part.count == reference ? DecimalText.missing : Double(part.count - reference))
    }
    numbers[node].count = numbers[node].values.count
  }

  // MARK: - INFO

  private func parse(_ kind: FieldKind, _ range: Range<Int>) -> Double {
    kind == .integer ? DecimalText.integer(range, in: text) : DecimalText.float(range, in: text)
  }

  /// Reads the values of an INFO key with what bcftools makes of missing ones.
  ///
  /// A missing whole number among several is the lowest 32-bit number to it, a lone one with a subscript the lowest 8-bit
  /// number, and a lone float with a subscript a plain NaN; a lone value answers to every subscript.
  mutating func readInfo(_ field: InfoField, into node: Int) {
    numbers[node].clear()
    guard let range = InfoSearch.value(of: field.key, in: batch.range(.info, of: row), of: text), !range.isEmpty else {
      return
    }
    let parts = Bytes.partCount(of: range, in: text, separator: Bytes.comma)
    if field.isSingle || parts == 1 { return readLone(field, range, parts, into: node) }
    var index = 0
    var start = range.lowerBound
    while start <= range.upperBound {
      let end = InfoSearch.next(Bytes.comma, from: start, to: range.upperBound, in: text)
      if field.elements.contains(index) {
        let value = parse(field.kind, start..<end)
        if DecimalText.isMissing(value), field.kind == .integer {
          if case .one = field.elements { return }
          numbers[node].values.append(-2_147_483_648)
        } else {
          if DecimalText.isMissing(value), case .one = field.elements { return }
          numbers[node].values.append(value)
        }
      }
      index += 1
      start = end + 1
    }
    numbers[node].count = numbers[node].values.count
  }

  private mutating func readLone(_ field: InfoField, _ range: Range<Int>, _ parts: Int, into node: Int) {
    if field.isSingle {
      // The header promises one value; where a record has more, each counts.
      var start = range.lowerBound
      while start <= range.upperBound {
        let end = InfoSearch.next(Bytes.comma, from: start, to: range.upperBound, in: text)
        let value = parse(field.kind, start..<end)
        if !DecimalText.isMissing(value) || parts > 1 { numbers[node].values.append(value) }
        start = end + 1
      }
      numbers[node].count = numbers[node].values.count
      return
    }
    let value = parse(field.kind, range)
    switch field.elements {
    case .all: numbers[node].set(DecimalText.isMissing(value) && field.kind == .integer ? -2_147_483_648 : value)
    case .one:
      numbers[node].set(DecimalText.isMissing(value) ? (field.kind == .integer ? -128 : .nan) : value)
    case .some:
      guard field.elements.contains(0) else { return }
      numbers[node].set(DecimalText.isMissing(value) && field.kind == .integer ? -2_147_483_648 : value)
    }
  }

  // MARK: - FORMAT

  /// Reads a field of all samples. Samples with fewer values than the longest are filled up with missing ones.
  mutating func readFormat(_ field: FormatField, into node: Int) {
    numbers[node].clear()
    guard let index = formatIndex(field.key) else { return }
    let starts = starts()
    let end = lineEnd
    var width = 1
    switch field.elements {
    case .one: break
    case .some(let flags, isOpen: false): width = max(1, flags.count { $0 })
    case .all, .some:
      for start in starts {
        let range = FormatText.value(index, from: start, to: end, in: text)
        width = max(width, Bytes.partCount(of: range, in: text, separator: Bytes.comma))
      }
    }
    numbers[node].width = width
    for start in starts {
      let range = FormatText.value(index, from: start, to: end, in: text)
      appendValues(field, range, width, to: node)
    }
    numbers[node].count = numbers[node].values.count
  }

  private mutating func appendValues(_ field: FormatField, _ range: Range<Int>, _ width: Int, to node: Int) {
    var kept = 0
    var index = 0
    var start = range.lowerBound
    while start < range.upperBound, kept < width {
      let end = InfoSearch.next(Bytes.comma, from: start, to: range.upperBound, in: text)
      if field.elements.contains(index) {
        numbers[node].values.append(parse(field.kind, start..<end))
        kept += 1
      }
      index += 1
      start = end + 1
    }
    while kept < width {
      numbers[node].values.append(DecimalText.missing)
      kept += 1
    }
  }

  /// Sample column of the person that a word stands for.
  private func column(of word: FamilyWord) -> Int { word.isGroup ? member : binding.samples(of: word)[0] }

  private mutating func readMember(_ word: FamilyWord, _ field: FormatField, into node: Int) {
    numbers[node].clear()
    let column = column(of: word)
    guard column >= 0, let index = formatIndex(field.key) else { return }
    let start = starts()[column]
    let range = FormatText.value(index, from: start, to: lineEnd, in: text)
    var place = 0
    Bytes.forEachPart(of: range, in: text, separator: Bytes.comma) { _, part in
      if field.elements.contains(place) {
        let value = parse(field.kind, part)
        if !DecimalText.isMissing(value) { numbers[node].values.append(value) }
      }
      place += 1
    }
    numbers[node].count = numbers[node].values.count
  }

  /// Reads that are not of the reference, as a share of all reads; missing without reads.
  private mutating func readBalance(_ word: FamilyWord, _ field: FormatField, into node: Int) {
    readMember(word, field, into: node)
    let reads = numbers[node].values
    let total = reads.reduce(0, +)
    if reads.count < 2 || total <= 0 { return numbers[node].clear() }
    numbers[node].set((total - reads[0]) / total)
  }

  // MARK: - Genotypes

  /// Samples with a copy that is not called. A `.` behind a `|` does not count, as in bcftools 1.16.
  private mutating func countMissing(_ isFraction: Bool, into node: Int) {
    numbers[node].clear()
    if program.sampleCount == 0 { return numbers[node].set(0) }
    guard let index = formatIndex(FormatText.genotype) else { return }
    var missing = 0
    for start in starts() {
      let range = FormatText.value(index, from: start, to: lineEnd, in: text)
      if range.isEmpty { missing += 1 }
      for position in range where text[position] == Bytes.dot {
        if position > range.lowerBound, text[position - 1] == FormatText.bar { continue }
        missing += 1
        break
      }
    }
    numbers[node].set(isFraction ? Double(missing) / Double(program.sampleCount) : Double(missing))
  }

  /// AC, AN and what follows from them, where the header does not define them: INFO's AN and AC if the record has both, else
  /// the genotypes.
  private mutating func readStatistic(_ statistic: AlleleStatistic, _ element: Int, into node: Int) {
    numbers[node].clear()
    guard let (counts, total) = alleleCounts(), total > 0 else {
      if statistic == .number { numbers[node].set(0) }
      return
    }
    if statistic == .number { return numbers[node].set(Double(total)) }
    if element >= 0 {
      numbers[node].set(element < counts.count ? Double(counts[element]) : 0)
    } else if counts.isEmpty {
      numbers[node].set(0)
    } else {
      numbers[node].values = counts.map(Double.init)
      numbers[node].count = counts.count
    }
    let number = Double(total)
    for index in numbers[node].values.indices {
      let value = numbers[node].values[index]
      numbers[node].values[index] =
        switch statistic {
        case .count, .number: value
        case .minorCount: value > number * 0.5 ? number - value : value
        case .frequency: value / number
        case .minorFrequency: value / number > 0.5 ? 1 - value / number : value / number
        }
    }
  }

  /// Counts of the alternate alleles and of all called alleles.
  private mutating func alleleCounts() -> (counts: [Int], total: Int)? {
    let alleles = alleleCount()
    let info = batch.range(.info, of: row)
    if let number = InfoSearch.value(of: Array("AN".utf8), in: info, of: text),
      let count = InfoSearch.value(of: Array("AC".utf8), in: info, of: text)
    {
      var counts: [Int] = []
      Bytes.forEachPart(of: count, in: text, separator: Bytes.comma) { _, part in
        let value = DecimalText.integer(part, in: text)
        counts.append(DecimalText.isMissing(value) ? 0 : Int(value))
      }
      let total = DecimalText.integer(number, in: text)
      if counts.count == alleles - 1, !DecimalText.isMissing(total), total >= 0 { return (counts, Int(total)) }
    }
    guard let index = formatIndex(FormatText.genotype), program.sampleCount > 0 else { return nil }
    var counts = Array(repeating: 0, count: alleles)
    for start in starts() {
      let range = FormatText.value(index, from: start, to: lineEnd, in: text)
      var position = range.lowerBound
      while position < range.upperBound {
        var end = position
        while end < range.upperBound, text[end] != FormatText.slash, text[end] != FormatText.bar { end += 1 }
        if let allele = Bytes.firstInteger(position..<end, in: text), allele < alleles { counts[allele] += 1 }
        position = end + 1
      }
    }
    return (Array(counts.dropFirst()), counts.reduce(0, +))
  }
}
