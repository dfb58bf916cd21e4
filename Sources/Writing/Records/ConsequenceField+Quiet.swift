public import Model

/// Entries of changes in quiet stretches: all but the allele, its number and the places is made once a stretch.
extension ConsequenceField {
  /// An entry of a transcript with holes.
  struct Template {
    /// From behind the allele up to where HGVSc names its first base, with `c.250+`, or up to its end where there is no name.
    var head: [UInt8]
    /// Before the name of a last base that is not the first: `_250+`.
    var second: [UInt8]
    /// How bases are counted, and on which strand they are read; nil where there is no name.
    var naming: QuietStretch.Ruler?
    var isForward: Bool
    /// Up to ALLELE_NUM, and from behind DISTANCE.
    var middle: [UInt8]
    var tail: [UInt8]
    var distance: QuietStretch.Ruler?
  }

  /// Appends `CSQ=` with the entries of the one allele of a record, for a change of a quiet stretch.
  ///
  /// - Parameter alternate: the allele as the record writes it.
  public mutating func append(
    _ change: QuietChange, in stretch: QuietStretch, alternate: ArraySlice<UInt8>, isAnchored: Bool,
    to text: inout [UInt8]
  ) {
    if stretch.region != templateRegion {
      templates = stretch.effects.map { template($0) }
      templateRegion = stretch.region
    }
    let allele = Self.shown(alternate, isAnchored: isAnchored)
    text += Self.start
    if templates.isEmpty {
      text += allele
      text += intergenic.head
      text.append(Self.one)
      text += intergenic.tail
      return
    }
    for place in templates.indices {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      text += allele
      append(templates[place], change, to: &text)
    }
  }

  private static let one = UInt8(ascii: "1")

  private func append(_ template: Template, _ change: QuietChange, to text: inout [UInt8]) {
    text += template.head
    if let ruler = template.naming {
      append(template.isForward ? change.forward : change.reverse, by: ruler, template.second, to: &text)
    }
    text += template.middle
    text.append(Self.one)
    text.append(bar)
    if let ruler = template.distance {
      // Counted from the base of the change that is nearest.
      append(ruler.count(to: ruler.isForward ? change.bases.lowerBound : change.bases.upperBound - 1), to: &text)
    }
    text += template.tail
  }

  private func append(
    _ name: QuietChange.Name, by ruler: QuietStretch.Ruler, _ second: [UInt8], to text: inout [UInt8]
  ) {
    append(ruler.count(to: name.first), to: &text)
    if name.first != name.last {
      text += second
      append(ruler.count(to: name.last), to: &text)
    }
    text += name.words
  }

  private mutating func template(_ quiet: QuietStretch.Effect) -> Template {
    let fixed = fixed(quiet.effect.transcript)
    var head: [UInt8] = []
    appendHead(quiet.effect, fixed, to: &head)
    if let naming = quiet.naming { head += fixed.id + Array((naming.prefix + naming.anchor).utf8) }
    var middle: [UInt8] = []
    appendMiddle(quiet.effect, fixed, to: &middle)
    var tail: [UInt8] = []
    appendTail(quiet.effect, fixed, to: &tail)
    return Template(
      head: head, second: quiet.naming.map { Array("_\($0.anchor)".utf8) } ?? [], naming: quiet.naming?.ruler,
      isForward: quiet.isForward, middle: middle, tail: tail, distance: quiet.distance)
  }
}
