import Model
import Testing

@testable import Screening

@Suite struct ReadPlacesTests {
  /// 44 bases over the places 100 to 133, of which 120 to 123 are deleted.
  private static func places(_ cigar: String = "5S10M3I10M4D10M6S", length: Int = 44, at start: Int = 100) -> ReadPlaces
  {
    var batch = ReadBatch()
    batch.add("before", at: 3, "7M", Array(repeating: 67, count: 7))
    batch.add("read", at: start, cigar, Array(repeating: 65, count: length))
    return ReadPlaces(batch, 1)
  }

  @Test(
    arguments: [
      (99, nil), (100, 5), (109, 14), (110, 18), (119, 27), (120, nil), (123, nil), (124, 28), (133, 37), (134, nil),
    ] as [(Int, Int?)])
  func offsets(place: Int, offset: Int?) { #expect(Self.places().offset(of: place) == offset) }

  @Test func gaps() {
    let places = Self.places()
    #expect([108, 109, 110, 118, 119, 120].map { places.change(behind: $0) } == [0, 3, 0, 0, -4, 0])
    #expect(places.isDeleted(Region(.chr1, 119, 121)) && places.isDeleted(Region(.chr1, 123, 200)))
    #expect(!places.isDeleted(Region(.chr1, 110, 120)) && !places.isDeleted(Region(.chr1, 124, 125)))
    #expect(!places.isSkipped(Region(.chr1, 0, 500)))
    #expect(places.isClipped && !Self.places("5H10M5H", length: 10).isClipped)
  }

  @Test func skips() {
    let places = Self.places("10M50N10M", length: 20)
    #expect(places.isSkipped(Region(.chr1, 159, 160)) && !places.isSkipped(Region(.chr1, 160, 170)))
    #expect(!places.isDeleted(Region(.chr1, 0, 500)) && places.change(behind: 109) == 0)
    #expect(places.offset(of: 160) == 10)
  }

  /// Clipped bases go on as if they were aligned.
  @Test(arguments: [
    (0..<1_000, 0..<44), (98..<136, 3..<40), (105..<122, 10..<28), (95..<140, 0..<44), (100..<134, 5..<38),
    (121..<124, 0..<0), (109..<111, 14..<19), (130..<131, 34..<35),
  ])
  func stretches(range: Range<Int>, offsets: Range<Int>) {
    let found = Self.places().offsets(within: range)
    #expect(found == offsets || found.isEmpty && offsets.isEmpty)
  }

  @Test func clipsThatReachOverTheBeginningOfAContig() {
    #expect(Self.places("10S20M", length: 30, at: 2).offsets(within: 0..<100) == 8..<30)
  }
}
