internal import Foundation
internal import GRDB
public import Model

/// Fingerprints as the database keeps them: words of 64 bits, low byte first, the reference's then the alternate's.
enum SketchBytes {
  static func data(of sketch: GenotypeSketch) -> Data {
    Data(sketch.words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } })
  }

  /// Nil when the bytes are no sketch of so many sites.
  static func sketch(of data: Data, sites: Int) -> GenotypeSketch? {
    guard sites > 0, data.count % 8 == 0 else { return nil }
    let bytes = [UInt8](data)
    let words = stride(from: 0, to: bytes.count, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
    return GenotypeSketch(sites: sites, words: words)
  }
}

extension CohortWriter {
  /// Keeps the fingerprints of samples that `begin` gave numbers to.
  public func add(_ sketches: [(person: Int, sketch: GenotypeSketch)]) throws(KnowledgeError) {
    let database = database
    try database.attempt {
      try database.queue.inDatabase { db in
        for (person, sketch) in sketches {
          try db.execute(
            sql: "INSERT OR REPLACE INTO sketches VALUES (?, ?, ?, ?)",
            arguments: [person, FingerprintSites.version, sketch.sites, SketchBytes.data(of: sketch)])
        }
      }
    }
  }
}

extension Cohort {
  /// Everybody in the cohort with their fingerprints, in the order in which they were added.
  public func sketches() throws(KnowledgeError) -> [CohortSketch] {
    try read { db, database in
      try whole(db, \.sketches) { try Self.sketches(db, database) }
    }
  }

  private static func sketches(_ db: Database, _ database: CohortDatabase) throws -> [CohortSketch] {
    let hasSketches = try db.tableExists("sketches")
    let columns = hasSketches ? "version, sites, words" : "NULL AS version, NULL AS sites, NULL AS words"
    let join = hasSketches ? "LEFT JOIN sketches ON sketches.person = people.id" : ""
    let cursor = try Row.fetchCursor(
      db,
      sql: "SELECT name, family, caseID, \(columns) FROM people \(join) WHERE digest IS NOT NULL ORDER BY people.id")
    var found: [CohortSketch] = []
    while let row = try cursor.next() {
      let version: Int? = try row.decode(forColumn: "version")
      var sketch: GenotypeSketch?
      if version == FingerprintSites.version {
        sketch = SketchBytes.sketch(
          of: try row.decode(forColumn: "words"), sites: try row.decode(forColumn: "sites"))
        guard sketch != nil else {
          let name: String = try row.decode(forColumn: "name")
          throw database.error(.damaged("the fingerprint of \(name) cannot be read"))
        }
      }
      found.append(
        CohortSketch(
          sample: try row.decode(forColumn: "name"), family: try row.decode(forColumn: "family"),
          caseID: try row.decode(forColumn: "caseID"), sketch: sketch))
    }
    return found
  }
}
