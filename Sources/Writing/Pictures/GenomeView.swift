internal import Model

/// The chromosomes of one person as bars: where runs of homozygosity lie, and which part of the informative sites shows one parent
/// only. A chromosome of which too little is known is dashed: no run seen is not the same as none there.
struct GenomeView {
  let assembly: Assembly
  let homozygosity: Homozygosity
  /// Nil without both parents.
  let origins: ChromosomeOrigins?
  /// What the picture shows, for those who do not see it.
  let title: String
  let phrases: Phrases

  private static let contigs = Contig.allCases.filter { $0.isAutosome || $0 == .x }
  private static let rowHeight = 15
  /// Units of the drawing for each megabase.
  private static let scale = 1.4
  private static let left = 24
  private static let originLeft = 386
  private static let originWidth = 120

  var svg: String {
    let legendTop = Self.contigs.count * Self.rowHeight + 6
    let width = origins == nil ? Self.originLeft : Self.originLeft + Self.originWidth + 2
    let height = legendTop + (origins == nil ? 36 : 54)
    return "<svg role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"\(width)\" height=\"\(height)\""
      + " viewBox=\"0 0 \(width) \(height)\">" + names + bars + runs + (origins.map(shares) ?? "") + legend(legendTop)
      + "</svg>"
  }

  private static func top(_ row: Int) -> Int { row * rowHeight + 2 }

  private var names: String {
    let names = Self.contigs.enumerated().map { row, contig in
      "<text x=\"20\" y=\"\(Self.top(row) + 10)\">\(contig.name)</text>"
    }
    return "<g text-anchor=\"end\">\(names.joined())</g>"
  }

  private var bars: String {
    let tested = Set(homozygosity.tested)
    func outlines(_ isTested: Bool) -> String {
      Self.contigs.enumerated().filter { tested.contains($1) == isTested }.map { row, contig in
        let length = Number.short(Double(assembly.length(of: contig)) / 1_000_000 * Self.scale, places: 0)
        return "M\(Self.left) \(Self.top(row))h\(length)v10h-\(length)z"
      }.joined()
    }
    let style = "style=\"fill:none;stroke:currentColor"
    return "<path d=\"\(outlines(true))\" \(style)\"/>"
      + "<path d=\"\(outlines(false))\" \(style);stroke-dasharray:2 3;opacity:.6\"/>"
  }

  /// Whole megabases, so that the picture stays small however many runs there are; runs that touch become one.
  private var runs: String {
    var path = ""
    for (row, contig) in Self.contigs.enumerated() {
      var bits = [Bool](repeating: false, count: assembly.length(of: contig) / 1_000_000 + 2)
      for run in homozygosity.runs where run.region.contig == contig {
        let from = min(run.region.start / 1_000_000, bits.count - 2)
        let to = min((run.region.end + 999_999) / 1_000_000, bits.count - 1)
        for index in from..<max(to, from + 1) { bits[index] = true }
      }
      var start: Int?
      var end: Int?
      for (index, isInRun) in bits.enumerated() {
        if isInRun, start == nil { start = index }
        if !isInRun, let begun = start {
          // From the end of the run before, which takes fewer letters.
          path += end.map { "m\(begun - $0) 0" } ?? "M\(begun) \(Self.top(row) + 5)"
          path += "h\(index - begun)"
          end = index
          start = nil
        }
      }
    }
    return "<path d=\"\(path)\" transform=\"translate(\(Self.left) 0) scale(\(Self.scale) 1)\""
      + " style=\"fill:none;stroke:var(--v);stroke-width:10\"/>"
  }

  private func shares(_ origins: ChromosomeOrigins) -> String {
    var (frames, maternal, paternal) = ("", "", "")
    for chromosome in origins.chromosomes {
      guard let row = Self.contigs.firstIndex(of: chromosome.contig), chromosome.informative > 0 else { continue }
      func width(_ count: Int) -> Int {
        (count * Self.originWidth + chromosome.informative / 2) / chromosome.informative
      }
      let middle = Self.top(row) + 5
      frames += "M\(Self.originLeft) \(middle - 5)h\(Self.originWidth)v10h-\(Self.originWidth)z"
      let (left, right) = (width(chromosome.maternalOnly), width(chromosome.paternalOnly))
      if left > 0 { maternal += "M\(Self.originLeft) \(middle)h\(left)" }
      if right > 0 { paternal += "M\(Self.originLeft + Self.originWidth - right) \(middle)h\(right)" }
    }
    return "<path d=\"\(maternal)\" style=\"stroke:var(--p);stroke-width:10\"/>"
      + "<path d=\"\(paternal)\" style=\"stroke:var(--g);stroke-width:10\"/>"
      + "<path d=\"\(frames)\" style=\"fill:none;stroke:currentColor\"/>"
  }

  private func legend(_ top: Int) -> String {
    func entry(_ x: Int, _ line: Int, _ colour: String, _ key: String) -> String {
      let y = top + 18 * line
      let style = colour.isEmpty ? "fill:none;stroke:currentColor;stroke-dasharray:2 3" : "fill:var(--\(colour))"
      return "<rect x=\"\(x)\" y=\"\(y)\" width=\"12\" height=\"10\" style=\"\(style)\"/>"
        + "<text x=\"\(x + 17)\" y=\"\(y + 10)\">\(phrases(key).escapedMarkup)</text>"
    }
    var text = entry(Self.left, 0, "v", "genome_legend_runs") + entry(Self.left, 1, "", "genome_legend_untested")
    if origins != nil {
      text += entry(Self.left, 2, "p", "genome_legend_maternal") + entry(270, 2, "g", "genome_legend_paternal")
    }
    return text
  }
}
