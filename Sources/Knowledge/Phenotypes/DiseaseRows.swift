import Model

/// The diseases of `diseases.tsv` (columns `disease_id name inheritance genes course same_as`), and which of them are ranked.
struct DiseaseRows: Sendable {
  let version: String
  let source: String
  /// By id.
  let all: [PhenotypeIndex.Disease]

  init(directory: String) throws(KnowledgeError) {
    try self.init(TextTable(file: directory + "/diseases.tsv"))
  }

  init(_ table: TextTable) throws(KnowledgeError) {
    let id = try table.column("disease_id")
    let name = try table.column("name")
    let inheritance = try table.column("inheritance")
    let genes = try table.column("genes")
    let course = try table.column("course")
    let same = try table.column("same_as")
    var all: [PhenotypeIndex.Disease] = []
    all.reserveCapacity(table.count)
    for row in 0..<table.count {
      let (modes, unread) = ModeOfInheritance.list(reading: table.text(row, inheritance))
      guard unread.isEmpty else { throw table.bad(row, inheritance, expected: "codes of inheritance joined by '+'") }
      let onsets = table.list(row, course).compactMap(OnsetClass.range(term:))
      var onset: ClosedRange<OnsetClass>?
      if let first = onsets.map(\.lowerBound).min(), let last = onsets.map(\.upperBound).max() { onset = first...last }
      all.append(
        PhenotypeIndex.Disease(
          id: table.text(row, id), name: table.optionalText(row, name) ?? "", modes: modes,
          genes: table.list(row, genes), onset: onset, sameAs: table.list(row, same)))
    }
    version = table.metadata["version"] ?? ""
    source = table.metadata["source"] ?? "HPO"
    self.all = all.sorted { $0.id < $1.id }
  }

  /// Diseases of OMIM, and others that share no gene with one of them.
  var ranked: [PhenotypeIndex.Disease] {
    let ofOMIM = all.filter(Self.isOMIM)
    let genes = Set(ofOMIM.flatMap(\.genes))
    let joined = Set(ofOMIM.flatMap(\.sameAs))
    return all.filter { disease in
      Self.isOMIM(disease)
        || !joined.contains(disease.id) && !disease.genes.contains(where: genes.contains)
    }
  }

  /// Entries that stand for several diseases of OMIM.
  var groupCount: Int {
    let joined = Set(all.filter(Self.isOMIM).flatMap(\.sameAs))
    return all.count - ranked.count - all.count { joined.contains($0.id) }
  }

  private static func isOMIM(_ disease: PhenotypeIndex.Disease) -> Bool { disease.id.hasPrefix("OMIM:") }
}
