public import Model

/// The repeat loci whose expansion causes disease, with their ranges.
public struct RepeatLoci: Sendable {
  private let loci: [RepeatLocus]

  /// Loads `repeat_loci.tsv` of a folder, columns
  /// `symbol moi contig start end motif normal intermediate pathogenic_minimum needs_motif_check`; ranges as `6-26`.
  public init(directory: String) throws(KnowledgeError) {
    let table = try TextTable(file: directory + "/repeat_loci.tsv")
    let names = ["symbol", "moi", "contig", "start", "end", "motif", "normal", "intermediate"]
    var columns: [String: Int] = [:]
    for name in names + ["pathogenic_minimum", "needs_motif_check"] { columns[name] = try table.column(name) }
    var loci: [RepeatLocus] = []
    for row in 0..<table.count {
      func text(_ name: String) -> String { columns[name].map { table.text(row, $0) } ?? "" }
      guard let contig = Contig(name: text("contig")), let start = Int(text("start")), let end = Int(text("end")),
        let normal = Self.range(text("normal")), let minimum = Int(text("pathogenic_minimum"))
      else {
        throw table.bad(row, columns["contig"] ?? 0, expected: "contig, start, end, ranges and a pathogenic minimum")
      }
      loci.append(
        RepeatLocus(
          symbol: text("symbol"), mode: ModeOfInheritance(reading: text("moi")), region: Region(contig, start, end),
          motif: text("motif"), normal: normal, intermediate: Self.range(text("intermediate")),
          pathogenicMinimum: minimum, needsMotifCheck: text("needs_motif_check") == "yes"))
    }
    self.loci = loci
  }

  /// The loci in the coordinates of an assembly; none on GRCh37, for which the catalogue gives no places.
  public func loci(on assembly: Assembly) -> [RepeatLocus] { assembly == .grch38 ? loci : [] }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let bounds = text.split(separator: "-").compactMap { Int($0) }
    return bounds.count == 2 && bounds[0] <= bounds[1] ? bounds[0]...bounds[1] : nil
  }
}
