import Model
import TestSupport
import Testing

@testable import Screening

/// Changes that are told a stretch at a time are told as each would be by itself.
@Suite struct QuietStretchTests {
  /// Transcripts of both strands that overlap, with short and long introns, on bases rich in repeats.
  private struct World {
    let bases: [UInt8]
    let model: GeneModel

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      var bases: [UInt8] = []
      while bases.count < 60_000 {
        let unit = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          Array("ACGT".utf8)[Int.random(in: 0...3, using: &random)]
        }
        for _ in 0..<Int.random(in: 1...9, using: &random) { bases += unit }
        if Int.random(in: 0..<200, using: &random) == 0 { bases += Array("NNN".utf8) }
      }
      self.bases = bases
      let transcripts = (0..<8).map { number in
        let start = 6_000 + number * 5_500
        var exons: [Range<Int>] = []
        var place = start
        for _ in 0..<Int.random(in: 1...5, using: &random) {
          let end = place + Int.random(in: 20...200, using: &random)
          exons.append(place..<end)
          place = end + [9, 30, 35, 36, 90, 1_501, 2_000][Int.random(in: 0...6, using: &random)]
        }
        let region = Region(.chr1, start, exons[exons.count - 1].upperBound)
        let isCoding = number % 3 != 2
        return TranscriptModel(
          id: "T\(number).1", biotype: isCoding ? "protein_coding" : "lncRNA", region: region,
          isForward: number % 2 == 0, exons: exons,
          coding: isCoding ? exons[0].lowerBound + 3..<exons[exons.count - 1].upperBound - 2 : nil)
      }
      model = GeneModel(transcripts, name: "test", assembly: .grch38)
    }

    var caller: ConsequenceCaller {
      let bases = bases
      return ConsequenceCaller(
        model,
        reference: ReferenceWindow(
          lengths: { $0 == .chr1 ? bases.count : nil }, fetch: { Array(bases[$0.start..<$0.end]) }))
    }

    /// REF and ALT of a change at a 1-based position.
    func allele(_ position: Int, _ random: inout SplitMix64) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
      func invented(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in Array("ACGT".utf8)[Int.random(in: 0...3, using: &random)] }
      }
      let anchor = bases[position - 1]
      let longer = bases[position - 1..<position + Int.random(in: 1...8, using: &random)]
      let following = bases[position..<position + Int.random(in: 1...4, using: &random)]
      switch Int.random(in: 0...4, using: &random) {
      case 0: return ([anchor], invented(1)[...])
      case 1: return (longer, [anchor])
      case 2: return ([anchor], [anchor] + following)
      case 3: return ([anchor], [anchor] + invented(Int.random(in: 1...5, using: &random)))
      default: return (longer, invented(Int.random(in: 1...6, using: &random))[...])
      }
    }
  }

  /// What a stretch says of a change, put together as whoever writes it does.
  private static func effects(of change: QuietChange, in stretch: QuietStretch) -> [TranscriptEffect] {
    stretch.effects.map { quiet in
      var effect = quiet.effect
      effect.distance = quiet.distance.map {
        $0.count(to: $0.isForward ? change.bases.lowerBound : change.bases.upperBound - 1)
      }
      effect.transcriptName = quiet.naming.map { naming in
        let name = quiet.isForward ? change.forward : change.reverse
        let places = [name.first, name.last].map { naming.anchor + "\(naming.ruler.count(to: $0))" }
        return naming.prefix + (name.first == name.last ? places[0] : places.joined(separator: "_"))
          + String(decoding: name.words, as: UTF8.self)
      }
      return effect
    }
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func sayWhatEachChangeSaysByItself(seed: UInt64) {
    let world = World(seed: seed)
    let stretches = world.caller
    let alone = world.caller
    var random = SplitMix64(seed: seed + 100)
    var change = QuietChange(
      bases: 0..<0, forward: .init(first: 0, last: 0, words: []), reverse: .init(first: 0, last: 0, words: []))
    var counts = (quiet: 0, named: 0, moved: 0, all: 0)
    for position in stride(from: 1, to: world.bases.count - 20, by: 3) {
      let (reference, alternate) = world.allele(position, &random)
      counts.all += 1
      guard let stretch = stretches.quietStretch(.chr1, position, reference, alternate, noting: &change) else {
        continue
      }
      counts.quiet += 1
      let own = alone.effects(.chr1, position, reference, alternate)
      #expect(Self.effects(of: change, in: stretch) == own, "\(position)")
      let places = Set([change.forward.first + 1, change.forward.last + 1]).sorted().map { "\($0)" }
      let name =
        "NC_000001.11:g." + places.joined(separator: "_") + String(decoding: change.forward.words, as: UTF8.self)
      #expect(name == alone.genomicName(.chr1, position, reference, alternate), "\(position)")
      if own.contains(where: { $0.transcriptName != nil }) { counts.named += 1 }
      if change.forward.first > position + 8 { counts.moved += 1 }
    }
    #expect(2 * counts.quiet > counts.all && 20 * counts.named > counts.all && counts.moved > 50, "\(counts)")
  }

  @Test func aRecordThatSaysNothingNewHasNoStretch() {
    let caller = World(seed: 1).caller
    var change = QuietChange(
      bases: 0..<0, forward: .init(first: 0, last: 0, words: []), reverse: .init(first: 0, last: 0, words: []))
    for (reference, alternate) in [("A", "A"), ("a", "c"), ("A", "*"), ("A", "."), ("AC", "AC"), ("A", "C,G")] {
      #expect(
        caller.quietStretch(.chr1, 100, Array(reference.utf8)[...], Array(alternate.utf8)[...], noting: &change) == nil,
        "\(reference)>\(alternate)")
    }
  }

  /// However windows grow, bases are those of the reference, and there are fewer fetches than windows of the first length.
  @Test func windowsGrowOnTheWayAlongAContig() {
    let bases = (0..<400_000).map { UInt8(truncatingIfNeeded: 65 + $0 % 26) }
    var fetched = 0
    let window = ReferenceWindow(
      lengths: { _ in bases.count },
      fetch: {
        fetched += 1
        return Array(bases[$0.start..<$0.end])
      })
    for position in stride(from: 0, to: bases.count, by: 50) {
      #expect(window.base(.chr1, position) == bases[position])
    }
    #expect(fetched < 10)
    for position in stride(from: bases.count - 1, to: 0, by: -997) {
      #expect(window.base(.chr1, position) == bases[position])
    }
    #expect(window.base(.chr1, bases.count) == nil && window.base(.chr1, -1) == nil)
    #expect(window.has([66, 67], at: 1, of: .chr1) == true && window.has([66], at: bases.count, of: .chr1) == nil)
  }

  /// A repeat that reaches the end of a chromosome ends there, and what changes it has a name.
  @Test func namesAtTheEndOfAChromosome() {
    let bases = Array("GATCAAAA".utf8)
    let caller = ConsequenceCaller(
      GeneModel([], name: "test", assembly: .grch38),
      reference: ReferenceWindow(lengths: { _ in bases.count }, fetch: { Array(bases[$0.start..<$0.end]) }))
    #expect(caller.genomicName(.chr1, 4, "CA".utf8.array, "C".utf8.array) == "NC_000001.11:g.8del")
    #expect(caller.genomicName(.chr1, 4, "C".utf8.array, "CA".utf8.array) == "NC_000001.11:g.8dup")
    #expect(caller.genomicName(.mitochondrion, 3, "T".utf8.array, "G".utf8.array) == "NC_012920.1:m.3T>G")
  }
}

extension String.UTF8View {
  fileprivate var array: ArraySlice<UInt8> { Array(self)[...] }
}
