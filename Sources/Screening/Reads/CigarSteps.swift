import Model

/// One operation of a read's CIGAR, where it lies in the reference and in the read (SAM specification, section 1.4.6).
struct CigarStep {
  var code: UInt32
  var length: Int
  /// 0-based position of its first base in the reference, or of the base before which it stands.
  var position: Int
  /// Offset of its first base in the read, hard clips left out.
  var offset: Int

  /// Bases of the read over bases of the reference, alike or not.
  var isAligned: Bool {
    code == ReadBatch.Operation.match || code == ReadBatch.Operation.equal || code == ReadBatch.Operation.mismatch
  }

  var consumesReference: Bool {
    isAligned || code == ReadBatch.Operation.deletion || code == ReadBatch.Operation.skip
  }

  var consumesRead: Bool {
    isAligned || code == ReadBatch.Operation.insertion || code == ReadBatch.Operation.softClip
  }
}

extension ReadBatch {
  /// Walks along the CIGAR of a read.
  func forEachStep(of read: Int, _ body: (CigarStep) -> Void) {
    var position = Int(starts[read])
    var offset = 0
    for operation in cigar(of: read) {
      let word = cigars[operation]
      let step = CigarStep(code: word & 15, length: Int(word >> 4), position: position, offset: offset)
      body(step)
      if step.consumesReference { position += step.length }
      if step.consumesRead { offset += step.length }
    }
  }
}
