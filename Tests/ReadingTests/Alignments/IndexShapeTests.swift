import Testing

@testable import Reading

/// The shape of a `.bai`, byte by byte.
@Suite struct IndexShapeTests {
  /// One contig with one bin of one stretch, and one window.
  private static let small: [UInt8] =
    Array("BAI\u{1}".utf8) + word(1) + word(1) + word(4_681) + word(1) + offset(100) + offset(900) + word(1)
    + offset(100)

  private static func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  private static func offset(_ block: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: (block << 16) >> (8 * UInt64($0))) }
  }

  @Test func aWholeOneIsSoundAndEveryCutOneIsNot() {
    #expect(IndexShape(Self.small, fileSize: 1_000) != nil)
    // The number of reads without a place may follow.
    #expect(IndexShape(Self.small + Self.offset(0), fileSize: 1_000) != nil)
    for count in Self.small.indices { #expect(IndexShape(Array(Self.small[..<count]), fileSize: 1_000) == nil) }
    #expect(IndexShape(Self.small + [0], fileSize: 1_000) == nil)
  }

  @Test func offsetsLieInTheFileAndInOrder() {
    #expect(IndexShape(Self.small, fileSize: 899) == nil)
    var turned = Self.small
    turned.replaceSubrange(20..<36, with: Self.offset(900) + Self.offset(100))
    #expect(IndexShape(turned, fileSize: 1_000) == nil)
    var endless = Self.small
    endless.replaceSubrange(4..<8, with: [0xff, 0xff, 0xff, 0x7f])
    #expect(IndexShape(endless, fileSize: 1_000) == nil)
  }
}
