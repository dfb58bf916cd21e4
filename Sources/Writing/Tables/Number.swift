/// Numbers as text, the same in every locale.
enum Number {
  /// The value with at most `places` decimals, without trailing zeros: `7.5`, `12`, `-0.4`.
  static func short(_ value: Double, places: Int = 4) -> String {
    let text = fixed(value, places: places)
    guard text.contains(".") else { return text }
    var digits = Substring(text)
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return digits == "-0" ? "0" : String(digits)
  }

  /// The value with exactly `places` decimals, halves away from zero.
  static func fixed(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return value.isFinite ? "\(value)" : "." }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    // 2.675 is stored a little below itself; the nudge makes halves round as they read.
    let scaled = Int((abs(value) * Double(scale) * (1 + 4 * Double.ulpOfOne)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    return "\(sign)\(scaled / scale).\(String(repeating: "0", count: places - fraction.utf8.count))\(fraction)"
  }

  /// Points with their sign and at most one decimal: `+9.1`, `+2`, `-0.4`, `0`.
  static func points(_ value: Double) -> String {
    let text = short(value, places: 1)
    return text.hasPrefix("-") || text == "0" ? text : "+\(text)"
  }
}
