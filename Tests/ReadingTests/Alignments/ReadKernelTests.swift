import CKernels
import Model
import Testing

/// The byte loops over reads against their plain twins, at lengths around those of their blocks.
@Suite struct ReadKernelTests {
  static let lengths = [0, 1, 31, 32, 33, 63, 64, 65, 150]

  /// Bytes as a caller hands them over, with others behind that do not belong to them.
  private static func bytes(_ count: Int, below bound: UInt64, _ numbers: inout SplitMix64) -> [UInt8] {
    (0..<count + 40).map { _ in UInt8(numbers.next() % bound) }
  }

  @Test(arguments: lengths)
  func weakBasesAreThoseOfThePlainLoop(length: Int) {
    var numbers = SplitMix64(seed: UInt64(length) + 1)
    // Rare weak bases leave whole blocks without one; 255 stands for no quality, 0 for no limit.
    for bound: UInt64 in [2, 42, 256] {
      for limit: UInt8 in [0, 1, 2, 20, 255] {
        for _ in 0..<20 {
          let values = Self.bytes(length, below: bound, &numbers)
          let plain = (0..<length).filter { values[$0] < limit }.map(Int32.init)
          var places = [Int32](repeating: -1, count: length + 1)
          let count = unsafe ck_below(values, length, limit, &places)
          #expect(Array(places.prefix(count)) == plain)
          #expect(places[length] == -1, "written behind the room")
        }
      }
    }
  }

  /// The twin: words are put together byte by byte, the lowest first.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash = 0x9e37_79b9_7f4a_7c15 ^ UInt64(bytes.count)
    var rest = bytes
    while !rest.isEmpty {
      var word: UInt64 = 0
      for (place, byte) in rest.prefix(8).enumerated() { word |= UInt64(byte) << UInt64(8 * place) }
      rest = rest.dropFirst(8)
      hash = (hash ^ word) &* 0xbf58_476d_1ce4_e5b9
      hash ^= hash >> 29
    }
    hash = hash &* 0x94d0_49bb_1331_11eb
    return hash ^ hash >> 31
  }

  @Test(arguments: lengths)
  func namesHaveTheHashOfThePlainLoop(length: Int) {
    var numbers = SplitMix64(seed: UInt64(length) + 7)
    for _ in 0..<50 {
      let name = Self.bytes(length, below: 256, &numbers)
      #expect(unsafe ck_hash(name, length) == Self.hash(name[..<length]))
    }
  }

  @Test("Names of a sequencer's run, which differ in a few digits, have hashes of their own")
  func namesDiffer() {
    var seen: Set<UInt64> = []
    for x in 0..<300 {
      for y in 0..<300 {
        let name = Array("HWI-D00119:50:H7AP8ADXX:1:1101:\(1_000 + x):\(2_000 + y)".utf8)
        seen.insert(unsafe ck_hash(name, name.count))
      }
    }
    #expect(seen.count == 90_000)
  }
}
