public import Model

/// Entries of changes in quiet stretches: all but the allele, its number and the places is made once a stretch.
extension ConsequenceField {
  /// The entries of a stretch, with holes.
  struct Templates {
    /// Of which stretch of the gene model.
    var region: Region?
    var entries: [Template] = []
    /// What the ranges of the entries point into.
    var text: [UInt8] = []
    /// What HGVSg begins with, `NC_000009.12:g.`; empty where the assembly is not known.
    var genomic: [UInt8] = []
  }

  /// An entry of one transcript. Plain numbers, so that looking at one costs nothing.
  struct Template {
    /// From behind the allele up to where HGVSc names its first base, with `c.250+`, or up to its end where there is no name.
    var head: Range<Int>
    /// Before the name of a last base that is not the first: `_250+`.
    var second: Range<Int>
    /// How bases are counted, and on which strand they are read; nil where there is no name.
    var naming: QuietStretch.Ruler?
    var isForward: Bool
    /// From behind HGVSc up to DISTANCE, and from behind that up to HGVSg.
    var middle: Range<Int>
    var tail: Range<Int>
    var distance: QuietStretch.Ruler?
  }

  /// The only alternate of its record.
  private static let number = 1

  /// Appends `CSQ=` with the entries of the one allele of a record, for a change of a quiet stretch.
  ///
  /// - Parameter alternate: the allele as the record writes it.
  public mutating func append(
    _ change: QuietChange, in stretch: QuietStretch, alternate: ArraySlice<UInt8>, isAnchored: Bool,
    to text: inout [UInt8]
  ) {
    if stretch.region != templates.region { templates = templates(of: stretch) }
    text.append(all: Self.start)
    let allele = text.count..<text.count + Self.appendShown(alternate, isAnchored: isAnchored, to: &text)
    if templates.entries.isEmpty {
      text.append(all: intergenic.head)
      text.append(decimal: Self.number)
      text.append(all: intergenic.tail)
      appendGenomicName(change.forward, to: &text)
      return
    }
    for place in templates.entries.indices {
      if place > 0 {
        text.append(UInt8(ascii: ","))
        for byte in allele { text.append(text[byte]) }
      }
      append(templates.entries[place], change, to: &text)
    }
  }

  private func append(_ entry: Template, _ change: QuietChange, to text: inout [UInt8]) {
    text.append(entry.head, of: templates.text)
    if let ruler = entry.naming {
      if entry.isForward {
        append(change.forward, by: ruler, entry.second, to: &text)
      } else {
        append(change.reverse, by: ruler, entry.second, to: &text)
      }
    }
    text.append(entry.middle, of: templates.text)
    if let ruler = entry.distance {
      // Counted from the base of the change that is nearest.
      text.append(decimal: ruler.count(to: ruler.isForward ? change.bases.lowerBound : change.bases.upperBound - 1))
    }
    text.append(entry.tail, of: templates.text)
    appendGenomicName(change.forward, to: &text)
  }

  private func appendGenomicName(_ name: QuietChange.Name, to text: inout [UInt8]) {
    if templates.genomic.isEmpty { return }
    text.append(all: templates.genomic)
    text.append(decimal: name.first + 1)
    if name.first != name.last {
      text.append(UInt8(ascii: "_"))
      text.append(decimal: name.last + 1)
    }
    text.append(all: name.words)
  }

  private func append(
    _ name: QuietChange.Name, by ruler: QuietStretch.Ruler, _ second: Range<Int>, to text: inout [UInt8]
  ) {
    text.append(decimal: ruler.count(to: name.first))
    if name.first != name.last {
      text.append(second, of: templates.text)
      text.append(decimal: ruler.count(to: name.last))
    }
    text.append(all: name.words)
  }

  private mutating func templates(of stretch: QuietStretch) -> Templates {
    var made = Templates(region: stretch.region)
    if let assembly = model.assembly {
      // No gene of the mitochondrion lies in a stretch.
      made.genomic = Array((assembly.refSeqAccession(of: stretch.region.contig) + ":g.").utf8)
    }
    for quiet in stretch.effects {
      let fixed = fixed(quiet.effect.transcript)
      var bounds = [made.text.count]
      appendHead(quiet.effect, fixed, to: &made.text)
      if let naming = quiet.naming { made.text += fixed.id + Array((naming.prefix + naming.anchor).utf8) }
      bounds.append(made.text.count)
      if let naming = quiet.naming { made.text += "_\(naming.anchor)".utf8 }
      bounds.append(made.text.count)
      appendMiddle(quiet.effect, fixed, to: &made.text)
      made.text.append(decimal: Self.number)
      made.text.append(bar)
      bounds.append(made.text.count)
      appendTail(quiet.effect, fixed, to: &made.text)
      bounds.append(made.text.count)
      made.entries.append(
        Template(
          head: bounds[0]..<bounds[1], second: bounds[1]..<bounds[2], naming: quiet.naming?.ruler,
          isForward: quiet.isForward, middle: bounds[2]..<bounds[3], tail: bounds[3]..<bounds[4],
          distance: quiet.distance))
    }
    return made
  }
}
