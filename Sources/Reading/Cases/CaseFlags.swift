/// What the flags of the command line say about a case, as text.
///
/// A flag wins over the case file: single values and lists replace the file's, alignments and settings replace those of the
/// same sample or key. `--ped` also replaces an inline `family`. Flags alone are enough for a case. Their paths are relative to the
/// working directory, those of a case file to the file.
public struct CaseFlags: Sendable, Hashable {
  public var vcf: [String]
  public var ped: String?
  public var proband: String?
  /// HPO ids; one text may hold several, separated by commas.
  public var hpo: [String]
  public var notHpo: [String]
  public var panels: [String]
  /// `SAMPLE=BAM`.
  public var alignments: [String]
  public var reference: String?
  public var sex: String?
  public var onset: String?
  /// `key=value`; values of a list are separated by commas.
  public var settings: [String]
  public var build: String?
  public var caseID: String?

  public init(
    vcf: [String] = [], ped: String? = nil, proband: String? = nil, hpo: [String] = [], notHpo: [String] = [],
    panels: [String] = [], alignments: [String] = [], reference: String? = nil, sex: String? = nil,
    onset: String? = nil, settings: [String] = [], build: String? = nil, caseID: String? = nil
  ) {
    self.vcf = vcf
    self.ped = ped
    self.proband = proband
    self.hpo = hpo
    self.notHpo = notHpo
    self.panels = panels
    self.alignments = alignments
    self.reference = reference
    self.sex = sex
    self.onset = onset
    self.settings = settings
    self.build = build
    self.caseID = caseID
  }
}

extension CaseFile {
  /// A case that flags describe alone.
  public init(flags: CaseFlags) {
    self = CaseFile(format: .flags, path: nil).merging(flags)
  }

  /// This case with the flags over it.
  public func merging(_ flags: CaseFlags) -> CaseFile {
    var merged = self
    func located(_ value: String?, _ flag: String) -> Located<String>? {
      value.map { Located($0, at: SourcePlace(flag: flag)) }
    }
    func located(_ values: [String], _ flag: String) -> [Located<String>]? {
      values.isEmpty ? nil : values.map { Located($0, at: SourcePlace(flag: flag)) }
    }
    merged.variants = located(flags.vcf, "--vcf") ?? variants
    if let ped = located(flags.ped, "--ped") {
      merged.pedigree = ped
      merged.family = []
      // The file's pair of pedigrees is a fault no longer.
      merged.faults.removeAll { $0.fact == .key(.pedigreeAndFamily) }
    }
    merged.proband = located(flags.proband, "--proband") ?? proband
    merged.phenotypes = located(flags.hpo, "--hpo") ?? phenotypes
    merged.excludedPhenotypes = located(flags.notHpo, "--not-hpo") ?? excludedPhenotypes
    merged.panels = located(flags.panels, "--panel") ?? panels
    merged.reference = located(flags.reference, "--reference") ?? reference
    merged.sex = located(flags.sex, "--sex") ?? sex
    merged.onset = located(flags.onset, "--onset") ?? onset
    merged.build = located(flags.build, "--build") ?? build
    merged.id = located(flags.caseID, "--case-id") ?? id
    merged.mergeAlignments(flags.alignments)
    merged.mergeSettings(flags.settings)
    return merged
  }

  private mutating func mergeAlignments(_ flags: [String]) {
    let place = SourcePlace(flag: "--alignment")
    for flag in flags {
      guard let (sample, path) = Self.pair(flag) else {
        let fact = CaseFault.KeyFact.flagSyntax(value: flag, expected: "SAMPLE=BAM")
        faults.append(CaseFault(.key(fact), reason: .malformedCase, at: place))
        continue
      }
      if alignments.contains(where: { $0.sample.value == sample && $0.sample.place == place }) {
        faults.append(CaseFault(.key(.severalAlignments(sample)), reason: .malformedCase, at: place))
      }
      alignments.removeAll { $0.sample.value == sample }
      alignments.append(Alignment(sample: Located(sample, at: place), path: Located(path, at: place)))
    }
  }

  private mutating func mergeSettings(_ flags: [String]) {
    let place = SourcePlace(flag: "--set")
    for flag in flags {
      guard let (key, value) = Self.pair(flag) else {
        let fact = CaseFault.KeyFact.flagSyntax(value: flag, expected: "KEY=VALUE, for example max_af=0.01")
        faults.append(CaseFault(.key(fact), reason: .malformedCase, at: place))
        continue
      }
      settings.removeAll { $0.key.value == key }
      settings.append(WrittenSetting(key: key, value: value, at: place))
    }
  }

  /// Splits at the first `=`; both sides must hold something.
  static func pair(_ flag: String) -> (String, String)? {
    guard let equals = flag.firstIndex(of: "="), equals != flag.startIndex else { return nil }
    let value = flag[flag.index(after: equals)...]
    return value.isEmpty ? nil : (String(flag[..<equals]), String(value))
  }
}

extension CaseFile.WrittenSetting {
  /// A setting as `key=value` gives it, with commas in a value that is a list.
  init(key: String, value: String, at place: SourcePlace) {
    let values = SettingKey.named(key)?.isList == true ? value.split(separator: ",").map(String.init) : [value]
    self.init(
      key: Located(key, at: place), values: values.map { Located($0, at: place) }, isList: values.count > 1)
  }
}
