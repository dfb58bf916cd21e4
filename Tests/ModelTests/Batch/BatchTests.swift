import Model
import Testing

@Suite("Batches") struct BatchTests {
  @Test func everyCaseFallsToOneShard() {
    var state = SplitMix64(seed: 7)
    for count in [1, 2, 3, 7, 40] {
      let sizes = (0..<25).map { _ in Int(state.next() % 1_000) }
      let shards = (1...count).map { Batch.positions(of: Batch.Shard(number: $0, count: count), sizes: sizes) }
      #expect(shards.flatMap { $0 }.sorted() == Array(sizes.indices), "\(count)")
      #expect(shards.allSatisfy { $0 == $0.sorted() })
    }
  }

  @Test func shardsAreEquallyLarge() {
    let sizes = [100, 1, 1, 1, 50, 50, 1, 1, 90, 10]
    let loads = (1...3).map { number in
      Batch.positions(of: Batch.Shard(number: number, count: 3), sizes: sizes).reduce(0) { $0 + sizes[$1] }
    }
    // The greedy rule is at most a third above the best.
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 5, "\(loads)")
    let unknown = (1...3).map {
      Batch.positions(of: Batch.Shard(number: $0, count: 3), sizes: Array(repeating: 0, count: 9))
    }
    #expect(unknown.map(\.count) == [3, 3, 3])
  }

  @Test(
    arguments: [
      ("1/1", true), ("2/3", true), ("0/3", false), ("4/3", false), ("1", false), ("1/", false), ("-1/2", false),
      ("1/2/3", false), ("a/b", false), ("", false),
    ])
  func shardsAreWritten(text: String, isGood: Bool) {
    #expect((Batch.Shard(text) != nil) == isGood)
  }

  @Test(
    arguments: [
      ("DEMO-001", "DEMO-001"), ("a b/c", "a%20b%2Fc"), ("..", "%2E%2E"), (".hidden", "%2Ehidden"),
      ("index.html", "index%2Ehtml"), ("100%", "100%25"), ("ca số 1", "ca%20s%E1%BB%91%201"), ("v1.2_x", "v1.2_x"),
    ])
  func foldersAreNamedSafely(id: String, folder: String) {
    #expect(Batch.folderName(of: id) == folder)
  }

  private static let input = CaseStatus.Input(role: "variants", name: "a.vcf", bytes: 10, sha256: "aa", stamp: "1")
  private static let basis = CaseStatus.Basis(inputs: [input], settings: "s", knowledge: "k", program: "p")

  @Test func onlyContentDecidesWhetherACaseChanged() {
    var moved = Self.basis
    moved.inputs[0].stamp = "2"
    #expect(moved.change(since: Self.basis) == nil)
    var changes: [CaseStatus.Basis] = Array(repeating: Self.basis, count: 6)
    changes[0].inputs[0].sha256 = "bb"
    changes[1].inputs[0].name = "b.vcf"
    changes[2].inputs.append(Self.input)
    changes[3].settings = "t"
    changes[4].knowledge = "l"
    changes[5].program = "q"
    #expect(changes.allSatisfy { $0.change(since: Self.basis) != nil })
    #expect(changes[0].change(since: Self.basis) == "variants a.vcf has changed")
  }

  /// A genome's reads have no checksum: their size and times decide.
  @Test func whatHasNoChecksumIsJudgedByItsStamp() {
    var reads = Self.basis
    reads.inputs[0].sha256 = ""
    var touched = reads
    touched.inputs[0].stamp = "2"
    #expect(reads.change(since: reads) == nil)
    #expect(touched.change(since: reads) != nil)
  }
}
