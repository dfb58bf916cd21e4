internal import Model
internal import Mustache

/// `compare.html` of one case: a short page of its own, self-contained, without scripts.
struct ComparisonPage {
  let report: ComparisonReport

  /// Changes that the page lists; `compare.tsv` has all.
  static let mostChanges = 200

  private var words: ComparisonWords { report.words }
  private var phrases: Phrases { report.words.phrases }

  func html() throws(WriteError) -> [UInt8] { try ComparisonTemplate.fill(view, phrases: phrases) }

  private var view: [String: View] {
    let comparison = report.comparison
    let listed = comparison.notable.prefix(Self.mostChanges)
    let rest = comparison.notable.count - listed.count
    return [
      "title": .text("\(phrases("compare_heading")) \(comparison.new.caseID)"),
      "subject": .text(phrases("compare_of_case", ["case": comparison.new.caseID])),
      "kind": .text(comparison.isCalm ? "negative" : "uncertain"), "sentence": .text(report.sentence),
      "has_runs": .flag(true),
      "runs": .list([
        run(comparison.old, named: "compare_old"), run(comparison.new, named: "compare_new"),
      ]),
      "has_inputs": .flag(!comparison.inputs.isEmpty),
      "inputs": .texts(comparison.inputs.map(words.input)),
      "untold": .texts(comparison.untold.map { phrases("compare_untold", ["input": phrases($0)]) }),
      "is_batch": .flag(false), "has_rows": .flag(!listed.isEmpty), "rows": .list(listed.map(row)),
      "more": .optional(rest > 0 ? phrases("compare_more", count: rest) : nil),
      "has_checks": .flag(!comparison.checks.isEmpty), "checks": .texts(comparison.checks.map(words.check)),
      "has_repeats": .flag(!comparison.repeats.isEmpty),
      "repeats": .texts(comparison.repeats.map(words.repeatChange)),
      "remarks": .texts(remarks),
    ]
  }

  private var remarks: [String] {
    let comparison = report.comparison
    let genes = [("compare_entered", comparison.entered), ("compare_left", comparison.left)].compactMap { key, genes in
      words.genes(genes).map { "\(phrases(key)) \($0)" }
    }
    return genes + [report.closing] + (comparison.asksForExplanation ? [phrases("compare_explain")] : [])
  }

  private func run(_ run: RunComparison.Run, named key: String) -> View {
    .object([
      "name": .text(phrases(key)), "case": .text(run.caseID), "program": .text(run.program),
      "time": .text(phrases.moment(run.finished)), "candidates": .text(phrases.count(run.candidates)),
      "misses": .text(phrases.count(run.nearMisses)), "genes": .text(phrases.count(run.genes)),
    ])
  }

  private func row(_ change: FindingChange) -> View {
    let shown = change.new ?? change.old
    return .object([
      "change": .text(phrases("change.\(change.kind.rawValue)")), "weight": .text(ComparisonJSON.name(change.weight)),
      "gene": .text(change.gene),
      "name": .optional([shown?.hgvsC, shown?.hgvsP].compactMap { $0 }.joined(separator: " ")),
      "allele": .text(change.allele), "places": .text(words.places(change)), "classes": .text(words.classes(change)),
      "details": .texts(words.details(change)), "cause": .text(words.reference(change.cause)),
    ])
  }
}

/// `compare.html` of many cases: a line a case that changed.
struct BatchComparisonPage {
  let report: BatchComparisonReport

  private var phrases: Phrases { report.phrases }

  func html() throws(WriteError) -> [UInt8] { try ComparisonTemplate.fill(view, phrases: phrases) }

  private var view: [String: View] {
    let batch = report.batch
    let isCalm = batch.lines.isEmpty && batch.troubles.isEmpty
    let rows = batch.lines.prefix(BatchComparisonReport.mostLines).map { line in
      View.object([
        "folder": .text(line.folder), "case_id": .optional(line.caseID == line.folder ? nil : line.caseID),
        "weight": .text(ComparisonJSON.name(line.weight)), "counts": .text(report.counts(line)),
        "details": .texts(report.headline(line)), "cause": .optional(report.cause(line)),
      ])
    }
    return [
      "title": .text(phrases("compare_heading")), "subject": .text(phrases("compare_of_batch")),
      "kind": .text(isCalm ? "negative" : "uncertain"), "sentence": .text(report.sentence),
      "has_runs": .flag(false), "has_inputs": .flag(!report.inputs.isEmpty), "inputs": .texts(report.inputs),
      "untold": .list([]), "is_batch": .flag(true), "has_rows": .flag(!rows.isEmpty), "rows": .list(rows),
      "more": .optional(report.more), "has_checks": .flag(false), "has_repeats": .flag(false),
      "remarks": .texts(report.remarks),
    ]
  }
}

/// The template of both pages, with the style of the report.
private enum ComparisonTemplate {
  static func fill(_ view: [String: View], phrases: Phrases) throws(WriteError) -> [UInt8] {
    let style = [PackageResources.report_css, PackageResources.compare_css].map { String(decoding: $0, as: UTF8.self) }
    let head: [String: View] = [
      "t": .object(phrases.words.mapValues { .text($0) }), "lang": .text(phrases.language.rawValue),
      "style": .markup(style.joined()),
    ]
    do {
      let template = try MustacheTemplate(string: String(decoding: PackageResources.compare_mustache, as: UTF8.self))
      return Array(template.render(View.object(head.merging(view) { $1 }).rendering).utf8)
    } catch {
      throw WriteError(.template("\(error)"), file: "compare.html", place: .rendering)
    }
  }
}
