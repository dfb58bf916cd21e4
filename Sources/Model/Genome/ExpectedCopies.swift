/// How many copies of a place an individual has.
public enum ExpectedCopies: Sendable, Hashable {
  /// Y of a female.
  case none
  /// X and Y of a male outside the pseudoautosomal regions, and the mitochondrion.
  case one
  case two

  public init(at locus: Locus, sex: Sex, assembly: Assembly) {
    if locus.contig == .mitochondrion {
      self = .one
    } else if assembly.isSexLinked(locus) {
      switch sex {
      case .male: self = .one
      case .female: self = locus.contig == .y ? .none : .two
      case .unknown: self = .two
      }
    } else {
      self = .two
    }
  }
}
