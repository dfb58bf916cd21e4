/// The share of all records that left, or stayed, at one stage. The number stands beside it in the table.
struct FunnelBar {
  /// 0…1.
  let fraction: Double
  /// Custom property of the style sheet.
  let colour: String

  var svg: String {
    // A count that is not zero must not look like zero.
    let width = fraction > 0 ? max(0.5, 100 * min(fraction, 1)) : 0
    return "<svg aria-hidden=\"true\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" height=\"9\">"
      + "<rect width=\"\(Number.short(width, places: 1))\" height=\"6\" style=\"fill:var(--\(colour))\"/></svg>"
  }
}
