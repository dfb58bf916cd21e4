extension [String] {
  /// A command line without some of its options.
  ///
  /// - Parameters:
  ///   - valued: options that go with the word behind them, or behind their `=`.
  ///   - flags: options without a value.
  func leavingOut(_ valued: [String], flags: [String]) -> [String] {
    var kept: [String] = []
    var isValue = false
    for word in self {
      let isLeftOut =
        isValue || valued.contains(word) || flags.contains(word) || valued.contains { word.hasPrefix($0 + "=") }
      if !isLeftOut { kept.append(word) }
      isValue = !isValue && valued.contains(word)
    }
    return kept
  }
}
