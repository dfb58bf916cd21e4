import Knowledge
import Reading
import Screening
import Writing

/// A failure with its exit code: the one table of what each fault means to a scheduler (sysexits.h).
struct Failure: Error, CustomStringConvertible {
  enum Code: Int32 {
    case usage = 64
    case malformedInput = 65
    case missingInput = 66
    case defect = 70
    case cannotCreateOutput = 73
    case inputOutput = 74
    case interrupted = 75
  }

  let code: Code
  let message: String
  var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The same with the name of the file, which the screen knows by its number only.
  init(_ error: ScreenError, in file: String) { self.init(Code(error.reason), "\(file): \(error)") }

  /// Of a run whose warnings are errors.
  static func strict(_ warnings: [some CustomStringConvertible]) -> Failure {
    Failure(
      .malformedInput, (["--strict, and there are warnings:"] + warnings.map(\.description)).joined(separator: "\n"))
  }

  /// Of inputs whose contig lengths tell no build, where none is named.
  static let unknownBuild = Failure(
    .usage, "the contig lengths of the input do not tell its build; give --build GRCh37 or --build GRCh38")

  /// Of a fetch that a signal stopped.
  static let stoppedFetch = Failure(
    .interrupted, "stopped by a signal; what came is kept beside its place (.part), the same command goes on from there"
  )

  /// Of many cases in a folder that has one.
  static func holdsSingleCase(_ folder: String) -> Failure {
    Failure(.cannotCreateOutput, "\(folder): holds the results of a single case; give another folder")
  }

  static func readTwice(_ file: String) -> Failure {
    Failure(.defect, "\(file) was read twice: this is a defect in rarescreen, please report it")
  }

  /// The first ten of the cases that failed, with their exit codes, and how many more there are.
  static func named(_ cases: [(id: String, code: Int)]) -> String {
    let most = 10
    let named = cases.prefix(most).map { "\($0.id) (exit \($0.code))" }.joined(separator: ", ")
    return cases.count > most ? "\(named) and \(cases.count - most) more" : named
  }

  /// The failure that an error of any module amounts to.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as CaseError: self.init(Code(error.reason), error.description)
    case let error as ReadError: self.init(Code(error.kind), error.description)
    case let error as PanelError: self.init(Code(error.reason), error.description)
    case let error as RunError: self.init(Code(error.reason), error.description)
    case let error as KnowledgeError: self.init(Code(error.reason), error.description)
    case let error as ScreenError: self.init(Code(error.reason), error.description)
    case let error as ExpressionError: self.init(.usage, "--where:\n\(error)")
    case let error as WriteError: self.init(Code(error.reason), error.description)
    case let error as FetchError: self.init(Code(error.reason), error.description)
    case let error as BlockGzipError: self.init(.inputOutput, error.description)
    case is Interruption.Stopped:
      self.init(.interrupted, "stopped by a signal; nothing half-written was left, run again to start over")
    default: self.init(.defect, "\(error): this is a defect in rarescreen, please report it with the command line")
    }
  }
}

extension Failure.Code {
  fileprivate init(_ reason: CaseFault.Reason) {
    switch reason {
    case .malformedCase: self = .usage
    case .malformedInput: self = .malformedInput
    case .missingInput: self = .missingInput
    }
  }

  fileprivate init(_ kind: ReadError.Kind) {
    switch kind {
    case .missing: self = .missingInput
    case .malformed: self = .malformedInput
    case .inputOutput: self = .inputOutput
    }
  }

  fileprivate init(_ reason: PanelError.Reason) {
    switch reason {
    case .unreadable: self = .missingInput
    case .unknownName: self = .usage
    default: self = .malformedInput
    }
  }

  fileprivate init(_ reason: RunError.Reason) {
    switch reason {
    case .absent, .unreadable: self = .missingInput
    case .notAFolder, .notARun, .half, .tooLarge, .notJSON, .shape, .newer, .contradiction: self = .malformedInput
    }
  }

  fileprivate init(_ reason: KnowledgeError.Reason) {
    switch reason {
    case .unreadable: self = .missingInput
    case .notATerm, .unknownTerm, .noDisease, .tooManyTerms, .contradiction, .unknownSource: self = .usage
    case .missingColumn, .cellCount, .rowCount, .badCell, .empty: self = .malformedInput
    case .cohort(let fault): self.init(fault)
    case .store(.inputOutput): self = .inputOutput
    case .store(.noFields), .store(.unknownField): self = .usage
    case .store: self = .malformedInput
    case .phenotypes(.missingFile): self = .usage
    case .phenotypes: self = .malformedInput
    }
  }

  private init(_ fault: CohortFault) {
    switch fault {
    case .absent, .notAFile: self = .missingInput
    case .unknownFamily, .unknownSample, .unknownRegions: self = .usage
    case .empty, .notACohort, .newerSchema, .otherAssembly, .damaged, .needsReplace, .otherFamily, .otherRegions:
      self = .malformedInput
    case .cannotCreate, .busy: self = .cannotCreateOutput
    case .inputOutput: self = .inputOutput
    }
  }

  fileprivate init(_ reason: ScreenError.Reason) {
    switch reason {
    case .noConsequenceSource, .nothingInPanels, .referenceMismatch: self = .malformedInput
    case .ledgerImbalance: self = .defect
    }
  }

  fileprivate init(_ reason: FetchError.Reason) {
    switch reason {
    case .notAnAddress, .unnamed: self = .usage
    case .noCurl, .unreachable, .untrusted, .refused, .listRefused, .broken, .registration: self = .missingInput
    case .otherPart: self = .cannotCreateOutput
    case .length, .checksum, .inPlace, .noChecksum: self = .malformedInput
    }
  }

  fileprivate init(_ reason: WriteError.Reason) {
    switch reason {
    case .cannotCreate, .badName, .busy: self = .cannotCreateOutput
    case .inputOutput, .partKept: self = .inputOutput
    case .template: self = .defect
    }
  }
}
