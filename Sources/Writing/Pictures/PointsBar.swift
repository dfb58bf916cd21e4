internal import Model

/// A candidate's points as one bar, a piece for each entry of the account: what speaks for it to the right of zero, what against it to
/// the left. A mark stands at the sum.
struct PointsBar {
  struct Entry {
    var label: String
    var points: Double
  }

  struct Part {
    var label: String
    /// What the part comes to.
    var points: Double
    /// Custom property of the style sheet.
    var colour: String
    var entries: [Entry]

    /// The entries as far as they count. A part may come to less than their sum (a mean of two variants, a ceiling): then each
    /// shrinks alike.
    var counted: [Entry] {
      let sum = entries.reduce(0) { $0 + $1.points }
      guard sum != 0, points / sum > 0 else { return [Entry(label: label, points: points)] }
      return entries.map { Entry(label: $0.label, points: $0.points * points / sum) }
    }
  }

  let parts: [Part]
  let total: Double
  /// What the picture shows, for those who do not see it.
  let title: String
  let phrases: Phrases

  private static let width = 340.0

  var svg: String {
    let pieces = parts.flatMap { part in part.counted.map { (entry: $0, part: part) } }.filter { $0.entry.points != 0 }
    let right = pieces.reduce(0) { $0 + max($1.entry.points, 0) }
    let left = pieces.reduce(0) { $0 + min($1.entry.points, 0) }
    // At least ten points wide, so that small sums look small.
    let scale = Self.width / max(right - left, 10)
    let zero = -left * scale
    var forward = zero
    var backward = zero
    var body = ""
    for (entry, part) in pieces {
      let length = abs(entry.points) * scale
      let start = entry.points > 0 ? forward : backward - length
      if entry.points > 0 { forward += length } else { backward -= length }
      let words = "\(part.label): \(entry.label) \(phrases.localized(Number.points(entry.points)))"
      body += "<rect x=\"\(Number.short(start, places: 1))\" y=\"18\" width=\"\(Number.short(length, places: 1))\""
      body += " height=\"26\" style=\"fill:var(--\(part.colour));stroke:var(--paper);stroke-width:1\">"
      body += "<title>\(words.escapedMarkup)</title></rect>"
    }
    body += axis(zero: zero, sum: zero + total * scale) + legend
    return
      "<svg role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"342\" height=\"112\" viewBox=\"-1 0 342 112\">"
      + "\(body)</svg>"
  }

  /// Zero below the bar, the sum above it.
  private func axis(zero: Double, sum: Double) -> String {
    func x(_ place: Double) -> String { Number.short(min(max(place, 0), Self.width), places: 1) }
    func anchor(_ place: Double) -> String { place < 30 ? "start" : place > Self.width - 30 ? "end" : "middle" }
    let words = phrases("bar_total", ["points": phrases.localized(Number.short(total, places: 1))])
    return "<path d=\"M\(x(zero)) 14V48\" style=\"stroke:currentColor;stroke-width:2\"/>"
      + "<text x=\"\(x(zero))\" y=\"60\" text-anchor=\"\(anchor(zero))\">0</text>"
      + "<path d=\"M\(x(sum)) 14V48\" style=\"stroke:currentColor;stroke-dasharray:3 2\"/>"
      + "<text x=\"\(x(sum))\" y=\"11\" text-anchor=\"\(anchor(sum))\">\(words.escapedMarkup)</text>"
  }

  private var legend: String {
    var body = ""
    for (index, part) in parts.enumerated() {
      let x = 172 * (index % 2)
      let y = 70 + 20 * (index / 2)
      body += "<rect x=\"\(x)\" y=\"\(y)\" width=\"12\" height=\"12\" style=\"fill:var(--\(part.colour))\"/>"
      let label = "\(part.label) \(phrases.localized(Number.points(part.points)))"
      body += "<text x=\"\(x + 17)\" y=\"\(y + 11)\">\(label.escapedMarkup)</text>"
    }
    return body
  }
}
