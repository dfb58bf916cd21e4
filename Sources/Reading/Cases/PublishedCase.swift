/// A phenopacket whose cause is known: the case, and the answer to hold a ranking to.
public struct PublishedCase: Sendable {
  public var file: CaseFile
  /// Ids of the diseases that the interpretations name as the cause.
  public var diseases: [String]
  /// Causal genes, HGNC id where it is written, and symbol.
  public var genes: [(hgncID: String?, symbol: String)]
  /// Publications of the case, as HPO's annotations cite them: `PMID:…`.
  public var references: Set<String>

  /// - Throws: `CaseError` for a file that cannot be read or is no phenopacket's JSON.
  public init(path: String) throws(CaseError) {
    let text = try CaseText.read(path, as: .caseFile, reason: .malformedCase)
    file = try CaseFile(text: text, path: path)
    let root = try DocumentNode.json(text, file: path)
    diseases = []
    genes = []
    for interpretation in root["interpretations"]?.elements ?? [] {
      let diagnosis = interpretation["diagnosis"]
      if let id = diagnosis?["disease"]?["id"]?.text?.value { diseases.append(id) }
      for genomic in diagnosis?["genomicInterpretations"]?.elements ?? [] {
        let context = genomic["variantInterpretation"]?["variationDescriptor"]?["geneContext"]
        guard let symbol = context?["symbol"]?.text?.value else { continue }
        genes.append((context?["valueId"]?.text?.value, symbol))
      }
    }
    references = Set((root["metaData"]?["externalReferences"]?.elements ?? []).compactMap { $0["id"]?.text?.value })
    let name = path.split(separator: "/").last ?? ""
    if let match = name.prefixMatch(of: /PMID_(\d+)/) { references.insert("PMID:\(match.1)") }
  }
}
