import Model
import Reading
import Screening

/// An explanation as text for a terminal: the answer first, then what the input says, the stages, the family, the models.
struct ExplanationPage {
  private(set) var text = ""
  private let subject: Case
  private let targets: TargetSet
  private let files: [String]

  /// - Parameters:
  ///   - readings: what the reads of the members say of the allele.
  ///   - remarks: what is to be known of the reads as a whole.
  init(
    _ explanation: Explanation, subject: Case, targets: TargetSet, files: [String],
    readings: [(sample: String, reads: ReadEvidence)], remarks: [Wording]
  ) {
    self.subject = subject
    self.targets = targets
    self.files = files
    answer(explanation)
    for trace in explanation.traces {
      origin(of: trace)
      stages(of: trace, endedBy: explanation.end)
      family(of: trace)
    }
    reads(readings, remarks)
    for gene in explanation.genes { models(in: gene) }
    if case .reported(let candidates) = explanation.end { for candidate in candidates { points(candidate) } }
  }

  private mutating func line(_ words: String = "") {
    // Names come from files: an escape sequence in one must not reach the terminal.
    text += String(
      String.UnicodeScalarView(words.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
    text += "\n"
  }

  private mutating func heading(_ words: String) {
    line()
    line(words)
  }

  /// Rows in columns as wide as their widest cell.
  private mutating func table(_ rows: [[String]], indent: Int = 2) {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    for row in rows {
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      var words = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      while words.last == " " { words.removeLast() }
      line(words)
    }
  }
}

extension ExplanationPage {
  private mutating func answer(_ explanation: Explanation) {
    let name = explanation.query.name
    let place = "the report of \(subject.id) (\(subject.assembly))"
    switch explanation.end {
    case .reported(let candidates):
      line("\(name) is IN \(place).")
      respelling(explanation)
      line()
      table(
        candidates.map { candidate in
          let models = candidate.models.map(\.rawValue).joined(separator: ", ")
          return [
            "rank \(candidate.rank)", candidate.gene.symbol, models, "\(Self.points(candidate.ledger.total)) points",
          ]
        })
    case .removed(let decision):
      line("\(name) is NOT in \(place): it left at \(decision.stage.rawValue).")
      respelling(explanation)
      line()
      removal(decision)
    case .notInInput(let neighbours):
      line("\(name) is NOT in \(place): no record of \(files.joined(separator: ", ")) holds it.")
      respelling(explanation)
      notInInput(neighbours, explanation)
    }
  }

  private mutating func respelling(_ explanation: Explanation) {
    if explanation.normalised != explanation.query { line("  compared as \(explanation.normalised.name)") }
  }

  /// The one rule that ended it, and how to move it.
  private mutating func removal(_ decision: Decision) {
    var rows = [["rule", decision.rule.description], ["value", Self.words(decision.value)]]
    if decision.threshold != .missing { rows.append(["threshold", Self.words(decision.threshold)]) }
    let keys = SettingKey.all.filter { Self.names(in: decision.rule.description).contains($0.name) }
    for (index, key) in keys.enumerated() {
      rows.append([index == 0 ? "settings" : "", "\(key.name) = \(key.value(in: subject.settings)): \(key.meaning)"])
    }
    if let key = keys.first {
      rows.append(["", "change with --set \(key.name)=… or under 'settings:' of the case file"])
    }
    table(rows)
  }

  /// The words of a rule that may be names of settings.
  private static func names(in rule: String) -> Set<String> {
    Set(rule.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }

  private mutating func notInInput(_ neighbours: [NearbyRecord], _ explanation: Explanation) {
    let isScreened = targets.screened.overlaps(explanation.normalised.region)
    let panels = targets.panels.map(\.name).joined(separator: ", ")
    line()
    line("  The place is \(isScreened ? "within" : "outside") the genes of \(panels).")
    if neighbours.isEmpty {
      line("  No record lies within 50 bases: the caller saw no difference from the reference there, or had no reads.")
      return
    }
    line("  Records close by:")
    table(
      neighbours.prefix(10).map { record in
        let alternates = record.alternates.isEmpty ? "." : record.alternates.joined(separator: ",")
        return ["\(record.locus)", "\(record.reference)>\(alternates)", files[record.file]]
      }, indent: 4)
    if neighbours.count > 10 { line("    and \(neighbours.count - 10) more") }
  }

  private mutating func origin(of trace: AlleleTrace) {
    let origin = trace.variant.origin
    heading("Input")
    let locus = Locus(trace.variant.allele.contig, origin.position)
    line(
      "  \(files[trace.file]): \(locus) \(origin.reference)>\(origin.alternates.joined(separator: ","))"
    )
    if trace.wasSplit { line("  split: alternate \(origin.alternateIndex) of \(origin.alternates.count)") }
    if trace.wasRespelled { line("  trimmed or shifted to \(trace.variant.allele.name)") }
  }

  private mutating func stages(of trace: AlleleTrace, endedBy end: Explanation.End) {
    var decisions = trace.decisions
    // The family and the partner are judged once for the case, after all stages of the record.
    if case .removed(let last) = end, trace.removal == nil { decisions.append(last) }
    heading("Stages")
    table(
      [["", "stage", "value", "threshold"]]
        + decisions.map { decision in
          [
            decision.outcome.rawValue, decision.stage.rawValue, Self.words(decision.value),
            decision.threshold == .missing ? "" : Self.words(decision.threshold),
          ]
        })
    // The removal is told in full at the top; an exemption or a missing value has its reason here.
    for decision in decisions where decision.outcome == .unknown || decision.outcome == .exempt {
      line("  \(decision.outcome.rawValue) at \(decision.stage.rawValue): \(decision.rule)")
    }
  }

  private mutating func family(of trace: AlleleTrace) {
    heading("Family")
    table(
      [["", "", "call", "", "depth", "reads", "GQ"]]
        + zip(subject.pedigree.individuals, trace.variant.genotypes).map { person, genotype in
          let role = person.id == subject.proband ? "proband" : person.status.rawValue
          var notes = genotype.notes.map(\.rawValue)
          if genotype.state != genotype.calledState, genotype.calledState != .missing {
            notes.insert("called \(Self.words(genotype.calledState))", at: 0)
          }
          let reads = genotype.referenceReads.flatMap { reference in
            genotype.alternateReads.map { "\(reference) reference, \($0) alternate" }
          }
          return [
            person.id, role, genotype.text, Self.words(genotype.state), genotype.depth.map { "\($0)" } ?? ".",
            reads ?? ".", genotype.quality.map(Self.short) ?? ".", notes.joined(separator: "; "),
          ]
        })
    for flag in trace.variant.flags where flag.isOfReads { line("  \(flag)") }
  }

  private mutating func reads(_ readings: [(sample: String, reads: ReadEvidence)], _ remarks: [Wording]) {
    if readings.isEmpty, remarks.isEmpty { return }
    heading("Reads")
    table(
      readings.map { sample, seen in
        [
          sample, "\(seen.alternate) of \(seen.depth) fragments show it", "\(seen.other) something else",
          "\(seen.unclear) unclear",
        ]
      })
    for remark in remarks { line("  \(remark)") }
  }

  private mutating func models(in gene: Explanation.InGene) {
    heading("\(gene.gene.symbol) (\(gene.modes.map(\.rawValue).joined(separator: ", ")))")
    for verdict in gene.verdicts { model(verdict) }
    for pair in gene.pairs {
      line("  paired with \(pair.partner.name): \(pair.phase.rawValue)")
      model(pair.verdict)
    }
  }

  private mutating func model(_ verdict: ModelVerdict) {
    var words = "  \(verdict.model.rawValue): \(Self.words(verdict.verdict))"
    if !verdict.flags.isEmpty { words += " [\(verdict.flags.joined(separator: "; "))]" }
    line(words)
    table(
      verdict.members.map { [$0.member, Self.words($0.state), Self.words($0.verdict)] }, indent: 4)
  }

  private mutating func points(_ candidate: Candidate) {
    heading("Points of rank \(candidate.rank), \(candidate.gene.symbol)")
    var rows: [[String]] = []
    func add(_ entry: PointsEntry, of allele: String) {
      rows.append([Self.signed(entry.points), entry.label.description, allele, entry.rule.description])
    }
    for entry in candidate.ledger.phenotype ?? [] { add(entry, of: "phenotype") }
    for (variant, entries) in zip(candidate.variants, candidate.ledger.variants) {
      for entry in entries { add(entry, of: variant.variant.allele.name) }
    }
    for entry in candidate.ledger.segregation { add(entry, of: "family") }
    for entry in candidate.ledger.gene { add(entry, of: "gene") }
    table(rows)
    let ledger = candidate.ledger
    let sums = [
      ("phenotype", ledger.phenotype == nil ? "not scored" : Self.signed(ledger.phenotypeScore)),
      ("variants", Self.signed(ledger.variantScore)), ("family", Self.signed(ledger.segregationScore)),
      ("gene", Self.signed(ledger.geneScore)),
    ]
    let ceiling = "a variant counts at most \(Self.short(PointsLedger.variantCeiling)), a pair the mean of its halves"
    line("  = \(Self.points(ledger.total)): " + sums.map { "\($0) \($1)" }.joined(separator: ", ") + " (\(ceiling))")
  }
}

extension ExplanationPage {
  private static func words(_ value: Decision.Value) -> String {
    switch value {
    case .missing: "none"
    case .number(let number): short(number)
    case .text(let text): text.description
    }
  }

  private static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "PASS"
    case .possible(let reasons): "POSSIBLE, " + reasons.sorted().map(\.rawValue).joined(separator: "; ")
    case .fail(let reasons): "FAIL, " + reasons.sorted().map(\.rawValue).joined(separator: "; ")
    }
  }

  private static func words(_ state: GenotypeState) -> String {
    switch state {
    case .reference: "reference"
    case .heterozygous: "heterozygous"
    case .heterozygousOther: "heterozygous, other allele not reference"
    case .homozygous: "homozygous"
    case .partial: "one allele not called"
    case .missing: "not usable"
    case .hemizygousReference: "hemizygous reference"
    case .hemizygous: "hemizygous"
    case .hemizygousConflict: "heterozygous where one copy is expected"
    }
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : "\(number)"
  }

  /// Points with one decimal at most; candidates.json holds them unrounded.
  private static func points(_ number: Double) -> String { short((number * 10).rounded() / 10) }

  private static func signed(_ number: Double) -> String { (number >= 0 ? "+" : "") + points(number) }
}
