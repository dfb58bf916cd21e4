import Model
import Screening
import TestSupport
import Testing

@Suite struct GenotypeColumnsExpressionTests {
  /// Each plane is said again by `GenotypeCallDecoder`, which cuts the column up and reads it into optionals.
  @Test(arguments: [0, 1, 63, 64, 65, 300]) func agreesWithTheDecoder(rowCount: Int) {
    var random = SplitMix64(seed: UInt64(rowCount) + 7)
    let lines = (0..<rowCount).map { _ in Self.randomLine(&random) }
    let batch = VariantBatch(lines: lines)
    let samples = [4, 0, 2]
    let columns = GenotypeColumns(batch, samples: samples)
    for row in 0..<rowCount {
      let decoder = GenotypeCallDecoder(format: batch.bytes(.format, of: row))
      let all = batch.samples(of: row)
      for (place, sample) in samples.enumerated() {
        let call = decoder.call(from: all[sample], alleleCount: batch.alternates(of: row).count + 1)
        for plane in GenotypeColumns.Plane.allCases {
          let bit = columns[plane, place].dropFirst(row / 64).first.map { $0 >> UInt64(row % 64) & 1 == 1 }
          #expect(bit == Self.holds(plane, for: call), "\(plane) of \(call.text) in \(lines[row])")
        }
      }
    }
  }

  @Test func leavesOutRowsThatAreNotSelected() {
    let batch = VariantBatch(lines: Array(repeating: "chr1\t1\t.\tA\tG\t.\t.\t.\tGT\t0/1", count: 3))
    var rows = Selection(all: 3)
    rows.clear(1)
    let columns = GenotypeColumns(batch, samples: [0], rows: rows)
    #expect(columns[.heterozygous, 0].first == 0b101)
  }

  private static func holds(_ plane: GenotypeColumns.Plane, for call: GenotypeCall) -> Bool {
    let called = call.alleles.compactMap { $0 }
    let isWhole = called.count == call.alleles.count
    return switch plane {
    case .homozygousReference: isWhole && called.allSatisfy { $0 == 0 }
    case .heterozygous: Set(called).count > 1
    case .homozygousAlternate: isWhole && Set(called).count == 1 && called[0] > 0
    case .missing: !isWhole
    case .carrier: called.contains { $0 > 0 }
    case .phased: call.isPhased
    }
  }

  private static func randomLine(_ random: inout SplitMix64) -> String {
    let alternate = ["A", "A,C", ".", "A,C,<DEL>", "*"].randomElement(using: &random) ?? "A"
    let format = ["GT", "GT:DP", "DP:GT", "DP", "AD:GTX:GT"].randomElement(using: &random) ?? "GT"
    let columns = (0..<5).map { _ in randomColumn(format, &random) }
    return "chr1\t1\t.\tG\t\(alternate)\t.\t.\t.\t\(format)\t" + columns.joined(separator: "\t")
  }

  private static func randomColumn(_ format: String, _ random: inout SplitMix64) -> String {
    if Int.random(in: 0..<12, using: &random) == 0 { return "." }
    let keys = format.split(separator: ":")
    let kept = Int.random(in: 0..<6, using: &random) == 0 ? 1 : keys.count
    return keys.prefix(kept).map { $0 == "GT" ? randomGenotype(&random) : "7" }.joined(separator: ":")
  }

  private static func randomGenotype(_ random: inout SplitMix64) -> String {
    var text = Int.random(in: 0..<15, using: &random) == 0 ? "|" : ""
    for copy in 0..<([1, 2, 2, 2, 3].randomElement(using: &random) ?? 2) {
      if copy > 0 { text += Bool.random(using: &random) ? "/" : "|" }
      text += ["0", "0", "0", "1", "1", "2", "3", "10", ".", "x"].randomElement(using: &random) ?? "."
    }
    return text
  }
}
