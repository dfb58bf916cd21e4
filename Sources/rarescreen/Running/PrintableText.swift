extension String {
  /// The text with every character written out that could drive a terminal or turn the line round; tabs and newlines stay.
  ///
  /// Names come from files of others: C0, DEL and C1 controls, line separators, and the bidirectional marks of Unicode
  /// Standard Annex 9 (CVE-2021-42574) are data, never commands.
  var printable: String {
    if unicodeScalars.allSatisfy({ !$0.isUnprintable }) { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch value {
    case 9, 10: false
    case 0..<32, 127..<160, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
