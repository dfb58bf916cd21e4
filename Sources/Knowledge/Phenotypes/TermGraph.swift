public import Model

/// The phenotypic abnormalities of the ontology as a graph over small numbers, for whatever is counted over diseases.
///
/// A term's number is its place among all phenotypic terms in the order of their ids.
public struct TermGraph: Sendable {
  public typealias Term = Int

  /// Number in the id, `1250` of `HP:0001250`, by term; ascending.
  let numbers: [Int32]
  /// Terms by number in the id, a page of 1,024 at a time.
  private let pages: [Int32]
  private let cells: [Int32]
  /// Next broader terms, and all broader ones with the term itself, of each term.
  let parents: Rows<Int32>
  let ancestors: Rows<Int32>
  /// The term itself and everything narrower, of each term.
  let descendants: Rows<Int32>
  /// `HP:0000118`.
  public let root: Term
  private let labels: Labels

  public var count: Int { numbers.count }

  /// - Throws: `KnowledgeError` when the table has no phenotypic abnormality, or terms that are broader than themselves.
  init(_ table: TextTable) throws(KnowledgeError) {
    labels = try Labels(table)
    let raw = try RawTerms(table)
    let chosen = raw.phenotypic()
    guard let root = chosen.firstIndex(of: RawTerms.root) else {
      throw KnowledgeError(.phenotypes(.noAbnormalities), at: .init(file: table.file))
    }
    numbers = chosen
    self.root = root
    let (pages, cells) = Self.pages(of: chosen)
    var parents = Rows<Int32>()
    for number in chosen {
      let own = raw.parents[number] ?? []
      parents.add(own.compactMap { Self.term($0, pages, cells).map(Int32.init) })
    }
    self.pages = pages
    self.cells = cells
    self.parents = parents
    ancestors = try Self.closure(of: parents, file: table.file)
    let ancestors = ancestors
    descendants = Rows(count: ancestors.count, filling: 0) { take in
      for term in 0..<ancestors.count {
        for ancestor in ancestors[term] { take(Int(ancestor), Int32(term)) }
      }
    }
  }

  /// The term of an id such as `HP:0001250`; nil for one that is no phenotypic abnormality, or not a primary id.
  public func term(_ id: String) -> Term? {
    guard id.hasPrefix("HP:"), let number = Int32(id.dropFirst(3)) else { return nil }
    return term(number: number)
  }

  func term(number: Int32) -> Term? { Self.term(number, pages, cells) }

  /// `HP:` and seven digits.
  public func id(_ term: Term) -> String { Self.id(number: numbers[term]) }

  static func id(number: Int32) -> String {
    let digits = String(number)
    return "HP:" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
  }

  /// How many terms are broader than both, over how many are broader than one of them, each broader than itself (Jaccard).
  public func overlap(_ one: Term, _ other: Term) -> Double {
    var shared = 0
    forEachShared(one, other) { _ in shared += 1 }
    return Double(shared) / Double(ancestors[one].count + ancestors[other].count - shared)
  }

  /// Hands over each term that is broader than both, each being broader than itself.
  func forEachShared(_ one: Term, _ other: Term, _ body: (Term) -> Void) {
    let (left, right) = (ancestors[one], ancestors[other])
    var (i, j) = (left.startIndex, right.startIndex)
    while i < left.endIndex, j < right.endIndex {
      let (a, b) = (left[i], right[j])
      if a == b { body(Int(a)) }
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
  }

  /// The term itself and everything broader, ascending.
  public func broader(than term: Term) -> [Term] { ancestors[term].map { Int($0) } }

  /// English label.
  public func label(_ term: Term) -> String { labels.label(of: id(term)) }

  /// The broader terms with their distance in steps, the term itself first; of several ways the shortest.
  public func distances(from term: Term) -> [(term: Term, steps: Int)] {
    var found: [(term: Term, steps: Int)] = [(term, 0)]
    var next = 0
    while next < found.count {
      for parent in parents[found[next].term] where !found.contains(where: { $0.term == Int(parent) }) {
        found.append((Int(parent), found[next].steps + 1))
      }
      next += 1
    }
    return found
  }

  private static func term(_ number: Int32, _ pages: [Int32], _ cells: [Int32]) -> Term? {
    let page = Int(number >> 10)
    guard number >= 0, page < pages.count, pages[page] >= 0 else { return nil }
    let term = cells[Int(pages[page]) + Int(number & 1023)]
    return term < 0 ? nil : Int(term)
  }

  private static func pages(of numbers: [Int32]) -> (pages: [Int32], cells: [Int32]) {
    var pages = [Int32](repeating: -1, count: Int((numbers.last ?? 0) >> 10) + 1)
    var cells: [Int32] = []
    for (term, number) in numbers.enumerated() {
      let page = Int(number >> 10)
      if pages[page] < 0 {
        pages[page] = Int32(cells.count)
        cells.append(contentsOf: repeatElement(-1, count: 1_024))
      }
      cells[Int(pages[page]) + Int(number & 1023)] = Int32(term)
    }
    return (pages, cells)
  }

  /// Every term's broader terms, itself among them, each once, ascending.
  private static func closure(of parents: Rows<Int32>, file: String) throws(KnowledgeError) -> Rows<Int32> {
    var closures = [[Int32]?](repeating: nil, count: parents.count)
    // Terms on the way up from the one asked for; one that is met again there is broader than itself.
    var path: [Int32] = []
    for term in 0..<Int32(parents.count) where closures[Int(term)] == nil {
      path.append(term)
      while let last = path.last {
        let waiting = parents[Int(last)].first { closures[Int($0)] == nil }
        if let waiting {
          if path.contains(waiting) { throw KnowledgeError(.phenotypes(.circle), at: .init(file: file)) }
          path.append(waiting)
          continue
        }
        closures[Int(last)] = joined(last, parents[Int(last)].map { closures[Int($0)] ?? [] })
        path.removeLast()
      }
    }
    var rows = Rows<Int32>()
    for closure in closures { rows.add(closure ?? []) }
    return rows
  }

  private static func joined(_ term: Int32, _ lists: [[Int32]]) -> [Int32] {
    var all = lists.first ?? []
    for list in lists.dropFirst() { all += list }
    all.append(term)
    all.sort()
    var unique: [Int32] = []
    unique.reserveCapacity(all.count)
    for item in all where unique.last != item { unique.append(item) }
    return unique
  }
}

/// Labels of terms, read from the table when they are asked for.
private struct Labels: Sendable {
  let table: TextTable
  let column: Int
  let rows: NameIndex

  init(_ table: TextTable) throws(KnowledgeError) {
    self.table = table
    column = try table.column("label")
    let id = try table.column("id")
    var rows = NameIndex(in: table.bytes, capacity: table.count)
    for row in 0..<table.count { rows.add(table.range(row, id), row) }
    self.rows = rows
  }

  func label(of id: String) -> String { rows.latestRow(of: id).map { table.text($0, column) } ?? id }
}

/// Parents by number in the id, read once from the bytes of the table.
private struct RawTerms {
  static let root: Int32 = 118

  var parents: [Int32: [Int32]] = [:]

  init(_ table: TextTable) throws(KnowledgeError) {
    let id = try table.column("id")
    let parent = try table.column("parents")
    let obsolete = try table.column("obsolete")
    parents.reserveCapacity(table.count)
    let retired = Array("true".utf8)
    for row in 0..<table.count where !table.holds(retired, row, obsolete) {
      let number = Int32(clamping: try table.identifier(row, id, prefix: "HP:"))
      parents[number] = table.isMissing(row, parent) ? [] : Self.numbers(table.bytes[table.range(row, parent)])
    }
  }

  /// The numbers of `HP:0000001|HP:0000002`.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int32] {
    bytes.split(separator: UInt8(ascii: "|")).compactMap { part in
      var number: Int32 = 0
      for byte in part.dropFirst(3) { number = number &* 10 &+ Int32(byte &- 48) }
      return number
    }
  }

  /// The root and everything narrower, ascending.
  func phenotypic() -> [Int32] {
    var children: [Int32: [Int32]] = [:]
    for (term, broader) in parents {
      for parent in broader { children[parent, default: []].append(term) }
    }
    var found: Set<Int32> = parents[Self.root] == nil ? [] : [Self.root]
    var waiting = Array(found)
    while let term = waiting.popLast() {
      for child in children[term] ?? [] where found.insert(child).inserted { waiting.append(child) }
    }
    return found.sorted()
  }
}
