import Model
import TestSupport
import Testing

@testable import Screening

@Suite struct ByteMarksTests {
  /// Marks at random places, at lengths around whole blocks and with the range at every distance from the end of the text.
  @Test(arguments: [0, 1, 2, 63, 64, 65, 127, 128, 129, 300])
  func findsWhatALoopFinds(length: Int) {
    var numbers = SplitMix64(seed: UInt64(length) + 1)
    for round in 0..<50 {
      let rest = round % 3 == 0 ? 0 : Int(numbers.next() % 130)
      let text = (0..<(length + 10 + rest)).map { _ in Array(";=|a0\u{0}\u{7F}".utf8)[Int(numbers.next() % 7)] }
      let range = 10..<(10 + length)
      let expected = range.filter { text[$0] == UInt8(ascii: ";") || text[$0] == UInt8(ascii: "=") }
      #expect(Array(ByteMarks(UInt8(ascii: ";"), or: UInt8(ascii: "="), in: range, of: text)) == expected)
    }
  }
}

@Suite struct PlainNumberTests {
  /// The quick reader of numbers must give the bits that the standard library gives, or leave the number to it.
  @Test(arguments: [
    "0", "1", "12", "0.1", "0.0012", "1.5e-05", "6.55e-06", "1E3", "1e+3", "123456789012345", "1234567890123456", "0.3",
    "9007199254740993", "1e22", "1e23", "1e-22", "1e-23", "4.35", "0.000000000000001", "00012", "1.", ".5", "1e", "1e+",
    "-1", "+1", "nan", "inf", "1e400", "1 ", "", ".", "NA", "1,2", "5e-324",
  ])
  func readsAsTheStandardLibraryDoes(text: String) {
    let bytes = Array(text.utf8)
    let expected = Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    #expect(Bytes.number(0..<bytes.count, in: bytes)?.bitPattern == expected?.bitPattern)
  }

  /// The standard library reads hexadecimal; a file of variants never means it.
  @Test func readsNoHexadecimal() {
    for text in ["0x10", "0x1p3", "-0x1"] { #expect(Bytes.number(0..<text.utf8.count, in: Array(text.utf8)) == nil) }
  }

  @Test func readsRandomNumbersToTheLastBit() {
    var numbers = SplitMix64(seed: 7)
    for _ in 0..<5_000 {
      let digits = String(numbers.next() % 1_000_000_000)
      let point = Int(numbers.next() % 9)
      let text = "\(numbers.next() % 10).\(String(repeating: "0", count: point))\(digits)e-\(numbers.next() % 25)"
      let bytes = Array(text.utf8)
      #expect(Bytes.number(0..<bytes.count, in: bytes)?.bitPattern == Double(text)?.bitPattern)
    }
  }
}

@Suite struct CarriedAlleleTests {
  /// Every form of GT at every place of FORMAT: the bytes must say what the decoded calls say.
  @Test(arguments: ["GT", "GT:DP", "DP:GT", "DP:GT:GQ", "DP", "GT:GT", "AGT:GT", "DP:AD:GT"])
  func agreesWithTheDecoder(format: String) throws {
    let values = [
      "0/1", "1/1", "0|0", "./.", ".", "1", "2/1", "|1", "/0/1", "1/", "", "01/0", "x/1", "1x/0", "10/2", "3/3",
      "0/1/2", "1111111111111111111/1", "000000000000000001/0",
    ]
    for (number, value) in values.enumerated() {
      let other = values[(number * 7 + 3) % values.count]
      let cells = [value, other].map { cell in
        format.split(separator: ":").map { $0 == "GT" ? cell : "7" }.joined(separator: ":")
      }
      let columns = cells + [values[(number + 1) % values.count], "7"]
      let line = "1\t100\t.\tA\tC,G\t.\tPASS\tAC=1\t\(format)\t\(columns.joined(separator: "\t"))"
      let batch = batch(of: line)
      let decoder = GenotypeCallDecoder(format: batch.bytes(.format, of: 0))
      for wanted in [[0], [1], [0, 1], [2], [3], [0, 3], [7]] {
        for allele in 1...2 {
          let expected = wanted.contains { column in
            column < columns.count
              && decoder.call(from: batch.samples(of: 0)[column], alleleCount: 3).alleles.contains(allele)
          }
          let found = CarriedAllele(of: 0, in: batch)?.isCarried(allele, byAnyOf: wanted) ?? false
          #expect(found == expected, "\(line) \(wanted) \(allele)")
        }
      }
    }
  }

  /// A batch of one line, cut at its tabs.
  private func batch(of line: String) -> VariantBatch {
    let text = Array(line.utf8)
    let tabs = text.indices.filter { text[$0] == UInt8(ascii: "\t") }
    var batch = VariantBatch(text: text)
    batch.append(
      ordinal: 1, contig: .chr1, position: 100, quality: .nan, start: 0, fieldEnds: Array(tabs.prefix(9)),
      end: text.count)
    return batch
  }
}
