public import Model

/// A family as the inheritance models see it: who is whose parent, who is ill, and which stated links the genotypes refute.
public struct Family: Sendable {
  public let pedigree: Pedigree
  public let assembly: Assembly
  public let settings: Settings
  /// Links that sample quality control found to be wrong: such a parent says nothing about descent.
  public let refuted: Set<QualityReport.ParentLink>
  /// Position of the proband in the pedigree.
  public let proband: Int
  /// Positions in the pedigree of the proband's family, the proband included.
  public let members: [Int]
  private let fathers: [Int?]
  private let mothers: [Int?]

  /// - Precondition: the proband is in the pedigree; whoever resolves a case sees to that.
  public init(
    pedigree: Pedigree, proband: String, assembly: Assembly, settings: Settings,
    refuted: Set<QualityReport.ParentLink> = []
  ) {
    guard let position = pedigree.position(of: proband) else {
      preconditionFailure("the proband \(proband) is not in the pedigree")
    }
    self.pedigree = pedigree
    self.assembly = assembly
    self.settings = settings
    self.refuted = refuted
    self.proband = position
    let people = pedigree.individuals
    members = people.indices.filter { people[$0].family == people[position].family }
    fathers = people.map { $0.father.flatMap { pedigree.position(of: $0) } }
    mothers = people.map { $0.mother.flatMap { pedigree.position(of: $0) } }
  }

  public init(of subject: Case, refuted: Set<QualityReport.ParentLink> = []) {
    self.init(
      pedigree: subject.pedigree, proband: subject.proband, assembly: subject.assembly, settings: subject.settings,
      refuted: refuted)
  }

  /// How much family there is around the proband.
  public var structure: Pedigree.Structure { pedigree.structure(around: pedigree.individuals[proband].id) }

  /// `trio`, or `singleton (parental samples not available)`.
  public var structureLabel: String {
    structure == .singleton
      ? "\(structure.rawValue) (\(VerdictReason.bothParentsMissing.rawValue))" : structure.rawValue
  }

  /// Position of the stated father in the pedigree; nil when he is not in it.
  public func father(of member: Int) -> Int? { fathers[member] }

  public func mother(of member: Int) -> Int? { mothers[member] }

  func parent(_ parent: Parent, of member: Int) -> Int? {
    switch parent {
    case .father: fathers[member]
    case .mother: mothers[member]
    }
  }

  public func isRefuted(child: Int, parent: Int) -> Bool {
    refuted.contains(
      QualityReport.ParentLink(child: pedigree.individuals[child].id, parent: pedigree.individuals[parent].id))
  }

  /// The stated status; the proband's is affected, whatever the pedigree says, since the proband's disease is the question.
  public func status(of member: Int) -> AffectedStatus {
    member == proband ? .affected : pedigree.individuals[member].status
  }

  func name(of member: Int) -> String { pedigree.individuals[member].id }

  /// Whether one copy is expected of this member at the place.
  public func isSingleCopy(_ member: Int, at locus: Locus) -> Bool {
    ExpectedCopies(at: locus, sex: pedigree.individuals[member].sex, assembly: assembly) == .one
  }

  /// Whether the two have the same two parents, both in the pedigree.
  func areSiblings(_ first: Int, _ second: Int) -> Bool {
    first != second && fathers[first] != nil && mothers[first] != nil && fathers[first] == fathers[second]
      && mothers[first] == mothers[second]
  }
}

enum Parent: CaseIterable {
  case mother, father
}

/// Which rule of transmission holds at a place. The pseudoautosomal regions follow the autosomal one.
enum Transmission: Sendable {
  case autosomal, xLinked, yLinked, mitochondrial

  init(at locus: Locus, assembly: Assembly) {
    switch locus.contig {
    case .mitochondrion: self = .mitochondrial
    case .x where assembly.isSexLinked(locus): self = .xLinked
    case .y where assembly.isSexLinked(locus): self = .yLinked
    default: self = .autosomal
    }
  }

  /// The parents that a child of this sex gets its copies from.
  func parents(ofChild sex: Sex) -> [Parent] {
    switch (self, sex) {
    case (.autosomal, _), (.xLinked, .female), (.xLinked, .unknown): [.mother, .father]
    case (.xLinked, .male), (.mitochondrial, _): [.mother]
    case (.yLinked, _): [.father]
    }
  }
}
