import Model

/// Numbers as the messages of quality control write them, the same in every locale.
enum QualityText {
  /// A number with a fixed count of decimals, rounded half away from zero.
  static func decimal(_ value: Double, _ places: Int = 2) -> Wording {
    Wording(number: digits(value, places))
  }

  private static func digits(_ value: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 1e15 else { return String(value) }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + padded.dropLast(places) + (places > 0 ? "." + padded.suffix(places) : "")
  }

  static func percent(_ share: Double, _ places: Int = 1) -> Wording { "\(decimal(share * 100, places)) %" }

  static func range(_ range: ClosedRange<Double>) -> Wording {
    "\(decimal(range.lowerBound, 1))–\(decimal(range.upperBound, 1))"
  }
}
