internal import Model

/// One candidate as a card of the report.
struct CandidateCard {
  let candidate: Candidate
  let subject: Case
  let phrases: Phrases
  /// Reads around the alleles.
  var pileUps: [Allele: [PileUp]] = [:]

  var view: View {
    var members = summary
    let links = OutsideLinks(assembly: subject.assembly).links(of: candidate.gene, disease: candidate.disease)
    members["modes"] = .text(candidate.gene.modes.map { phrases("mode.\($0.rawValue)") }.joined(separator: ", "))
    members["explanation"] = .text(Explanation(candidate: candidate, phrases: phrases).line)
    members["flags"] = .optional(flags.joined(separator: "; "))
    members["pedigree"] = .markup(pedigree)
    members["bar"] = .markup(bar)
    members["transcript_picture"] = .markup(transcript ?? "")
    members["has_transcript"] = .flag(transcript != nil)
    members["has_links"] = .flag(!links.isEmpty)
    members["links"] = .list(links.map(\.view))
    for (key, value) in terms { members[key] = value }
    members["form_id"] = .text("\(candidate.rank)")
    members.merge(Self.given(candidate.variants.flatMap(\.remarks))) { first, _ in first }
    members["models_code"] = .text(candidate.models.map(\.rawValue).joined(separator: " "))
    members["hints_code"] = .text(distinct(candidate.variants.map(\.evidence.classHint)).joined(separator: " "))
    members["phenotype_number"] = .text(Number.short(candidate.ledger.phenotypeScore))
    members["variant_number"] = .text(Number.short(candidate.ledger.variantScore))
    members["variants"] = .list(
      candidate.variants.enumerated().map { index, variant in
        VariantView(
          variant: variant, label: candidate.variants.count > 1 ? "v\(index + 1): " : "", subject: subject,
          phrases: phrases, pileUps: pileUps[variant.variant.allele] ?? []
        ).view
      })
    members["verdicts"] = .list(candidate.verdicts.map(verdict))
    members["ledger"] = .list(LedgerRows(ledger: candidate.ledger, phrases: phrases).rows)
    return .object(members)
  }

  /// What reviewers said before, for the form that a reviewer fills in.
  static func given(_ remarks: [ReviewRemark]) -> [String: View] {
    [
      "given_dismissal": .optional(remarks.lazy.compactMap(\.dismissal).last),
      "given_note": .text(remarks.lazy.compactMap(\.note).last ?? ""),
    ]
  }

  /// What tables of candidates show.
  var summary: [String: View] {
    [
      "rank": .text("\(candidate.rank)"),
      "gene": .text(candidate.gene.symbol),
      "disease": .optional(disease),
      "models": .text(phrases.models(of: candidate)),
      "phase": .optional(candidate.phase.map { phrases("phase.\($0.rawValue)") }),
      "total": .text(phrases.localized(Number.short(candidate.ledger.total, places: 1))),
      "share": .text(phrases.share(candidate.share)),
      // As they are, for putting rows in order.
      "total_number": .text(Number.short(candidate.ledger.total)), "share_number": .text("\(candidate.share)"),
      "variants": .list(
        candidate.variants.map { variant in
          let one = VariantView(variant: variant, label: "", subject: subject, phrases: phrases)
          return .object([
            "name": .text(one.name), "zygosity": .text(one.zygosity(of: subject.proband)), "hint": .text(one.hint),
            "origin": .text(phrases("origin.\(variant.origin.rawValue)")),
          ])
        }),
    ]
  }

  private var disease: String? {
    candidate.disease.map { disease in
      disease.name + (disease.id.map { " (\($0))" } ?? "")
    }
  }

  private var flags: [String] {
    distinct(
      (candidate.flags + candidate.variants.flatMap(\.variant.flags) + candidate.verdicts.flatMap(\.flags)
        + candidate.gene.notes).map { phrases($0) })
  }

  private var pedigree: String {
    let people = subject.pedigree.individuals
    let genotypes = people.indices.map { index in
      candidate.variants.map { variant in
        guard variant.variant.genotypes.indices.contains(index) else { return "./." }
        let genotype = variant.variant.genotypes[index]
        return genotype.isWithheld ? phrases("withheld") : genotype.text
      }
    }
    let spoken = zip(people, genotypes).map { person, texts in
      "\(person.id): \(phrases("sex.\(person.sex.rawValue)")), \(phrases("status.\(person.status.rawValue)")), "
        + texts.joined(separator: ", ")
    }
    return PedigreeDrawing(
      pedigree: subject.pedigree, proband: subject.proband, genotypes: genotypes,
      title: "\(phrases("pedigree")) #\(candidate.rank): \(spoken.joined(separator: "; "))"
    ).svg
  }

  /// The patient's terms: those that speak for the disease, those that do not, and those that were looked for and not found.
  private var terms: [String: View] {
    let entries = (candidate.ledger.phenotype ?? []).filter { $0.term != nil }
    func chips(_ entries: [PointsEntry]) -> View {
      .list(
        entries.map { entry in
          .object([
            "name": .text(entry.term?.label ?? entry.term?.id ?? ""), "id": .text(entry.term?.id ?? ""),
            "points": .text(phrases.localized(Number.points(entry.points))),
          ])
        })
    }
    let fitting = entries.filter { !$0.isExcluded && $0.points > 0 }
    let others = entries.filter { !$0.isExcluded && $0.points <= 0 }
    let absent = entries.filter(\.isExcluded)
    return [
      "has_terms": .flag(!entries.isEmpty),
      "has_fitting": .flag(!fitting.isEmpty), "fitting": chips(fitting),
      "has_unfitting": .flag(!others.isEmpty), "unfitting": chips(others),
      "has_absent": .flag(!absent.isEmpty), "absent": chips(absent),
    ]
  }

  /// The transcript of the candidate's first consequence with its alleles; nil where the gene's exons are not known.
  private var transcript: String? {
    let transcripts = candidate.gene.transcripts
    let names = candidate.variants.compactMap { $0.consequence?.transcript }.map(Self.withoutVersion)
    let named = transcripts.first { transcript in
      [transcript.refSeq, transcript.ensembl].compactMap { $0 }.contains { names.contains(Self.withoutVersion($0)) }
    }
    guard let transcript = named ?? transcripts.first, !transcript.exons.isEmpty else { return nil }
    let small = candidate.variants.filter { $0.variant.allele.contig == transcript.region.contig }
    let isPair = candidate.variants.count > 1
    let lollipops = small.enumerated().map { index, variant in
      TranscriptPicture.Lollipop(
        position: variant.variant.allele.position,
        label: VariantView(variant: variant, label: isPair ? "v\(index + 1): " : "", subject: subject, phrases: phrases)
          .shortName)
    }
    let known = small.flatMap { $0.variant.residueRecords ?? [] }.filter(\.clinVar.isPathogenicOrLikely)
    let name = transcript.refSeq ?? transcript.ensembl ?? transcript.gene
    let title = phrases(
      "transcript_picture_title", count: transcript.exons.count,
      [
        "transcript": name, "variants": lollipops.map(\.label).joined(separator: ", "),
      ])
    return TranscriptPicture(
      transcript: transcript, lollipops: lollipops, known: Set(known.map(\.allele.position)).sorted(), title: title
    ).svg
  }

  private static func withoutVersion(_ name: String) -> Substring { name.prefix { $0 != "." } }

  private var bar: String {
    let ledger = candidate.ledger
    func part(_ key: String, _ points: Double, _ colour: String, _ entries: [PointsEntry]) -> PointsBar.Part {
      PointsBar.Part(
        label: phrases(key), points: points, colour: colour,
        entries: entries.map { PointsBar.Entry(label: phrases($0.label), points: $0.points) })
    }
    let parts = [
      part("explain.phenotype", ledger.phenotypeScore, "p", ledger.phenotype ?? []),
      part("explain.variants", ledger.variantScore, "v", ledger.variants.flatMap { $0 }),
      part("explain.family", ledger.segregationScore, "s", ledger.segregation),
      part("explain.panel", ledger.geneScore, "g", ledger.gene),
    ]
    let spoken = parts.map { "\($0.label) \(phrases.localized(Number.points($0.points)))" }.joined(separator: ", ")
    return PointsBar(
      parts: parts, total: ledger.total, title: "\(phrases("ledger")) #\(candidate.rank): \(spoken)", phrases: phrases
    ).svg
  }

  private func verdict(_ verdict: ModelVerdict) -> View {
    .object([
      "model": .text(phrases("model.\(verdict.model.rawValue)")),
      "verdict": .text(phrases("verdict.\(verdict.verdict.word)")),
      "reasons": .text(
        (phrases.reasons(of: verdict.verdict) + verdict.flags.map { phrases($0) }).joined(separator: "; ")),
      "members": .list(
        verdict.members.map { member in
          .object([
            "id": .text(member.member), "state": .text(phrases("zygosity.\(member.state.rawValue)")),
            "verdict": .text(phrases("verdict.\(member.verdict.word)")),
            "reasons": .optional(phrases.reasons(of: member.verdict).joined(separator: "; ")),
          ])
        }),
    ])
  }
}

/// The account of a candidate as table rows, entry by entry, with a sum for each part.
struct LedgerRows {
  let ledger: PointsLedger
  let phrases: Phrases

  var rows: [View] {
    var rows: [View] = []
    if let phenotype = ledger.phenotype {
      rows += phenotype.map { row(phrases("explain.phenotype"), "p", $0) }
      rows.append(sum("explain.phenotype", ledger.phenotypeScore, note: ""))
    } else {
      rows.append(sum("explain.phenotype", 0, note: phrases("explain.phenotype_not_scored")))
    }
    for (index, entries) in ledger.variants.enumerated() {
      let name = ledger.variants.count > 1 ? "v\(index + 1)" : phrases("explain.variants")
      rows += entries.map { row(name, "v", $0) }
    }
    let isPair = ledger.variants.count > 1
    rows.append(sum("explain.variants", ledger.variantScore, note: isPair ? phrases("mean_of_variants") : ""))
    rows += ledger.segregation.map { row(phrases("explain.family"), "s", $0) }
    rows.append(sum("explain.family", ledger.segregationScore, note: ""))
    rows += ledger.gene.map { row(phrases("explain.panel"), "g", $0) }
    rows.append(sum("explain.panel", ledger.geneScore, note: ""))
    rows.append(entry("total", "T", phrases("total"), ledger.total, ""))
    return rows
  }

  private func row(_ part: String, _ colour: String, _ item: PointsEntry) -> View {
    let mark = PointsMark(points: item.points, most: most, colour: colour)
    return entry("entry", part, phrases(item.label), item.points, phrases(item.rule), mark: mark.svg)
  }

  /// The most that any single line has, for or against: the scale of the marks.
  private var most: Double {
    let entries = (ledger.phenotype ?? []) + ledger.variants.flatMap { $0 } + ledger.segregation + ledger.gene
    return entries.map { abs($0.points) }.max() ?? 0
  }

  private func sum(_ key: String, _ points: Double, note: String) -> View {
    entry("total", phrases(key), phrases("sum"), points, note)
  }

  private func entry(
    _ kind: String, _ part: String, _ label: String, _ points: Double, _ rule: String, mark: String = ""
  ) -> View {
    .object([
      "kind": .text(kind), "part": .text(part), "entry": .text(label),
      "points": .text(phrases.localized(Number.points(points))), "rule": .text(rule), "mark": .markup(mark),
    ])
  }
}
