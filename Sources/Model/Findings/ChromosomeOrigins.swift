/// From which parent the chromosomes of a child come, by the sites where the parents are opposite homozygotes.
public struct ChromosomeOrigins: Sendable, Hashable {
  /// Informative sites of one chromosome, by what the child has.
  public struct Chromosome: Sendable, Hashable {
    public var contig: Contig
    /// Child heterozygous, as inheritance from both demands.
    public var biparental: Int
    /// Child homozygous for the mother's allele.
    public var maternalOnly: Int
    /// Child homozygous for the father's allele.
    public var paternalOnly: Int

    public init(_ contig: Contig, biparental: Int, maternalOnly: Int, paternalOnly: Int) {
      self.contig = contig
      self.biparental = biparental
      self.maternalOnly = maternalOnly
      self.paternalOnly = paternalOnly
    }

    public var informative: Int { biparental + maternalOnly + paternalOnly }
  }

  public var child: String
  public var father: String
  public var mother: String
  /// Autosomes with enough informative sites, in genome order.
  public var chromosomes: [Chromosome]

  public init(child: String, father: String, mother: String, chromosomes: [Chromosome]) {
    self.child = child
    self.father = father
    self.mother = mother
    self.chromosomes = chromosomes
  }
}
