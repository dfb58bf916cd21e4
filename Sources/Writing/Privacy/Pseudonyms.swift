internal import Crypto
public import Model

/// Tokens in place of names: equal for equal names under one key, and of no use to anybody without it.
///
///     let pseudonyms = Pseudonyms(key: key)
///     pseudonyms.token(of: "CHILD", as: .person)   // P-5d41402abc4b
///
/// A token is a letter and the first 48 bits of HMAC-SHA256 (RFC 2104) over kind and name. Without the key nobody can try names out;
/// among 100,000 names two of one token are less likely than 1 in 50,000.
public struct Pseudonyms: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case person = "P"
    case family = "F"
    case subject = "C"
    case reviewer = "R"
    case file = "X"
    /// A checksum or the like, from which somebody could find out what he suspects.
    case content = "H"
  }

  /// A shorter key could be found by trying, in bytes.
  public static let leastKeyBytes = 16

  private let key: SymmetricKey

  /// - Parameter key: at least `leastKeyBytes` bytes, of which nothing else is made.
  public init(key: [UInt8]) {
    self.key = SymmetricKey(data: key)
  }

  public func token(of name: String, as kind: Kind) -> String {
    "\(kind.rawValue)-\(digits(of: name, as: kind).prefix(12))"
  }

  /// Whether a text looks like a token.
  public static func isToken(_ text: String, of kind: Kind) -> Bool {
    let digits = text.dropFirst(2)
    return text.hasPrefix(kind.rawValue + "-") && digits.utf8.count == 12
      && digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  /// All 64 hexadecimal digits, in place of a checksum.
  public func digest(of content: String) -> String { digits(of: content, as: .content) }

  private func digits(of name: String, as kind: Kind) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array("rarescreen 1\0\(kind.rawValue)\0\(name)".utf8), using: key)
    let hexadecimal = Array("0123456789abcdef")
    return String(code.flatMap { [hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] })
  }
}

extension Pseudonyms {
  /// The case with tokens for everybody, reviewers included, and without what people wrote in their own words.
  ///
  /// Of a signed class the signature goes, since a name belongs to it: the report of such a case is a draft. Dates are years.
  public func renamed(_ subject: Case) -> Case {
    var renamed = subject
    renamed.id = token(of: subject.id, as: .subject)
    renamed.signature = nil
    renamed.proband = token(of: subject.proband, as: .person)
    renamed.secondaryConsent = subject.secondaryConsent.map { token(of: $0, as: .person) }
    renamed.pedigree = Pedigree(subject.pedigree.individuals.map(renamed(_:)))
    for index in subject.reviews.indices {
      renamed.reviews[index].reviewer = token(of: subject.reviews[index].reviewer, as: .reviewer)
      renamed.reviews[index].date = subject.reviews[index].date.map { String($0.prefix(4)) }
      renamed.reviews[index].signed = nil
      renamed.reviews[index].note = nil
      renamed.reviews[index].dismissal = subject.reviews[index].dismissal.map { _ in "the reason is withheld" }
    }
    return renamed
  }

  private func renamed(_ person: Individual) -> Individual {
    var renamed = person
    renamed.id = token(of: person.id, as: .person)
    renamed.family = person.family.isEmpty ? "" : token(of: person.family, as: .family)
    renamed.father = person.father.map { token(of: $0, as: .person) }
    renamed.mother = person.mother.map { token(of: $0, as: .person) }
    return renamed
  }

  public func renamed(_ header: VariantHeader) -> VariantHeader {
    var renamed = header
    renamed.samples = header.samples.map { token(of: $0, as: .person) }
    return renamed
  }

  public func renamed(_ sketch: CohortSketch) -> CohortSketch {
    CohortSketch(
      sample: token(of: sketch.sample, as: .person), family: token(of: sketch.family, as: .family),
      caseID: token(of: sketch.caseID, as: .subject), sketch: sketch.sketch)
  }
}
