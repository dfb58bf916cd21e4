internal import Model

/// Depth over the coding exons of one gene, introns left out, with the stretches that lack reads marked.
struct GeneDepthPicture {
  let gene: GeneCoverage
  /// Reads that the most of the gene needs, for the line.
  let threshold: Int
  /// What the picture shows, for those who do not see it.
  let title: String

  private static let width = 640.0
  private static let height = 70.0
  private static let space = 3.0

  var svg: String {
    let exons = gene.exons.filter { $0.summary.length > 0 }
    let length = Double(exons.reduce(0) { $0 + $1.summary.length })
    let room = max(Self.width / 2, Self.width - Self.space * Double(max(0, exons.count - 1)))
    let space = exons.count > 1 ? (Self.width - room) / Double(exons.count - 1) : 0
    // A case may ask for no read at all.
    let highest = max(1, Double(2 * threshold), Double(exons.flatMap(\.profile).max() ?? 0))
    let y = { (depth: Double) in Self.height - depth / highest * (Self.height - 4) }
    var body = ""
    var x = 0.0
    for exon in exons {
      let width = Double(exon.summary.length) / length * room
      body += "<rect x=\"\(short(x))\" y=\"\(short(Self.height + 2))\" width=\"\(short(max(0.5, width)))\" height=\"7\""
      body += " style=\"fill:var(--gray)\"/>"
      body += area(of: exon, from: x, width: width, y)
      for gap in gene.gaps where gap.region.overlaps(exon.region) {
        let start = Double(gap.region.start - exon.region.start) / Double(exon.region.length) * width
        let part = Double(gap.region.length) / Double(exon.region.length) * width
        body += "<rect x=\"\(short(x + start))\" y=\"\(short(Self.height + 2))\" width=\"\(short(max(1.5, part)))\""
        body += " height=\"7\" style=\"fill:var(--red)\"/>"
      }
      x += width + space
    }
    let line = short(y(Double(threshold)))
    body += "<path d=\"M0 \(line)H\(short(Self.width))\" style=\"stroke:var(--amber);stroke-dasharray:4 3\"/>"
    body += "<text x=\"\(short(Self.width + 4))\" y=\"\(short(y(Double(threshold)) + 4))\">\(threshold)×</text>"
    return "<svg role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"680\" height=\"82\" viewBox=\"0 0 680 82\">"
      + "\(body)</svg>"
  }

  private func area(of exon: ExonCoverage, from x: Double, width: Double, _ y: (Double) -> Double) -> String {
    guard !exon.profile.isEmpty else { return "" }
    let step = width / Double(exon.profile.count)
    var path = "M\(short(x)) \(short(Self.height))"
    for (place, depth) in exon.profile.enumerated() {
      path += "V\(short(y(Double(depth))))H\(short(x + step * Double(place + 1)))"
    }
    return "<path d=\"\(path)V\(short(Self.height))Z\" style=\"fill:var(--v);fill-opacity:.55\"/>"
  }

  private func short(_ value: Double) -> String { Number.short(value, places: 1) }
}
