import Model
import Testing

@Suite struct BytesTests {
  @Test(arguments: [0, 7, 10, 99, 100, 12_345_678, 99_999_999, 100_000_000, Int.max, -1, -120, Int.min])
  func numbersAreWrittenInDigits(number: Int) {
    var text = Array("n=".utf8)
    text.append(decimal: number)
    #expect(String(decoding: text, as: UTF8.self) == "n=\(number)")
  }

  @Test func piecesAreAppended() {
    var text: [UInt8] = [1]
    text.append(1..<3, of: [7, 8, 9])
    text.append(2..<2, of: [7, 8])
    text.append(all: [5])
    text.append(all: [])
    #expect(text == [1, 8, 9, 5])
  }
}
