internal import Foundation
internal import GRDB
public import Model
internal import Synchronization

/// The laboratory's own cohort, opened for reading: allele counts of everybody whom it has sequenced, and earlier findings.
///
///     let cohort = try Cohort(path: "cohort.sqlite")
///     let counts = try cohort.counts(of: alleles, excludingFamily: "FAM-7")
///     counts[0].alleleCount, counts[0].alleleNumber   // of unrelated members outside the family
///
/// Each call sees one state of the cohort, whoever adds to it meanwhile.
public final class Cohort: Sendable {
  private let database: CohortDatabase
  private let held = Mutex(Held())

  /// What one state of the cohort was read as; another generation is another state.
  struct Held {
    var generation: Int?
    var roster: CohortRoster?
    var sketches: [CohortSketch]?
  }

  /// - Parameter assembly: the build that will be asked; nil takes whichever the cohort has.
  /// - Throws: `absent`, `notACohort`, `newerSchema`, `otherAssembly`.
  public init(path: String, assembly: Assembly? = nil) throws(KnowledgeError) {
    database = try CohortDatabase(reading: path)
    let found = try read { db, database in try database.assembly(in: db) }
    if let assembly, assembly != found { throw database.error(.otherAssembly(found: found, asked: assembly)) }
  }

  /// Counts of each allele, in the order of the question. An allele that nobody carries has counts too: of those looked at.
  ///
  /// - Parameters:
  ///   - alleles: normalised as they were when they were added.
  ///   - excludingFamily: the family that asks, so that it does not count as evidence against itself.
  ///   - samples: people of the case, whose families are left out by whatever name the cohort knows them.
  /// - Complexity: a look into the file for each stretch of 16,384 bases that an allele lies in.
  public func counts(
    of alleles: [Allele], excludingFamily family: String? = nil, of samples: Set<String> = []
  ) throws(KnowledgeError) -> [CohortCounts] {
    try read { db, database in
      let tally = CohortTally(try roster(db), excludingFamily: family, of: samples)
      return try Self.carriers(of: alleles, in: db).enumerated().map { index, carriers in
        tally.counts(of: alleles[index], carriers: carriers)
      }
    }
  }

  /// Who carries each allele, or has a missing genotype there, by sample id.
  public func carriers(
    of alleles: [Allele], excludingFamily family: String? = nil
  ) throws(KnowledgeError) -> [[CohortCarrier]] {
    try read { db, database in
      let roster = try roster(db)
      return try Self.carriers(of: alleles, in: db).map { carriers in
        carriers.compactMap { person, carriage in
          guard let sample = roster.members[person]?.sample, sample.family != family else { return nil }
          return CohortCarrier(sample: sample.sample, family: sample.family, carriage: carriage)
        }.sorted { $0.sample < $1.sample }
      }
    }
  }

  /// The alleles that somebody carries and that touch a region by their first base, ascending.
  public func alleles(in region: Region) throws(KnowledgeError) -> [Allele] {
    try read { db, database in
      let places = CohortBlock.place(region.contig, region.start + 1)...CohortBlock.place(region.contig, region.end)
      let cursor = try Row.fetchCursor(
        db, sql: "SELECT key, entries FROM blocks WHERE key BETWEEN ? AND ? ORDER BY key",
        arguments: [CohortMerge.key(places.lowerBound, 0), CohortMerge.key(places.upperBound + 1, 0) - 1])
      var alleles: Set<Allele> = []
      while let row = try cursor.next() {
        let (key, entries): (Int, Data) = (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
        let found = try CohortBlock.alleles(in: [UInt8](entries), place: key >> CohortMerge.segmentBits)
        alleles.formUnion(found.filter { region.contains($0.locus) })
      }
      let roster = try roster(db)
      let sorted = alleles.sorted()
      let carriers = try Self.carriers(of: sorted, in: db)
      return zip(sorted, carriers).filter { $1.contains { $0.carriage.isCarrier && roster.members[$0.person] != nil } }
        .map(\.0)
    }
  }

  /// What earlier cases were reported with, for each allele: newest first.
  public func findings(
    of alleles: [Allele], excludingFamily family: String? = nil
  ) throws(KnowledgeError) -> [[CohortFinding]] {
    try read { db, _ in
      let statement = try db.makeStatement(
        sql: "SELECT * FROM findings WHERE place = ? AND alleleKey = ? ORDER BY date DESC, caseID")
      return try alleles.map { allele in
        try Row.fetchAll(
          statement, arguments: [CohortBlock.place(of: allele), Data(CohortBlock.key(of: allele))]
        ).map { row in
          CohortFinding(
            caseID: try row.decode(forColumn: "caseID"), family: try row.decode(forColumn: "family"), allele: allele,
            classification: try row.decode(forColumn: "classification"),
            rank: try row.decode(forColumn: "rank"), date: try row.decode(forColumn: "date"),
            note: try row.decode(forColumn: "note"))
        }.filter { $0.family != family }
      }
    }
  }

  /// Everybody in the cohort, by family, then sample.
  public func samples() throws(KnowledgeError) -> [CohortSample] {
    try read { db, database in
      try roster(db).members.values.map(\.sample)
        .sorted { ($0.family, $0.sample) < ($1.family, $1.sample) }
    }
  }

  /// Which state of the cohort answers now, for provenance.
  public func summary() throws(KnowledgeError) -> CohortSummary {
    try read { db, database in try CohortSummary(db, database) }
  }

  /// Everybody in the state that `db` sees.
  private func roster(_ db: Database) throws -> CohortRoster {
    try whole(db, \.roster) { try CohortRoster(db, database) }
  }

  /// A part of the state that `db` sees, read once: cases of a batch ask the same cohort side by side.
  func whole<Part>(
    _ db: Database, _ part: any WritableKeyPath<Held, Part?> & Sendable, _ read: () throws -> Part
  ) throws -> Part {
    let generation = try Int.fetchOne(db, sql: "SELECT generation FROM cohort")
    if let known = held.withLock({ $0.generation == generation ? $0[keyPath: part] : nil }) { return known }
    let found = try read()
    held.withLock { held in
      if held.generation != generation { held = Held(generation: generation) }
      held[keyPath: part] = found
    }
    return found
  }

  func read<Value>(_ body: (Database, CohortDatabase) throws -> Value) throws(KnowledgeError) -> Value {
    let database = database
    return try database.attempt { try database.queue.read { try body($0, database) } }
  }

  /// Carriers of each allele from all blocks of its place.
  private static func carriers(
    of alleles: [Allele], in db: Database
  ) throws -> [[(person: Int, carriage: Carriage)]] {
    var found: [[(person: Int, carriage: Carriage)]] = Array(repeating: [], count: alleles.count)
    let places = alleles.map { CohortBlock.place(of: $0) }
    let statement = try db.makeStatement(sql: "SELECT entries FROM blocks WHERE key BETWEEN ? AND ? ORDER BY key")
    var blocks: [[UInt8]] = []
    var place = -1
    // In the order of the file, so that alleles of one place share the look into it.
    for index in alleles.indices.sorted(by: { (places[$0], $0) < (places[$1], $1) }) {
      if places[index] != place {
        place = places[index]
        blocks = try Data.fetchAll(
          statement, arguments: [CohortMerge.key(place, 0), CohortMerge.key(place + 1, 0) - 1]
        ).map { [UInt8]($0) }
      }
      let key = CohortBlock.key(of: alleles[index])
      for block in blocks {
        try CohortBlock.entry(key, in: block)?.forEachCarrier(in: block) { person, carriage in
          found[index].append((person, carriage))
        }
      }
    }
    return found
  }
}
