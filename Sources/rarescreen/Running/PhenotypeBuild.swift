import Foundation
import Knowledge
import Reading
import Writing

/// Turns the files of one HPO release into the tables that phenotypes are ranked by.
struct PhenotypeBuild {
  let files: [String]
  let session: Session

  /// Name of the folder of the tables beside the stores.
  static let folderName = "phenotype"

  /// - Parameter folder: of the stores; the tables go into a folder beside it.
  func run(in folder: String) throws -> (path: String, release: String, remarks: [String]) {
    let data = try DataDirectory.find(given: nil)
    var release = PhenotypeRelease(
      genes: try GeneTable(directory: data + "/genes"), reviewed: try ReviewedPair.load(directory: data + "/data"))
    for file in files { try read(file, into: &release) }
    let tables = try release.tables()
    let path = (folder as NSString).deletingLastPathComponent + "/" + Self.folderName
    // Each table names its release, so that what a crash leaves between two renames is refused and not believed.
    try session.interruption.whileWriting {
      try OutputFolder(path: path).write(tables.files.map { OutputFile(name: $0.name, bytes: $0.bytes) })
    }
    return (path, tables.version, tables.remarks)
  }

  private func read(_ file: String, into release: inout PhenotypeRelease) throws {
    let lines = try LineFile(path: file)
    var first: [String] = []
    var kind: PhenotypeRelease.Kind?
    while let line = try lines.next() {
      let text = String(decoding: line, as: UTF8.self)
      if let kind {
        release.add(text, of: kind)
        continue
      }
      first.append(text)
      kind = PhenotypeRelease.Kind(firstLines: [text])
      if let kind {
        if release.holds(kind) {
          throw Failure(.usage, "\(file): a second file of its kind; give each file of one release once")
        }
        for text in first { release.add(text, of: kind) }
      } else if first.count == 200 {
        break
      }
    }
    if kind == nil {
      throw Failure(
        .malformedInput,
        "\(file): none of hp.obo, phenotype.hpoa, genes_to_phenotype.txt and mondo.sssom.tsv; give these files of one release"
      )
    }
  }
}
