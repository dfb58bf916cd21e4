internal import Crypto
internal import Model
internal import Mustache

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `report.html`: one self-contained page without scripts. Page one answers the question alone; the rest is the evidence.
struct ReportPage {
  let report: Report
  let phrases: Phrases
  var imprint = Imprint()
  /// When the report was issued; left out where nobody says.
  var issued: Instant?

  /// Candidates that get a card; more are listed, and the number of those left to the table is stated.
  static let mostCards = 30
  static let mostListed = 300
  static let mainFindings = 3

  private var candidates: [Candidate] { report.result.candidates.sorted { $0.rank < $1.rank } }

  func html() throws -> String {
    let templates = try Self.templates.get()
    return templates.page.render(view.rendering, library: templates.library)
  }

  /// The page and what it includes, parsed once, which takes longer than to fill them in.
  static let templates = Result {
    var library = MustacheLibrary()
    let parts =
      [
        ("candidate", PackageResources.candidate_mustache), ("classes", PackageResources.classes_mustache),
        ("first_page", PackageResources.first_page_mustache), ("tools", PackageResources.tools_mustache),
        ("review", PackageResources.review_mustache), ("review_form", PackageResources.review_form_mustache),
      ] + ReportSection.allCases.map { (partial(of: $0), markup(of: $0)) }
    for (name, bytes) in parts { try library.register(String(decoding: bytes, as: UTF8.self), named: name) }
    let page = try MustacheTemplate(string: String(decoding: PackageResources.report_mustache, as: UTF8.self))
    return (page: page, library: library)
  }

  private static func partial(of section: ReportSection) -> String { "section_" + section.rawValue }

  private static func markup(of section: ReportSection) -> [UInt8] {
    switch section {
    case .candidates: PackageResources.section_candidates_mustache
    case .secondaryFindings: PackageResources.section_secondary_findings_mustache
    case .nearMisses: PackageResources.section_near_misses_mustache
    case .repeats: PackageResources.section_repeats_mustache
    case .coverage: PackageResources.section_coverage_mustache
    case .funnel: PackageResources.section_funnel_mustache
    case .quality: PackageResources.section_quality_mustache
    case .scope: PackageResources.section_scope_mustache
    case .methods: PackageResources.section_methods_mustache
    case .glossary: PackageResources.section_glossary_mustache
    }
  }

  /// The page's own script, and what lets a browser run it and no other: its SHA-256 in the page's policy (CSP 3, section 2.3.1).
  private static let script = String(decoding: PackageResources.report_js, as: UTF8.self)
  private static let scriptHash = Data(SHA256.hash(data: PackageResources.report_js)).base64EncodedString()

  private var view: View {
    var members = head
    let coverage = CoverageView(report: report, phrases: phrases).members
    let secondary = SecondaryView(findings: report.result.secondary, subject: report.subject, phrases: phrases).members
    let dressing = ImprintView(imprint: imprint, issued: issued, phrases: phrases)
    for part in [pageOne, CriteriaRules.members, dressing.members, coverage, secondary, cards, account, scope, methods]
    {
      members.merge(part) { first, _ in first }
    }
    return .object(members)
  }

  private var head: [String: View] {
    let program = "\(report.provenance.program) \(report.provenance.version)"
    let ids = [imprint.patient?.reportID, report.subject.id].compactMap { $0 }
    let footer = (ids + [program] + (report.isFinal ? [] : [phrases("draft")])).joined(separator: " - ")
    let page = """
      @page{@bottom-left{content:\(footer.cssString);font-size:8pt}
      @bottom-right{content:\((phrases("page") + " ").cssString) counter(page) " / " counter(pages);font-size:8pt}}
      """
    return [
      "t": .object(phrases.words.mapValues { .text($0) }),
      "lang": .text(phrases.language.rawValue),
      "title": .text("\(phrases("report_heading")) \(report.subject.id)"),
      "style": .markup(String(decoding: PackageResources.report_css, as: UTF8.self) + page),
      "script": .markup(Self.script), "script_hash": .markup(Self.scriptHash),
      "signed": .optional(report.isFinal ? signed : nil),
      "case_id": .text(report.subject.id), "program": .text(program),
      "assembly": .text(report.subject.assembly.rawValue),
      "sections": .list(
        ReportSection.ordered(first: imprint.template.sections).map {
          .object(["part": .text(Self.partial(of: $0))])
        }),
    ]
  }

  /// Who answers for the report.
  private var signed: String {
    guard let whole = report.subject.signature, candidates.isEmpty else {
      return phrases("signed_all", ["names": signatures])
    }
    let day = phrases.day(String("\(whole.signed)".prefix(10)))
    return phrases("signed_report", ["names": "\(whole.reviewer), \(day)"])
  }

  /// Who signed which day's classes, each once.
  private var signatures: String {
    let given = candidates.flatMap(\.variants).compactMap(\.evidence.given)
    let words = given.map {
      [$0.reviewer, $0.signed.map { phrases.day(String("\($0)".prefix(10))) }].compactMap { $0 }
    }
    var seen: Set<[String]> = []
    return words.filter { seen.insert($0).inserted }.map { $0.joined(separator: ", ") }.joined(separator: "; ")
  }

  private var pageOne: [String: View] {
    let subject = report.subject
    let others = subject.pedigree.individuals.filter { $0.id != subject.proband }
    let proband = subject.pedigree[subject.proband] ?? Individual(id: subject.proband)
    let account = AccountView(report: report, phrases: phrases)
    let alarms = account.alarms
    let standing = candidates.filter { $0.dismissal == nil }
    let findings = standing.prefix(Self.mainFindings)
    let rest = standing.count - findings.count
    return [
      "conclusion": ResultBox(report: report, phrases: phrases, sentence: sentence).view,
      "proband": person(proband),
      "family": .object([
        "structure": .text(phrases("structure.\(subject.pedigree.structure(around: subject.proband).rawValue)")),
        "members": .list(others.map(person)),
      ]),
      "has_phenotypes": .flag(!subject.phenotypes.isEmpty), "phenotypes": .list(subject.phenotypes.map(term)),
      "has_excluded": .flag(!subject.excludedPhenotypes.isEmpty),
      "excluded": .list(subject.excludedPhenotypes.map(term)),
      "gene_count": .text(phrases.count(report.targets.genes.count)),
      "has_findings": .flag(!findings.isEmpty), "findings": .list(findings.map { .object(card($0).summary) }),
      "dismissed": .texts(candidates.compactMap(dismissal)), "glance": .text(glance),
      "more_findings": .optional(rest > 0 ? phrases("more_findings", count: rest) : nil),
      "has_alarms": .flag(!alarms.isEmpty), "alarms": .list(alarms), "no_alarms": .text(account.calm),
    ]
  }

  /// `#1 STXBP1: Sanger negative (A. Berg, 2026-03-01)` of a candidate that a reviewer dismissed.
  private func dismissal(_ candidate: Candidate) -> String? {
    guard let remark = candidate.dismissal, let reason = remark.dismissal else { return nil }
    return phrases(
      "finding_dismissed",
      [
        "rank": phrases.count(candidate.rank), "gene": candidate.gene.symbol, "reason": reason,
        "by": remark.signature,
      ])
  }

  /// What the first page must not keep to itself, in a sentence each, with the section that tells more.
  private var glance: String {
    let result = report.result
    let known = result.nearMisses.filter { $0.kind == .filteredPathogenic || $0.kind == .excludedPathogenic }
    let genes = distinct(known.map(\.gene.symbol)).joined(separator: ", ")
    let secondary = result.secondary?.people.reduce(0) { $0 + $1.findings.count } ?? 0
    return [
      known.isEmpty ? nil : phrases("glance_near_misses", ["count": phrases.count(known.count), "genes": genes]),
      secondary == 0 ? nil : phrases("glance_secondary", ["count": phrases.count(secondary)]),
      phrases("glance_scope"),
    ].compactMap { $0 }.joined(separator: " ")
  }

  func sentence(_ conclusion: Conclusion) -> String {
    let best = conclusion.best
    let disease = best?.disease?.name ?? phrases("explain.no_disease")
    let count =
      best == nil && report.result.candidates.isEmpty ? report.targets.genes.count : report.result.candidates.count
    return phrases(
      conclusion.sentence, count: count,
      [
        "models": best.map { phrases.models(of: $0) } ?? "",
        "none": phrases.localized(Number.fixed(report.result.shareOfNone, places: 2)),
        "gene": best?.gene.symbol ?? "", "disease": disease,
      ])
  }

  private func person(_ person: Individual) -> View {
    .object([
      "id": .text(person.id), "sex": .text(phrases("sex.\(person.sex.rawValue)")),
      "status": .text(phrases("status.\(person.status.rawValue)")),
      "role": .text(phrases(VariantView.role(of: person, in: report.subject))),
    ])
  }

  private func term(_ term: PhenotypeTerm) -> View {
    .object(["id": .text(term.id), "label": .text(term.label ?? phrases("no_label"))])
  }

  private func card(_ candidate: Candidate) -> CandidateCard {
    CandidateCard(
      candidate: candidate, subject: report.subject, phrases: phrases, pileUps: report.result.pileUps)
  }

  private var cards: [String: View] {
    let listed = candidates.dropFirst(Self.mostCards)
    let shown = listed.prefix(Self.mostListed)
    let key = listed.count > shown.count ? "further_cut" : "further_all"
    return [
      "withheld": .optional(
        report.withheld.isEmpty
          ? nil : phrases("carriers_withheld", ["members": report.withheld.joined(separator: ", ")])),
      "has_candidates": .flag(!candidates.isEmpty), "basis": .text(report.basis),
      "candidate_count": .text(phrases.count(candidates.count)),
      "model_options": .list(
        Set(candidates.flatMap(\.models)).sorted().map {
          .object(["code": .text($0.rawValue), "name": .text(phrases("model.\($0.rawValue)"))])
        }),
      "cards": .list(candidates.prefix(Self.mostCards).map { card($0).view }),
      "has_further": .flag(!listed.isEmpty),
      "further_text": .text(
        phrases(key, count: listed.count, ["shown": phrases.count(shown.count)])),
      "further": .list(shown.map { .object(card($0).summary) }),
    ]
  }

  private var account: [String: View] {
    let account = AccountView(report: report, phrases: phrases)
    let misses = report.result.nearMisses.count
    let rest = misses - AccountView.mostNearMisses
    let genome = GenomeFigure(report: report, phrases: phrases).svg
    return [
      "has_repeats": .flag(!report.result.repeats.isEmpty),
      "repeats": .list(report.result.repeats.map { RepeatView(finding: $0, phrases: phrases).view }),
      "has_near_misses": .flag(misses > 0), "near_misses": .list(account.nearMisses),
      "more_near_misses": .optional(rest > 0 ? phrases("more_near_misses", count: rest) : nil),
      "funnel": account.funnel,
      "has_checks": .flag(!report.result.quality.checks.isEmpty), "checks": .list(account.checks),
      "has_genome": .flag(genome != nil), "genome": .markup(genome ?? ""),
      "has_warnings": .flag(!report.result.warnings.isEmpty),
      "warnings": .texts(report.result.warnings.map { phrases($0) }),
    ]
  }

  private var scope: [String: View] { ScopeView(report: report, phrases: phrases).members }

  private var methods: [String: View] {
    let provenance = report.provenance
    return [
      "htslib": .text(provenance.htslibVersion),
      "scale": .text(
        phrases(
          "scale", count: report.result.diseaseCount,
          [
            "odds": phrases.localized(Number.short(PointsLedger.oddsPerPoint)),
            "none": phrases.localized(Number.fixed(report.result.shareOfNone, places: 2)),
          ])),
      "inputs": .list(
        provenance.inputs.map {
          .object([
            "name": .text($0.name), "role": .text(phrases.word("input", $0.role)),
            "bytes": .text(phrases.count($0.bytes)), "digest": .text($0.digest),
          ])
        }),
      "stores": .list(
        provenance.stores.map {
          .object([
            "name": .text($0.name), "kind": .text(phrases.word("store", $0.kind)), "version": .text($0.version),
            "built": .text($0.built), "licence": .text($0.licence), "alleles": .text(phrases.count($0.alleles)),
            "fingerprint": .text($0.fingerprint),
          ])
        }),
      "has_stores": .flag(!provenance.stores.isEmpty),
      "settings": .list(provenance.settings.map { .object(["key": .text($0.key), "value": .text($0.value)]) }),
    ]
  }
}
