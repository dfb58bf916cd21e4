internal import Foundation
internal import GRDB

/// Joins all blocks of each place to one, and leaves out people who are no longer in the cohort.
enum CohortMerge {
  /// Blocks are kept by place, and within a place by segment: a segment is what one addition wrote, or a merge.
  static func key(_ place: Int, _ segment: Int) -> Int { place << segmentBits | segment }

  static let segmentBits = 24

  /// Rows that are read at a time; a place that they end within is read again.
  static let stride = 4_096

  static func run(in db: Database) throws {
    let people = Set(try Int.fetchAll(db, sql: "SELECT id FROM people WHERE digest IS NOT NULL"))
    try db.execute(sql: "UPDATE cohort SET segment = segment + 1, unmerged = 0")
    let segment = try Int.fetchOne(db, sql: "SELECT segment FROM cohort") ?? 0
    let select = try db.makeStatement(sql: "SELECT key, entries FROM blocks WHERE key > ? ORDER BY key LIMIT \(stride)")
    let remove = try db.makeStatement(sql: "DELETE FROM blocks WHERE key BETWEEN ? AND ?")
    let insert = try db.makeStatement(sql: "INSERT INTO blocks VALUES (?, ?)")
    var last = -1
    while true {
      var places: [(place: Int, block: [UInt8])] = []
      var rows = 0
      let cursor = try Row.fetchCursor(select, arguments: [last])
      while let row = try cursor.next() {
        let (key, entries): (Int, Data) = (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
        guard 0..<CohortBlock.placeLimit ~= key >> segmentBits else { throw CohortBlock.Damage() }
        rows += 1
        if places.last?.place == key >> segmentBits {
          places[places.count - 1].block += entries
        } else {
          places.append((key >> segmentBits, [UInt8](entries)))
        }
      }
      // More of the last place may follow. One place alone never has as many rows as are read.
      if rows == stride {
        if places.count == 1 { throw CohortBlock.Damage() }
        places.removeLast()
      }
      for (place, block) in places {
        let merged = try CohortBlock.canonical(block) { people.contains($0) }
        try remove.execute(arguments: [key(place, 0), key(place + 1, 0) - 1])
        if !merged.isEmpty { try insert.execute(arguments: [key(place, segment), Data(merged)]) }
      }
      guard let end = places.last?.place, rows == stride else { return }
      last = key(end + 1, 0) - 1
    }
  }
}
