internal import Model

/// Reads around an allele: a line a read, what differs from the reference in colour, the allele's place between two lines.
struct PileUpPicture {
  let pileUp: PileUp
  let allele: Allele
  /// What the picture shows, for those who do not see it.
  let title: String

  private static let step = 7
  private static let line = 7

  /// Colours of the bases, as alignment viewers have them.
  private static let colours: [UInt8: String] = [
    UInt8(ascii: "A"): "s", UInt8(ascii: "C"): "v", UInt8(ascii: "G"): "g", UInt8(ascii: "T"): "red",
  ]

  var svg: String {
    let width = pileUp.window.length * Self.step
    let top = pileUp.reference.isEmpty ? 4 : 16
    let height = top + max(1, pileUp.lines.count) * Self.line + 2
    var body = letters
    for (number, line) in pileUp.lines.enumerated() {
      for read in line { body += shape(of: read, y: top + number * Self.line) }
    }
    let from = x(allele.position - 1)
    let to = x(min(max(allele.position, allele.end), pileUp.window.end))
    body += "<path d=\"M\(from) 0V\(height)M\(to) 0V\(height)\" style=\"stroke:currentColor;stroke-dasharray:2 2\"/>"
    return
      "<svg class=\"reads\" role=\"img\" aria-label=\"\(title.escapedMarkup)\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\">\(body)</svg>"
  }

  private func x(_ position: Int) -> Int { (position - pileUp.window.start) * Self.step }

  private var letters: String {
    if pileUp.reference.isEmpty { return "" }
    let bases = String(decoding: pileUp.reference, as: UTF8.self).escapedMarkup
    let width = pileUp.window.length * Self.step
    return "<text class=\"bases\" x=\"0\" y=\"11\" textLength=\"\(width)\" lengthAdjust=\"spacing\">\(bases)</text>"
  }

  private func shape(of read: PileUp.Read, y: Int) -> String {
    let start = max(read.start, pileUp.window.start)
    let end = min(read.end, pileUp.window.end)
    guard start < end else { return "" }
    let (left, right) = (x(start), x(end))
    let middle = y + Self.line / 2
    // An arrow's head tells the direction.
    let head = 3
    let path =
      read.isReverse
      ? "M\(right) \(y)H\(left + head)L\(left) \(middle)L\(left + head) \(y + 6)H\(right)Z"
      : "M\(left) \(y)H\(right - head)L\(right) \(middle)L\(right - head) \(y + 6)H\(left)Z"
    var body = "<path d=\"\(path)\" style=\"fill:var(--gray);fill-opacity:\(read.isDoubtful ? ".15" : ".4")\"/>"
    for deletion in read.deletions
    where deletion.lowerBound < pileUp.window.end && deletion.upperBound > pileUp.window.start {
      let (from, to) = (x(max(deletion.lowerBound, start)), x(min(deletion.upperBound, end)))
      body += "<rect x=\"\(from)\" y=\"\(y)\" width=\"\(max(0, to - from))\" height=\"6\" style=\"fill:var(--paper)\"/>"
      body += "<path d=\"M\(from) \(middle)H\(to)\" style=\"stroke:currentColor;stroke-width:2\"/>"
    }
    for mismatch in read.mismatches where mismatch.position >= start && mismatch.position < end {
      let colour = Self.colours[mismatch.base] ?? "soft"
      body +=
        "<rect x=\"\(x(mismatch.position))\" y=\"\(y)\" width=\"\(Self.step)\" height=\"6\" style=\"fill:var(--\(colour))"
      body += mismatch.isWeak ? ";fill-opacity:.35\"/>" : "\"/>"
    }
    for insertion in read.insertions where insertion >= start && insertion < end {
      body += "<rect x=\"\(x(insertion + 1) - 1)\" y=\"\(y - 1)\" width=\"3\" height=\"8\" style=\"fill:var(--p)\"/>"
    }
    if read.isClippedAtStart, read.start >= pileUp.window.start {
      body += "<rect x=\"\(left - 1)\" y=\"\(y)\" width=\"2\" height=\"6\" style=\"fill:var(--amber)\"/>"
    }
    if read.isClippedAtEnd, read.end <= pileUp.window.end {
      body += "<rect x=\"\(right - 1)\" y=\"\(y)\" width=\"2\" height=\"6\" style=\"fill:var(--amber)\"/>"
    }
    return body
  }
}
