import Foundation
import Knowledge
import Model
import Reading
import Synchronization

/// The tables and stores that cases look things up in. Each is loaded when the first case asks for it, on a thread of its own,
/// and then given to every other case: they are never changed.
final class SharedKnowledge: Sendable {
  /// Folder of the panels and tables that come with the program.
  let directory: String
  /// Folder of the tables that the phenotype is ranked by.
  let phenotypeDirectory: String
  let genes: Ahead<GeneTable>
  private let folder: KnowledgeFolder
  private let likelihoods = Memo<Sex, PhenotypeIndex>()
  private let ontologies = Memo<String, Ontology>()
  private let panelFiles = Memo<String, PanelFile>()
  private let facts = Memo<String, [GeneFactTable]>()
  private let storesByBuild = Memo<Assembly, [AlleleStore]>()
  private let sites = Memo<Assembly, FingerprintSites>()
  private let difficult = Memo<String, [DifficultGene]>()
  private let exceptions = Memo<String, BenignExceptions>()
  private let cohorts = Memo<CohortKey, Cohort>()
  private let repeats = Memo<String, RepeatLoci>()
  private let checksums = Memo<FileStatus, String>()

  private struct CohortKey: Hashable {
    var path: String
    var assembly: Assembly
  }

  /// - Parameter given: the folder of `--knowledge`.
  init(given: String?) throws {
    let directory = try DataDirectory.find(given: given)
    self.directory = directory
    phenotypeDirectory = try PhenotypeData.directory(data: directory, knowledge: given)
    folder = KnowledgeFolder(given: given)
    genes = Ahead { try GeneTable(directory: directory + "/genes") }
  }

  /// Starts to load what ranks the phenotype of a patient of this sex.
  func phenotypes(for sex: Sex) -> Ahead<PhenotypeIndex> {
    likelihoods.ahead(sex) { [phenotypeDirectory] in try PhenotypeIndex(directory: phenotypeDirectory, for: sex) }
  }

  /// The laboratory's own cohort, opened once: what it holds is read again only when somebody added to it.
  func cohort(path: String, on assembly: Assembly) throws -> Cohort {
    try cohorts.value(CohortKey(path: path, assembly: assembly)) { try Cohort(path: path, assembly: assembly) }
  }

  func ontology() throws -> Ontology {
    try ontologies.value(phenotypeDirectory) { [phenotypeDirectory] in try Ontology(directory: phenotypeDirectory) }
  }

  /// The panels of a case; the mendeliome where none is named.
  func panels(_ panels: [CaseInputs.Panel]) throws -> [PanelFile] {
    if panels.isEmpty { return [try panel(named: "mendeliome")] }
    return try panels.map { panel in
      switch panel {
      case .name(let name): try self.panel(named: name.value)
      // A user's file may be replaced while others are screened.
      case .file(let path): try PanelFile.read(path: path.value)
      }
    }
  }

  private func panel(named name: String) throws -> PanelFile {
    try panelFiles.value(name) { [directory] in try PanelLibrary(directories: [directory]).panel(named: name) }
  }

  /// What sources say of genes.
  func geneTables() throws -> [GeneFactTable] { try facts.value(folder.path) { [folder] in try folder.geneTables() } }

  /// The stores of an assembly.
  func stores(on assembly: Assembly) throws -> [AlleleStore] {
    try storesByBuild.value(assembly) { [folder] in try folder.stores(on: assembly) }
  }

  /// A line for each store and table of genes; one that cannot be used counts by its name.
  func storeFingerprints() throws -> [String] {
    guard let folder = try folder.existing() else { return [] }
    let stores = try KnowledgeBase.files(in: folder).map { path in
      let name = URL(fileURLWithPath: path).lastPathComponent
      return "store \(name) \((try? AlleleStore(path: path).fingerprint) ?? "")"
    }
    return stores + (try geneTables()).map { "genes \($0.description.name) \($0.fingerprint)" }
  }

  func fingerprintSites(on assembly: Assembly) throws -> FingerprintSites {
    try sites.value(assembly) { [directory] in
      try FingerprintSites(directory: directory + "/data", assembly: assembly)
    }
  }

  func difficultGenes() throws -> [DifficultGene] {
    try difficult.value(directory) { [directory] in try DifficultGene.load(directory: directory + "/data") }
  }

  func benignExceptions() throws -> BenignExceptions {
    try exceptions.value(directory) { [directory] in try BenignExceptions(directory: directory + "/data") }
  }

  func repeatLoci() throws -> RepeatLoci {
    try repeats.value(directory) { [directory] in try RepeatLoci(directory: directory + "/data") }
  }

  /// Starts the checksums of files, which may be large: they take as long as a scan by index, and run beside it. A file that
  /// several cases name is read once, as long as it stays the same.
  func digests(of paths: [String]) -> [String: Ahead<String>] {
    var digests: [String: Ahead<String>] = [:]
    for path in Set(paths) where path != "-" {
      guard let stamp = FileStatus(path: path), stamp.isRegular else { continue }
      digests[path] = checksums.ahead(stamp) { try FileDigest.sha256(of: path) }
    }
    return digests
  }

  /// SHA-256 of a file, hexadecimal.
  func digest(of path: String) throws -> String {
    try digests(of: [path])[path]?.value() ?? FileDigest.sha256(of: path)
  }
}

/// Values that are made once for each key, on a thread of their own, and then shared. What went wrong is shared as well.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let values = Mutex<[Key: Ahead<Value>]>([:])

  func ahead(_ key: Key, _ make: @escaping @Sendable () throws -> Value) -> Ahead<Value> {
    values.withLock { values in
      if let value = values[key] { return value }
      let value = Ahead(make)
      values[key] = value
      return value
    }
  }

  /// Waits for the value.
  func value(_ key: Key, _ make: @escaping @Sendable () throws -> Value) throws -> Value {
    try ahead(key, make).value()
  }
}
