internal import Model

/// The four parts of a candidate's points as one bar: what speaks for it to the right of zero, what against it to the left.
struct PointsBar {
  struct Part {
    var label: String
    var points: Double
    /// Custom property of the style sheet.
    var colour: String
  }

  let parts: [Part]
  /// What the picture shows, for those who do not see it.
  let title: String
  let phrases: Phrases

  private static let width = 340.0

  var svg: String {
    let right = parts.map { max($0.points, 0) }.reduce(0, +)
    let left = parts.map { min($0.points, 0) }.reduce(0, +)
    // At least ten points wide, so that small sums look small.
    let scale = Self.width / max(right - left, 10)
    let zero = -left * scale
    var forward = zero
    var backward = zero
    var body = ""
    for part in parts where part.points != 0 {
      let length = abs(part.points) * scale
      let start = part.points > 0 ? forward : backward - length
      if part.points > 0 { forward += length } else { backward -= length }
      body += "<rect x=\"\(Number.short(start, places: 1))\" y=\"6\" width=\"\(Number.short(length, places: 1))\""
      body += " height=\"26\" style=\"fill:var(--\(part.colour));stroke:var(--paper);stroke-width:1\"/>"
    }
    body += "<path d=\"M\(Number.short(zero, places: 1)) 1V37\" style=\"stroke:currentColor;stroke-width:2\"/>"
    for (index, part) in parts.enumerated() {
      let x = 172 * (index % 2)
      let y = 44 + 20 * (index / 2)
      body += "<rect x=\"\(x)\" y=\"\(y)\" width=\"12\" height=\"12\" style=\"fill:var(--\(part.colour))\"/>"
      let label = "\(part.label) \(phrases.localized(Number.points(part.points)))"
      body += "<text x=\"\(x + 17)\" y=\"\(y + 11)\">\(label.escapedMarkup)</text>"
    }
    return
      "<svg role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"342\" height=\"86\" viewBox=\"-1 0 342 86\">"
      + "\(body)</svg>"
  }
}
