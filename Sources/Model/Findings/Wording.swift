/// What a reader is told, in words that can be said in any language of the page: sentences with the values that they name.
///
/// A literal makes one. With numbered gaps for its values it is the key under which `wordings` of `Languages/vi.json` translates it:
///
///     let words: Wording = "de novo in \(child)"
///     words.sentences[0].key  // "de novo in {1}"
///     words.description       // "de novo in CHILD": English, as tables, JSON and the log have it
public struct Wording: Sendable {
  /// A value that a sentence names.
  public enum Value: Sendable, Hashable {
    /// Data: names, codes, genotypes. The same in every language.
    case text(String)
    case count(Int)
    /// A number as it is written in English.
    case number(String)
    /// A day as `YYYY-MM-DD`; languages differ in how they write it. Other text is the same in every language.
    case day(String)
    /// A word of a closed set, which languages translate under `family.word`.
    case term(String, of: String)
    case words(Wording)
  }

  /// One literal and its values.
  public struct Sentence: Sendable, Hashable {
    /// English, with `{1}`, `{2}`, … in the place of the values.
    public var key: String
    public var values: [Value]
    /// The count that the sentence agrees with.
    var plural: Int?
  }

  /// Said one after another.
  public private(set) var sentences: [Sentence]

  private init(_ sentences: [Sentence]) { self.sentences = sentences }

  /// A word of a closed set, which languages translate under `family.word`.
  public init(term: String, of family: String) { sentences = [Sentence(key: "{1}", values: [.term(term, of: family)])] }

  /// A number as it is written in English; languages differ in its marks.
  public init(number: String) { sentences = [Sentence(key: "{1}", values: [.number(number)])] }

  /// A day as `YYYY-MM-DD`, or what stands where one is looked for.
  public init(day: String) { sentences = [Sentence(key: "{1}", values: [.day(day)])] }

  /// Text that every language shows as it is: data, or the words of somebody else.
  public init(verbatim text: String) { sentences = [Sentence(key: "{1}", values: [.text(text)])] }

  /// The one of two literals that agrees with a count. Languages with more forms than English have them under the second.
  ///
  ///     Wording(count, one: "\(count) further pair", other: "\(count) further pairs")
  public init(_ count: Int, one: Wording, other: Wording) {
    self = count == 1 ? one : other
    for place in sentences.indices { sentences[place].plural = count }
  }

  /// The same with other texts in the place of the data that it names.
  public func replacingTexts(_ replacement: (String) -> String) -> Wording {
    Wording(
      sentences.map { sentence in
        var sentence = sentence
        sentence.values = sentence.values.map { value in
          switch value {
          case .text(let text): .text(replacement(text))
          case .words(let words): .words(words.replacingTexts(replacement))
          case .count, .number, .day, .term: value
          }
        }
        return sentence
      })
  }

  /// What `joined(separator:)` put together.
  public func parts(separator: String) -> [Wording] {
    sentences.split { $0.key == "{1}" && $0.values == [.text(separator)] }.map { Wording(Array($0)) }
  }

  public static func + (left: Wording, right: Wording) -> Wording { Wording(left.sentences + right.sentences) }

  public static func += (left: inout Wording, right: Wording) { left.sentences += right.sentences }
}

extension Wording: CustomStringConvertible, Hashable, Comparable {
  /// In English.
  public var description: String {
    spoken { key, _ in
      key
    } number: {
      $0
    } count: {
      "\($0)"
    } day: {
      $0
    } term: { word, _ in
      word
    }
  }

  /// In any language.
  ///
  /// - Parameters:
  ///   - sentence: translates a key, in the form that agrees with the count, where there is one.
  ///   - number: writes a number that is given as in English.
  ///   - count: writes a whole number.
  ///   - day: writes a day.
  ///   - term: translates a word of a family.
  public func spoken(
    _ sentence: (String, Int?) -> String, number: (String) -> String, count: (Int) -> String,
    day: (String) -> String, term: (String, String) -> String
  ) -> String {
    var text = ""
    for part in sentences {
      // What the values hold is not looked through again.
      var rest = Substring(part.values.isEmpty && part.key.isEmpty ? "" : sentence(part.key, part.plural))
      while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
        text += rest[..<open]
        if let place = Int(rest[rest.index(after: open)..<close]), part.values.indices.contains(place - 1) {
          let said =
            switch part.values[place - 1] {
            case .text(let value): value
            case .count(let value): count(value)
            case .number(let value): number(value)
            case .day(let value): day(value)
            case .term(let word, let family): term(word, family)
            case .words(let words): words.spoken(sentence, number: number, count: count, day: day, term: term)
            }
          text += said
        }
        rest = rest[rest.index(after: close)...]
      }
      text += rest
    }
    return text
  }

  /// Words are the same when they read the same.
  public static func == (left: Wording, right: Wording) -> Bool { left.description == right.description }

  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  public static func < (left: Wording, right: Wording) -> Bool { left.description < right.description }
}

extension Wording: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) {
    sentences = value.isEmpty ? [] : [Sentence(key: value, values: [])]
  }

  public init(stringInterpolation: StringInterpolation) {
    sentences = [Sentence(key: stringInterpolation.key, values: stringInterpolation.values)]
  }

  public struct StringInterpolation: StringInterpolationProtocol {
    var key = ""
    var values: [Value] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      key.reserveCapacity(literalCapacity + 3 * interpolationCount)
    }

    public mutating func appendLiteral(_ literal: String) { key += literal }

    public mutating func appendInterpolation(_ value: some CustomStringConvertible) { add(.text(value.description)) }
    public mutating func appendInterpolation(_ value: Int) { add(.count(value)) }
    public mutating func appendInterpolation(_ value: Double) { add(.number("\(value)")) }
    public mutating func appendInterpolation(_ value: Wording) { add(.words(value)) }
    public mutating func appendInterpolation(_ value: Sex) { add(.term(value.rawValue, of: "sex")) }
    public mutating func appendInterpolation(_ value: VerdictReason) { add(.term(value.rawValue, of: "reason")) }

    private mutating func add(_ value: Value) {
      values.append(value)
      key += "{\(values.count)}"
    }
  }
}

extension Sequence<Wording> {
  /// All of them, with the same sign between each two.
  public func joined(separator: String) -> Wording {
    var joined: Wording = ""
    for (place, words) in enumerated() { joined += place == 0 ? words : "\(separator)" + words }
    return joined
  }
}
