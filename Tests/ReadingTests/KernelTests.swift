import CKernels
import Model
import TestSupport
import Testing

/// Every build of a byte loop against its plain twin, on random bytes at awkward lengths and alignments.
@Suite struct KernelTests {
  static let levels = [CK_BASELINE, CK_AVX2, CK_AVX512].filter { $0.rawValue <= ck_best().rawValue }
  static let lengths = [0, 1, 2, 63, 64, 65, 127, 128, 129, 191, 1_000, 4_095, 4_096, 65_537]

  /// Bytes of which every fourth or so is one that is looked for.
  private static func text(_ count: Int, seed: Int) -> [UInt8] {
    var numbers = SplitMix64(seed: UInt64(seed) + 1)
    let wanted = Array("\n\t;".utf8)
    return (0..<count).map { _ in
      let number = numbers.next()
      return number & 3 == 0 ? wanted[Int(number >> 8) % 3] : UInt8(truncatingIfNeeded: number >> 16)
    }
  }

  /// The twin: one byte after the other.
  private static func marks(of byte: UInt8, in text: ArraySlice<UInt8>) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (text.count + 63) / 64)
    for (index, found) in text.enumerated() where found == byte { words[index / 64] |= 1 << UInt64(index % 64) }
    return words
  }

  @Test(arguments: lengths)
  func marksAreThoseOfThePlainLoop(length: Int) {
    for level in Self.levels {
      for shift in [0, 1, 7, 31] {
        let text = Self.text(length + shift, seed: length)
        let words = (length + 63) / 64
        // Whatever stands in the arrays before must be overwritten, and nothing behind them touched.
        var newlines = [UInt64](repeating: .max, count: words + 1)
        var (tabs, semicolons) = (newlines, newlines)
        unsafe text.withUnsafeBufferPointer { text in
          unsafe ck_mark_by(level, text.baseAddress! + shift, length, &newlines, &tabs, &semicolons)
        }
        let body = text[shift...]
        #expect(newlines == Self.marks(of: UInt8(ascii: "\n"), in: body) + [.max])
        #expect(tabs == Self.marks(of: UInt8(ascii: "\t"), in: body) + [.max])
        #expect(semicolons == Self.marks(of: UInt8(ascii: ";"), in: body) + [.max])
      }
    }
  }

  @Test func bitsAreCountedBetweenAnyTwoPlaces() {
    var numbers = SplitMix64(seed: 3)
    let bits = (0..<20).map { _ in numbers.next() }
    for _ in 0..<2_000 {
      let from = Int(numbers.next() % 1_281)
      let to = Int(numbers.next() % 1_281)
      let plain = from < to ? (from..<to).count { bits[$0 / 64] >> UInt64($0 % 64) & 1 == 1 } : 0
      for level in Self.levels { #expect(unsafe ck_count_by(level, bits, from, to) == plain) }
    }
  }

  @Test(arguments: [("abc", "bc", true), ("abc", "abcd", false), ("", "a", false), ("aXN8b", "XN8", true)])
  func wordsAreFound(text: String, word: String, isThere: Bool) {
    #expect(unsafe (ck_contains(Array(text.utf8), text.utf8.count, Array(word.utf8), word.utf8.count) != 0) == isThere)
  }
}
