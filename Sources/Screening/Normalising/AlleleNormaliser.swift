public import Model

/// Brings alleles to the one spelling under which they can be compared: split, trimmed, left-aligned.
///
/// Trimming is parsimonious on the right, then on the left; left-alignment moves pure insertions and deletions as far towards
/// the chromosome's start as the reference lets them (Tan et al. 2015, doi:10.1093/bioinformatics/btv112). Substitutions of
/// several bases are never taken apart: two changes in one codon can mean another amino acid than either alone. Nothing is moved
/// through unknown bases.
public struct AlleleNormaliser: Sendable {
  /// Bases of the reference in a region, upper case; nil where the reference has none.
  public typealias Reference = @Sendable (Region) -> String?

  private let reference: Reference?

  /// Whether insertions and deletions are moved to the left.
  var isLeftAligning: Bool { reference != nil }

  /// - Parameter reference: without it alleles are trimmed but not moved.
  public init(reference: Reference? = nil) {
    self.reference = reference
  }

  /// Normalises one alternate of a record. `position` is 1-based.
  ///
  ///     // reference 100..107 = GCACACAT
  ///     normalise(contig, 104, "ACA", "A")  // 100 GCA>G
  public func normalise(_ contig: Contig, _ position: Int, _ ref: String, _ alt: String, end: Int? = nil) -> Allele {
    let unchanged = Allele(contig, position, ref.uppercased(), alt, end: end)
    if unchanged.isSymbolic { return unchanged }
    var left = Array(ref.uppercased().utf8)
    var right = Array(alt.uppercased().utf8)
    var start = position
    fillIn(&left, &right, contig, start)
    trimEnd(&left, &right, keeping: 1)
    if left.count != right.count, min(left.count, right.count) == 1 { shiftLeft(&left, &right, contig, &start) }
    trimStart(&left, &right, &start)
    return Allele(contig, start, String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self))
  }

  /// Normalises an allele as people type it.
  public func normalised(_ allele: Allele) -> Allele {
    normalise(
      allele.contig, allele.position, allele.reference, allele.alternate, end: allele.isSymbolic ? allele.end : nil)
  }

  /// The same for alleles in bytes of upper case, where most are single bases and stay as they are.
  func bases(
    _ contig: Contig, _ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>
  ) -> (position: Int, reference: ArraySlice<UInt8>, alternate: ArraySlice<UInt8>) {
    if reference.count == 1, alternate.count == 1, Bases.isKnown(reference) { return (position, reference, alternate) }
    let allele = normalise(
      contig, position, String(decoding: reference, as: UTF8.self), String(decoding: alternate, as: UTF8.self))
    return (allele.position, Array(allele.reference.utf8)[...], Array(allele.alternate.utf8)[...])
  }

  /// Reads bases that the record leaves open, as N or another of IUPAC's codes, from the reference: in REF, and in the beginning
  /// of ALT that repeats it. Where nothing would be left to tell, the record's own spelling stays.
  private func fillIn(_ left: inout [UInt8], _ right: inout [UInt8], _ contig: Contig, _ start: Int) {
    guard !Bases.isKnown(left), let found = reference?(Region(contig, start - 1, start - 1 + left.count)) else {
      return
    }
    let bases = Array(found.utf8)
    guard bases.count == left.count else { return }
    let shared = zip(left, right).prefix { $0 == $1 }.count
    var (known, repeated) = (left, right)
    for place in left.indices where !Bases.isKnown(left[place...place]) {
      known[place] = bases[place]
      if place < shared { repeated[place] = bases[place] }
    }
    if known != repeated { (left, right) = (known, repeated) }
  }

  /// The allele of a record that replaces one base by one other, both written in capitals; nil for any other record.
  ///
  /// Most records are such, and they are normal as they stand.
  func substitution(_ contig: Contig, _ record: Int, in records: VariantBatch) -> Allele? {
    let reference = records.range(.reference, of: record)
    let alternate = records.range(.alternate, of: record)
    guard reference.count == 1, alternate.count == 1,
      let from = Self.name(ofBase: records.text[reference.lowerBound]),
      let to = Self.name(ofBase: records.text[alternate.lowerBound]), from != to
    else { return nil }
    return Allele(contig, records.positions[record], from, to)
  }

  private static func name(ofBase byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "A"): "A"
    case UInt8(ascii: "C"): "C"
    case UInt8(ascii: "G"): "G"
    case UInt8(ascii: "T"): "T"
    default: nil
    }
  }

  private func trimEnd(_ left: inout [UInt8], _ right: inout [UInt8], keeping least: Int) {
    while min(left.count, right.count) > least, left.last == right.last {
      left.removeLast()
      right.removeLast()
    }
  }

  private func trimStart(_ left: inout [UInt8], _ right: inout [UInt8], _ start: inout Int) {
    var shared = 0
    while min(left.count, right.count) - shared > 1, left[shared] == right[shared] { shared += 1 }
    left.removeFirst(shared)
    right.removeFirst(shared)
    start += shared
  }

  /// Moves a pure insertion or deletion to the left while its last base is the shared one.
  private func shiftLeft(_ left: inout [UInt8], _ right: inout [UInt8], _ contig: Contig, _ start: inout Int) {
    guard let reference else { return }
    var window = [UInt8]()
    var windowStart = start
    while left.last == right.last, start > 1 {
      if start - 1 <= windowStart {
        // Most indels move a few bases; long repeats fetch again.
        let from = max(0, start - 1 - 128)
        guard let bases = reference(Region(contig, from, start - 1)), !bases.isEmpty else { break }
        window = Array(bases.utf8)
        windowStart = from
      }
      let base = window[start - 2 - windowStart]
      if base == UInt8(ascii: "N") { break }
      left.removeLast()
      right.removeLast()
      left.insert(base, at: 0)
      right.insert(base, at: 0)
      start -= 1
    }
  }

  /// The bases that the reference has in place of others; nil where they agree, or where there is no reference.
  func mismatch(_ contig: Contig, _ position: Int, _ bases: ArraySlice<UInt8>) -> String? {
    guard let reference, position > 0 else { return nil }
    let region = Region(contig, position - 1, position - 1 + min(bases.count, ReferenceAgreement.checkedBases))
    guard let expected = reference(region), !ReferenceAgreement.holds(bases, expected.utf8) else { return nil }
    return String(expected.prefix(ReferenceAgreement.shownBases))
  }

  /// Checks REF of the selected records against the reference, where there is one; unknown bases on either side agree.
  ///
  /// - Throws: `referenceMismatch` at the first record that differs.
  public func checkReference(of records: VariantBatch, where selection: Selection, file: Int) throws(ScreenError) {
    if reference == nil { return }
    for record in selection {
      guard let contig = records.contigs[record] else { continue }
      let found = Bytes.capitals(records.bytes(.reference, of: record))
      let position = records.positions[record]
      guard let expected = mismatch(contig, position, found) else { continue }
      throw ScreenError(
        .referenceMismatch(
          file: file, locus: Locus(contig, position),
          found: String(decoding: found.prefix(ReferenceAgreement.shownBases), as: UTF8.self), expected: expected))
    }
  }
}
