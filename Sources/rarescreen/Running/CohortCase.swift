import Foundation
import Model
import Reading
import Screening

/// A case made ready for the cohort: whose variants, in which files, on which build. Panels and phenotypes play no part.
struct CohortCase: Sendable {
  let id: String
  /// Everybody whom the pedigree names, with a sample or without.
  let individuals: [Individual]
  let assembly: Assembly
  let settings: Settings
  let files: [InputFile]
  let paths: [String]
  let reference: AlleleNormaliser.Reference?
  let warnings: [Wording]

  /// - Parameter isPopulation: whether everybody in the pedigree is taken, of however many families. A case is one family.
  init(_ written: CaseFile, isPopulation: Bool = false, session: Session) throws {
    let resolved = try written.resolve()
    paths = resolved.inputs.variants
    if let path = paths.first(where: { $0 == "-" || !PreparedCase.isRegular($0) }) {
      throw Failure(
        .usage,
        "\(path == "-" ? "standard input" : path): the cohort knows a sample by the checksum of its file; give a file")
    }
    let headers = try paths.map { try VariantFile(path: $0, isStrict: session.options.strict).header }
    let names = paths.map { URL(fileURLWithPath: $0).lastPathComponent }
    let build = try PreparedCase.assembly(of: headers, named: names)
    if isPopulation, let pedigree = resolved.inputs.pedigree {
      guard let build = build ?? resolved.build?.value else { throw Failure.unknownBuild }
      let file = try PedigreeFile(path: pedigree.value)
      (assembly, individuals) = (build, file.pedigree.individuals)
      id = resolved.id?.value ?? URL(fileURLWithPath: pedigree.value).deletingPathExtension().lastPathComponent
      settings = resolved.settings
      warnings = file.warnings
    } else {
      let met = try resolved.subject(sampleNames: headers.map(\.samples), assembly: build)
      (assembly, individuals) = (met.subject.assembly, met.subject.pedigree.individuals)
      id = met.subject.id
      settings = met.subject.settings
      warnings = met.warnings
    }
    files = zip(names, headers).map { name, header in
      InputFile(
        name: name, header: header, hasForeignMitochondrion: header.assemblyEvidence.mitochondrion == .oldHG19)
    }
    reference = try resolved.inputs.reference.map { [assembly] in
      try PreparedCase.reference(path: $0.value, assembly)
    }
    let samples = Set(headers.flatMap(\.samples))
    if individuals.allSatisfy({ !samples.contains($0.id) }) {
      throw Failure(
        .malformedInput,
        "nobody in the pedigree has a sample in \(names.joined(separator: ", ")); use the sample names of the header in the pedigree"
      )
    }
  }

  /// Checksums of the files that hold each sample, by sample id.
  func digests() throws -> [String: String] {
    var digests: [String: [String]] = [:]
    for (path, file) in zip(paths, files) {
      let digest = try FileDigest.sha256(of: path)
      for sample in file.header.samples { digests[sample, default: []].append(digest) }
    }
    return digests.mapValues { Array(Set($0)).sorted().joined(separator: "+") }
  }
}
