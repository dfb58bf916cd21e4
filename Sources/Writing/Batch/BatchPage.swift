internal import Crypto
internal import Model
internal import Mustache

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `index.html` of a batch: a line a case with a link to its report. Complete without its script, which sorts and searches.
struct BatchPage {
  let overview: BatchOverview
  let phrases: Phrases

  /// Pairs of relatives that the page lists; `relatives.tsv` has all.
  private static let mostRelatives = 100
  /// Letters of a message that the page shows; `summary.tsv` has all.
  private static let mostLetters = 240

  private static let template = Result {
    try MustacheTemplate(string: String(decoding: PackageResources.batch_mustache, as: UTF8.self))
  }

  /// Sorting is that of the report's page; searching is this page's own.
  private static let script = [PackageResources.report_js, PackageResources.batch_js].map {
    String(decoding: $0, as: UTF8.self)
  }.joined()
  private static let scriptHash = Data(SHA256.hash(data: Array(script.utf8))).base64EncodedString()

  func html() throws -> String { try Self.template.get().render(view.rendering) }

  private var view: View {
    let pairs = overview.comparison?.pairs ?? []
    let related = Set(pairs.flatMap { [$0.first.caseID, $0.second.caseID] })
    let shown = pairs.prefix(Self.mostRelatives)
    let rest = pairs.count - shown.count
    let count = overview.statuses.count
    return .object([
      "t": .object(phrases.words.mapValues { .text($0) }),
      "lang": .text(phrases.language.rawValue),
      "style": .markup(style), "script": .markup(Self.script), "script_hash": .markup(Self.scriptHash),
      "counts": .texts(counts), "sentence": .text(phrases("batch_sentence", count: count)),
      "shard": .optional(
        overview.batch.shard.map {
          phrases(
            "batch_shard", count: overview.batch.total, ["part": "\($0.number)", "parts": "\($0.count)"])
        }),
      "states": .list(
        CaseStatus.State.allCases.filter { state in overview.statuses.contains { $0.state == state } }.map {
          .object(["code": .text($0.rawValue), "name": .text(word(of: $0))])
        }),
      "rows": .list(
        zip(overview.batch.cases, overview.statuses).map { row($0, $1, isRelated: related.contains($0.caseID)) }),
      "has_relatives": .flag(!shown.isEmpty), "relatives": .list(shown.map(pair)),
      "more_relatives": .optional(rest > 0 ? phrases("batch_more_relatives", count: rest) : nil),
      "compared": .optional(compared),
    ])
  }

  private var style: String {
    let labels = ["case", "status", "batch_best", "automated_hint", "total", "batch_quality", "batch_coverage"]
    // On a narrow window a row is a block, and each cell says what it is.
    let rules = labels.enumerated().dropFirst().map { index, key in
      ".cases td:nth-child(\(index + 1))::before{content:\((phrases(key) + ": ").cssString)}"
    }
    let narrow = "@media (max-width:40rem){\(rules.joined())}"
    return [PackageResources.report_css, PackageResources.batch_css].map { String(decoding: $0, as: UTF8.self) }
      .joined() + narrow
  }

  /// How many samples were compared with those of other cases; nil where there are no two cases to compare.
  private var compared: String? {
    guard let comparison = overview.comparison, comparison.reach.count > 1 else { return nil }
    let counts = SampleComparison.Reach.allCases.map { phrases.count(comparison.count(of: $0)) }
    return phrases("batch_compared", ["whole": counts[0], "partly": counts[1], "none": counts[2]])
  }

  /// How many cases came out how.
  private var counts: [String] {
    let states = CaseStatus.State.allCases.compactMap { state -> String? in
      let count = overview.statuses.count { $0.state == state }
      return count == 0 ? nil : "\(word(of: state)): \(phrases.count(count))"
    }
    let results = Conclusion.Kind.allCases.compactMap { kind -> String? in
      let count = overview.statuses.count { $0.result?.conclusion == kind.rawValue }
      return count == 0 ? nil : "\(phrases("result.\(kind.rawValue)")): \(phrases.count(count))"
    }
    return states + results
  }

  private func word(of state: CaseStatus.State) -> String {
    switch state {
    case .done: phrases("batch_done")
    case .failed: phrases("batch_failed")
    case .interrupted: phrases("batch_interrupted")
    case .running: phrases("batch_running")
    case .pending: phrases("batch_pending")
    }
  }

  private func row(_ entry: Batch.Entry, _ status: CaseStatus, isRelated: Bool) -> View {
    var members: [String: View] = [
      "id": .text(entry.caseID), "state": .text(status.state.rawValue), "word": .text(word(of: status.state)),
      "link": .optional(status.state == .done ? Self.address(entry.folder) : nil),
    ]
    if status.state == .failed { members.merge(fault(status)) { first, _ in first } }
    for part in [best(status.result), quality(status, isRelated: isRelated)] {
      members.merge(part) { first, _ in first }
    }
    return .object(members)
  }

  private func best(_ result: CaseOutline?) -> [String: View] {
    let top = result?.top
    let possible = Set(top?.possible ?? [])
    let models = (top?.models ?? []).map { phrases.model($0, isPossible: possible.contains($0)) }
    let hints: [String] = top?.hints ?? []
    let total: String? = top.map { phrases.localized(Number.short($0.total, places: 1)) }
    let number: String? = top.map { Number.short($0.total, places: 4) }
    return [
      "kind": .optional(result?.conclusion),
      "conclusion": .optional(result.map { phrases("result.\($0.conclusion)") }),
      "gene": .optional(top?.gene), "disease": .optional(top?.disease),
      "models": .text(models.joined(separator: ", ")), "hints": .text(hints.joined(separator: ", ")),
      "total": .text(total ?? ""), "total_number": .text(number ?? ""),
    ]
  }

  private func quality(_ status: CaseStatus, isRelated: Bool) -> [String: View] {
    let result = status.result
    var flags: [String] = (result?.failedChecks ?? []).map { phrases("check.\($0)") }
    if isRelated { flags.append(phrases("batch_relatives_flag")) }
    let warned: [String] = (result?.warnedChecks ?? []).map { phrases("check.\($0)") }
    return [
      "flags": .optional(flags.joined(separator: ", ")), "warned": .optional(warned.joined(separator: ", ")),
      "calm": .flag(result != nil && flags.isEmpty && warned.isEmpty),
      "alarm": .flag(!flags.isEmpty || status.state == .failed),
      "coverage": .optional(result.map(coverage)), "coverage_kind": .optional(result?.coverage.rawValue),
    ]
  }

  /// What kind of fault it is and what to do, in the language of the page; then the program's own words, which are English.
  private func fault(_ status: CaseStatus) -> [String: View] {
    let text = status.message.prefix(Self.mostLetters)
    let fault = phrases.words["batch_fault.\(status.exitCode)"] ?? phrases("batch_fault.other")
    return [
      "fault": .text(fault), "exit": .text(phrases("batch_exit", ["code": "\(status.exitCode)"])),
      "message": .optional(text.count < status.message.count ? text + "…" : String(text)),
    ]
  }

  private func coverage(_ result: CaseOutline) -> String {
    switch result.coverage {
    case .pass: phrases("coverage.pass")
    case .borderline: phrases("coverage.borderline")
    case .fail: phrases("batch_coverage_fail", count: result.failedGenes)
    case .notAssessed: phrases("coverage.not_assessed")
    }
  }

  private func pair(_ pair: RelatedSamples) -> View {
    let relation =
      switch pair.relation {
      case .samePerson: phrases("batch_same_person")
      case .firstDegree: phrases("batch_first_degree")
      }
    return .object([
      "relation": .text(relation), "case_1": .text(pair.first.caseID), "sample_1": .text(pair.first.sample),
      "case_2": .text(pair.second.caseID), "sample_2": .text(pair.second.sample),
      "kinship": .text(pair.kinship.map { phrases.localized(Number.fixed($0, places: 3)) } ?? ""),
      "concordance": .text(pair.concordance.map { phrases.localized(Number.fixed(100 * $0, places: 1)) } ?? ""),
      "sites": .text(phrases.count(pair.sites)),
    ])
  }

  /// A folder's name holds percent codes itself, whose mark an address must write as `%25`.
  private static func address(_ folder: String) -> String {
    "./\(folder.replacing("%", with: "%25"))/report.html"
  }
}
