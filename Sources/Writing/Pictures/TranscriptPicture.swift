internal import Model

/// A transcript as its exons in the direction of reading, coding parts high, introns shortened to a gap, with the alleles of a
/// candidate as lollipops where they lie, and alleles that ClinVar knows at the same residue as small marks.
struct TranscriptPicture {
  struct Lollipop: Equatable {
    /// 1-based position on the genome.
    var position: Int
    var label: String
  }

  let transcript: Transcript
  let lollipops: [Lollipop]
  /// 1-based positions on the genome of other alleles that ClinVar calls pathogenic.
  let known: [Int]
  /// What the picture shows, for those who do not see it.
  let title: String

  private static let width = 480.0
  private static let gap = 3.0
  private static let middle = 20.0

  private struct Block {
    var exon: Range<Int>
    var start: Double
    var width: Double
  }

  var svg: String {
    let blocks = blocks
    let top = 17 * lollipops.count
    let axis = Double(top) + Self.middle
    var body = "<path d=\"M0 \(short(axis))H\(short(Self.width))\" style=\"stroke:var(--gray)\"/>"
    for block in blocks { body += shape(of: block, axis: axis) }
    for position in known { body += mark(x(position, in: blocks), axis: axis) }
    for (index, (lollipop, x)) in placed(in: blocks).enumerated() {
      let y = 12 + 17 * index
      // Texts stay inside the picture: left of the stem in the right half.
      let isRight = x > Self.width / 2
      body += "<path d=\"M\(short(x)) \(y - 2)V\(short(axis))\" style=\"stroke:var(--red);stroke-width:2\"/>"
      body += "<circle cx=\"\(short(x))\" cy=\"\(y - 4)\" r=\"5\" style=\"fill:var(--red)\"/>"
      body += "<text x=\"\(short(isRight ? x - 9 : x + 9))\" y=\"\(y)\"\(isRight ? " text-anchor=\"end\"" : "")>"
      body += "\(lollipop.label.escapedMarkup)</text>"
    }
    let bottom = Int(axis) + 28
    body += "<text x=\"0\" y=\"\(bottom)\">5′</text>"
    body += "<text x=\"\(short(Self.width))\" y=\"\(bottom)\" text-anchor=\"end\">3′</text>"
    let height = bottom + 4
    return "<svg class=\"wide\" role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"480\" height=\"\(height)\""
      + " viewBox=\"-6 0 492 \(height)\">\(body)</svg>"
  }

  /// The lollipops with their places, so ordered that no text runs over the stem of another: the outer ones stand higher.
  private func placed(in blocks: [Block]) -> [(lollipop: Lollipop, x: Double)] {
    let placed = lollipops.map { (lollipop: $0, x: x($0.position, in: blocks)) }
    return placed.filter { $0.x <= Self.width / 2 }.sorted { $0.x < $1.x }
      + placed.filter { $0.x > Self.width / 2 }.sorted { $0.x > $1.x }
  }

  /// Exons in the direction of reading, as wide as they are long, none thinner than a line.
  private var blocks: [Block] {
    let sorted = transcript.exons.sorted { $0.lowerBound < $1.lowerBound }
    let exons = transcript.isForward ? sorted : sorted.reversed()
    let length = Double(max(1, exons.reduce(0) { $0 + $1.count }))
    let gap = min(Self.gap, Self.width / 3 / Double(max(1, exons.count)))
    let room = Self.width - gap * Double(max(0, exons.count - 1))
    var start = 0.0
    return exons.map { exon in
      let block = Block(exon: exon, start: start, width: Double(exon.count) / length * room)
      start += block.width + gap
      return block
    }
  }

  private func shape(of block: Block, axis: Double) -> String {
    var text = bar(from: block.start, width: block.width, axis: axis, height: 8, opacity: ".45")
    guard let coding = transcript.coding else { return text }
    let part = block.exon.clamped(to: coding)
    if part.isEmpty { return text }
    let scale = block.width / Double(max(1, block.exon.count))
    let before =
      transcript.isForward ? part.lowerBound - block.exon.lowerBound : block.exon.upperBound - part.upperBound
    text += bar(
      from: block.start + Double(before) * scale, width: Double(part.count) * scale, axis: axis, height: 16,
      opacity: "1")
    return text
  }

  private func bar(from start: Double, width: Double, axis: Double, height: Double, opacity: String) -> String {
    "<rect x=\"\(short(start))\" y=\"\(short(axis - height / 2))\" width=\"\(short(max(0.8, width)))\" height=\"\(short(height))\""
      + " style=\"fill:var(--v);fill-opacity:\(opacity)\"/>"
  }

  private func mark(_ x: Double, axis: Double) -> String {
    "<path d=\"M\(short(x)) \(short(axis + 9))l-4 7h8z\" style=\"fill:var(--p)\"/>"
  }

  /// Where a position lies in the picture: within its exon, or in the gap that stands for its intron.
  private func x(_ position: Int, in blocks: [Block]) -> Double {
    let place = position - 1
    for (index, block) in blocks.enumerated() {
      if block.exon.contains(place) {
        let offset = transcript.isForward ? place - block.exon.lowerBound : block.exon.upperBound - 1 - place
        return block.start + (Double(offset) + 0.5) / Double(block.exon.count) * block.width
      }
      let isBefore = transcript.isForward ? place < block.exon.lowerBound : place >= block.exon.upperBound
      if isBefore { return index == 0 ? 0 : (blocks[index - 1].start + blocks[index - 1].width + block.start) / 2 }
    }
    return Self.width
  }

  private func short(_ value: Double) -> String { Number.short(value, places: 1) }
}
