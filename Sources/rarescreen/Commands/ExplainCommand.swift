import ArgumentParser
import Model
import Screening

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why a variant is, or is not, in the report.",
    discussion: HelpText.discussion(
      """
      Prints what every stage decided about the allele, with the value and the threshold that it met, each family member's \
      genotype, and each inheritance model's verdict. The allele may be written as in the input or as in the report; an allele that \
      is in no input is answered with what lies around it.
      """, examples: "explain case.yaml --variant 2-165310413-C-T"))

  @OptionGroup var subject: CaseOptions
  @Option(help: ArgumentHelp("The allele asked about.", valueName: "CHROM-POS-REF-ALT"))
  var variant: String
  @OptionGroup var own: CohortOption
  @OptionGroup var common: CommonOptions

  private struct Scan: Mergeable {
    var hits: Hits
    var traces: [AlleleTrace]
    var neighbours: [NearbyRecord]

    mutating func shift(by records: Int) {
      hits.shift(by: records)
      for index in traces.indices { traces[index].shift(by: records) }
      for index in neighbours.indices { neighbours[index].record += records }
    }

    mutating func merge(_ later: Scan) {
      hits.merge(later.hits)
      traces += later.traces
      neighbours += later.neighbours
    }
  }

  func run() throws {
    try Session.run(common) { session in
      let query = try VariantArgument(variant).allele
      let prepared = try PreparedCase(options: subject, session: session, cohort: own.cohort)
      let screen = prepared.screen
      let scanned = try prepared.scan(
        session, plan: { screen.readPlan(of: $0, size: $1, explaining: query) },
        count: { screen.count($0, of: $1, in: &$2.hits) },
        body: { screen, batch, file, lookup in
          Scan(
            hits: try screen.hits(in: batch, of: file, with: lookup),
            traces: screen.traces(of: query, in: batch, of: file, with: lookup),
            neighbours: screen.neighbours(of: query, in: batch, of: file))
        })
      let hits = scanned.results.map(\.hits)
      let reads = try prepared.reads(of: hits, session)
      let explanation = try prepared.screen.explain(
        query, traces: scanned.results.flatMap(\.traces), neighbours: scanned.results.flatMap(\.neighbours), hits: hits,
        witnesses: reads.witnesses)
      let page = ExplanationPage(
        explanation, subject: prepared.subject, targets: prepared.targets, files: prepared.fileNames,
        readings: try prepared.readings(of: explanation.normalised, heard: reads.heard, session),
        remarks: reads.checks.filter { $0.outcome != .pass }.map(\.message) + reads.warnings)
      try StandardOutput.write(page.text)
    }
  }
}

/// An allele as people type it: `2-165310413-C-T`, `chr2:165310413:C:T`, `2:165310413 C>T`.
struct VariantArgument {
  let allele: Allele

  /// - Parameter name: what the argument is called in a message.
  init(_ text: String, name: String = "--variant") throws(Failure) {
    do throws(Allele.TextFault) {
      allele = try Allele(text: text)
    } catch {
      switch error {
      case .parts:
        throw Failure(
          .usage, "\(name) '\(text)' is not an allele; write CHROM-POS-REF-ALT, for example 2-165310413-C-T")
      case .bases:
        throw Failure(
          .usage, "\(name) '\(text)': REF and ALT are made of A, C, G, T and N, or ALT is symbolic as in <DEL>")
      }
    }
  }
}
