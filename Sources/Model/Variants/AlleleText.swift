extension Allele {
  /// Why a text is no allele.
  public enum TextFault: Error, Sendable, Hashable {
    /// It has not the four parts, or no chromosome, or no position.
    case parts
    /// REF or ALT are no bases.
    case bases
  }

  /// An allele as people type it: `2-165310413-C-T`, `chr2:165310413:C:T`, `2:165310413 C>T`, `2-1000-N-<DEL>`.
  public init(text: String) throws(TextFault) {
    let marks: Set<Character> = ["-", ":", " ", ">", "_", "/", "\t", ","]
    // A symbolic allele has marks of its own: everything from the bracket on is one part.
    let bracket = text.firstIndex(of: "<") ?? text.endIndex
    var parts = text[..<bracket].split(whereSeparator: marks.contains).map(String.init)
    if bracket < text.endIndex { parts.append(String(text[bracket...])) }
    guard parts.count == 4, let contig = Contig(name: parts[0]), let position = Int(parts[1]),
      (1...Int(Int32.max)).contains(position)
    else { throw .parts }
    let bases = "ACGTNacgtn"
    let isSymbolic = parts[3].hasPrefix("<")
    guard parts[2].allSatisfy(bases.contains), isSymbolic || parts[3].allSatisfy(bases.contains) else { throw .bases }
    self.init(contig, position, parts[2].uppercased(), isSymbolic ? parts[3] : parts[3].uppercased())
  }

  /// Whether two normalised alleles are one; of a symbolic allele the end does not count, since a typed one has none.
  public func isSame(as query: Allele) -> Bool {
    if !query.isSymbolic { return self == query }
    return contig == query.contig && position == query.position && alternate == query.alternate
  }
}
