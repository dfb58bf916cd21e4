internal import GRDB
import Model

extension CohortWriter {
  /// Number of the regions of an addition; nil for the whole genome.
  static func regionsID(_ addition: CohortAddition, _ db: Database, _ database: CohortDatabase) throws -> Int? {
    switch addition.extent {
    case .wholeGenome: return nil
    case .known(let name):
      if let id = try Int.fetchOne(db, sql: "SELECT id FROM regions WHERE name = ?", arguments: [name]) { return id }
      let known = try String.fetchAll(db, sql: "SELECT name FROM regions ORDER BY name")
      throw database.error(.unknownRegions(name, known: known))
    case .regions(let name, let regions):
      let merged = RegionSet(regions)
      let text = CohortRegions.text(of: merged)
      if let row = try Row.fetchOne(db, sql: "SELECT id, extent FROM regions WHERE name = ?", arguments: [name]) {
        guard try row.decode(forColumn: "extent") == text else { throw database.error(.otherRegions(name)) }
        return try row.decode(forColumn: "id")
      }
      try db.execute(
        sql: "INSERT INTO regions (name, bases, extent) VALUES (?, ?, ?)", arguments: [name, merged.length, text])
      return Int(db.lastInsertedRowID)
    }
  }

  /// Ids of the members whose alleles are to be added: those who are not there, and those who are replaced.
  static func fresh(
    _ addition: CohortAddition, regions: Int?, _ db: Database, _ database: CohortDatabase
  ) throws -> Set<String> {
    var fresh: Set<String> = []
    var changed: [String: [String]] = [:]
    for member in addition.members {
      guard let digest = member.digest else { continue }
      let person = member.individual
      let row = try Row.fetchOne(
        db, sql: "SELECT family, sex, digest, regions FROM people WHERE name = ? AND digest IS NOT NULL",
        arguments: [person.id])
      guard let row else {
        fresh.insert(person.id)
        continue
      }
      if try row.decode(forColumn: "family") != person.family {
        throw database.error(
          .otherFamily(sample: person.id, found: try row.decode(forColumn: "family"), given: person.family))
      }
      let differences = [
        try row.decode(forColumn: "digest") == digest ? nil : "another variant file",
        try row.decode(forColumn: "sex") == person.sex.rawValue ? nil : "another sex",
        try row.decode(forColumn: "regions") == regions ? nil : "other regions",
      ].compactMap { $0 }
      if differences.isEmpty { continue }
      changed[differences.joined(separator: ", "), default: []].append(person.id)
      fresh.insert(person.id)
    }
    if !addition.replaces, let (what, samples) = changed.min(by: { $0.key < $1.key }) {
      throw database.error(.needsReplace(samples, what: what))
    }
    return fresh
  }

  /// Writes a member's row. A fresh sample gets a number that nobody had before, so that alleles of an earlier file are nobody's.
  static func store(
    _ member: CohortAddition.Member, _ addition: CohortAddition, regions: Int?, isFresh: Bool, _ db: Database
  ) throws -> Int {
    let person = member.individual
    let found = try Row.fetchOne(
      db, sql: "SELECT id, digest FROM people WHERE family = ? AND name = ?", arguments: [person.family, person.id])
    if let found, !isFresh {
      // Whoever has a sample keeps it, though this time only the pedigree names them.
      try db.execute(
        sql: """
          UPDATE people SET father = COALESCE(?, father), mother = COALESCE(?, mother), status = ?,
            sex = CASE WHEN digest IS NULL THEN ? ELSE sex END
          WHERE id = ? AND (father IS NOT COALESCE(?, father) OR mother IS NOT COALESCE(?, mother) OR status <> ?
            OR digest IS NULL AND sex <> ?)
          """,
        arguments: [
          person.father, person.mother, person.status.rawValue, person.sex.rawValue,
          try found.decode(Int.self, forColumn: "id"),
          person.father, person.mother, person.status.rawValue, person.sex.rawValue,
        ])
      return try found.decode(forColumn: "id")
    }
    if found != nil {
      try db.execute(
        sql: "DELETE FROM people WHERE family = ? AND name = ?", arguments: [person.family, person.id])
    }
    try db.execute(
      sql: """
        INSERT INTO people (family, name, father, mother, sex, status, kind, regions, digest, added, caseID)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        person.family, person.id, person.father, person.mother, person.sex.rawValue, person.status.rawValue,
        isFresh ? (regions == nil ? "genome" : "regions") : nil, isFresh ? regions : nil,
        isFresh ? member.digest : nil, addition.date, addition.caseID,
      ])
    // Numbers are given one after the other, and blocks of carriers hold them in 31 bits.
    guard let number = Int32(exactly: db.lastInsertedRowID), number > 0 else {
      throw CohortBlock.Damage()
    }
    return Int(number)
  }

  /// Notes who of a family counts for frequencies.
  static func chooseCounted(_ family: String, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db, sql: "SELECT name, father, mother, digest FROM people WHERE family = ? ORDER BY name", arguments: [family])
    let people = try rows.map {
      Individual(
        id: try $0.decode(forColumn: "name"), family: family, father: try $0.decode(forColumn: "father"),
        mother: try $0.decode(forColumn: "mother"))
    }
    let samples = try rows.filter { !$0.hasNull(atIndex: 3) }.map { try $0.decode(String.self, forColumn: "name") }
    var members = UnrelatedMembers(family: people)
    let counted = members.chosen(among: samples)
    let update = try db.makeStatement(
      sql: "UPDATE people SET counted = ?1 WHERE family = ?2 AND name = ?3 AND counted <> ?1")
    for person in people { try update.execute(arguments: [counted.contains(person.id), family, person.id]) }
  }
}
