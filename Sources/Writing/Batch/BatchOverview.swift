public import Model

/// The files that tell of a batch as a whole.
public struct BatchOverview: Sendable {
  public let batch: Batch
  /// One for each case, in the order of the sheet.
  public let statuses: [CaseStatus]
  /// Of the samples of its cases; nil while the batch runs.
  public let comparison: SampleComparison?
  public let language: Language

  public init(batch: Batch, statuses: [CaseStatus], comparison: SampleComparison?, language: Language) {
    precondition(batch.cases.count == statuses.count, "a status for each case")
    self.batch = batch
    self.statuses = statuses
    self.comparison = comparison
    self.language = language
  }

  /// Puts the files in place, each whole; `index.html` comes last.
  public func write(to folder: OutputFolder) throws(WriteError) {
    for file in [Self.file(batch), summary, relativesTable, try page] { try folder.replace(file) }
  }

  /// `batch.json`: which cases there are, where, and of which shard.
  public static func file(_ batch: Batch) -> OutputFile {
    let shard = batch.shard.map { shard -> JSONValue in
      .object(["number": .integer(shard.number), "count": .integer(shard.count)])
    }
    let document = JSONValue.object([
      "schema_version": .string(Batch.schemaVersion), "total": .integer(batch.total), "shard": shard ?? .null,
      "sheet": .string(batch.sheet), "language": .string(batch.language),
      "cases": .array(
        batch.cases.map {
          .object(["case": .string($0.caseID), "folder": .string($0.folder), "row": .integer($0.row)])
        }),
    ])
    return OutputFile(name: Batch.fileName, bytes: document.encoded)
  }

  /// `summary.tsv`: a line a case, in the order of the sheet.
  var summary: OutputFile {
    var table = Table(columns: [
      "case", "state", "exit_code", "proband", "conclusion", "candidates", "gene", "disease", "inheritance", "variants",
      "hints", "score", "share", "failed_checks", "warned_checks", "coverage", "failed_genes", "relatives", "folder",
      "message",
    ])
    for (entry, status) in zip(batch.cases, statuses) {
      let result = status.result
      let top = result?.top
      let isOver = status.state == .done || status.state == .failed
      let message = status.message.split(separator: "\n").joined(separator: " / ")
      table.append([
        entry.caseID, status.state.rawValue, isOver ? "\(status.exitCode)" : nil, result?.proband, result?.conclusion,
        result.map { "\($0.candidates)" }, top?.gene, top?.disease, top?.models.joined(separator: ","),
        top?.variants.joined(separator: ","), top?.hints.joined(separator: ","),
        top.map { Number.short($0.total, places: 2) }, top.map { Number.short($0.share) },
        result?.failedChecks.joined(separator: ","), result?.warnedChecks.joined(separator: ","),
        result?.coverage.rawValue, result.map { "\($0.failedGenes)" }, relativeCount(of: entry), entry.folder, message,
      ])
    }
    return OutputFile(name: "summary.tsv", bytes: table.bytes)
  }

  /// `relatives.tsv`: pairs of samples of different cases that look like one person or close relatives.
  var relativesTable: OutputFile {
    var table = Table(columns: [
      "relation", "case_1", "family_1", "sample_1", "case_2", "family_2", "sample_2", "concordance", "kinship", "sites",
    ])
    for pair in comparison?.pairs ?? [] {
      table.append([
        pair.relation.rawValue, pair.first.caseID, pair.first.family, pair.first.sample, pair.second.caseID,
        pair.second.family, pair.second.sample, pair.concordance.map { Number.short($0) },
        pair.kinship.map { Number.short($0) }, "\(pair.sites)",
      ])
    }
    return OutputFile(name: "relatives.tsv", bytes: table.bytes)
  }

  /// `index.html`.
  var page: OutputFile {
    get throws(WriteError) {
      do {
        let html = try BatchPage(overview: self, phrases: Phrases(language)).html()
        return OutputFile(name: "index.html", bytes: Array(html.utf8))
      } catch {
        throw WriteError(.template("\(error)"), file: "index.html", place: .rendering)
      }
    }
  }

  /// Nil where the samples of the case were not compared with any.
  private func relativeCount(of entry: Batch.Entry) -> String? {
    guard let comparison, comparison.isCompared(entry.caseID) else { return nil }
    return "\(comparison.pairs.count { $0.first.caseID == entry.caseID || $0.second.caseID == entry.caseID })"
  }
}
