import Foundation
import Model
import Reading
import Writing

/// Puts the files of a run into their folder: all of them whole, or none.
struct ReportFolder {
  let path: String

  static let printedName = "report.pdf"
  /// Files that not every run leaves.
  static let optionalFiles = [
    "coverage.tsv", "gaps.bed", "depth_classes.bed", "fhir.json", "phenopacket.json", printedName,
  ]

  /// Writes everything and returns the few lines that tell a person at a terminal what was found and where to look.
  func write(_ writer: ReportWriter, _ printer: PagePrinter?, session: Session) throws -> String {
    try write(writer, besides: [], printer, isLast: true, session)
    return (["report: \(path)/report.html"] + writer.summary()).joined(separator: "\n") + "\n"
  }

  /// Writes everything, of one case among several.
  ///
  /// - Parameters:
  ///   - others: more files of the case.
  ///   - printer: where the page is wanted as PDF.
  func write(
    _ writer: ReportWriter, besides others: [OutputFile], _ printer: PagePrinter?, of session: Session
  ) throws {
    try write(writer, besides: others, printer, isLast: false, session)
  }

  /// Refuses, before anything is read, what would come out only at the end: a place where no folder can be, and one where a result
  /// would take the place of an input.
  ///
  /// - Parameter inputs: paths of all files of the run.
  func claim(inputs: [String]) throws {
    try OutputFolder.checkCanBeMade(at: path)
    var own: [FileStatus.Identity: String] = [:]
    for name in BatchCase.ownFiles + [CaseStatus.fileName, CasePart.fileName] {
      if let status = FileStatus(path: path + "/" + name) { own[status.identity] = name }
    }
    for input in inputs {
      guard let status = FileStatus(path: input), let name = own[status.identity] else { continue }
      throw Self.isInput(input, of: name, in: path)
    }
  }

  static func isInput(_ input: String, of name: String, in path: String) -> Failure {
    Failure(
      .usage,
      "\(input): is an input, and the result \(name) in \(path) would take its place; give another output folder")
  }

  /// Refuses a folder whose files would be handed on together with those of this run and may not be: what is de-identified and what
  /// is not have folders of their own.
  func check(isDeidentified: Bool) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if names.isEmpty { return }
    let data = FileManager.default.contents(atPath: path + "/" + OutputFolder.completionMark)
    let run = try? data.map { try JSONSerialization.jsonObject(with: $0) } as? [String: Any]
    let isOfSuchARun = (run?["command_line"] as? [String])?.contains("--deidentify") == true
    if !isDeidentified {
      if isOfSuchARun { throw Self.isDeidentified(path) }
      try BatchClaim(out: path, folders: []).check(isDeidentified: false)
    }
    if names.contains(Batch.fileName) || names.contains(CaseStatus.fileName) {
      throw Failure(
        .cannotCreateOutput,
        "\(path): is the folder of a batch, or of one of its cases, which 'batch --resume' would take for its own; give another folder"
      )
    }
    if !isDeidentified { return }
    if isOfSuchARun, Set(names).isSubset(of: BatchCase.ownFiles) { return }
    throw Self.isTaken(path)
  }

  static func isDeidentified(_ path: String) -> Failure {
    Failure(
      .cannotCreateOutput,
      "\(path): holds a run with --deidentify, which may have been handed on; give a new folder for one with names")
  }

  static func isTaken(_ path: String) -> Failure {
    Failure(
      .cannotCreateOutput,
      "\(path): holds files that --deidentify did not write; give a new folder, so that none of them is handed on unseen"
    )
  }

  private func write(
    _ writer: ReportWriter, besides others: [OutputFile], _ printer: PagePrinter?, isLast: Bool, _ session: Session
  ) throws {
    try session.interruption.check()
    let folder = try OutputFolder(path: path)
    do {
      let page = try writer.html()
      // Takes a while, in which a signal is heard.
      let sheet = try printer?.print(page, in: folder.path, session.interruption)
      let printed = sheet.map { [OutputFile(name: Self.printedName, bytes: $0)] } ?? []
      try session.interruption.whileWriting(isLast: isLast) {
        var pending = folder.begin()
        for file in writer.files(page: page) + printed + others { try pending.add(file) }
        pending.retire(Self.optionalFiles + [SketchFile.name])
        try compress(writer.candidateRecords(), into: &pending)
        try session.interruption.check()
        try pending.commit()
      }
    } catch {
      folder.removeIfEmpty()
      throw error
    }
  }

  func write(quality report: QualityReport, of pedigree: Pedigree, session: Session) throws {
    let files = [
      OutputFile(name: "qc.json", bytes: ReportWriter.qualityJSON(report)),
      OutputFile(name: "qc_mqc.json", bytes: ReportWriter.multiQC(report, of: pedigree)),
    ]
    try session.interruption.whileWriting {
      let folder = try OutputFolder(path: path)
      do {
        try folder.write(files)
      } catch {
        folder.removeIfEmpty()
        throw error
      }
    }
  }

  /// The candidates' records as BGZF with their tabix index.
  private func compress(_ text: [UInt8], into pending: inout PendingOutput) throws {
    let records = try pending.reserve("candidates.vcf.gz")
    let index = try pending.reserve("candidates.vcf.gz.tbi")
    var writer = try BlockGzipWriter(path: records)
    try writer.write(text)
    try writer.finish()
    try BlockGzipWriter.index(records, to: index)
  }
}
