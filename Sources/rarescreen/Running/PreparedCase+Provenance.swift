import Foundation
import Knowledge
import Model
import Reading
import Screening
import Writing

extension PreparedCase {
  /// What made this run, with the checksum of each input.
  ///
  /// - Parameter dress: files that the report is dressed by.
  func provenance(
    started: String, arguments: [String], dress: [(role: String, path: String)]
  ) throws -> Provenance {
    Provenance(
      program: "rarescreen", version: Version.number, htslibVersion: HTSlib.version, platform: Version.platform,
      commandLine: Self.recorded(arguments), inputs: try inputFiles() + dress.map { try file($0.role, $0.path) },
      stores: screen.stores.map { store in
        Provenance.Store(
          name: store.metadata.name, kind: store.metadata.kind.rawValue, version: store.metadata.version,
          licence: store.metadata.licence, built: store.metadata.built, alleles: store.metadata.alleles,
          fingerprint: store.fingerprint, sources: store.metadata.sources.map { ($0.name, $0.sha256) })
      } + geneTables.map(Self.provenance(of:)),
      phenotypeRelease: screen.phenotypeRelease, settings: SettingKey.list(subject.settings), started: started,
      finished: Clock.now())
  }

  private static func provenance(of table: GeneFactTable) -> Provenance.Store {
    let told = table.description
    let source = told.source.components(separatedBy: " sha256:")
    return Provenance.Store(
      name: told.name, kind: "genes", version: told.version, licence: told.licence, built: told.built,
      alleles: table.facts.count, fingerprint: table.fingerprint,
      sources: [(source[0], source.count > 1 ? source[1] : "")])
  }

  private func inputFiles() throws -> [Provenance.InputFile] {
    var files: [Provenance.InputFile] = []
    if let path = inputs.caseFile { files.append(try file("case", path)) }
    if let path = inputs.review { files.append(try file("review", path)) }
    for (path, header) in zip(inputs.variants, headers) {
      files.append(try file("variants", path, samples: header.samples))
    }
    if let pedigree = inputs.pedigree { files.append(try file("pedigree", pedigree.value)) }
    if let reference = inputs.reference { files.append(try file("reference index", reference.value + ".fai")) }
    for member in alignments.members {
      let samples = member.file.samples.map { deidentifier?.pseudonyms.token(of: $0, as: .person) ?? $0 }
      var reads = try file("alignment", member.file.path, samples: samples)
      reads.member = subject.pedigree.individuals[member.position].id
      files.append(reads)
      files.append(try file("alignment index", member.file.indexPath))
    }
    if let cohort { files.append(try file("cohort", cohort.path)) }
    for panel in panelPaths { files.append(try file("panel", panel)) }
    if let phenotypeDirectory {
      for name in PhenotypeData.tables { files.append(try file("phenotypes", phenotypeDirectory + "/" + name)) }
    }
    return files
  }

  private static let mostHashedBytes = 1 << 30

  /// Few words, which somebody could try out until the checksum fits.
  private static let guessable: Set<String> = ["case", "review", "pedigree"]

  /// A pipe is gone once it was read: it has no checksum.
  private func file(_ role: String, _ path: String, samples: [String] = []) throws -> Provenance.InputFile {
    // What comes with the program names nobody.
    let isOwn =
      deidentifier == nil || (deidentifier?.knownName(of: path) == nil && ["panel", "phenotypes"].contains(role))
    let plain = path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
    let name = isOwn ? plain : deidentifier?.name(of: path) ?? plain
    func input(bytes: Int, digest: String) -> Provenance.InputFile {
      Provenance.InputFile(role: role, name: name, bytes: bytes, digest: digest, samples: samples)
    }
    if path == "-" { return input(bytes: 0, digest: "") }
    guard let status = FileStatus(path: path) else {
      // Read whole before it went.
      if let place = inputs.variants.firstIndex(of: path), let size = opened.sizes[place],
        let digest = try digests[path]?.value()
      {
        return input(bytes: size, digest: deidentifier != nil && Self.guessable.contains(role) ? "" : digest)
      }
      throw Failure(.missingInput, "\(path): vanished while the case was screened; put it back and run again")
    }
    if !status.isRegular { return input(bytes: 0, digest: "") }
    let size = status.bytes
    // The checksum of a genome's reads would take longer than everything else; its index, which has one, fits no other file.
    if role == "alignment", size > Self.mostHashedBytes { return input(bytes: size, digest: "") }
    if deidentifier != nil, Self.guessable.contains(role) { return input(bytes: size, digest: "") }
    return input(bytes: size, digest: try digests[path]?.value() ?? FileDigest.sha256(of: path))
  }

  /// Whether the path, after links, is a file that can be read again.
  static func isRegular(_ path: String) -> Bool { FileStatus(path: path)?.isRegular ?? false }

  /// In place of the name of a file that may be named after the patient.
  private static let maskedName = "(not recorded)"

  /// The command line without what a result cannot depend on: the number of threads, and folders, which may name people and
  /// hospitals; of every path only the last part is kept.
  static func recorded(_ arguments: [String]) -> [String] {
    var kept: [String] = []
    var last = ""
    for argument in arguments {
      if last == "--identified" {
        kept.append(maskedName)
      } else if argument.hasPrefix("--identified=") {
        kept.append("--identified=" + maskedName)
      } else if last != "--threads", argument != "--threads", !argument.hasPrefix("--threads=") {
        kept.append(argument)
      }
      last = argument
    }
    return kept.map { argument in
      argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
        part.contains("/") ? String(part.split(separator: "/").last ?? "/") : String(part)
      }.joined(separator: "=")
    }
  }
}
