internal import Model

/// What went into two runs and was not the same.
struct InputComparer {
  let old: RecordedRun
  let new: RecordedRun

  /// In the order of the kinds, then by name.
  var changes: [ChangedInput] {
    let program = texts(.program, old.program, new.program) + texts(.htslib, old.htslib, new.htslib)
    let family =
      pair(.family, words(old.members), words(new.members)) + texts(.proband, old.proband, new.proband)
    let found =
      program + family + files("variants", as: .variants) + files("alignment index", as: .alignment)
      + files("reference index", as: .reference) + files("cohort", as: .cohort)
      + files("phenotypes", as: .phenotypeRelease) + panels + stores + phenotypes + settings + reviews
    return found.sorted { ($0.place, $0.name, $0.old ?? "") < ($1.place, $1.name, $1.old ?? "") }
  }

  /// Inputs of which a run could not make the checksum: `variants standard input`.
  var untold: [Wording] {
    let named = (old.inputs + new.inputs).filter { $0.digest.isEmpty && $0.role != "alignment" }
    return Set(named.map { Wording(term: $0.role, of: "input") + Wording(verbatim: " \($0.name)") }).sorted()
  }

  private func pair(
    _ kind: ChangedInput.Kind, _ one: Wording?, _ other: Wording?, name: Wording = ""
  ) -> [ChangedInput] {
    one == other ? [] : [ChangedInput(kind, name: name, old: one, new: other)]
  }

  private func texts(
    _ kind: ChangedInput.Kind, _ one: String?, _ other: String?, name: Wording = ""
  ) -> [ChangedInput] {
    pair(kind, one.map { Wording(verbatim: $0) }, other.map { Wording(verbatim: $0) }, name: name)
  }

  /// Numbers are written as each language does.
  private static func value(_ text: String) -> Wording {
    Double(text) == nil ? Wording(verbatim: text) : Wording(number: text)
  }

  private func words(_ texts: [Wording]) -> Wording? { texts.isEmpty ? nil : texts.joined(separator: "; ") }

  // MARK: Files

  /// Files of a role by their checksums: a new name alone is no change.
  private func files(_ role: String, as kind: ChangedInput.Kind) -> [ChangedInput] {
    var before = old.inputs.filter { $0.role == role && !$0.digest.isEmpty }
    var after = new.inputs.filter { $0.role == role && !$0.digest.isEmpty }
    for file in before {
      guard let place = after.firstIndex(where: { $0.digest == file.digest }) else { continue }
      after.remove(at: place)
      if let own = before.firstIndex(of: file) { before.remove(at: own) }
    }
    var changes: [ChangedInput] = []
    for file in before {
      let place = after.firstIndex { $0.name == file.name } ?? (after.isEmpty ? nil : 0)
      let successor = place.map { after.remove(at: $0) }
      changes.append(
        ChangedInput(kind, name: Wording(verbatim: file.name), old: Self.mark(file), new: successor.map(Self.mark)))
    }
    return changes
      + after.map { ChangedInput(kind, name: Wording(verbatim: $0.name), old: nil, new: Self.mark($0)) }
  }

  /// `trio.vcf.gz sha256 60a7bea5f60d`.
  private static func mark(_ file: RecordedRun.Input) -> Wording {
    Wording(verbatim: "\(file.name) sha256 \(file.digest.prefix(12))")
  }

  // MARK: Panels and stores

  private var panels: [ChangedInput] {
    func digests(_ run: RecordedRun) -> [String: String] {
      // The file of a panel is named after it.
      Dictionary(
        run.inputs.filter { $0.role == "panel" }.map { (Self.stem($0.name), $0.digest) },
        uniquingKeysWith: { first, _ in first })
    }
    let marks = (digests(old), digests(new))
    return Self.byName(old.panels, new.panels, name: \.name).compactMap { name, one, other in
      let same = one?.version == other?.version && one?.date == other?.date && one?.geneCount == other?.geneCount
      if same, marks.0[name] == marks.1[name] { return nil }
      func text(_ panel: RecordedRun.Panel?, _ mark: String?) -> Wording? {
        panel.map { Self.words($0) + (same ? Wording(verbatim: ", sha256 \(mark?.prefix(12) ?? "-")") : "") }
      }
      return ChangedInput(
        .panel, name: Wording(verbatim: name), old: text(one, marks.0[name]), new: text(other, marks.1[name]))
    }
  }

  /// `1.0 of 2025-06-03, 2149 genes`, without what the panel does not tell.
  private static func words(_ panel: RecordedRun.Panel) -> Wording {
    let count = panel.geneCount
    let genes = Wording(count, one: "\(count) gene", other: "\(count) genes")
    let day = Wording(day: panel.date)
    return switch (panel.version.isEmpty, panel.date.isEmpty) {
    case (false, false): "\(panel.version) of \(day), \(genes)"
    case (false, true): "\(panel.version), \(genes)"
    case (true, false): "of \(day), \(genes)"
    case (true, true): genes
    }
  }

  private static func stem(_ name: String) -> String { name.split(separator: ".").first.map(String.init) ?? name }

  private var stores: [ChangedInput] {
    Self.byName(old.stores, new.stores, name: { "\($0.kind) \($0.name)" }).compactMap { _, one, other in
      guard one?.fingerprint != other?.fingerprint, let store = other ?? one else { return nil }
      let sameRelease = one?.release == other?.release
      func text(_ store: RecordedRun.Store?) -> Wording? {
        store.map { store in
          Wording(day: store.release)
            + (sameRelease ? " (fingerprint \(String(store.fingerprint.prefix(12))))" : "")
        }
      }
      return ChangedInput(
        Self.kind(ofStore: store.kind), name: Wording(verbatim: store.name), old: text(one), new: text(other))
    }
  }

  private static func kind(ofStore kind: String) -> ChangedInput.Kind {
    switch kind {
    case "clinvar": .clinVarStore
    case "frequency": .frequencyStore
    case "genes": .geneStore
    default: .scoreStore
    }
  }

  /// The values of both runs by name, in the order of the names.
  private static func byName<Value>(
    _ old: [Value], _ new: [Value], name: (Value) -> String
  ) -> [(name: String, old: Value?, new: Value?)] {
    let before = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary(new.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    return Set(before.keys).union(after.keys).sorted().map { ($0, before[$0], after[$0]) }
  }

  // MARK: The case

  private var phenotypes: [ChangedInput] {
    func terms(_ run: RecordedRun) -> [String: Wording] {
      let observed = run.phenotypes.map { ($0.id, Wording(verbatim: Self.name($0))) }
      let excluded = run.excludedPhenotypes.map { ("not \($0.id)", "not \(Self.name($0))" as Wording) }
      return Dictionary(observed + excluded, uniquingKeysWith: { first, _ in first })
    }
    let (before, after) = (terms(old), terms(new))
    let gone = before.keys.filter { after[$0] == nil }.sorted()
    let come = after.keys.filter { before[$0] == nil }.sorted()
    return gone.map { ChangedInput(.phenotypes, name: before[$0] ?? "\($0)", old: "given", new: nil) }
      + come.map { ChangedInput(.phenotypes, name: after[$0] ?? "\($0)", old: nil, new: "given") }
      + texts(.phenotypes, old.onset, new.onset, name: ChangedInput.onset)
  }

  private static func name(_ term: PhenotypeTerm) -> String { term.id + (term.label.map { " " + $0 } ?? "") }

  private var settings: [ChangedInput] {
    Set(old.settings.keys).union(new.settings.keys)
      .flatMap { key in
        pair(
          .setting, old.settings[key].map(Self.value), new.settings[key].map(Self.value), name: Wording(verbatim: key))
      }
  }

  /// What reviewers gave and took away, by allele.
  private var reviews: [ChangedInput] {
    func signed(_ run: RecordedRun) -> [Wording: Wording] {
      var told: [Wording: Wording] = [:]
      for finding in run.findings {
        let parts = finding.criteria.compactMap { criterion -> Wording? in
          criterion.reviewer.map { "\(criterion.name)" + " by \($0)" }
            ?? criterion.remover.map { "\(criterion.name)" + " removed by \($0)" }
        }
        let words = parts + [finding.givenClass, finding.dismissal.map { "dismissed: \($0)" }].compactMap { $0 }
        if !words.isEmpty { told[Self.key(finding)] = words.joined(separator: ", ") }
      }
      return told
    }
    // One that is on neither list has nothing to compare.
    let held = (Set(old.findings.map(Self.key)), Set(new.findings.map(Self.key)))
    let (before, after) = (signed(old), signed(new))
    return Set(before.keys).union(after.keys).filter { key in
      before[key] != after[key] && held.0.contains(key) && held.1.contains(key)
    }.map { ChangedInput(.review, name: $0, old: before[$0], new: after[$0]) }
  }

  private static func key(_ finding: RecordedFinding) -> Wording { "\(finding.allele) in \(finding.gene)" }
}

extension ChangedInput {
  fileprivate var place: Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}
