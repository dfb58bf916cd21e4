import Foundation
import TestSupport
import Testing

/// The same family in every spelling and every cut of its files gives the same candidates.
@Suite struct DialectTests {
  let folder: TemporaryFolder
  let family: FamilyFile
  let ped = Checkout.fixture("demonstration/trio.ped")

  init() throws {
    folder = try TemporaryFolder()
    family = try FamilyFile.demonstration()
  }

  private func screen(_ files: [FamilyFile], _ more: [String] = ["--panel", "epilepsy"]) throws -> [String] {
    var arguments = ["--ped", ped]
    for (index, file) in files.enumerated() {
      arguments += ["--vcf", try folder.write("\(index).vcf", file.text)]
    }
    let (outcome, table) = try AnswerTable.screen(arguments + more, in: folder)
    try #require(outcome.status == 0, "\(outcome.text)")
    return table.answers()
  }

  /// Rows of a BED around every record, under either name of the chromosome.
  private func bed(bare: Bool) -> String {
    family.records.map { columns in
      let position = Int(columns[1]) ?? 0
      let contig = bare ? FamilyFile.bare(columns[0]) : columns[0]
      return "\(contig)\t\(position - 51)\t\(position + 50)\tregion\(position)"
    }.joined(separator: "\n") + "\n"
  }

  @Test func chromosomeNamesOfVariantsAndOfANamedPanel() throws {
    let expected = try screen([family])
    #expect(expected.contains { $0.hasPrefix("9 ") && $0.contains("STXBP1") })
    #expect(try screen([family.withBareNames()]) == expected)
  }

  @Test func chromosomeNamesOfVariantsAndOfABED() throws {
    let spelled = ["--panel", try folder.write("chr.bed", bed(bare: false))]
    let bare = ["--panel", try folder.write("bare.bed", bed(bare: true))]
    let expected = try screen([family], spelled)
    #expect(!expected.isEmpty)
    #expect(expected.contains { $0.hasPrefix("X ") })
    for panel in [spelled, bare] {
      #expect(try screen([family], panel) == expected)
      #expect(try screen([family.withBareNames()], panel) == expected)
    }
  }

  @Test func nuclearAndMitochondrialFilesAreReadAsOne() throws {
    let mitochondrial = family.keeping { $0[0] == "chrM" }
    let nuclear = family.keeping { $0[0] != "chrM" }
    #expect(!mitochondrial.records.isEmpty)
    let panels = ["--panel", "mendeliome"]
    let expected = try screen([family], panels)
    #expect(try screen([nuclear, mitochondrial], panels) == expected)
    // Each file may spell its chromosomes in its own way.
    #expect(try screen([nuclear, mitochondrial.withBareNames()], panels) == expected)
  }

  @Test func oneFileAPersonThatSaysWhoIsReference() throws {
    let expected = try screen([family])
    #expect(try screen(family.samples.map { family.of($0) }) == expected)
  }

  /// A caller of one sample writes nothing where the sample is as the reference. A gVCF's blocks tell it from no coverage.
  @Test func oneFileAPersonWithReferenceBlocks() throws {
    // A block does not say that 4 of 35 reads show the allele, so at GRIN2B the mother's mosaicism cannot be suspected.
    let isTold = { (line: String) in !line.contains("GRIN2B") }
    let expected = try screen([family]).filter(isTold)
    #expect(try screen(family.samples.map { family.of($0).withReferenceBlocks() }).filter(isTold) == expected)
  }

  /// Silence of a single-sample file is no genotype: a parent's record may be absent for want of reads.
  @Test func oneFileAPersonThatIsSilentAboutReference() throws {
    let files = family.samples.map { family.of($0).carriedOnly() }
    let doubtful = try screen(files).filter { $0.contains("STXBP1") }
    #expect(doubtful.count == 1)
    #expect(doubtful.allSatisfy { $0.contains("de_novo:POSSIBLE") && $0.contains("MOTHER=M;") })
    let trusting = try screen(files, ["--panel", "epilepsy", "--assume-ref"]).filter { $0.contains("STXBP1") }
    #expect(trusting.allSatisfy { $0.contains("de_novo:PASS") && $0.contains("MOTHER=R") })
    #expect(trusting.count == 1)
  }
}
