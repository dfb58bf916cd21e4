/// Takes what is annotated to diseases from the lines of `phenotype.hpoa`, of the present layout and the one before 2023.
///
/// The columns are those of the file's format description (https://hpo-annotation-qc.readthedocs.io, "phenotype.hpoa"): names
/// changed once, their order never.
struct AnnotationFile {
  /// What one publication says of one feature of a disease.
  struct Feature: Hashable {
    var term: String
    /// As `FeatureFrequency` writes it; empty where nothing is stated.
    var frequency: String
    var isExcluded: Bool
    /// `M` or `F` where the feature is of one sex.
    var sex: String
  }

  struct Disease {
    var id: String
    var name: String
    /// By reference, in the order of the file.
    var references: [(id: String, features: [Feature])] = []
    /// HPO terms of inheritance.
    var inheritance: [String] = []
    /// HPO terms of the clinical course and onset.
    var courses: [String] = []
  }

  private(set) var diseases: [String: Disease] = [:]
  private(set) var version: String?
  /// Lines that could not be read, with the first few.
  private(set) var unread = 0
  /// Cells of frequency that are none of HPO's forms, with how often each was met.
  private(set) var oddFrequencies: [String: Int] = [:]

  mutating func add(_ line: String) {
    if line.hasPrefix("#version:") || line.hasPrefix("#date:") {
      version = line.split(separator: ":").last.map { String($0.drop { $0 == " " }) }
    }
    if line.hasPrefix("database_id\t") || line.hasPrefix("#DatabaseID\t") || line.hasPrefix("DatabaseID\t") {
      return
    }
    if line.hasPrefix("#") || line.isEmpty { return }
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard cells.count >= 11, cells[0].contains(":"), cells[3].hasPrefix("HP:") else {
      unread += 1
      return
    }
    let id = String(cells[0])
    let term = String(cells[3])
    switch cells[10] {
    case "P":
      if !cells[7].isEmpty, FeatureFrequency.written(String(cells[7])).isEmpty {
        oddFrequencies[String(cells[7].prefix(40)), default: 0] += 1
      }
      let feature = Feature(
        term: term, frequency: FeatureFrequency.written(String(cells[7])), isExcluded: cells[2] == "NOT",
        sex: cells[8].uppercased().hasPrefix("M") ? "M" : cells[8].uppercased().hasPrefix("F") ? "F" : "")
      add(feature, reference: String(cells[4]), to: id, named: cells[1])
    case "I":
      if cells[2] != "NOT" { diseases[id, default: Disease(id: id, name: String(cells[1]))].inheritance.append(term) }
    case "C": diseases[id, default: Disease(id: id, name: String(cells[1]))].courses.append(term)
    default: diseases[id] = diseases[id] ?? Disease(id: id, name: String(cells[1]))
    }
  }

  private mutating func add(_ feature: Feature, reference: String, to id: String, named name: Substring) {
    var disease = diseases.removeValue(forKey: id) ?? Disease(id: id, name: String(name))
    if let place = disease.references.firstIndex(where: { $0.id == reference }) {
      disease.references[place].features.append(feature)
    } else {
      disease.references.append((reference, [feature]))
    }
    diseases[id] = disease
  }
}
