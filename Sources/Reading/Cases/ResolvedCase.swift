public import Model

/// The input files of a case, with paths as the program opens them.
public struct CaseInputs: Sendable, Hashable {
  /// A bundled panel, or a file of the user's.
  public enum Panel: Sendable, Hashable {
    /// Name to look up among the bundled panels.
    case name(Located<String>)
    /// Path of a TSV, BED or PanelApp JSON file.
    case file(Located<String>)
  }

  /// Path of the case file; nil when flags say everything.
  public var caseFile: String?
  /// Path of the file of reviews that the case names; nil where they stand in the case file itself, or are none.
  public var review: String?
  /// In the order of the case; `-` is standard input.
  public var variants: [String]
  public var pedigree: Located<String>?
  public var alignments: [CaseFile.Alignment]
  public var reference: Located<String>?
  public var panels: [Panel]
}

/// A case whose words were understood and whose files exist; what remains is to meet the samples of its variant files.
public struct ResolvedCase: Sendable {
  /// Id of the case where one is written.
  public let id: Located<String>?
  public let build: Located<Assembly>?
  public let inputs: CaseInputs
  public let phenotypes: [PhenotypeTerm]
  public let excludedPhenotypes: [PhenotypeTerm]
  public let settings: Settings
  public let reviews: [Review]
  let signature: ReportSignature?
  let secondaryConsent: [Located<String>]
  /// ISO 8601 duration.
  public let age: Located<String>?
  /// When the disease began; nil where nobody says.
  public let onset: OnsetClass?
  /// One sentence each, beginning with the place.
  public let warnings: [Wording]

  /// Sex of the proband as the case says it, unless a pedigree does.
  public var probandSex: Sex { sex?.value ?? .unknown }

  let proband: Located<String>?
  let sex: Located<Sex>?
  /// Nil when no pedigree is given.
  let pedigree: CheckedPedigree?
  public let sampleNames: [CaseFile.SampleName]
  /// Where faults of the case as a whole are placed.
  let place: SourcePlace
}

extension CaseFile {
  /// Understands every value, reads the pedigree, and checks that each input exists.
  ///
  /// Paths are relative to the case file; those of flags to the working directory. `~` is not expanded.
  ///
  /// - Parameter needsVariants: false for commands that look at phenotypes alone.
  /// - Throws: all faults at once, with those found while the file was read.
  public func resolve(needsVariants: Bool = true) throws(CaseError) -> ResolvedCase {
    var resolver = CaseResolver(self)
    let resolved = resolver.resolve(needsVariants: needsVariants)
    guard resolver.list.faults.isEmpty else {
      throw CaseError(
        resolver.list.faults.map { [reviewFile] in
          reviewFile != nil && $0.place.file == reviewFile ? $0.ofInput : $0
        })
    }
    return resolved
  }
}

private struct CaseResolver {
  let written: CaseFile
  var list: FaultList
  private var warnings: [Wording]

  init(_ written: CaseFile) {
    self.written = written
    let isPacket = written.format == .phenopacket || written.format == .family
    list = FaultList(isPacket ? .malformedInput : .malformedCase)
    list.faults = written.faults
    warnings = written.warnings
  }

  private var casePlace: SourcePlace {
    if let path = written.path { return SourcePlace(file: path) }
    // A row of a sheet is known by its first cell.
    if let place = written.id?.place, place.file != nil { return place }
    return SourcePlace(flag: "command line")
  }

  /// A flag over a phenopacket is still the user's own word.
  private mutating func add(_ fact: CaseFault.Fact, at place: SourcePlace) {
    list.add(fact, at: place, reason: place.file == nil ? .malformedCase : nil)
  }

  mutating func resolve(needsVariants: Bool) -> ResolvedCase {
    let build = resolveBuild()
    let sex = resolveSex()
    let onset = resolveOnset()
    let (present, absent) = resolvePhenotypes()
    let settings = resolveSettings()
    let inputs = resolveInputs(needsVariants: needsVariants)
    let pedigree = resolvePedigree(path: inputs.pedigree)
    let reviews = (written.reviews ?? []).compactMap { $0.resolved(&list) }
    let signature = written.signature?.resolved(&list)
    return ResolvedCase(
      id: written.id, build: build, inputs: inputs, phenotypes: present, excludedPhenotypes: absent, settings: settings,
      reviews: reviews, signature: signature, secondaryConsent: written.secondaryConsent, age: written.age,
      onset: onset, warnings: warnings,
      proband: written.proband, sex: sex,
      pedigree: pedigree,
      sampleNames: written.sampleNames, place: casePlace)
  }

  private mutating func resolveBuild() -> Located<Assembly>? {
    guard let word = written.build else { return nil }
    guard let assembly = Assembly(name: word.value) else {
      add(.key(.unknownBuild(word.value)), at: word.place)
      return nil
    }
    return Located(assembly, at: word.place)
  }

  /// What a phenopacket says that is no onset is told and not used; a case file's own is a fault.
  private mutating func resolveOnset() -> OnsetClass? {
    guard let text = written.onset else { return nil }
    if let onset = OnsetClass(term: text.value) { return onset }
    if let years = OnsetClass.years(ofDuration: text.value), years <= 130 { return OnsetClass(years: years) }
    let expected: Wording = "an HPO term of onset, such as HP:0003593, or an age such as P1Y6M"
    let isPacket = written.format == .phenopacket || written.format == .family
    if isPacket, text.place.file != nil {
      warnings.append("\(text.place): onset \(quoted(text.value)) is not \(expected); it is not used")
    } else {
      add(
        .key(.settingValue(key: "onset", value: text.value, expected: expected.description, hint: nil)), at: text.place)
    }
    return nil
  }

  private mutating func resolveSex() -> Located<Sex>? {
    guard let word = written.sex else { return nil }
    guard let sex = PedigreeDialect.family.sex(of: word.value) else {
      let words = PedigreeDialect.sexWords
      let nearest = nearest(to: word.value, in: words)
      add(.key(.unknownWord(word.value, key: "sex", allowed: words, nearest: nearest)), at: word.place)
      return nil
    }
    return sex == .unknown ? nil : Located(sex, at: word.place)
  }

  private mutating func resolvePhenotypes() -> (present: [PhenotypeTerm], absent: [PhenotypeTerm]) {
    let present = terms(written.phenotypes)
    let absent = terms(written.excludedPhenotypes)
    let presentIDs = Set(present.map(\.value))
    for term in absent where presentIDs.contains(term.value) {
      add(.key(.contradictoryTerm(term.value)), at: term.place)
    }
    return (present.map { PhenotypeTerm(id: $0.value) }, absent.map { PhenotypeTerm(id: $0.value) })
  }

  private mutating func terms(_ written: [Located<String>]) -> [Located<String>] {
    var terms: [Located<String>] = []
    var seen: Set<String> = []
    for text in written {
      for word in text.value.split(separator: ",") {
        guard let id = HPOTerm.id(from: word) else {
          let word = String(word.drop { $0.isWhitespace })
          add(.key(.notHPOTerm(word, suggestion: HPOTerm.suggestion(for: word))), at: text.place)
          continue
        }
        if seen.insert(id).inserted {
          terms.append(Located(id, at: text.place))
        } else {
          warnings.append("\(text.place): \(id) is written twice and counts once")
        }
      }
    }
    return terms
  }

  private mutating func resolveSettings() -> Settings {
    var settings = Settings()
    var places: [String: SourcePlace] = [:]
    for setting in written.settings {
      guard let key = SettingKey.named(setting.key.value) else {
        let known = SettingKey.all.map(\.name).sorted()
        let nearest = nearest(to: setting.key.value, in: known)
        add(.key(.unknownKey(setting.key.value, nearest: nearest, known: known)), at: setting.key.place)
        continue
      }
      if let fault = key.set(setting, in: &settings) {
        list.faults.append(fault)
      } else {
        places[key.name] = setting.values.first?.place ?? setting.key.place
      }
    }
    for (low, high) in SettingKey.ordered {
      guard let lowest = number(low, in: settings), let highest = number(high, in: settings), lowest > highest,
        let place = places[low] ?? places[high]
      else { continue }
      add(.key(.settingOrder(low: low, high: high)), at: place)
    }
    return settings
  }

  private func number(_ key: String, in settings: Settings) -> Double? {
    SettingKey.named(key).flatMap { Double($0.value(in: settings)) }
  }

  private mutating func resolveInputs(needsVariants: Bool) -> CaseInputs {
    if written.variants.isEmpty, needsVariants, !hasFault(ofKey: "variants") {
      add(.key(.noVariants), at: casePlace)
    }
    let variants = written.variants.map { located($0, as: .variants).value }
    let standardInputs = written.variants.filter { $0.value == "-" }
    if standardInputs.count > 1 { add(.file(.standardInputTwice), at: standardInputs[1].place) }
    return CaseInputs(
      caseFile: written.path, review: written.reviewFile, variants: variants,
      pedigree: written.pedigree.map { located($0, as: .pedigree) },
      alignments: written.alignments.map {
        CaseFile.Alignment(sample: $0.sample, path: located($0.path, as: .alignment))
      },
      reference: written.reference.map { located($0, as: .reference) },
      panels: written.panels.map { panel in
        panel.value.contains("/") || panel.value.contains(".")
          ? .file(located(panel, as: .panel)) : .name(panel)
      })
  }

  /// Whether a fault of this key, or of the file as a whole, explains that its value is missing.
  private func hasFault(ofKey key: String) -> Bool {
    written.faults.contains { fault in
      switch fault.fact {
      case .key(.emptyValue(key)): true
      case .key(.wrongShape(let other, _, _)): other == key || other == CaseFile.wholeCase
      case .key(.unknownKey(_, nearest: key, _)): true
      default: false
      }
    }
  }

  private mutating func located(_ written: Located<String>, as input: CaseFault.Input) -> Located<String> {
    let path = InputFile.path(written)
    if let problem = InputFile(path: path).problem(as: input) {
      list.add(.file(problem), at: written.place, reason: .missingInput)
    }
    return Located(path, at: written.place)
  }

  private mutating func resolvePedigree(path: Located<String>?) -> CheckedPedigree? {
    let family = written.id?.value ?? "family"
    var rows = written.family
    var dialect = written.format == .family ? PedigreeDialect.phenopacket : .family
    if let path {
      // A missing file has been told already.
      guard InputFile(path: path.value).problem(as: .pedigree) == nil else { return nil }
      do {
        let text = try CaseText.read(path.value, as: .pedigree, reason: .malformedInput, namedAt: path.place)
        let (individuals, faults) = PEDReader.read(text, file: path.value)
        list.faults += faults
        rows = individuals
        dialect = .ped
      } catch {
        list.faults += error.faults
        return nil
      }
    }
    guard !rows.isEmpty else { return nil }
    let (pedigree, faults) = PedigreeCheck.check(rows, dialect: dialect, family: family)
    list.faults += faults
    warnings += pedigree.warnings
    return pedigree
  }
}
