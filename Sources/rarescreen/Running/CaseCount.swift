extension Int {
  /// A number of cases, for the terminal: `1 case`, `2 cases`.
  var cases: String { self == 1 ? "1 case" : "\(self) cases" }
}
