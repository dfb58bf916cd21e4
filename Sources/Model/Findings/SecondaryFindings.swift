/// What was looked for beside the question of a case, in the genes of a list, in those who agreed to it.
public struct SecondaryFindings: Sendable {
  /// One member of the family.
  public struct Person: Sendable {
    public enum Standing: String, Sendable, Hashable, CaseIterable {
      /// Nobody looked.
      case notConsented = "not_consented"
      /// Agreed, but no variant file holds the person.
      case noGenotypes = "no_genotypes"
      case screened
    }

    public var sample: String
    public var standing: Standing
    public var findings: [SecondaryFinding] = []
    /// Findings of the list that are candidates of the case, and told there.
    public var candidates = 0

    public init(sample: String, standing: Standing) {
      self.sample = sample
      self.standing = standing
    }
  }

  public var list: Panel
  /// Genes of the list that were looked at.
  public var genes: Int
  /// Those without coordinates on the build, which annotation alone can name.
  public var unplaced: [String]
  /// Everybody, in the order of the pedigree.
  public var people: [Person]

  public init(list: Panel, genes: Int, unplaced: [String], people: [Person]) {
    self.list = list
    self.genes = genes
    self.unplaced = unplaced
    self.people = people
  }
}

/// A pathogenic allele, or a pair where the gene needs two, in one person.
public struct SecondaryFinding: Sendable, Hashable {
  /// Why an allele counts as pathogenic or likely pathogenic.
  public enum Ground: String, Sendable, Hashable, CaseIterable {
    /// A reviewer's class.
    case reviewer
    case clinVar = "clinvar"
    /// ACMG/AMP criteria of 6 points and more.
    case criteria
  }

  public var gene: TargetGene
  /// One allele, or two. Genotypes are those of the person alone.
  public var variants: [CandidateVariant]
  /// One for each variant.
  public var grounds: [Ground]
  public var models: [InheritanceModel]
  /// Set for pairs.
  public var phase: PairPhase?

  public init(
    gene: TargetGene, variants: [CandidateVariant], grounds: [Ground], models: [InheritanceModel], phase: PairPhase?
  ) {
    self.gene = gene
    self.variants = variants
    self.grounds = grounds
    self.models = models
    self.phase = phase
  }
}

extension SecondaryFindings {
  /// Without what the proband's candidates tell already, which is counted.
  public func leavingOut(_ candidates: [Candidate], of proband: String) -> SecondaryFindings {
    struct Key: Hashable {
      var gene: String
      var allele: Allele
    }
    let told = Set(candidates.flatMap { one in one.variants.map { Key(gene: one.gene.id, allele: $0.variant.allele) } })
    var rest = self
    for index in people.indices where people[index].sample == proband {
      rest.people[index].findings.removeAll { finding in
        finding.variants.allSatisfy { told.contains(Key(gene: finding.gene.id, allele: $0.variant.allele)) }
      }
      rest.people[index].candidates = people[index].findings.count - rest.people[index].findings.count
    }
    return rest
  }
}
