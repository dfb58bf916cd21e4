internal import Foundation
internal import Model

/// How common an allele is, population by population, on a logarithmic scale from one in a million to everybody, with the ceiling
/// of the case as a line. A frequency of 0 stands apart on the left: nobody carries the allele, which a logarithm cannot show.
struct FrequencyScale {
  struct Row: Equatable {
    var label: String
    /// A fraction 0…1.
    var frequency: Double
    /// Custom property of the style sheet.
    var colour: String
  }

  let rows: [Row]
  /// The setting `max_af`, a fraction 0…1.
  let ceiling: Double
  /// What the picture shows, for those who do not see it.
  let title: String
  let phrases: Phrases

  private static let left = 128.0
  private static let zero = 136.0
  private static let start = 166.0
  private static let width = 190.0
  private static let rowHeight = 17
  /// Decades from one in a million to 1.
  private static let decades = 6.0

  var svg: String {
    let height = rows.count * Self.rowHeight + 22
    let bottom = height - 18
    var body = "<path d=\"M\(Self.short(Self.zero)) \(bottom)H\(Self.short(Self.start + Self.width))"
    for decade in 0...Int(Self.decades) {
      body += "M\(Self.short(Self.x(pow(10, Double(decade) - Self.decades)))) 2V\(bottom)"
    }
    body += "M\(Self.short(Self.zero)) 2V\(bottom)\" style=\"stroke:var(--line)\"/>"
    for (text, x) in [
      ("0", Self.zero), ("10⁻⁶", Self.start), ("10⁻⁴", Self.x(1e-4)), ("10⁻²", Self.x(1e-2)), ("1", Self.x(1)),
    ] {
      body += "<text x=\"\(Self.short(x))\" y=\"\(height - 4)\" text-anchor=\"middle\">\(text)</text>"
    }
    if ceiling > 0 {
      body +=
        "<path d=\"M\(Self.short(Self.x(ceiling))) 0V\(bottom)\" style=\"stroke:var(--red);stroke-dasharray:4 3\"/>"
    }
    for (index, row) in rows.enumerated() { body += line(row, y: index * Self.rowHeight + 10) }
    return
      "<svg role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"470\" height=\"\(height)\" viewBox=\"0 0 470 \(height)\">"
      + "\(body)</svg>"
  }

  private func line(_ row: Row, y: Int) -> String {
    let x = Self.short(Self.x(row.frequency))
    let label = row.label.count > 18 ? "\(row.label.prefix(17))…" : row.label
    return "<text x=\"\(Self.short(Self.left))\" y=\"\(y + 4)\" text-anchor=\"end\">\(label.escapedMarkup)</text>"
      + "<path d=\"M\(Self.short(Self.zero)) \(y)H\(x)\" style=\"stroke:var(--\(row.colour));stroke-opacity:.5\"/>"
      + "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4\" style=\"fill:var(--\(row.colour))\"/>"
      + "<text x=\"\(Self.short(Self.start + Self.width + 10))\" y=\"\(y + 4)\">\(Self.odds(row.frequency, phrases).escapedMarkup)</text>"
  }

  /// A frequency as people speak of it: `1 : 4,300`, to two digits; `0` where nobody carries the allele.
  static func odds(_ frequency: Double, _ phrases: Phrases) -> String {
    guard frequency > 0 else { return "0" }
    let people = 1 / frequency
    guard people < 1e9 else { return "<1 : \(phrases.count(1_000_000_000))" }
    let step = pow(10, max(0, (log10(people)).rounded(.down) - 1))
    return "1 : \(phrases.count(Int((people / step).rounded() * step)))"
  }

  private static func x(_ frequency: Double) -> Double {
    frequency > 0 ? start + width * (1 + max(log10(min(frequency, 1)), -decades) / decades) : zero
  }

  private static func short(_ value: Double) -> String { Number.short(value, places: 1) }
}
