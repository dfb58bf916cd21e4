internal import Model

/// The features of diseases, publication by publication: `annotations.tsv`, columns `disease_id reference terms`.
///
/// A cell of `terms` lists features between `|`, each the number of an HPO id, `!` before it when patients do not have it, then
/// `=` and how often, then `@M` or `@F` when it is of one sex: `0001250=3/7|!0000252|0000028=F@M`.
struct AnnotationTable: Sendable {
  /// One feature as one publication states it.
  struct Statement {
    /// Number in the HPO id.
    var number: Int32
    var isExcluded: Bool
    var frequency: FeatureFrequency
    /// The sex whose patients have it; unknown for both.
    var sex = Sex.unknown
  }

  let version: String
  private let table: TextTable
  private let diseaseColumn, referenceColumn, termsColumn: Int
  /// Rows of each disease; those of one disease lie together.
  private let rows: [String: Range<Int>]

  init(_ table: TextTable) throws(KnowledgeError) {
    self.table = table
    diseaseColumn = try table.column("disease_id")
    referenceColumn = try table.column("reference")
    termsColumn = try table.column("terms")
    version = table.metadata["version"] ?? ""
    var rows: [String: Range<Int>] = [:]
    var start = 0
    while start < table.count {
      var end = start + 1
      let id = Array(table.bytes[table.range(start, diseaseColumn)])
      while end < table.count, table.holds(id, end, diseaseColumn) { end += 1 }
      guard rows.updateValue(start..<end, forKey: String(decoding: id, as: UTF8.self)) == nil else {
        throw table.bad(start, diseaseColumn, expected: "a disease whose lines lie together")
      }
      start = end
    }
    self.rows = rows
  }

  /// Diseases of which one of the publications says something.
  func diseases(citing references: Set<String>) -> [String] {
    rows.filter { _, range in range.contains { references.contains(table.text($0, referenceColumn)) } }.map(\.key)
      .sorted()
  }

  /// Hands over every statement about a disease.
  ///
  /// - Parameter excluded: publications that are not heard.
  func forEachStatement(
    of disease: String, without excluded: Set<String> = [], _ body: (Statement) -> Void
  ) throws(KnowledgeError) {
    for row in rows[disease] ?? 0..<0 {
      if !excluded.isEmpty, excluded.contains(table.text(row, referenceColumn)) { continue }
      let range = table.range(row, termsColumn)
      var start = range.lowerBound
      while start < range.upperBound {
        var end = start
        while end < range.upperBound, table.bytes[end] != UInt8(ascii: "|") { end += 1 }
        guard let statement = statement(start..<end) else {
          throw table.bad(row, termsColumn, expected: "features such as 0001250=3/7 between '|'")
        }
        body(statement)
        start = end + 1
      }
    }
  }

  private func statement(_ range: Range<Int>) -> Statement? {
    var place = range.lowerBound
    let isExcluded = place < range.upperBound && table.bytes[place] == UInt8(ascii: "!")
    if isExcluded { place += 1 }
    var number: Int32 = 0
    let first = place
    while place < range.upperBound, table.bytes[place] &- 48 <= 9, place - first < 8 {
      number = number * 10 + Int32(table.bytes[place] - 48)
      place += 1
    }
    guard place > first else { return nil }
    var statement = Statement(number: number, isExcluded: isExcluded, frequency: .unstated)
    let mark = table.bytes[place..<range.upperBound].firstIndex(of: UInt8(ascii: "@"))
    if let mark {
      guard mark + 2 == range.upperBound, let sex = Self.sex(table.bytes[mark + 1]) else { return nil }
      statement.sex = sex
    }
    let end = mark ?? range.upperBound
    guard place < end else { return statement }
    guard table.bytes[place] == UInt8(ascii: "=") else { return nil }
    statement.frequency = frequency(place + 1..<end)
    // A frequency is written only where it could be read.
    return statement.frequency == .unstated ? nil : statement
  }

  private static func sex(_ byte: UInt8) -> Sex? {
    switch byte {
    case UInt8(ascii: "M"): .male
    case UInt8(ascii: "F"): .female
    default: nil
    }
  }

  /// The form that most features have is read without a string.
  private func frequency(_ range: Range<Int>) -> FeatureFrequency {
    if let slash = table.bytes[range].firstIndex(of: UInt8(ascii: "/")),
      let affected = table.bytes.number(in: range.lowerBound..<slash),
      let examined = table.bytes.number(in: slash + 1..<range.upperBound), examined > 0, affected <= examined,
      examined <= FeatureFrequency.mostPeople
    {
      return .counted(affected: affected, examined: examined)
    }
    return .reading(String(decoding: table.bytes[range], as: UTF8.self))
  }
}
