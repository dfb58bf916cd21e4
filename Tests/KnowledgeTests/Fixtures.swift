import Knowledge
import TestSupport

/// The small tables of `Tests/Fixtures/panels`.
enum Fixtures {
  /// The project's own panels and tables.
  static let projectPanels = Checkout.directory + "/Panels"

  static func genes() throws -> GeneTable { try GeneTable(directory: Checkout.fixture("panels/genes")) }
  static func ontology() throws -> Ontology { try Ontology(directory: Checkout.fixture("panels/phenotype")) }
  static func diseases() throws -> DiseaseTable { try DiseaseTable(directory: Checkout.fixture("panels/phenotype")) }
}
