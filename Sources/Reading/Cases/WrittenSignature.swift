public import Model

/// A signature under a report as a whole, as written under `report:`; the page writes it.
public struct WrittenSignature: Sendable, Hashable {
  public var place: SourcePlace
  public var reviewer: Located<String>?
  public var signed: Located<String>?
  /// What the signed report rests on.
  public var basis: Located<String>?

  static let keys = ["by", "signed", "basis"]

  /// Understands every word; what is wrong goes to the list.
  func resolved(_ list: inout FaultList) -> ReportSignature? {
    guard let reviewer, let signed, let basis else { return nil }
    let name = reviewer.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if name.isEmpty { list.add(.key(.emptyValue(key: "by")), at: reviewer.place) }
    guard let instant = Instant(signed.value) else {
      list.add(.key(.notAnInstant(signed.value)), at: signed.place)
      return nil
    }
    return name.isEmpty ? nil : ReportSignature(reviewer: name, signed: instant, basis: basis.value)
  }
}

extension CaseFileReader {
  mutating func signature(_ node: DocumentNode) -> WrittenSignature? {
    guard case .map(let entries) = node.content else {
      wrongShape(
        "report", expected: "`{by: NAME, signed: 2026-03-01T09:30:00+07:00, basis: …}`, as the page saves it", of: node)
      return nil
    }
    var signature = WrittenSignature(place: node.place)
    for entry in entries {
      switch entry.key.value {
      case "by": signature.reviewer = text(entry)
      case "signed": signature.signed = text(entry)
      case "basis": signature.basis = text(entry)
      default:
        unknown(entry.key, among: WrittenSignature.keys, synonyms: ["of": "basis", "reviewer": "by", "name": "by"])
      }
    }
    for key in WrittenSignature.keys where !entries.contains(where: { $0.key.value == key }) {
      list.add(.key(.emptyValue(key: key)), at: node.place)
    }
    return signature
  }
}
