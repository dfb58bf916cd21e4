/// What is wrong with an expression, and where.
///
///     QUAL>30 && INFO/AFF<0.01
///                ^~~~~~~~
///     the header defines no INFO field 'AFF'; did you mean 'INFO/AF'?
public struct ExpressionError: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    case empty
    case unexpectedEnd
    case unexpected(String)
    case unclosedQuote
    case unclosedParenthesis
    case unclosedBracket
    case notANumber(String)
    /// A value stands where a test is needed.
    case notATest(String)
    /// A test stands where a value is needed.
    case notAValue
    case unknownName(String)
    case unknownInfo(String)
    case unknownFormat(String)
    case ambiguousName(String)
    case unknownSubfield(String, annotation: String)
    case unknownAnnotation(String)
    case unknownFilter(String)
    case unknownSample(String)
    case unknownType(String)
    case unknownImpact(String)
    case unknownTerm(String)
    case unknownProperty(String)
    case unknownFunction(String)
    case notSupported(String)
    case badSubscript(String)
    case sampleIndex(Int, samples: Int)
    /// `FORMAT/AD[0]` says neither sample nor element.
    case needsElement(String)
    case textAgainstNumber
    case notComparable(String)
    case wrongOperator(String, allowed: String)
    case patternNeeded
    case badPattern(String, String)
    case arguments(String, expected: String)
    case needsSamples(String)
    case noPedigree(String)
    case noBinding(String)
    case twoGroups
    case resource(String, String)
  }

  /// The whole expression.
  public var text: String
  /// Place of the fault: UTF-8 offsets in `text`.
  public var range: Range<Int>
  public var reason: Reason
  /// A word that may have been meant.
  public var suggestion: String?

  init(_ reason: Reason, _ range: Range<Int>, in text: String, suggestion: String? = nil) {
    self.reason = reason
    self.range = range
    self.text = text
    self.suggestion = suggestion
  }
}

extension ExpressionError: CustomStringConvertible {
  public var description: String {
    let ending = suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return "\(shownText)\n\(caretLine)\n\(wording)\(ending)"
  }

  /// The text on one line.
  private var shownText: String { String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }

  private var caretLine: String {
    let bytes = Array(text.utf8)
    let start = min(range.lowerBound, bytes.count)
    let end = min(max(range.upperBound, start), bytes.count)
    let before = String(decoding: bytes[..<start], as: UTF8.self).count
    let width = String(decoding: bytes[start..<end], as: UTF8.self).count
    return String(repeating: " ", count: before) + "^" + String(repeating: "~", count: max(0, width - 1))
  }

  private var wording: String {
    switch reason {
    case .empty: "the expression is empty"
    case .unexpectedEnd: "the expression ends too early"
    case .unexpected(let token): "'\(token)' is not expected here"
    case .unclosedQuote: "this quote is not closed"
    case .unclosedParenthesis: "this parenthesis is not closed"
    case .unclosedBracket: "this bracket is not closed"
    case .notANumber(let text): "'\(text)' is no number"
    case .notATest(let text): "'\(text)' is a value, not a test; compare it with something"
    case .notAValue: "a test stands where a value is needed"
    case .textAgainstNumber: "text cannot be compared with a number"
    case .notComparable(let what): what
    case .wrongOperator(let name, let allowed): "\(name) can only be tested with \(allowed)"
    case .patternNeeded: "~ and !~ need a pattern in quotes on their right"
    case .badPattern(let pattern, let reason): "'\(pattern)' is no regular expression: \(reason)"
    case .arguments(let function, let expected): "\(function) takes \(expected)"
    case .needsSamples(let function): "\(function) works on tests of FORMAT fields"
    case .twoGroups: "one comparison cannot speak of both 'affected' and 'unaffected'"
    case .notSupported(let what): "\(what) is not supported"
    default: namingWording
    }
  }

  /// Wording of the faults that are about a name.
  private var namingWording: String {
    switch reason {
    case .unknownName(let name): "the header defines no INFO or FORMAT field '\(name)'"
    case .unknownInfo(let name): "the header defines no INFO field '\(name)'"
    case .unknownFormat(let name): "the header defines no FORMAT field '\(name)'"
    case .ambiguousName(let name):
      "'\(name)' is both an INFO and a FORMAT field; write 'INFO/\(name)' or 'FORMAT/\(name)'"
    case .unknownSubfield(let name, let annotation): "\(annotation) has no sub-field '\(name)' in this file's header"
    case .unknownAnnotation(let name): "the header describes no consequence annotation '\(name)'"
    case .unknownFilter(let name): "the header defines no FILTER '\(name)'"
    case .unknownSample(let name): "the file has no sample '\(name)'"
    case .unknownType(let name): "'\(name)' is no type of variant (snp, indel, mnp, other, bnd, overlap, ref)"
    case .unknownImpact(let name): "'\(name)' is no impact (HIGH, MODERATE, LOW, MODIFIER)"
    case .unknownTerm(let name): "'\(name)' is no consequence term of the Sequence Ontology that is known here"
    case .unknownProperty(let name): "'\(name)' is neither a property of a genotype nor a FORMAT field"
    case .unknownFunction(let name): "there is no function '\(name)'"
    case .badSubscript(let text): "'[\(text)]' is no subscript"
    case .sampleIndex(let index, let samples): "there is no sample \(index): the file has \(samples), counted from 0"
    case .needsElement(let name): "FORMAT/\(name) may have several values; write \(name)[sample:element]"
    case .noPedigree(let word): "'\(word)' needs a pedigree"
    case .noBinding(let word): "the pedigree and the file have nobody that '\(word)' can stand for"
    case .resource(let name, let reason): "'\(name)' cannot be used: \(reason)"
    default: ""
    }
  }
}
