/// The points of one line of an account as a bar right or left of zero, on the scale of the whole account.
struct PointsMark {
  let points: Double
  /// The most that any line of the account has, for or against.
  let most: Double
  /// Custom property of the style sheet.
  let colour: String

  var svg: String {
    let length = most > 0 ? 50 * min(1, abs(points) / most) : 0
    let start = points < 0 ? 50 - length : 50
    return
      "<svg class=\"mark\" aria-hidden=\"true\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" width=\"100\" height=\"9\">"
      + "<rect x=\"\(Number.short(start, places: 1))\" y=\"1\" width=\"\(Number.short(length, places: 1))\" height=\"6\""
      + " style=\"fill:var(--\(colour))\"/><path d=\"M50 0V8\" style=\"stroke:currentColor\"/></svg>"
  }
}
