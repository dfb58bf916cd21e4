import Knowledge
import Model
import Reading

/// Finds the regions of panels and BED files for a file that is to be filtered.
struct PlaceFinder: Sendable {
  /// What is wrong with the build is told where a place is looked for.
  private let build: Result<Assembly, Failure>
  private let knowledge: String?
  private let warn: @Sendable ([String]) -> Void

  init(_ options: FilterOptions, header: VariantHeader, session: Session) {
    build = Result { () throws(Failure) in try .of(header, named: options.build) }
    knowledge = session.options.knowledge
    warn = { session.warn($0) }
  }

  /// For inputs whose build is known already.
  init(assembly: Assembly, session: Session) {
    build = .success(assembly)
    knowledge = session.options.knowledge
    warn = { session.warn($0) }
  }

  func regions(ofPanel name: String) throws -> RegionSet { try regions(ofPanels: [name]) }

  /// The regions of the panels' genes, with the margin that `screen` gives them.
  func regions(ofPanels names: [String]) throws -> RegionSet {
    let directory = try DataDirectory.find(given: knowledge)
    let library = PanelLibrary(directories: [directory])
    let files = try names.map { name in
      try PanelFile.opened(name) { library }
    }
    let assembly = try assembly()
    for file in files { try check(file, assembly) }
    let targets = try GeneTable(directory: directory + "/genes")
      .targets(panels: files.map(\.panel), assembly: assembly, settings: Settings())
    warn(files.flatMap { file in file.notes.map { "panel \(file.panel.name): \($0.words)" } })
    if !targets.unplaced.isEmpty {
      warn([
        "\(targets.unplaced.count) panel genes have no coordinates on \(assembly), so that no record is found for them: "
          + targets.unplaced.joined(separator: ", ")
      ])
    }
    return targets.screened
  }

  func regions(ofBED path: String) throws -> RegionSet { try regions(ofBEDs: [path]) }

  /// The rows of BED files as they stand, without a margin.
  func regions(ofBEDs paths: [String]) throws -> RegionSet {
    var regions: [Region] = []
    for path in paths {
      let file = try PanelFile.read(path: path)
      guard file.form == .bed else {
        throw Failure(.malformedInput, "\(path): not a BED file; give a gene panel by --panel")
      }
      if let assembly = try? assembly() { try check(file, assembly) }
      warn(file.notes.map { "\(path): \($0.words)" })
      regions += file.panel.regions.map(\.region)
    }
    return RegionSet(regions)
  }

  private func check(_ file: PanelFile, _ assembly: Assembly) throws(Failure) {
    if file.assemblies.contains(assembly) { return }
    let fits = file.assemblies.map(\.rawValue).joined(separator: " or ")
    throw Failure(
      .malformedInput,
      "\(file.path): its coordinates fit \(fits.isEmpty ? "no known build" : fits), but the variants are on \(assembly); "
        + "give it in the variants' build")
  }

  private func assembly() throws(Failure) -> Assembly { try build.get() }
}

extension Assembly {
  /// The build that `--build` names, in any usual spelling.
  init(flag build: String) throws(Failure) {
    guard let assembly = Assembly(name: build) else {
      throw Failure(.usage, "--build '\(build)' is not known; write GRCh37 or GRCh38")
    }
    self = assembly
  }

  /// The build that is named, else the one that the contig lengths of the header speak for.
  static func of(_ header: VariantHeader, named build: String?) throws(Failure) -> Assembly {
    if let build {
      let assembly = try Assembly(flag: build)
      if case .assembly(let found) = header.assemblyEvidence.finding, found != assembly {
        throw Failure(
          .malformedInput,
          "--build \(assembly), but the input is on \(found) (\(header.assemblyEvidence.reasons.joined(separator: "; "))); leave "
            + "--build out")
      }
      return assembly
    }
    if case .assembly(let assembly) = header.assemblyEvidence.finding { return assembly }
    throw .unknownBuild
  }
}
