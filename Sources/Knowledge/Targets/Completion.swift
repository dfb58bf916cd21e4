public import Model

extension TargetSet {
  /// The targets with what their panels leave unsaid (mode of inheritance, mechanism, diseases) taken from a reference panel.
  ///
  /// A laboratory's list or BED names genes and nothing else; without a mode every verdict would stay POSSIBLE. What was
  /// taken over is said in the notes of the gene.
  ///
  /// - Parameter reference: asked for only when something is missing, with the HGNC ids of the genes that lack it; the panel
  ///   need hold no others.
  public func completed(from reference: (_ ids: Set<String>) throws -> Panel) rethrows -> TargetSet {
    let ids = Set(genes.filter(\.isIncomplete).compactMap(\.hgncID))
    guard !ids.isEmpty else { return self }
    let panel = try reference(ids)
    let known = Dictionary(
      panel.genes.compactMap { entry in entry.hgncID.map { ($0, entry) } }, uniquingKeysWith: { first, _ in first })
    var completed = self
    for index in genes.indices where genes[index].isIncomplete {
      guard let entry = genes[index].hgncID.flatMap({ known[$0] }) else { continue }
      completed.genes[index].fill(from: entry, of: panel)
    }
    return completed
  }
}

extension TargetGene {
  fileprivate var isIncomplete: Bool { modes == [.unknown] || mechanisms == [.unknown] || diseases.isEmpty }

  fileprivate mutating func fill(from entry: PanelGene, of panel: Panel) {
    var filled: [Wording] = []
    if modes == [.unknown], entry.modes != [.unknown] {
      modes = entry.modes
      filled.append("mode of inheritance")
    }
    if mechanisms == [.unknown], entry.mechanisms != [.unknown] {
      mechanisms = entry.mechanisms
      filled.append("mechanism")
    }
    if diseases.isEmpty, !entry.diseases.isEmpty {
      diseases = entry.diseases
      filled.append("diseases")
    }
    if !filled.isEmpty { notes.append("\(filled.joined(separator: ", ")) from \(panel.name) \(panel.version)") }
  }
}
