import Foundation
import Knowledge
import Model
import Reading
import Writing

/// Turns what a source says of genes into a table beside the stores, which appears whole or not at all.
struct GeneFactBuild {
  let options: KnowledgeBuild.Options
  let session: Session

  func run(in folder: String) throws -> (table: GeneFactTable, remarks: [String]) {
    guard options.files.count == 1, let file = options.files.first else {
      throw Failure(.usage, "knowledge build genes takes one file")
    }
    let name = try KnowledgeBuild.checked(name: options.name)
    let directory = try DataDirectory.find(given: session.options.knowledge)
    var reader = GeneFactReader(genes: try GeneTable(directory: directory + "/genes"))
    let lines = try LineFile(path: file)
    while let line = try lines.next() { reader.add(String(decoding: line, as: UTF8.self)) }
    guard reader.hasHeader, !reader.facts.isEmpty else {
      throw Failure(
        .malformedInput,
        "\(file): no column of constraint (lof.oe_ci.upper, oe_lof_upper) or validity (CLASSIFICATION) beside one of gene symbols; "
          + "give gnomAD's constraint metrics or ClinGen's gene-disease validity")
    }
    guard let release = options.release ?? reader.date else {
      throw Failure(.usage, "give the release of the source by --release, for example --release 4.1")
    }
    let description = GeneFactTable.Description(
      name: name, version: release, licence: options.licence ?? "not stated", built: String(Clock.now().prefix(10)),
      source: "\(URL(fileURLWithPath: file).lastPathComponent) sha256:\(try FileDigest.sha256(of: file))")
    let path = folder + "/" + name + GeneFactTable.fileSuffix
    let aside = try AsideFile(path: path)
    do {
      try Data(GeneFactTable.bytes(description, reader.facts)).write(to: URL(fileURLWithPath: aside.temporaryPath))
    } catch {
      throw Failure(
        .inputOutput, "\(path): cannot be written (\(error.localizedDescription)); free some space and run again")
    }
    try aside.commit()
    var remarks: [String] = []
    if !reader.unknown.isEmpty {
      let names = reader.unknown.keys.sorted()
      remarks.append(
        "not in it: \(names.count) genes that HGNC does not know, such as \(names.prefix(5).joined(separator: ", "))")
    }
    if reader.silent > 0 { remarks.append("not in it: \(reader.silent) x row without constraint or validity") }
    return (try GeneFactTable(path: path), remarks)
  }
}
