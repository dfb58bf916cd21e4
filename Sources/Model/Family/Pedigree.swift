public enum Sex: String, Sendable, Hashable {
  case male, female, unknown
}

public enum AffectedStatus: String, Sendable, Hashable {
  case affected, unaffected, unknown
}

/// One person of a pedigree.
public struct Individual: Sendable, Hashable {
  public var id: String
  public var family: String
  /// Id of the father; nil when not given.
  public var father: String?
  public var mother: String?
  public var sex: Sex
  public var status: AffectedStatus

  public init(
    id: String, family: String = "", father: String? = nil, mother: String? = nil, sex: Sex = .unknown,
    status: AffectedStatus = .unknown
  ) {
    self.id = id
    self.family = family
    self.father = father
    self.mother = mother
    self.sex = sex
    self.status = status
  }

  /// The family's id; a person whom no pedigree gives a family is a family of one.
  public var familyOrSelf: String { ["", "0", "."].contains(family) ? id : family }
}

/// A family of any size and shape, in the order of its source.
public struct Pedigree: Sendable, Hashable {
  public let individuals: [Individual]
  private let index: [String: Int]

  /// - Precondition: ids are unique; whoever reads pedigrees reports duplicates first.
  public init(_ individuals: [Individual]) {
    self.individuals = individuals
    index = Dictionary(uniqueKeysWithValues: individuals.enumerated().map { ($1.id, $0) })
  }

  public subscript(id: String) -> Individual? { index[id].map { individuals[$0] } }

  public func position(of id: String) -> Int? { index[id] }

  public var affected: [Individual] { individuals.filter { $0.status == .affected } }

  public func children(of id: String) -> [Individual] {
    individuals.filter { $0.father == id || $0.mother == id }
  }

  /// How much family there is around a person; printed with each verdict.
  public enum Structure: String, Sendable, Hashable {
    case singleton, duo, trio, quad, extended
  }

  public func structure(around proband: String) -> Structure {
    guard let person = self[proband] else { return .singleton }
    let parents = [person.father, person.mother].compactMap { $0 }.filter { self[$0] != nil }.count
    switch (individuals.count, parents) {
    case (1, _): return .singleton
    case (2, _): return .duo
    case (3, 2): return .trio
    case (4, 2):
      let siblings = individuals.filter {
        $0.id != proband && $0.father == person.father && $0.mother == person.mother
      }
      return siblings.count == 1 ? .quad : .extended
    default: return .extended
    }
  }
}
