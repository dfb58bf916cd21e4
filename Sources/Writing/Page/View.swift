internal import Mustache

/// What is not there leaves no text, where `false` would print its name.
private struct Nothing: MustacheCustomRenderable {
  var renderText: String { "" }
  var isNull: Bool { true }
}

/// What a template is given: text that is escaped, lists, flags, and markup made here.
///
/// A name that a template asks for and does not find is looked for further out, so an object names its missing values too:
/// `.optional(nil)` is a flag that is down.
indirect enum View: Sendable {
  case text(String)
  case flag(Bool)
  case list([View])
  case object([String: View])
  /// Markup made by this module, not escaped: style and pictures.
  case markup(String)

  static func optional(_ text: String?) -> View {
    if let text, !text.isEmpty { .text(text) } else { .flag(false) }
  }

  static func texts(_ texts: [String]) -> View { .list(texts.map { .text($0) }) }

  /// The shape that Mustache walks through.
  var rendering: Any {
    switch self {
    case .text(let text): text.shown
    case .flag(let flag): flag ? true : Nothing()
    case .list(let views): views.map(\.rendering)
    case .object(let members): members.mapValues(\.rendering)
    case .markup(let markup): markup
    }
  }
}

extension String {
  /// The text as a page shows it: blanks for tabs and line ends, `�` for characters that a browser would obey.
  ///
  /// Mustache escapes whole characters, so a quotation mark that carries a combining accent would slip through; here the two
  /// are set apart by a dotted circle, as Unicode advises for a mark without a base (TR 15, section 2.11 of the standard).
  var shown: String {
    var result = ""
    var isAfterMarkup = false
    for scalar in unicodeScalars {
      if isAfterMarkup, scalar.properties.isGraphemeExtend || scalar.properties.generalCategory == .spacingMark {
        result.unicodeScalars.append("\u{25CC}")
      }
      isAfterMarkup = "<>&\"'".unicodeScalars.contains(scalar)
      switch scalar {
      case "\t", "\n", "\r": result.unicodeScalars.append(" ")
      case _ where scalar.isUnsafeToShow: result.unicodeScalars.append("\u{FFFD}")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text for use in SVG and attributes made by hand.
  var escapedMarkup: String {
    var result = ""
    for scalar in shown.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text as a CSS string (CSS Syntax 3, section 4.3.7): everything but letters and digits as a code.
  var cssString: String {
    var result = "\""
    for scalar in shown.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal, scalar.value < 0x2000 {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\\(String(scalar.value, radix: 16)) "
      }
    }
    return result + "\""
  }
}
