/// What one member's genotype says of one allele, as far as counts need it. A member of whom nothing is kept has the reference.
public enum Carriage: UInt8, Sendable, Hashable, CaseIterable {
  /// One of two copies is the allele.
  case heterozygous
  /// Both of two copies are.
  case homozygous
  /// The only copy is: X and Y of males, the mitochondrion.
  case hemizygous
  /// One copy is the allele, the other was not called.
  case partial
  /// The allele and others on a mitochondrion.
  case heteroplasmic
  /// Not called, or a call that failed the rules of quality: neither the allele nor the reference.
  case missing

  /// Whether at least one copy was called as the allele.
  public var isCarrier: Bool { self != .missing }
}
