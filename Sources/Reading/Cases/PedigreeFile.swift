public import Model

/// A PED file read for its own sake, whoever of its people has a sample.
public struct PedigreeFile: Sendable {
  public let pedigree: Pedigree
  public let warnings: [Wording]

  /// - Throws: every fault of the file at once, each at its line.
  public init(path: String) throws(CaseError) {
    let text = try CaseText.read(path, as: .pedigree, reason: .malformedInput, namedAt: SourcePlace(file: path))
    let (rows, faults) = PEDReader.read(text, file: path)
    let (checked, more) = PedigreeCheck.check(rows, dialect: .ped, family: "family")
    if !(faults + more).isEmpty { throw CaseError(faults + more) }
    pedigree = Pedigree(checked.individuals)
    warnings = checked.warnings
  }
}
