import Foundation
import Model
import Testing

@testable import Writing

/// A bundle as its reader sees it.
struct FHIRDocument {
  let bytes: [UInt8]
  let bundle: [String: Any]
  let resources: [[String: Any]]

  init(_ report: Report, guide: FHIRGuide = .stu3, issued: String? = nil, page: String = "<p>x</p>") throws {
    let bundle = FHIRBundle(
      report: report, guide: guide, issued: issued.flatMap(Instant.init), language: .english, page: Array(page.utf8))
    bytes = bundle.document.encoded
    self.bundle = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let entries = try #require(self.bundle["entry"] as? [[String: Any]])
    resources = entries.compactMap { $0["resource"] as? [String: Any] }
  }

  func of(_ type: String) -> [[String: Any]] { resources.filter { $0["resourceType"] as? String == type } }

  /// Resources of a profile of the guide.
  func profiled(_ profile: String) -> [[String: Any]] {
    resources.filter { resource in
      ((resource["meta"] as? [String: Any])?["profile"] as? [String]) == [FHIRGuide.profile(profile)]
    }
  }

  func components(_ resource: [String: Any]) -> [[String: Any]] { resource["component"] as? [[String: Any]] ?? [] }

  /// Values of the components of a code.
  func values(_ code: String, in resource: [String: Any]) -> [[String: Any]] {
    components(resource).filter { Self.code($0["code"]) == code }
  }

  /// The answer's code of the only component of a code.
  func answer(_ code: String, in resource: [String: Any]) -> String? {
    values(code, in: resource).first.flatMap { Self.code($0["valueCodeableConcept"]) }
  }

  static func code(_ concept: Any?) -> String? {
    ((concept as? [String: Any])?["coding"] as? [[String: Any]])?.first?["code"] as? String
  }

  /// Every object of the document.
  func objects() -> [[String: Any]] {
    func below(_ value: Any) -> [[String: Any]] {
      if let object = value as? [String: Any] { return [object] + object.values.flatMap(below) }
      return (value as? [Any])?.flatMap(below) ?? []
    }
    return below(bundle)
  }

  /// Every value that FHIR does not know: null, and whatever is empty.
  func hollow() -> Int {
    func count(_ value: Any) -> Int {
      switch value {
      case let object as [String: Any]: object.isEmpty ? 1 : object.values.reduce(0) { $0 + count($1) }
      case let list as [Any]: list.isEmpty ? 1 : list.reduce(0) { $0 + count($1) }
      case let text as String: text.isEmpty ? 1 : 0
      default: value is NSNull ? 1 : 0
      }
    }
    return count(bundle)
  }
}
