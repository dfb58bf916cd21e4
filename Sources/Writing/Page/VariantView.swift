internal import Model

/// One variant of a candidate as its card shows it.
struct VariantView {
  let variant: CandidateVariant
  /// `v1: ` and `v2: ` for the halves of a pair.
  let label: String
  let subject: Case
  let phrases: Phrases
  /// Reads of the members around the allele.
  var pileUps: [PileUp] = []

  /// Coding HGVS with the protein's, or the allele where no transcript is named.
  var name: String {
    guard let coding = variant.consequence?.hgvsC else { return alleleName }
    let protein = variant.consequence?.hgvsP.map { " \(Self.predicted($0.drop { $0 != "p" }))" } ?? ""
    return Self.shortened(coding, to: 80) + Self.shortened(protein, to: 80)
  }

  /// The protein change, else the coding one without its reference, else the allele: what fits beside a mark in a picture.
  var shortName: String {
    if let protein = variant.consequence?.hgvsP, protein.contains("p.") {
      return label + Self.shortened(Self.predicted(protein.drop { $0 != "p" }), to: 40)
    }
    if let coding = variant.consequence?.hgvsC?.firstRange(of: ":").map({ range in
      String((variant.consequence?.hgvsC ?? "")[range.upperBound...])
    }) {
      return label + Self.shortened(coding, to: 40)
    }
    return label + Self.shortened(alleleName, to: 40)
  }

  /// `CHROM-POS-REF-ALT`; long alleles by their ends and their length, since the tables hold them whole.
  var alleleName: String {
    let allele = variant.variant.allele
    let bases = [allele.reference, allele.alternate].map { text in
      text.utf8.count > 50 ? "\(Self.shortened(text, to: 20))(\(text.utf8.count) bp)" : text
    }
    return "\(allele.contig)-\(allele.position)-\(bases[0])-\(bases[1])"
  }

  /// A protein change in the parentheses that HGVS asks for where nobody looked at the protein: `p.(Arg388Ter)`.
  static func predicted(_ name: some StringProtocol) -> String {
    guard let mark = name.firstRange(of: "p."), !["(", "?", "0"].contains(name[mark.upperBound...].prefix(1)) else {
      return String(name)
    }
    return "\(name[..<mark.upperBound])(\(name[mark.upperBound...]))"
  }

  private static func shortened(_ text: String, to count: Int) -> String {
    text.utf8.count > count ? "\(text.prefix(count / 2))…\(text.suffix(count / 2))" : text
  }

  /// The hint; its points, and what is pending or who gave them, always stand with it.
  var hint: String {
    let evidence = variant.evidence
    if let given = evidence.given {
      return phrases(
        "hint_given",
        [
          "class": phrases("class.\(given.value.rawValue)"), "reviewer": phrases.signature(of: given),
          "points": points(evidence.points), "hint": phrases("class.\(evidence.classHint)"),
        ])
    }
    return phrases(
      evidence.isReviewed ? "hint_reviewed" : "hint",
      [
        "class": phrases("class.\(evidence.classHint)"), "points": points(evidence.points),
        "reviewed": points(evidence.reviewedPoints), "reviewers": evidence.reviewers.joined(separator: ", "),
      ])
  }

  private func points(_ points: Int) -> String { phrases.localized(Number.points(Double(points))) }

  func zygosity(of member: String) -> String {
    guard let place = subject.pedigree.position(of: member), variant.variant.genotypes.indices.contains(place) else {
      return phrases("zygosity.M")
    }
    return phrases(zygosityKey(variant.variant.genotypes[place]))
  }

  /// Of the mitochondrion all copies carry an allele or a part of them does, which is no zygosity.
  private func zygosityKey(_ genotype: Genotype) -> String {
    let state = genotype.shownState.rawValue
    return variant.variant.allele.contig == .mitochondrion && ["A", "h1", "H", "hx"].contains(state)
      ? (["A", "h1"].contains(state) ? "zygosity.homoplasmic" : "zygosity.heteroplasmic") : "zygosity.\(state)"
  }

  /// What reviewers gave before, for the form that a reviewer fills in.
  var given: [String: View] {
    [
      "name": .text(name), "allele_whole": .text(variant.variant.allele.name),
      "given_class": .text(variant.evidence.given?.value.word ?? ""),
      "given_criteria": .text(
        variant.evidence.criteria.filter { $0.reviewer != nil }.map(\.name).joined(separator: ", ")),
    ]
  }

  /// What reviewers said in words.
  var remarks: View {
    .list(
      variant.remarks.map {
        .object([
          "by": .text($0.signature), "note": .optional($0.note), "dismissal": .optional($0.dismissal),
        ])
      })
  }

  var view: View { .object(members.merging(given) { first, _ in first }) }

  private var members: [String: View] {
    let allele = variant.variant
    let consequence = variant.consequence
    return [
      "label": .text(label), "hint": .text(hint),
      "hgvs_c": .optional(consequence?.hgvsC.map { Self.shortened($0, to: 200) }),
      "hgvs_p": .optional(consequence?.hgvsP.map { Self.shortened(Self.predicted($0), to: 200) }),
      "transcript": .text(consequence?.transcript ?? phrases("not_given")), "mane": .optional(mane),
      "allele": .text(alleleName), "assembly": .text(subject.assembly.rawValue),
      "hgvs_g": .optional(variant.genomicName(on: subject.assembly).map { Self.shortened($0, to: 200) }),
      "ids": .optional(allele.identifiers.joined(separator: ", ")),
      "consequence": .text(consequence.map(words) ?? phrases("no_consequence_in_gene")),
      "worse": .optional(variant.worseConsequence.map(words)),
      "origin": .text(phrases("origin.\(variant.origin.rawValue)")),
      "frequency_scale": .markup(scale ?? ""), "has_scale": .flag(scale != nil),
      "links": .list(OutsideLinks(assembly: subject.assembly).links(of: allele.allele).map(\.view)),
      "has_remarks": .flag(!variant.remarks.isEmpty), "remarks": remarks,
      "frequency": .text(frequency), "counts": .optional(counts), "local": .optional(local),
      "clinvar": .text(clinVar), "predictions": .text(predictions), "site": .text(site),
      "members": .list(family),
      "has_pile_ups": .flag(!pictures.isEmpty), "pile_ups": .list(pictures),
      "has_criteria": .flag(!variant.evidence.criteria.isEmpty),
      "criteria": .list(variant.evidence.criteria.map(criterion)),
    ]
  }

  private var pictures: [View] {
    pileUps.filter { subject.pedigree[$0.sample] != nil }.map { pileUp in
      let count =
        pileUp.shown < pileUp.total
        ? phrases(
          "pile_up_sampled", ["shown": phrases.count(pileUp.shown), "total": phrases.count(pileUp.total)])
        : phrases("pile_up_all", count: pileUp.total)
      let title = phrases("pile_up_title", ["sample": pileUp.sample, "allele": alleleName])
      return .object([
        "sample": .text(pileUp.sample), "count": .text(count),
        "picture": .markup(PileUpPicture(pileUp: pileUp, allele: variant.variant.allele, title: title).svg),
      ])
    }
  }

  private var mane: String? {
    if variant.consequence?.maneSelect != nil { return "MANE Select" }
    if variant.consequence?.manePlusClinical != nil { return "MANE Plus Clinical" }
    return nil
  }

  private func words(_ consequence: Consequence) -> String {
    var parts = [
      consequence.terms.map { phrases.word("term", $0.name) }.joined(separator: " & "),
      phrases.word("impact", consequence.impact.rawValue),
    ]
    if let exon = consequence.exon { parts.append("\(phrases("exon")) \(exon)") }
    if let intron = consequence.intron { parts.append("\(phrases("intron")) \(intron)") }
    if let transcript = consequence.transcript { parts.append(transcript) }
    if let warnings = consequence.warnings { parts.append(warnings) }
    return parts.joined(separator: ", ") + " (\(consequence.source.rawValue))"
  }

  private var frequency: String {
    let known = variant.variant.frequency
    let populations = known.populations.map { "; \($0.name) \(fraction($0.frequency))" }.joined()
    switch known.state {
    case .noData: return phrases("frequency.NODATA") + populations
    case .zero: return phrases("frequency.ZERO") + Self.sources(known) + populations
    case .value:
      let figures = [
        ("FAF95", known.faf95), (phrases("population_maximum"), known.populationMaximum),
        (phrases("highest"), known.alleleFrequency),
      ]
      return figures.compactMap { name, value in value.map { "\(name) \(fraction($0))" } }.joined(separator: ", ")
        + Self.sources(known) + populations
    }
  }

  /// Every figure that is known, on one scale; nil where nobody looked.
  private var scale: String? {
    let known = variant.variant.frequency
    guard known.state != .noData || !known.populations.isEmpty else { return nil }
    var rows: [FrequencyScale.Row] = []
    func add(_ label: String, _ value: Double?, _ colour: String) {
      if let value { rows.append(FrequencyScale.Row(label: label, frequency: min(max(value, 0), 1), colour: colour)) }
    }
    if known.state != .noData {
      add(phrases("frequency_all"), known.state == .zero ? known.alleleFrequency ?? 0 : known.alleleFrequency, "v")
      add("FAF95", known.faf95, "v")
      if known.groups.isEmpty { add(phrases("frequency_highest_group"), known.populationMaximum, "v") }
      for group in known.groups { add(phrases.word("ancestry", group.name), group.frequency, "s") }
    }
    for population in known.populations { add(phrases.word("population", population.name), population.frequency, "g") }
    if let count = variant.variant.localCount, let number = variant.variant.localNumber, number > 0 {
      add(phrases("frequency_own"), Double(count) / Double(number), "p")
    }
    guard !rows.isEmpty else { return nil }
    let spoken = rows.map { "\($0.label) \(FrequencyScale.odds($0.frequency, phrases))" }.joined(separator: "; ")
    return FrequencyScale(
      rows: rows, ceiling: subject.settings.maximumFrequency, title: "\(phrases("frequency")) \(name): \(spoken)",
      phrases: phrases
    ).svg
  }

  private static func sources(_ frequency: PopulationFrequency) -> String {
    frequency.sources.isEmpty ? "" : " (\(frequency.sources.joined(separator: ", ")))"
  }

  private func fraction(_ value: Double) -> String { phrases.fraction(value) }

  private var counts: String? {
    let known = variant.variant.frequency
    let figures: [(String, Int?)] = [
      ("AC", known.alleleCount), ("AN", known.alleleNumber), (phrases("homozygotes"), known.homozygotes),
      (phrases("hemizygotes"), known.hemizygotes),
    ]
    let parts = figures.compactMap { name, value in value.map { "\(name) \(phrases.count($0))" } }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var local: String? {
    guard variant.variant.localCount != nil || variant.variant.localNumber != nil else { return nil }
    let count = variant.variant.localCount.map(phrases.count) ?? phrases("unknown")
    let number = variant.variant.localNumber.map(phrases.count) ?? phrases("unknown")
    return "AC \(count) / AN \(number)"
  }

  private var clinVar: String {
    guard let record = variant.variant.clinVar else { return phrases("clinvar.none") }
    let stars =
      record.stars.map { stars in
        String(repeating: "★", count: min(max(stars, 0), 4)) + String(repeating: "☆", count: min(max(4 - stars, 0), 4))
          + " " + phrases("clinvar.stars", ["count": "\(stars)"])
      } ?? phrases("clinvar.no_stars")
    return "\(phrases.clinVarWords(record.text, significance: record.significance.rawValue)) · \(stars)"
  }

  private var predictions: String {
    let given = variant.variant.predictions
    let figures = [
      ("REVEL", given.revel), ("AlphaMissense", given.alphaMissense), ("CADD", given.cadd),
      ("SpliceAI", given.spliceAI),
    ]
    let parts = figures.compactMap { name, value in
      value.map { "\(name) \(phrases.localized(Number.short($0, places: 3)))" }
    }
    return parts.isEmpty ? phrases("not_given") : parts.joined(separator: ", ")
  }

  private var site: String {
    let allele = variant.variant
    let quality = allele.siteQuality.map { phrases.localized(Number.short($0, places: 1)) } ?? phrases("not_given")
    let filter = allele.filters.isEmpty ? phrases("not_given") : allele.filters.joined(separator: ", ")
    return "QUAL \(quality), FILTER \(filter), "
      + phrases("file_and_record", ["file": "\(allele.origin.file + 1)", "record": allele.writtenRecord])
  }

  private var family: [View] {
    zip(subject.pedigree.individuals, variant.variant.genotypes).map { person, genotype in
      let zygosity =
        genotype.isWithheld ? phrases("withheld") : phrases(zygosityKey(genotype))
      let set = genotype.phase.map { "\(phrases("phased")) \($0.haplotype + 1) (\($0.set))" }
      let aside =
        genotype.state != genotype.calledState && genotype.state == .missing ? [phrases("set_aside")] : []
      let notes =
        aside + genotype.notes.map { phrases("note.\($0.rawValue)") } + [set, reads(genotype)].compactMap { $0 }
      return .object([
        "id": .text(person.id), "role": .text(phrases(Self.role(of: person, in: subject))),
        "status": .text(phrases("status.\(person.status.rawValue)")),
        "zygosity": .text(zygosity), "gt": .text(genotype.text),
        "depth": .text(genotype.depth.map(phrases.count) ?? "–"),
        "alt": .text(genotype.alternateReads.map(phrases.count) ?? "–"),
        "vaf": .text(genotype.alleleFraction.map { phrases.localized(Number.fixed($0, places: 2)) } ?? "–"),
        "gq": .text(genotype.quality.map { phrases.localized(Number.short($0, places: 1)) } ?? "–"),
        "notes": .text(notes.joined(separator: "; ")),
      ])
    }
  }

  /// What the alignment file shows: `12 of 31 fragments (7 →, 5 ←), 2 others`.
  private func reads(_ genotype: Genotype) -> String? {
    genotype.reads.map { reads in
      phrases(
        reads.other + reads.unclear > 0 ? "reads_seen_others" : "reads_seen", count: reads.depth,
        [
          "alt": phrases.count(reads.alternate),
          "forward": phrases.count(reads.alternateForward), "reverse": phrases.count(reads.alternateReverse),
          "other": phrases.count(reads.other), "unclear": phrases.count(reads.unclear),
        ])
    }
  }

  /// Key of what a person is to the proband.
  static func role(of person: Individual, in subject: Case) -> String {
    guard let proband = subject.pedigree[subject.proband] else { return "role.relative" }
    if person.id == proband.id { return "role.proband" }
    if person.id == proband.father { return "role.father" }
    if person.id == proband.mother { return "role.mother" }
    if person.father == proband.id || person.mother == proband.id { return "role.child" }
    let shared = person.father != nil && person.father == proband.father
    return shared || person.mother != nil && person.mother == proband.mother ? "role.sibling" : "role.relative"
  }

  private func criterion(_ criterion: Criterion) -> View {
    .object([
      "name": .text(criterion.name), "points": .text(points(criterion.points)),
      "evidence": .text(phrases(criterion.evidence)), "rule": .text(phrases(criterion.rule)),
      "note": .optional(criterion.remark.map { phrases($0) }),
    ])
  }
}

extension Phrases {
  /// Who gave a class, and when; of a signed one the day of signing.
  func signature(of given: GivenClass) -> String {
    if let signed = given.signed {
      return self("signed_by", ["name": given.reviewer, "day": day(String("\(signed)".prefix(10)))])
    }
    return [given.reviewer, given.date.map(day)].compactMap { $0 }.joined(separator: ", ")
  }

  /// ClinVar's word: as the file has it in English, else translated, save what is no class.
  func clinVarWords(_ text: String, significance: String) -> String {
    let text = text.replacing("_", with: " ")
    if language == .english, !text.isEmpty { return text }
    return words["significance.\(significance)"] ?? text
  }

  /// The word with its stars.
  func clinVar(_ record: ClinVarRecord?) -> String? {
    record.map { record in
      let words = clinVarWords(record.text, significance: record.significance.rawValue)
      return record.stars.map { self("clinvar.short", ["words": words, "count": count($0)]) } ?? words
    }
  }
}
