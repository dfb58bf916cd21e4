internal import Model

/// Values of a number node for the current row: for the record, or `width` values for each sample.
struct NumberSlot {
  var values: [Double] = []
  /// Values in use; 0 when there is nothing at all, as for a field that the record does not have.
  var count = 0
  /// Values a sample.
  var width = 1

  mutating func set(_ value: Double) {
    values.removeAll(keepingCapacity: true)
    values.append(value)
    count = 1
    width = 1
  }

  mutating func clear() {
    values.removeAll(keepingCapacity: true)
    count = 0
    width = 1
  }
}

/// Parts of a text node for the current row: for the record, or for each sample.
struct TextSlot {
  /// Which bytes the parts are in.
  enum Source: Equatable {
    case record
    case constant(Int)
    case words
  }

  /// Stands for a value that is missing without being written as `.`.
  static let missing = -1..<(-1)

  var source = Source.record
  var parts: [Range<Int>] = []
  /// For sampled text, where each sample's parts begin, and their end; empty otherwise.
  var bounds: [Int] = []
  var isPresent = false
  /// The whole text of a record's value.
  var whole = 0..<0

  mutating func clear() {
    source = .record
    parts.removeAll(keepingCapacity: true)
    bounds.removeAll(keepingCapacity: true)
    isPresent = false
    whole = 0..<0
  }
}

/// Answers the tests of a program for one row after another, with buffers that it keeps.
///
/// The rules for missing values, for vectors of different length and for 32-bit floats are those of bcftools 1.16, found by
/// trying it; `Tests/Fixtures/expressions` holds the trials. The plain words of its manual leave most of them open.
struct RowEvaluator {
  let program: ExpressionProgram
  let batch: VariantBatch
  let text: [UInt8]
  /// Planes for the family words; nil when the program has none.
  var planes: GenotypeColumns?
  var binding = FamilyBindings.Binding()
  /// The member that a group word stands for at the moment.
  var member = -1
  private(set) var row = -1
  var numbers: [NumberSlot]
  var texts: [TextSlot]
  /// Answers for each sample, where a test speaks of samples.
  var samples: [[Bool]]
  private var walk: EntryWalk
  /// Where the sample columns of `columnRow` begin.
  private var columnStarts: [Int] = []
  private var columnRow = -1
  var scratch: [Double] = []

  init(_ program: ExpressionProgram, _ batch: VariantBatch) {
    self.program = program
    self.batch = batch
    text = batch.text
    numbers = Array(repeating: NumberSlot(), count: program.numbers.count)
    texts = Array(repeating: TextSlot(), count: program.texts.count)
    samples = program.testMasks.map { $0 < 0 ? [] : Array(repeating: false, count: program.sampleCount) }
    walk = EntryWalk(batch.text)
  }

  /// Whether a record passes a test.
  mutating func holds(_ test: Int, row: Int) -> Bool {
    self.row = row
    return holds(test)
  }

  mutating func holds(_ test: Int) -> Bool {
    switch program.tests[test] {
    case .numbers(let comparison, let left, let right):
      return compareDirectly(comparison, left, right) ?? compare(comparison, left, right, into: test)
    case .texts(let isEqual, let left, let right):
      return compareGenotypes(isEqual, left, right, into: test) ?? compareTexts(isEqual, left, right, into: test)
    case .pattern(let isLike, let text, let pattern): return match(isLike, text, pattern, into: test)
    case .list(let isEqual, let text, let list): return look(isEqual, text, list, into: test)
    case .id(let isEqual, let constant):
      return batch.bytes(.id, of: row).elementsEqual(program.constants[constant].bytes) == isEqual
    case .idPattern(let isLike, let pattern):
      return program.patterns[pattern].matches(batch.range(.id, of: row), in: text) == isLike
    case .idList(let isEqual, let list):
      return program.lists[list].contains(Array(batch.bytes(.id, of: row))) == isEqual
    case .filter(let kind, let set): return filter(kind, program.filterSets[set])
    case .type(let isEqual, let types): return (alleleTypes() == types) == isEqual
    case .typeShared(let isLike, let types): return alleleTypes().isDisjoint(with: types) != isLike
    case .entries(let index):
      let tests = program.entryTests[index]
      guard let value = InfoSearch.value(of: tests.key, in: batch.range(.info, of: row), of: text) else { return false }
      return walk.holds(tests, for: value)
    case .member(let word, let plane): return holds(plane, for: word)
    case .regions(let index):
      guard let contig = batch.contigs[row] else { return false }
      return program.regions[index].contains(Locus(contig, batch.positions[row]))
    case .both(let left, let right, let sameSample): return both(left, right, sameSample, into: test)
    case .either(let left, let right, let eachSample): return either(left, right, eachSample, into: test)
    case .not(let inner): return !holds(inner)
    case .everyMember(let word, let inner): return everyMember(word, inner)
    }
  }

  // MARK: - Columns

  private func alleleTypes() -> AlleleTypes {
    AlleleTypes(reference: batch.range(.reference, of: row), alternates: batch.range(.alternate, of: row), in: text)
  }

  /// FILTER is a set: `=` asks for the same set, `~` for all of the names among others.
  private func filter(_ kind: FilterOperator, _ wanted: [[UInt8]]) -> Bool {
    let range = batch.range(.filter, of: row)
    var names = 0
    var found = 0
    if !(range.count == 1 && text[range.lowerBound] == Bytes.dot), !range.isEmpty {
      var start = range.lowerBound
      while start <= range.upperBound {
        let end = InfoSearch.next(UInt8(ascii: ";"), from: start, to: range.upperBound, in: text)
        names += 1
        for name in wanted where InfoSearch.equals(start..<end, in: text, name) { found += 1 }
        start = end + 1
      }
    }
    return switch kind {
    case .equal: names == wanted.count && found == wanted.count
    case .notEqual: names != wanted.count || found != wanted.count
    case .contains: wanted.isEmpty ? names == 0 : found == wanted.count
    case .lacks: wanted.isEmpty ? names > 0 : found != wanted.count
    }
  }

  // MARK: - Samples

  /// Where sample columns begin; found once a row.
  mutating func starts() -> [Int] {
    if columnRow == row { return columnStarts }
    columnRow = row
    columnStarts.removeAll(keepingCapacity: true)
    let end = batch.line(of: row).endIndex
    var start = batch.range(.format, of: row).upperBound + 1
    for _ in 0..<program.sampleCount {
      columnStarts.append(min(start, end))
      start = InfoSearch.next(FormatText.tab, from: start, to: end, in: text) + 1
    }
    return columnStarts
  }

  /// Place of a key in this row's FORMAT.
  func formatIndex(_ key: [UInt8]) -> Int? { FormatText.index(of: key, in: batch.range(.format, of: row), of: text) }

  var lineEnd: Int { batch.line(of: row).endIndex }

  func isMeant(_ sample: Int, by mask: Int) -> Bool { program.masks[mask][sample] }

  private mutating func both(_ left: Int, _ right: Int, _ sameSample: Bool, into test: Int) -> Bool {
    let mask = program.testMasks[test]
    if mask < 0 { return holds(left) && holds(right) }
    clearSamples(test)
    guard holds(left), holds(right) else { return false }
    let isLeft = program.testMasks[left] >= 0
    let isRight = program.testMasks[right] >= 0
    if !isLeft || !isRight {
      copySamples(from: isLeft ? left : right, to: test, mask)
      return true
    }
    var any = !sameSample
    for sample in 0..<program.sampleCount where isMeant(sample, by: mask) {
      let one = samples[left][sample]
      let two = samples[right][sample]
      let answer = sameSample ? one && two : one || two
      samples[test][sample] = answer
      if answer { any = true }
    }
    return any
  }

  private mutating func either(_ left: Int, _ right: Int, _ eachSample: Bool, into test: Int) -> Bool {
    let mask = program.testMasks[test]
    if mask < 0 { return holds(left) || holds(right) }
    clearSamples(test)
    let one = holds(left)
    let two = holds(right)
    if !one, !two { return false }
    let isLeft = program.testMasks[left] >= 0
    let isRight = program.testMasks[right] >= 0
    // `||` selects all samples, unless what holds is the side with samples alone.
    if !eachSample, !((!isLeft && !one) || (!isRight && !two)) {
      for sample in 0..<program.sampleCount where isMeant(sample, by: mask) { samples[test][sample] = true }
    } else if !isLeft || !isRight || !eachSample {
      copySamples(from: isLeft ? left : right, to: test, mask)
    } else {
      for sample in 0..<program.sampleCount where isMeant(sample, by: mask) {
        samples[test][sample] = samples[left][sample] || samples[right][sample]
      }
    }
    return true
  }

  mutating func clearSamples(_ test: Int) {
    for sample in samples[test].indices { samples[test][sample] = false }
  }

  private mutating func copySamples(from source: Int, to test: Int, _ mask: Int) {
    for sample in 0..<program.sampleCount where isMeant(sample, by: mask) {
      samples[test][sample] = samples[source][sample]
    }
  }

  // MARK: - Family

  private func holds(_ plane: GenotypeColumns.Plane, for word: FamilyWord) -> Bool {
    guard let planes else { return false }
    let members = binding.samples(of: word)
    if members.isEmpty { return word == .unaffected }
    return members.allSatisfy { sample in
      guard let place = planes.samples.firstIndex(of: sample) else { return false }
      return planes.word(row >> 6, of: plane, sample: place) >> UInt64(row & 63) & 1 == 1
    }
  }

  private mutating func everyMember(_ word: FamilyWord, _ inner: Int) -> Bool {
    let members = binding.samples(of: word)
    if members.isEmpty { return word == .unaffected }
    for sample in members {
      member = sample
      if !holds(inner) { return false }
    }
    return true
  }
}
