/// Takes the genes of diseases from the lines of `genes_to_phenotype.txt`, of the present layout and the one before 2023.
struct GeneLinkFile {
  struct Link: Hashable {
    var symbol: String
    var disease: String
  }

  private(set) var links: Set<Link> = []
  private var symbolColumn: Int?
  private var diseaseColumn = 0

  mutating func add(_ line: String) {
    let isRemark = line.hasPrefix("#")
    if symbolColumn == nil {
      // The older layout names its columns in a remark, between the words `<tab>`.
      let names =
        isRemark
        ? line.replacing("#Format: ", with: "").replacing("<tab>", with: "\t").split(separator: "\t")
        : line.split(separator: "\t")
      symbolColumn = names.firstIndex { $0 == "gene_symbol" || $0 == "entrez-gene-symbol" }
      diseaseColumn = names.firstIndex { $0 == "disease_id" || $0.hasPrefix("disease-ID") } ?? names.count - 1
      return
    }
    guard !isRemark, let symbolColumn else { return }
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard cells.count > max(symbolColumn, diseaseColumn), cells[diseaseColumn].contains(":") else { return }
    links.insert(Link(symbol: String(cells[symbolColumn]), disease: String(cells[diseaseColumn])))
  }
}
