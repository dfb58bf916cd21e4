internal import Foundation
internal import GRDB
import Model

/// One connection to the SQLite file of a cohort: how it is opened, what is in it, how its errors are told.
struct CohortDatabase: Sendable {
  let path: String
  let queue: DatabaseQueue
  private let patience: Int
  /// What told the file from others of its name before it was opened for writing.
  private let identity: Int?

  /// Bytes 68 to 71 of the file: `RSco`. No other program's database is taken for a cohort, nor changed.
  static let applicationID = 0x5253_636F
  static let schemaVersion = 2

  /// Opens a cohort that is there, for reading.
  init(reading path: String) throws(KnowledgeError) {
    self.path = path
    patience = Self.readersPatience
    guard try CohortFile(path).isThere() else { throw KnowledgeError(.cohort(.absent), at: .init(file: path)) }
    identity = nil
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(TimeInterval(Self.readersPatience))
    queue = try Self.attempting(path, Self.readersPatience) {
      try DatabaseQueue(path: path, configuration: configuration)
    }
    try attempt { try queue.read { try check($0) } }
  }

  /// Opens a cohort for writing; makes an empty one, for its owner only, where there is none.
  ///
  /// - Parameter patience: seconds to wait for another writer.
  init(writing path: String, assembly: Assembly, patience: Int, now: String) throws(KnowledgeError) {
    self.path = path
    self.patience = patience
    let file = CohortFile(path)
    if try !file.isThere() {
      try file.make { aside throws(KnowledgeError) in
        try Self.attempting(path, patience) {
          let queue = try DatabaseQueue(path: aside)
          try queue.inDatabase { try Self.create(in: $0, assembly: assembly, now: now) }
          try queue.close()
        }
      }
    }
    identity = file.identity
    var configuration = Configuration()
    configuration.busyMode = .timeout(TimeInterval(patience))
    // A transaction lasts as long as the variant file takes to read, over many calls.
    configuration.allowsUnsafeTransactions = true
    queue = try Self.attempting(path, patience) { try DatabaseQueue(path: path, configuration: configuration) }
    try attempt {
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          try upgrade(database)
          return .commit
        }
        try check(database)
        // Written ahead (WAL), readers go on while a case is added. The mode stays with the file; only the first to open it sets it.
        if try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
          try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
      }
    }
  }

  private static let readersPatience = 10

  /// Whether the path still leads to the file that was opened for writing.
  var isInPlace: Bool { identity != nil && CohortFile(path).identity == identity }

  /// Takes a cohort away that holds nobody.
  func remove() { CohortFile(path).remove() }

  // MARK: - Contents

  private static func create(in database: Database, assembly: Assembly, now: String) throws {
    try database.execute(sql: Self.schema)
    try database.execute(
      sql: "INSERT INTO cohort (assembly, generation, changed, segment, unmerged) VALUES (?, 0, ?, 0, 0)",
      arguments: [assembly.rawValue, now])
    try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
  }

  /// Brings a cohort of an earlier version up to this one, a step for each version. Whoever reads an earlier one goes without.
  private func upgrade(_ database: Database) throws {
    guard try Int.fetchOne(database, sql: "PRAGMA application_id") == Self.applicationID else { return }
    if try Int.fetchOne(database, sql: "PRAGMA user_version") == 1 {
      try database.execute(sql: Self.sketches + "PRAGMA user_version = 2")
    }
  }

  /// Version 2: a fingerprint for each sample, with the version of the sites that it knows by number.
  private static let sketches = """
    CREATE TABLE sketches (
      person INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE, version INTEGER NOT NULL,
      sites INTEGER NOT NULL, words BLOB NOT NULL);

    """

  private static let schema = """
    CREATE TABLE cohort (
      assembly TEXT NOT NULL, generation INTEGER NOT NULL, changed TEXT NOT NULL,
      segment INTEGER NOT NULL, unmerged INTEGER NOT NULL);
    CREATE TABLE regions (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bases INTEGER NOT NULL, extent TEXT NOT NULL);
    CREATE TABLE people (
      id INTEGER PRIMARY KEY AUTOINCREMENT, family TEXT NOT NULL, name TEXT NOT NULL, father TEXT, mother TEXT,
      sex TEXT NOT NULL, status TEXT NOT NULL, counted INTEGER NOT NULL DEFAULT 0,
      kind TEXT, regions INTEGER REFERENCES regions (id), digest TEXT, added TEXT, caseID TEXT,
      UNIQUE (family, name));
    CREATE UNIQUE INDEX samples ON people (name) WHERE digest IS NOT NULL;
    CREATE TABLE blocks (key INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    CREATE TABLE findings (
      caseID TEXT NOT NULL, family TEXT NOT NULL, place INTEGER NOT NULL, alleleKey BLOB NOT NULL,
      classification TEXT, rank INTEGER, date TEXT NOT NULL, note TEXT,
      PRIMARY KEY (place, alleleKey, caseID)) WITHOUT ROWID;
    """

  private func check(_ database: Database) throws {
    guard try Int.fetchOne(database, sql: "PRAGMA application_id") == Self.applicationID else {
      throw KnowledgeError(.cohort(.notACohort), at: .init(file: path))
    }
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if version > Self.schemaVersion {
      throw KnowledgeError(
        .cohort(.newerSchema(found: version, known: Self.schemaVersion)), at: .init(file: path))
    }
  }

  func assembly(in database: Database) throws -> Assembly {
    guard let name = try String.fetchOne(database, sql: "SELECT assembly FROM cohort"),
      let assembly = Assembly(rawValue: name)
    else { throw error(.damaged("the assembly is not told")) }
    return assembly
  }

  // MARK: - Errors

  func error(_ fault: CohortFault) -> KnowledgeError { KnowledgeError(.cohort(fault), at: .init(file: path)) }

  /// Runs `body` and tells whatever SQLite refuses in the words of this module.
  func attempt<Result>(_ body: () throws -> Result) throws(KnowledgeError) -> Result {
    try Self.attempting(path, patience, body)
  }

  private static func attempting<Result>(
    _ path: String, _ patience: Int, _ body: () throws -> Result
  ) throws(KnowledgeError) -> Result {
    do {
      return try body()
    } catch let error as KnowledgeError {
      throw error
    } catch let error as DatabaseError {
      throw KnowledgeError(.cohort(fault(error, patience)), at: .init(file: path))
    } catch is RowDecodingError {
      throw KnowledgeError(.cohort(.damaged("a row cannot be read")), at: .init(file: path))
    } catch is CohortBlock.Damage {
      throw KnowledgeError(.cohort(.damaged("a block of alleles cannot be read")), at: .init(file: path))
    } catch {
      throw KnowledgeError(.cohort(.inputOutput("\(error)")), at: .init(file: path))
    }
  }

  private static func fault(_ error: DatabaseError, _ patience: Int) -> CohortFault {
    let why = error.message ?? "SQLite \(error.resultCode.rawValue)"
    return switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(seconds: patience)
    case .SQLITE_NOTADB: .notACohort
    // A table or a column is not there.
    case .SQLITE_CORRUPT, .SQLITE_ERROR: .damaged(why)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotCreate(why)
    default: .inputOutput(why)
    }
  }
}
