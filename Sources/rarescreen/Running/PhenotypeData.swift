import Foundation
import Knowledge
import Model
import Reading
import Screening

/// What ranks phenotypes: the tables that the laboratory built, else those that come with the program.
struct PhenotypeData {
  let directory: String
  let genes: GeneTable
  let ontology: Ontology
  let likelihood: PhenotypeLikelihood

  /// - Parameter sex: of the patient.
  init(_ common: CommonOptions, for sex: Sex) throws {
    let data = try DataDirectory.find(given: common.knowledge)
    directory = try Self.directory(data: data, knowledge: common.knowledge)
    let table = Ahead { try GeneTable(directory: data + "/genes") }
    ontology = try Ontology(directory: directory)
    likelihood = PhenotypeLikelihood(try PhenotypeIndex(directory: directory, for: sex))
    genes = try table.value()
  }

  /// Names of the tables.
  static let tables = ["terms.tsv", "diseases.tsv", "annotations.tsv", "neighbours.tsv"]

  /// The folder of the tables: beside the stores where they were built, else that of the program.
  static func directory(data: String, knowledge: String?) throws -> String {
    if let built = try KnowledgeFolder(given: knowledge).beside(PhenotypeBuild.folderName) { return built }
    return data + "/phenotype"
  }

  /// Cleans the terms of a query.
  ///
  /// - Throws: a failure that tells every fault of the terms.
  func query(
    observed: [PhenotypeTerm], excluded: [PhenotypeTerm], sex: Sex, onset: OnsetClass?
  ) throws -> (query: PhenotypeQuery, notes: [Wording]) {
    let cleaned = ontology.clean(observed: observed, excluded: excluded)
    if !cleaned.faults.isEmpty {
      throw Failure(.usage, cleaned.faults.map(\.description).joined(separator: "\n"))
    }
    let query = PhenotypeQuery(
      observed: cleaned.observed, excluded: cleaned.excluded, sex: sex, onset: onset, in: likelihood.index)
    return (query, cleaned.notes)
  }
}
