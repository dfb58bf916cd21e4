import Model
import Testing

@Suite struct SelectionAndTallyTests {
  @Test(arguments: [0, 1, 63, 64, 65, 128, 1_000])
  func selectsAllAndClearsOne(count: Int) {
    var selection = Selection(all: count)
    #expect(Array(selection) == Array(0..<count))
    #expect(selection.selectedCount == count)
    for row in stride(from: 0, to: count, by: 3) { selection.clear(row) }
    #expect(Array(selection) == (0..<count).filter { $0 % 3 != 0 })
    #expect((0..<count).allSatisfy { selection[$0] == ($0 % 3 != 0) })
  }

  @Test func talliesAddUpAndShowAnImbalance() {
    var first = Tally()
    first.recordsRead = 10
    first.records = [.outsidePanel: 8]
    first.recordsReported = 2
    var second = first
    second.records = [.outsidePanel: 5, .impact: 3]
    second += first
    #expect(second.records == [.outsidePanel: 13, .impact: 3])
    #expect(second.recordImbalance == 0)
    second.recordsRead += 1
    #expect(second.recordImbalance == 1)
  }
}
