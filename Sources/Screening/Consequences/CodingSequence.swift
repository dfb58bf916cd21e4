internal import Model

/// The spliced bases of a coding transcript with its reading frame. Offsets count along the transcript from 0.
struct CodingSequence {
  let bases: [UInt8]
  /// The coding part, the stop codon included.
  let coding: Range<Int>
  /// Where the first whole codon begins.
  let frameStart: Int
  let code: GeneticCode
  /// Whether the sequence begins with a start codon that the source does not doubt.
  let hasStart: Bool
  /// Whether it ends with a whole stop codon.
  let hasStop: Bool
  /// Codons within the frame that read as a stop and are none: selenocysteine, as far as anybody can tell from the sequence.
  private let recoded: Set<Int>

  init(
    bases: [UInt8], coding: Range<Int>, phase: Int, code: GeneticCode, lacksStart: Bool, lacksStop: Bool
  ) {
    self.bases = bases
    self.coding = coding
    self.code = code
    frameStart = min(coding.lowerBound + phase, coding.upperBound)
    let length = coding.upperBound - frameStart
    hasStart = !lacksStart && length >= 3 && code.isStart(bases[frameStart..<frameStart + 3])
    let last = frameStart + length / 3 * 3 - 3
    hasStop =
      !lacksStop && length >= 3 && length % 3 == 0
      && code.aminoAcid(bases[last], bases[last + 1], bases[last + 2]) == GeneticCode.stop
    var recoded: Set<Int> = []
    var place = frameStart
    // The codon of selenocysteine is TGA; a whole sequence that seems to stop there goes on.
    while place + 3 <= last, hasStop {
      if bases[place] == UInt8(ascii: "T"), bases[place + 1] == UInt8(ascii: "G"),
        bases[place + 2] == UInt8(ascii: "A"),
        code.aminoAcid(bases[place], bases[place + 1], bases[place + 2]) == GeneticCode.stop
      {
        recoded.insert(place)
      }
      place += 3
    }
    self.recoded = recoded
  }

  /// Whether an edit that touches the start leaves one of the same frame right before what follows, so that the protein is whole.
  func keepsStart(_ edit: TranscriptEdit) -> Bool {
    let start = frameStart + edit.shift
    guard edit.range.upperBound <= frameStart + 3, start >= 0 else { return false }
    let changed = bases[..<edit.range.lowerBound] + edit.alternate + bases[edit.range.upperBound..<frameStart + 3]
    return code.isStart(changed[start..<start + 3])
  }

  /// Number of the codon that holds an offset, from 0.
  func codon(at offset: Int) -> Int { (offset - frameStart) / 3 }

  /// Amino acids of the reference in a range of whole codons.
  func aminoAcids(in range: Range<Int>) -> [UInt8] {
    var residues: [UInt8] = []
    residues.reserveCapacity(range.count / 3)
    for place in stride(from: range.lowerBound, to: range.upperBound - 2, by: 3) {
      residues.append(aminoAcid(at: place))
    }
    return residues
  }

  func aminoAcid(at offset: Int) -> UInt8 {
    recoded.contains(offset)
      ? GeneticCode.selenocysteine : code.aminoAcid(bases[offset], bases[offset + 1], bases[offset + 2])
  }

  /// The amino acids of the reference from a codon to the stop, or to the end of what is known; the stop counts.
  func protein(from offset: Int) -> [UInt8] {
    aminoAcids(in: offset..<max(offset, offset + (coding.upperBound - offset) / 3 * 3))
  }

  /// The amino acids of changed bases up to the first stop, which counts, read on into the untranslated end.
  ///
  /// - Parameters:
  ///   - changed: what stands in place of the bases from `offset` to `end`.
  ///   - end: offset in the reference where the unchanged rest begins.
  /// - Returns: the residues, and whether a stop was found.
  func protein(_ changed: [UInt8], replacing offset: Int, to end: Int) -> (residues: [UInt8], hasStop: Bool) {
    var residues: [UInt8] = []
    let total = changed.count + bases.count - end
    let isInFrame = (changed.count - (end - offset)) % 3 == 0
    func base(_ place: Int) -> UInt8 { place < changed.count ? changed[place] : bases[end + place - changed.count] }
    var place = 0
    while place + 3 <= total {
      var residue = code.aminoAcid(base(place), base(place + 1), base(place + 2))
      // Whether a frame that was shifted reads TGA as selenocysteine nobody knows; the frame of the reference does.
      if residue == GeneticCode.stop, isInFrame, place >= changed.count,
        recoded.contains(end + place - changed.count)
      {
        residue = GeneticCode.selenocysteine
      }
      residues.append(residue)
      if residue == GeneticCode.stop { return (residues, true) }
      place += 3
    }
    return (residues, false)
  }
}
