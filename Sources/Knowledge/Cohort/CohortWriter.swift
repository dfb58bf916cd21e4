internal import Foundation
internal import GRDB
public import Model
internal import Synchronization

/// The people of a case who are to join the cohort.
public struct CohortAddition: Sendable {
  public struct Member: Sendable, Hashable {
    public var individual: Individual
    /// SHA-256 of the files that hold the sample, joined by `+`; nil for a relative without a sample.
    public var digest: String?

    public init(_ individual: Individual, digest: String?) {
      self.individual = individual
      self.digest = digest
    }
  }

  /// Where the samples were looked at.
  public enum Extent: Sendable, Hashable {
    case wholeGenome
    /// Regions that are kept under a name; a name stands for the same regions for all samples.
    case regions(name: String, regions: [Region])
    /// Regions that an earlier sample brought.
    case known(name: String)
  }

  public var caseID: String
  public var members: [Member]
  public var extent: Extent
  /// Whether samples that are there with another file, sex or regions are replaced.
  public var replaces: Bool
  /// ISO 8601.
  public var date: String

  public init(caseID: String, members: [Member], extent: Extent, replaces: Bool = false, date: String) {
    self.caseID = caseID
    self.members = members
    self.extent = extent
    self.replaces = replaces
    self.date = date
  }
}

/// One change to a cohort, in one transaction: it is there as a whole after `commit`, and else not at all.
///
///     let writer = try CohortWriter(path: path, assembly: .grch38, patience: 60, now: now)
///     let people = try writer.begin(addition)   // numbers by sample id; none when all are there already
///     try writer.add(batch)                     // from any thread
///     try writer.commit()
///
/// A process that ends before `commit`, in whatever way, leaves the cohort as it was (SQLite's write-ahead log). There is one
/// writer at a time; a second waits for `patience` seconds, then throws `busy`.
public final class CohortWriter: Sendable {
  let database: CohortDatabase
  private let now: String
  private let pending = Mutex(Pending())
  /// Rows that this connection had changed before its transaction began: the making of the cohort.
  private let before: Int
  /// Whether the cohort never held anybody, nor does yet.
  private let isUnused: Mutex<Bool>

  private struct Pending {
    var batch = CohortBatch()
    var segment = 0
    var hasAlleles = false
    /// People whose bytes are to be taken out of the file at once.
    var mustMerge = false
  }

  /// Makes the cohort where there is none, and waits for its lock.
  public init(path: String, assembly: Assembly, patience: Int, now: String) throws(KnowledgeError) {
    self.now = now
    while true {
      let database = try CohortDatabase(writing: path, assembly: assembly, patience: patience, now: now)
      let start = try database.attempt { try database.queue.inDatabase { try Self.start(in: $0, database, assembly) } }
      // Who had the lock before may have taken a cohort away that held nobody.
      if !database.isInPlace { continue }
      self.database = database
      before = start.changes
      isUnused = Mutex(start.isUnused)
      return
    }
  }

  private static func start(
    in db: Database, _ database: CohortDatabase, _ assembly: Assembly
  ) throws -> (changes: Int, isUnused: Bool) {
    try db.beginTransaction(.immediate)
    let found = try database.assembly(in: db)
    if found != assembly { throw database.error(.otherAssembly(found: found, asked: assembly)) }
    return (db.totalChangesCount, try Int.fetchOne(db, sql: "SELECT generation FROM cohort") == 0)
  }

  /// A first addition that failed leaves nothing; this writer has the lock until it is gone.
  deinit {
    if isUnused.withLock({ $0 }) { database.remove() }
  }

  /// The build of a cohort that is there.
  public static func assembly(ofCohortAt path: String) throws(KnowledgeError) -> Assembly {
    let database = try CohortDatabase(reading: path)
    return try database.attempt { try database.queue.read { try database.assembly(in: $0) } }
  }

  // MARK: - Samples

  /// Takes the people in.
  ///
  /// - Returns: the number of each sample whose alleles are to be added, by sample id; empty when all are there already with the
  ///   same files.
  /// - Throws: `needsReplace`, `otherFamily`, `unknownRegions`.
  public func begin(_ addition: CohortAddition) throws(KnowledgeError) -> [String: Int] {
    let database = database
    return try database.attempt {
      try database.queue.inDatabase { db in
        let regions = try Self.regionsID(addition, db, database)
        let fresh = try Self.fresh(addition, regions: regions, db, database)
        var numbers: [String: Int] = [:]
        for member in addition.members {
          let number = try Self.store(
            member, addition, regions: regions, isFresh: fresh.contains(member.individual.id), db)
          if fresh.contains(member.individual.id) { numbers[member.individual.id] = number }
        }
        for family in Set(addition.members.map(\.individual.family)) { try Self.chooseCounted(family, db) }
        return numbers
      }
    }
  }

  /// Removes samples, their alleles, and, with the last sample of a family, the family and its findings.
  ///
  /// Costs a walk through the whole cohort, since not a byte of the alleles is left behind.
  public func remove(samples: [String]) throws(KnowledgeError) {
    let database = database
    try database.attempt {
      try database.queue.inDatabase { db in
        try db.execute(sql: "PRAGMA secure_delete = ON")
        for sample in samples {
          let family = try String.fetchOne(
            db, sql: "SELECT family FROM people WHERE name = ? AND digest IS NOT NULL", arguments: [sample])
          guard let family else { throw database.error(.unknownSample(sample)) }
          try db.execute(sql: "DELETE FROM people WHERE name = ? AND digest IS NOT NULL", arguments: [sample])
          let left = try Int.fetchOne(
            db, sql: "SELECT COUNT(*) FROM people WHERE family = ? AND digest IS NOT NULL", arguments: [family])
          if left == 0 {
            try db.execute(sql: "DELETE FROM people WHERE family = ?", arguments: [family])
            try db.execute(sql: "DELETE FROM findings WHERE family = ?", arguments: [family])
          }
          try Self.chooseCounted(family, db)
        }
      }
    }
    pending.withLock { $0.mustMerge = true }
  }

  /// Keeps what a case was reported with; what an earlier run of the case said of an allele is replaced.
  public func add(_ findings: [CohortFinding]) throws(KnowledgeError) {
    let database = database
    try database.attempt {
      try database.queue.inDatabase { db in
        for finding in findings {
          try db.execute(
            sql: "INSERT OR REPLACE INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
              finding.caseID, finding.family, CohortBlock.place(of: finding.allele),
              Data(CohortBlock.key(of: finding.allele)), finding.classification, finding.rank, finding.date,
              finding.note,
            ])
        }
      }
    }
  }

  // MARK: - Alleles

  /// Adds alleles; their order does not matter.
  public func add(_ batch: CohortBatch) throws(KnowledgeError) {
    let full = pending.withLock { pending -> CohortBatch? in
      pending.batch.add(batch)
      guard pending.batch.byteCount > Self.mostPending else { return nil }
      let full = pending.batch
      pending.batch = CohortBatch()
      return full
    }
    if let full { try write(full) }
  }

  /// Bytes of blocks that wait in memory: those of a genome take about half of it.
  private static let mostPending = 64 << 20
  /// Additions that may stand beside the merged blocks.
  ///
  /// Merging costs a walk through the whole cohort, each addition that is not merged another row for every place that is asked. As a
  /// share of the cohort an addition costs the same however many came before, while most rows of a place stay merged. A merge takes
  /// the rows of a place at once, so that there is a limit.
  static func mostUnmerged(of additions: Int) -> Int { min(max(16, additions / 8), CohortMerge.stride / 2) }

  private func write(_ batch: CohortBatch) throws(KnowledgeError) {
    let database = database
    let isFirst = pending.withLock { pending in
      defer { pending.hasAlleles = true }
      return !pending.hasAlleles
    }
    try database.attempt {
      try database.queue.inDatabase { db in
        if isFirst { try db.execute(sql: "UPDATE cohort SET segment = segment + 1, unmerged = unmerged + 1") }
        let segment = try Int.fetchOne(db, sql: "SELECT segment FROM cohort") ?? 0
        let earlier = try db.makeStatement(sql: "SELECT entries FROM blocks WHERE key = ?")
        let insert = try db.makeStatement(sql: "INSERT OR REPLACE INTO blocks VALUES (?, ?)")
        for (place, block) in batch.blocks.sorted(by: { $0.key < $1.key }) {
          let key = CohortMerge.key(place, segment)
          // A place that was written when memory was full, and now comes again.
          let before = isFirst ? nil : try Data.fetchOne(earlier, arguments: [key])
          let whole = try CohortBlock.canonical((before.map { [UInt8]($0) } ?? []) + block) { _ in true }
          try insert.execute(arguments: [key, Data(whole)])
        }
      }
    }
  }

  /// Makes the change part of the cohort.
  ///
  /// - Returns: the state of the cohort after the change.
  @discardableResult
  public func commit() throws(KnowledgeError) -> CohortSummary {
    let (rest, mustMerge) = pending.withLock { pending in
      defer { pending.batch = CohortBatch() }
      return (pending.batch, pending.mustMerge)
    }
    if !rest.blocks.isEmpty { try write(rest) }
    let database = database
    let summary = try database.attempt {
      try database.queue.inDatabase { db in
        let (unmerged, segment): (Int, Int) =
          try Row.fetchOne(db, sql: "SELECT unmerged, segment FROM cohort").map {
            (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1))
          } ?? (0, 0)
        // Each addition and each merge has a segment.
        if mustMerge || unmerged > Self.mostUnmerged(of: segment) { try CohortMerge.run(in: db) }
        if db.totalChangesCount > before {
          try db.execute(sql: "UPDATE cohort SET generation = generation + 1, changed = ?", arguments: [now])
        }
        let summary = try CohortSummary(db, database)
        try db.commit()
        return summary
      }
    }
    isUnused.withLock { $0 = false }
    return summary
  }
}
