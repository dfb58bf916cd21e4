internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A resource of a bundle. Its id is made of its content, so that the same findings have the same ids in every run, and two
/// resources with one id are one.
struct FHIRResource: Sendable {
  let id: String
  private let members: [JSONValue.Member]

  init(_ type: String, profile: String? = nil, _ content: [(String, JSONValue?)]) {
    let meta = profile.map { JSONValue.present([("profile", .strings([FHIRGuide.profile($0)]))]) }
    members = [JSONValue.Member("resourceType", .string(type))] + JSONValue.members(present: [("meta", meta)] + content)
    id = UniqueName.uuid(of: JSONValue.object(members).encoded)
  }

  private var uri: String { "urn:uuid:" + id }

  var reference: JSONValue { .object(["reference": .string(uri)]) }

  /// As an entry of a bundle.
  var entry: JSONValue {
    var members = members
    members.insert(JSONValue.Member("id", .string(id)), at: 1)
    return .object(["fullUrl": .string(uri), "resource": .object(members)])
  }
}

/// Names that follow from content.
enum UniqueName {
  /// Version 5 of RFC 9562: SHA-1 over a namespace and the content, here that of addresses.
  static func uuid(of content: [UInt8]) -> String {
    var bytes = Array(Insecure.SHA1.hash(data: addresses + Array("rarescreen:".utf8) + content).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return text.utf8.count == 1 ? "0" + text : text
    }
    return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }.joined(separator: "-")
  }

  /// 6ba7b811-9dad-11d1-80b4-00c04fd430c8, the namespace of addresses (RFC 9562, section 6.6).
  private static let addresses: [UInt8] = [
    0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
  ]

  /// SHA-1 in base 64, as FHIR's Attachment.hash wants it.
  static func hash(of content: [UInt8]) -> String {
    Data(Insecure.SHA1.hash(data: content)).base64EncodedString()
  }
}
