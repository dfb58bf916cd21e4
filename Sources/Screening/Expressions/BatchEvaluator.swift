internal import Model

/// Answers a condition for the rows of one batch, asking each test only of the rows that it can still decide.
struct BatchEvaluator {
  private var rows: RowEvaluator
  private let rowCount: Int
  private let familyWords: Set<FamilyWord>
  /// Answers of tests that do not depend on the family, kept from one binding to the next.
  private var known: [Int: (asked: RowMask, yes: RowMask)] = [:]

  init(_ program: ExpressionProgram, familyWords: Set<FamilyWord>, _ batch: VariantBatch) {
    rows = RowEvaluator(program, batch)
    rowCount = batch.count
    self.familyWords = familyWords
  }

  /// The candidates that meet the condition; with family words, those that meet it for at least one binding.
  mutating func select(_ condition: RowCondition, among candidates: RowMask) -> RowMask {
    if familyWords.isEmpty { return evaluate(condition, candidates) }
    var selected = RowMask(count: rowCount)
    var open = candidates
    for binding in rows.program.family.bindings {
      if open.isEmpty { break }
      rows.binding = binding
      let found = evaluate(condition, open)
      selected.formUnion(found)
      open.subtract(found)
    }
    return selected
  }

  private mutating func evaluate(_ condition: RowCondition, _ candidates: RowMask) -> RowMask {
    switch condition {
    case .all(let parts):
      var left = candidates
      for part in parts {
        if left.isEmpty { break }
        left = evaluate(part, left)
      }
      return left
    case .any(let parts):
      var open = candidates
      var selected = RowMask(count: rowCount)
      for part in parts {
        if open.isEmpty { break }
        let found = evaluate(part, open)
        selected.formUnion(found)
        open.subtract(found)
      }
      return selected
    case .not(let inner):
      var left = candidates
      left.subtract(evaluate(inner, candidates))
      return left
    case .test(let test, let isBound):
      return isBound || familyWords.isEmpty ? ask(test, candidates) : askOnce(test, candidates)
    case .plane(let word, let plane): return members(word, plane, candidates)
    }
  }

  private mutating func ask(_ test: Int, _ candidates: RowMask) -> RowMask {
    if familyWords.isEmpty == false { decodePlanes(candidates) }
    var answer = RowMask(count: rowCount)
    for index in candidates.words.indices {
      var word = candidates.words[index]
      while word != 0 {
        let row = index << 6 + word.trailingZeroBitCount
        word &= word - 1
        if rows.holds(test, row: row) { answer.insert(row) }
      }
    }
    return answer
  }

  private mutating func askOnce(_ test: Int, _ candidates: RowMask) -> RowMask {
    var memory = known[test] ?? (RowMask(count: rowCount), RowMask(count: rowCount))
    var new = candidates
    new.subtract(memory.asked)
    if !new.isEmpty {
      memory.yes.formUnion(ask(test, new))
      memory.asked.formUnion(new)
      known[test] = memory
    }
    var answer = candidates
    answer.formIntersection(memory.yes)
    return answer
  }

  // MARK: - Planes

  private mutating func members(_ word: FamilyWord, _ plane: GenotypeColumns.Plane, _ candidates: RowMask) -> RowMask {
    decodePlanes(candidates)
    let members = rows.binding.samples(of: word)
    guard let planes = rows.planes, !members.isEmpty else {
      // Nobody: true of all unaffected members, and of no affected one.
      return word == .unaffected ? candidates : RowMask(count: rowCount)
    }
    var answer = candidates
    for sample in members {
      guard let place = planes.samples.firstIndex(of: sample) else { return RowMask(count: rowCount) }
      for index in answer.words.indices { answer.words[index] &= planes.word(index, of: plane, sample: place) }
    }
    return answer
  }

  /// Decodes the genotypes that any binding needs, once a batch: of all rows, since another binding may ask of others.
  private mutating func decodePlanes(_ candidates: RowMask) {
    if rows.planes != nil { return }
    let samples = rows.program.family.samples(for: familyWords)
    var wanted = Selection(all: rowCount)
    if rows.program.family.bindings.count == 1 {
      for row in 0..<rowCount where !candidates.contains(row) { wanted.clear(row) }
    }
    rows.planes = GenotypeColumns(rows.batch, samples: samples, rows: wanted)
  }
}
