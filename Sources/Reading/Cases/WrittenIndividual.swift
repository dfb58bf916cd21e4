import Model

/// One person of a pedigree as written: a line of a PED file, an entry of `family:`, a person of a phenopacket.
public struct WrittenIndividual: Sendable, Hashable {
  public var id: Located<String>
  public var family: Located<String>?
  /// Id of the father; nil when none is given.
  public var father: Located<String>?
  public var mother: Located<String>?
  public var sex: Located<String>?
  public var affected: Located<String>?

  public init(
    id: Located<String>, family: Located<String>? = nil, father: Located<String>? = nil, mother: Located<String>? = nil,
    sex: Located<String>? = nil, affected: Located<String>? = nil
  ) {
    self.id = id
    self.family = family
    self.father = father
    self.mother = mother
    self.sex = sex
    self.affected = affected
  }
}

/// The words that a source of pedigrees uses for sex, status and a missing parent.
enum PedigreeDialect: Sendable {
  /// PED: sex 1 male, 2 female; phenotype 2 affected, 1 unaffected (PLINK), or the words that peddy and slivar write.
  case ped
  /// `family:` of a case file.
  case family
  /// `Pedigree.Person` of the GA4GH phenopacket schema, v2.
  case phenopacket

  func sex(of word: String) -> Sex? {
    switch word.lowercased() {
    case "1", "m", "male": .male
    case "2", "f", "female": .female
    case "", "0", "3", "-9", "-1", ".", "na", "none", "u", "other", "unknown", "unknown_sex", "other_sex": .unknown
    default: nil
    }
  }

  func status(of word: String) -> AffectedStatus? {
    switch (self, word.lowercased()) {
    case (_, "affected"), (.ped, "2"), (.family, "true"), (.family, "yes"): .affected
    case (_, "unaffected"), (.ped, "1"), (.family, "false"), (.family, "no"): .unaffected
    case (_, "unknown"), (_, ""), (.phenopacket, "missing"): .unknown
    case (.ped, "0"), (.ped, "-9"), (.ped, "-1"), (.ped, "."), (.ped, "na"), (.ped, "none"): .unknown
    // In `family:` a number is refused: 1 means unaffected in a PED file and yes to most readers.
    default: nil
    }
  }

  func isMissingParent(_ word: String) -> Bool { ["", "0", "-9", "-1", ".", "na", "none"].contains(word.lowercased()) }

  static let sexWords = ["male", "female", "unknown"]

  var statusWords: [String] {
    switch self {
    case .ped: ["2 (affected)", "1 (unaffected)", "0 (unknown)"]
    case .family: ["yes", "no", "unknown"]
    case .phenopacket: ["AFFECTED", "UNAFFECTED", "MISSING"]
    }
  }
}
