internal import Model

/// Which changed inputs account for what changed.
///
/// A value that a source tells can only come from that source, so that its store or file is shown where it alone changed. What
/// rules make of values follows the values; where those are the same, the rule's own inputs are asked, and the program with them.
struct CauseFinder {
  let inputs: [ChangedInput]
  private let program: [Int]

  init(_ inputs: [ChangedInput]) {
    self.inputs = inputs
    program = inputs.indices.filter { inputs[$0].kind == .program || inputs[$0].kind == .htslib }
  }

  func places(_ isMeant: (ChangedInput) -> Bool) -> [Int] { inputs.indices.filter { isMeant(inputs[$0]) } }

  /// The places given, or the program where there are none.
  func orProgram(_ places: [Int]) -> [Int] { places.isEmpty ? program : places }

  // MARK: Findings of both runs

  /// The differences with their causes.
  ///
  /// - Parameter panels: names of the panels that hold the gene, in either run.
  func explained(
    _ differences: [EvidenceDifference], of old: RecordedFinding, and new: RecordedFinding, panels: Set<String>
  ) -> [EvidenceDifference] {
    var known: [EvidenceDifference.Aspect: [Int]] = [:]
    var explained = differences
    // Values first, then what rules make of them.
    for aspects in Self.order {
      for place in explained.indices where aspects.contains(explained[place].aspect) {
        let difference = explained[place]
        let found = inputs(behind: difference, known: known, old, new, panels: panels)
        explained[place].cause = ChangeCause(found)
        known[difference.aspect, default: []] += found
      }
    }
    return explained
  }

  private static let order: [Set<EvidenceDifference.Aspect>] = [
    [.givenClass, .dismissal, .clinVar, .frequency, .localCount, .prediction, .consequence, .naming, .genotype],
    [.inheritance, .disease, .phenotype, .criterion], [.classHint, .total],
  ]

  private func inputs(
    behind difference: EvidenceDifference, known: [EvidenceDifference.Aspect: [Int]], _ old: RecordedFinding,
    _ new: RecordedFinding, panels: Set<String>
  ) -> [Int] {
    let aspect = difference.aspect
    let own = places { $0.changes(aspect) && isOf($0, panels, new) }
    func joined(_ aspects: [EvidenceDifference.Aspect]) -> [Int] { aspects.flatMap { known[$0] ?? [] } }
    switch aspect {
    case .frequency: return orProgram(frequencyInputs(old, new, among: own))
    case .clinVar, .localCount, .prediction, .consequence, .naming, .genotype: return orProgram(own)
    case .inheritance:
      let partner = old.group == new.group ? [] : places { $0.decides(stage: Removal.inheritance.rawValue) }
      return joined([.genotype]) + own + partner + program
    case .givenClass, .dismissal: return orProgram(own)
    case .disease, .phenotype: return own + program
    case .criterion: return criterionInputs(difference, known: known, new, own: own)
    case .classHint: return orProgram(joined([.criterion]))
    case .total:
      let parts = joined([.criterion, .clinVar, .inheritance, .disease, .phenotype, .frequency, .genotype])
      return parts.isEmpty ? own + program : parts
    }
  }

  /// Whether an input speaks of this gene and allele at all: a panel that holds the gene, a review of the allele.
  private func isOf(_ input: ChangedInput, _ panels: Set<String>, _ finding: RecordedFinding) -> Bool {
    switch input.kind {
    case .panel: panels.contains(input.name.description)
    case .review: input.name == "\(finding.allele) in \(finding.gene)"
    default: true
    }
  }

  /// The fields that told a frequency begin with the name of their store; others are of the file.
  private func frequencyInputs(_ old: RecordedFinding, _ new: RecordedFinding, among own: [Int]) -> [Int] {
    let sources = old.frequency.sources + new.frequency.sources
    let telling = own.filter { place in
      inputs[place].kind == .frequencyStore && sources.contains { $0.hasPrefix(inputs[place].name.description + "_") }
    }
    return telling.isEmpty ? own : telling
  }

  private func criterionInputs(
    _ difference: EvidenceDifference, known: [EvidenceDifference.Aspect: [Int]], _ finding: RecordedFinding, own: [Int]
  ) -> [Int] {
    let reviews = own.filter { inputs[$0].kind == .review }
    let isSigned = [difference.old, difference.new].contains { $0?.description.contains(" by ") == true }
    if isSigned, !reviews.isEmpty { return reviews }
    let origins = Self.origins(of: difference.name)
    let followed = origins.flatMap { known[$0] ?? [] }
    if !followed.isEmpty { return followed }
    // The same value, judged otherwise: ClinVar's word on another allele of the residue, a rule, a mode.
    let asked = places { input in origins.contains { input.changes($0) } }
    return asked + own.filter { inputs[$0].kind != .review } + program
  }

  /// What a criterion is judged by.
  private static func origins(of code: String) -> [EvidenceDifference.Aspect] {
    switch code {
    case "PM2", "BA1", "BS1", "BS2": [.frequency]
    case "PVS1", "PM4", "PP2", "BP1", "BP3": [.consequence]
    case "BP7": [.consequence, .prediction]
    case "PP3", "BP4": [.prediction]
    case "PS1", "PM1", "PM5": [.clinVar]
    case "PM3", "BP2": [.genotype, .inheritance, .clinVar]
    case "PS2", "PM6", "PP1", "BS4": [.genotype, .inheritance]
    case "PP4": [.phenotype]
    default: []
    }
  }

  // MARK: Findings of one run

  /// Why a gene is screened in one run only.
  ///
  /// - Parameter panels: names of the panels that hold it there.
  func cause(ofGeneIn panels: [String]) -> ChangeCause {
    ChangeCause(
      orProgram(
        places { input in
          input.kind == .panel
            ? panels.contains(input.name.description) : input.kind == .setting && input.name == "min_confidence"
        }))
  }

  /// Why a near miss of one run is a candidate of the other.
  func cause(ofStage stage: String, differences: [EvidenceDifference], panels: Set<String>) -> ChangeCause {
    let values = differences.filter { Self.values(behind: stage).contains($0.aspect) }.flatMap(\.cause.inputs)
    let rules = places { input in
      switch input.kind {
      case .setting, .family, .proband, .cohort: input.decides(stage: stage)
      case .panel: panels.contains(input.name.description) && input.decides(stage: stage)
      case .phenotypes, .phenotypeRelease: stage == Removal.weakEvidence.rawValue
      default: false
      }
    }
    if !(values + rules).isEmpty { return ChangeCause(values + rules) }
    return ChangeCause(places { $0.decides(stage: stage) })
  }

  private static func values(behind stage: String) -> Set<EvidenceDifference.Aspect> {
    switch Removal(rawValue: stage) {
    case .populationFrequency: [.frequency, .clinVar]
    case .localFrequency: [.localCount]
    case .impact, .noConsequence: [.consequence, .prediction, .clinVar]
    case .genotypeQuality, .notCarried: [.genotype]
    case .singleHeterozygous, .inheritance: [.genotype, .frequency, .clinVar]
    case .weakEvidence: [.criterion, .clinVar, .frequency, .genotype]
    default: []
    }
  }

  /// Why an allele is held by one run only: whatever decides at one of the stages, or anywhere where none is known.
  func cause(ofStages stages: [String]) -> ChangeCause {
    let asked = stages.isEmpty ? Removal.allCases.filter { $0 != .weakEvidence }.map(\.rawValue) : stages
    return ChangeCause(places { input in asked.contains { input.decides(stage: $0) } })
  }
}
