import Model
import TestSupport
import Testing

@testable import Screening

@Suite struct AlleleNormaliserTests {
  /// Bases 100…107 are GCACACAT; before them nothing repeats.
  private static let repeatReference = String(repeating: "T", count: 99) + "GCACACAT"

  private func normaliser(_ bases: String) -> AlleleNormaliser {
    let bytes = Array(bases.utf8)
    return AlleleNormaliser { region in
      String(decoding: bytes[max(0, region.start)..<min(bytes.count, region.end)], as: UTF8.self)
    }
  }

  @Test(arguments: [
    (104, "ACA", "A", "1-100-GCA-G"),  // a deletion moves to the start of its repeat
    (106, "A", "ACA", "1-100-G-GCA"),  // so does an insertion
    (100, "GCA", "G", "1-100-GCA-G"),  // and what is there stays there
    (101, "CAC", "TAC", "1-101-C-T"),  // padding on the right goes
    (100, "GCA", "GTA", "1-101-C-T"),  // padding on both sides goes
    (101, "CA", "TG", "1-101-CA-TG"),  // a substitution of two bases is never taken apart
    (102, "a", "g", "1-102-A-G"),  // lower case is upper case
    (103, "CA", "A", "1-102-AC-A"),  // an unanchored deletion gets its anchor
  ])
  func spellsAllelesInOneWay(position: Int, reference: String, alternate: String, expected: String) {
    let allele = normaliser(Self.repeatReference).normalise(.chr1, position, reference, alternate)
    #expect(allele.name == expected)
  }

  @Test func withoutAReferenceItTrimsAndDoesNotMove() {
    let allele = AlleleNormaliser().normalise(.chr1, 104, "ACAT", "AT")
    #expect(allele.name == "1-104-ACA-A")
  }

  @Test func leavesSymbolicAllelesAlone() {
    let allele = normaliser(Self.repeatReference).normalise(.chr1, 104, "A", "<DEL>", end: 200)
    #expect(allele.name == "1-104-A-<DEL>")
    #expect(allele.end == 200)
  }

  @Test func stopsAtTheStartOfTheChromosomeAndAtUnknownBases() {
    #expect(normaliser("AAAAAA").normalise(.chr1, 4, "AA", "A").name == "1-1-AA-A")
    #expect(normaliser("AANAAA").normalise(.chr1, 5, "AA", "A").name == "1-4-AA-A")
  }

  @Test func basesThatTheRecordLeavesOpenAreReadFromTheReference() {
    #expect(normaliser(Self.repeatReference).normalise(.chr1, 104, "NCA", "N").name == "1-100-GCA-G")
    #expect(normaliser(Self.repeatReference).normalise(.chr1, 102, "R", "G").name == "1-102-A-G")
    #expect(normaliser(Self.repeatReference).normalise(.chr1, 102, "R", "A").name == "1-102-R-A")
    #expect(AlleleNormaliser().normalise(.chr1, 102, "R", "G").name == "1-102-R-G")
  }

  @Test func crossesTheWindowInLongRepeats() {
    let bases = "G" + String(repeating: "A", count: 1_000)
    #expect(normaliser(bases).normalise(.chr1, 900, "AA", "A").name == "1-1-GA-G")
  }

  /// bcftools norm is asked about the same alleles on the same random sequence, rich in repeats.
  @Test(.enabled(if: Tool.isPresent("bcftools"), "bcftools is not installed"))
  func agreesWithBcftoolsNorm() throws {
    var random = SplitMix64(seed: 7)
    var bases = ""
    while bases.utf8.count < 4_000 {
      let unit = String(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in "ACGT".randomElement(using: &random) ?? "A" })
      bases += String(repeating: unit, count: Int.random(in: 1...8, using: &random))
    }
    let alleles = Self.randomAlleles(bases, &random)
    let folder = try TemporaryFolder()
    let fasta = try folder.file("ref.fa", ">1\n\(bases)\n".utf8)
    _ = try folder.file("ref.fa.fai", "1\t\(bases.utf8.count)\t3\t\(bases.utf8.count)\t\(bases.utf8.count + 1)\n".utf8)
    let header =
      "##fileformat=VCFv4.2\n##contig=<ID=1,length=\(bases.utf8.count)>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    let lines = alleles.enumerated().map { "1\t\($1.position)\t\($0)\t\($1.reference)\t\($1.alternate)\t.\t.\t.\n" }
    let input = try folder.file("in.vcf", (header + lines.joined()).utf8)
    var expected: [Int: String] = [:]
    for line in try Tool.lines("bcftools", ["norm", "-f", fasta, input]) where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t").map(String.init)
      expected[Int(fields[2]) ?? -1] = "1-\(fields[1])-\(fields[3])-\(fields[4])"
    }
    #expect(expected.count == alleles.count)
    let normaliser = normaliser(bases)
    for (index, allele) in alleles.enumerated() {
      let ours = normaliser.normalise(.chr1, allele.position, allele.reference, allele.alternate).name
      #expect(ours == expected[index], "\(allele.name)")
    }
  }

  /// Insertions, deletions and substitutions of up to five bases, with needless padding on either side.
  private static func randomAlleles(_ bases: String, _ random: inout SplitMix64) -> [Allele] {
    let bytes = Array(bases.utf8)
    return (0..<1_000).compactMap { _ in
      let start = Int.random(in: 50..<bytes.count - 50, using: &random)
      let length = Int.random(in: 1...6, using: &random)
      let reference = Array(bytes[start..<start + length])
      var alternate = Array(reference.prefix(Int.random(in: 1...length, using: &random)))
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        alternate.append(Array("ACGT".utf8).randomElement(using: &random) ?? 65)
      }
      alternate += bytes[start + length..<start + length + 3]
      let padded = reference + bytes[start + length..<start + length + 3]
      if alternate == padded { return nil }
      return Allele(
        .chr1, start + 1, String(decoding: padded, as: UTF8.self), String(decoding: alternate, as: UTF8.self))
    }
  }
}
