/// A diploid genotype at a biallelic site, by its number of alternate alleles; the raw value indexes the joint tables.
enum GenotypeClass: Int, Sendable, CaseIterable {
  /// `0/0`.
  case reference = 0
  /// `0/1`.
  case heterozygous = 1
  /// `1/1`.
  case homozygous = 2
  /// Not called, half called, or below the quality asked for.
  case missing = 3

  static let called: [GenotypeClass] = [.reference, .heterozygous, .homozygous]

  /// Whether two genotypes are opposite homozygotes: they share no allele (identity by state 0, IBS0).
  func isOpposite(to other: GenotypeClass) -> Bool {
    switch (self, other) {
    case (.reference, .homozygous), (.homozygous, .reference): true
    default: false
    }
  }
}

/// How often each pair of genotypes was seen at the same site: a 4 × 4 table, from which all pair statistics follow.
struct PairTable: Sendable, Equatable {
  static let size = 16

  static func cell(_ first: GenotypeClass, _ second: GenotypeClass) -> Int { first.rawValue << 2 | second.rawValue }

  var cells = [Int](repeating: 0, count: PairTable.size)

  subscript(first: GenotypeClass, second: GenotypeClass) -> Int { cells[Self.cell(first, second)] }

  /// Sites called in both where at least one carries the alternate allele.
  ///
  /// Sites where both are `0/0` are left out: how many there are tells how many other people were called in the same file,
  /// not how the two are related, and they would dilute every rate in a large joint file.
  var sharedSites: Int { calledSites - self[.reference, .reference] }
  private var calledSites: Int {
    GenotypeClass.called.reduce(0) { sum, first in
      GenotypeClass.called.reduce(sum) { $0 + self[first, $1] }
    }
  }

  var bothHeterozygous: Int { self[.heterozygous, .heterozygous] }
  /// Opposite homozygotes.
  var ibs0: Int { self[.reference, .homozygous] + self[.homozygous, .reference] }
  /// Equal genotypes with at least one alternate allele.
  var ibs2: Int { self[.heterozygous, .heterozygous] + self[.homozygous, .homozygous] }
  /// Heterozygous sites of the first among those called in both.
  var firstHeterozygous: Int { GenotypeClass.called.reduce(0) { $0 + self[.heterozygous, $1] } }
  var secondHeterozygous: Int { GenotypeClass.called.reduce(0) { $0 + self[$1, .heterozygous] } }

  /// Kinship coefficient by the KING-robust estimator within a family (Manichaikul et al. 2010,
  /// doi:10.1093/bioinformatics/btq559, equation 9): (N_HH − 2 IBS0) / (N_Hi + N_Hj); nil without heterozygotes.
  var kinship: Double? {
    let heterozygous = firstHeterozygous + secondHeterozygous
    return heterozygous == 0 ? nil : Double(bothHeterozygous - 2 * ibs0) / Double(heterozygous)
  }
}

/// How often each genotype triple of child, father and mother was seen: a 4 × 4 × 4 table.
struct TrioTable: Sendable, Equatable {
  static let size = 64

  static func cell(child: GenotypeClass, father: GenotypeClass, mother: GenotypeClass) -> Int {
    child.rawValue << 4 | father.rawValue << 2 | mother.rawValue
  }

  var cells = [Int](repeating: 0, count: TrioTable.size)

  /// Whose transmission a Mendelian error contradicts.
  enum Blame: Sendable {
    /// Child and father are opposite homozygotes, child and mother are not.
    case father
    case mother
    /// The child is the opposite homozygote of both.
    case both
    /// The child is heterozygous between two equal homozygotes: either parent, or a new mutation.
    case either
  }

  /// Nil when the triple obeys Mendel.
  static func blame(child: GenotypeClass, father: GenotypeClass, mother: GenotypeClass) -> Blame? {
    switch (child.isOpposite(to: father), child.isOpposite(to: mother)) {
    case (true, true): .both
    case (true, false): .father
    case (false, true): .mother
    case (false, false):
      child == .heterozygous && father == mother && (father == .reference || father == .homozygous) ? .either : nil
    }
  }

  /// Calls `body` with each fully called triple in which somebody carries the alternate allele, and its count.
  func forEachCalled(
    _ body: (_ child: GenotypeClass, _ father: GenotypeClass, _ mother: GenotypeClass, _ count: Int) -> Void
  ) {
    for child in GenotypeClass.called {
      for father in GenotypeClass.called {
        for mother in GenotypeClass.called {
          if child == .reference, father == .reference, mother == .reference { continue }
          body(child, father, mother, cells[Self.cell(child: child, father: father, mother: mother)])
        }
      }
    }
  }
}

/// Mendelian errors of one trio.
struct MendelianErrors: Sendable, Equatable {
  /// Sites with three calls and at least one alternate allele.
  var sites = 0
  var father = 0
  var mother = 0
  var both = 0
  var either = 0

  var total: Int { father + mother + both + either }
  var rate: Double { sites == 0 ? 0 : Double(total) / Double(sites) }

  mutating func add(_ table: TrioTable) {
    table.forEachCalled { child, father, mother, count in
      sites += count
      switch TrioTable.blame(child: child, father: father, mother: mother) {
      case .father: self.father += count
      case .mother: self.mother += count
      case .both: both += count
      case .either: either += count
      case nil: break
      }
    }
  }
}

/// Sites of one chromosome where the parents are opposite homozygotes, by what the child has.
struct ParentalOrigin: Sendable, Equatable {
  /// Child heterozygous, as biparental inheritance demands.
  var biparental = 0
  /// Child homozygous for the mother's allele.
  var maternalOnly = 0
  /// Child homozygous for the father's allele.
  var paternalOnly = 0

  var informative: Int { biparental + maternalOnly + paternalOnly }
  /// Share of the informative sites, 0…1, that show one and the same parent only.
  var uniparentalShare: Double {
    informative == 0 ? 0 : Double(max(maternalOnly, paternalOnly)) / Double(informative)
  }

  init(_ table: TrioTable) {
    table.forEachCalled { child, father, mother, count in
      guard father.isOpposite(to: mother) else { return }
      if child == .heterozygous {
        biparental += count
      } else if child == mother {
        maternalOnly += count
      } else {
        paternalOnly += count
      }
    }
  }
}
