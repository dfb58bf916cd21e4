public import Model

/// Everything that is wrong with a case, found in one go.
///
/// `description` prints one fault a line, each as `file:line:column: what; what to do`.
public struct CaseError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Grouped by file in the order of discovery, then by line and column; never empty.
  public let faults: [CaseFault]

  public init(_ faults: [CaseFault]) {
    var order: [SourcePlace.Source: Int] = [:]
    for fault in faults where order[fault.place.source] == nil { order[fault.place.source] = order.count }
    func key(_ fault: CaseFault) -> (Int, Int, Int) {
      (order[fault.place.source] ?? 0, fault.place.line ?? 0, fault.place.column ?? 0)
    }
    self.faults = faults.enumerated().sorted {
      let (left, right) = (key($0.element), key($1.element))
      return left == right ? $0.offset < $1.offset : left < right
    }.map(\.element)
  }

  /// The reason that decides the exit code: a wrong case file first, then a wrong input, then a missing one.
  public var reason: CaseFault.Reason {
    for reason in CaseFault.Reason.allCases where faults.contains(where: { $0.reason == reason }) { return reason }
    return .malformedCase
  }

  /// A file that is not what it is taken for has a fault in every line; so many are named, the rest counted.
  private static let mostDescribed = 20

  public var description: String {
    let rest = faults.count - Self.mostDescribed
    let named = faults.prefix(Self.mostDescribed).map(\.description)
    return (named + (rest > 0 ? ["and \(rest) more of the kind"] : [])).joined(separator: "\n")
  }
}

/// One thing that is wrong with a case, with its place.
public struct CaseFault: Sendable, Equatable {
  public enum Reason: Sendable, Hashable, CaseIterable {
    /// The case file or the command line is wrong (sysexits 64).
    case malformedCase
    /// A PED file or a phenopacket is malformed, or inputs contradict each other (sysexits 65).
    case malformedInput
    /// An input does not exist or cannot be read (sysexits 66).
    case missingInput
  }

  /// What an input file is for; names it in messages.
  public enum Input: String, Sendable, Hashable {
    case caseFile = "case file"
    case sheet = "sheet"
    case variants = "variant file"
    case pedigree = "pedigree file"
    case alignment = "alignment file"
    case reference = "reference file"
    case panel = "panel file"
    case review = "review file"
    case template = "template"
    case logo = "logo"
    case demographics = "file of demographics"
  }

  public enum ParentRole: String, Sendable, Hashable {
    case father, mother
  }

  /// What was found; `CaseFault.description` words it.
  public enum Fact: Sendable, Equatable {
    case file(FileFact)
    case text(TextFact)
    case key(KeyFact)
    case pedigree(PedigreeFact)
    case sample(SampleFact)
    case sheet(SheetFact)
    case report(ReportFact)
  }

  /// About a file that the case names.
  public enum FileFact: Sendable, Equatable {
    case missing(Input, path: String)
    case unreadable(Input, path: String, problem: String)
    case folder(Input, path: String)
    case remote(Input, path: String)
    case standardInputTwice
    case tooLarge(Input, limit: Int)
    case otherFormat(Input, name: String, flag: String)
  }

  /// About the text of a case file, before its keys.
  public enum TextFact: Sendable, Equatable {
    case empty
    case notUTF8(encoding: String?)
    case syntax(language: String, problem: String)
    case tab
    case aliases
    case severalDocuments
    case tooDeep(limit: Int)
  }

  /// About a key of the case file, a flag or their values.
  public enum KeyFact: Sendable, Equatable {
    case unknownKey(String, nearest: String?, known: [String])
    case duplicateKey(String)
    /// A member has more than one alignment file.
    case severalAlignments(String)
    case wrongShape(key: String, expected: String, found: String)
    case emptyValue(key: String)
    case unknownWord(String, key: String, allowed: [String], nearest: String?)
    case flagSyntax(value: String, expected: String)
    case unknownBuild(String)
    case notHPOTerm(String, suggestion: String?)
    case contradictoryTerm(String)
    case settingValue(key: String, value: String, expected: String, hint: String?)
    case settingOrder(low: String, high: String)
    case noVariants
    case pedigreeAndFamily
    case notAnAllele(String)
    case notACriterion(CriterionFault)
    case repeatedCriterion(String)
    case emptyReview
    case reviewOfAnother(String, own: String)
    case signedWithoutClass
    case dismissedWithoutReason
    case notAnInstant(String)
    case notADate(String)
    case noReview
  }

  /// About the persons of a pedigree.
  public enum PedigreeFact: Sendable, Equatable {
    case tooFewColumns(found: Int)
    case emptyPedigree
    case duplicatePerson(String, first: SourcePlace)
    case ownParent(String)
    case parentOfWrongSex(String, role: ParentRole, child: String, sex: Sex)
    case bothParents(String, child: String)
    case fatherAndMother(String)
    case cycle([String])
    case parentOfOtherFamily(String, role: ParentRole, child: String, families: [String])
    case sexContradiction(String, written: Sex, pedigree: Sex)
  }

  /// About the case against the samples and the build of its variant files.
  public enum SampleFact: Sendable, Equatable {
    case noSamples
    case noCommonSample(pedigree: [String], samples: [String])
    case unknownProband(String, known: [String], nearest: String?)
    case probandWithoutSample(String, samples: [String], nearest: String?)
    case undecidedProband(candidates: [String])
    case noPedigree(samples: [String])
    case unknownAlignmentSample(String, known: [String], nearest: String?)
    case unknownConsent(String, known: [String], nearest: String?)
    case severalSamplesOfOne(String, samples: [String])
    case buildMismatch(written: String, found: String)
    case unknownAssembly
  }

  /// About a sheet of cases, or a folder of case files.
  public enum SheetFact: Sendable, Equatable {
    case notTabular
    case unknownColumn(String, nearest: String?, known: [String])
    case repeatedColumn(String)
    case noCaseColumn
    case noRows
    case tooManyCells(found: Int, columns: Int)
    case noCase
    case repeatedCase(String, first: SourcePlace)
    /// - Parameter code: of the character, in hexadecimal.
    case hiddenInCase(String, code: String)
    case longCase(String, bytes: Int, limit: Int)
    case noCaseFiles
  }

  /// About what dresses a report: a laboratory's template, and who the patient is.
  public enum ReportFact: Sendable, Equatable {
    case logoFormat(path: String)
    case damagedLogo(path: String)
    case logoTooLarge(path: String, limit: Int)
    /// An SVG that could do more than be seen.
    case activeLogo(path: String, what: String)
    case repeatedSection(String)
    case noSubject
    case noName
    case otherPatient(key: String, written: String, own: String)
    case dateOrder(early: String, late: String)
    case futureDay(key: String, String)
    case distantDay(key: String, String, years: Int)
  }

  public let reason: Reason
  public let place: SourcePlace
  public let fact: Fact

  public init(_ fact: Fact, reason: Reason, at place: SourcePlace) {
    self.reason = reason
    self.place = place
    self.fact = fact
  }
}

/// Faults of one source while it is read; each gets the reason that fits the source unless it is told otherwise.
struct FaultList {
  let reason: CaseFault.Reason
  var faults: [CaseFault] = []

  init(_ reason: CaseFault.Reason) { self.reason = reason }

  mutating func add(_ fact: CaseFault.Fact, at place: SourcePlace, reason: CaseFault.Reason? = nil) {
    faults.append(CaseFault(fact, reason: reason ?? self.reason, at: place))
  }
}
