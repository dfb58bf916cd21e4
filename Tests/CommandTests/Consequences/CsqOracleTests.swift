import Foundation
import TestSupport
import Testing

/// `annotate` beside `bcftools csq` on a few thousand invented alleles of one gene: every substitution, and every insertion and
/// deletion that keeps away from the borders of exons, where the two disagree on purpose (see `CsqSuiteTests`).
@Suite("Consequences beside bcftools csq", .enabled(if: Tool.isPresent("bcftools"), "bcftools not found"))
struct CsqOracleTests {
  private struct Allele: Hashable, Comparable {
    var position: Int
    var reference: String
    var alternate: String
    var isSubstitution: Bool { reference.count == 1 && alternate.count == 1 }
    var key: String { "\(position) \(reference)>\(alternate)" }

    static func < (left: Allele, right: Allele) -> Bool {
      (left.position, left.reference, left.alternate) < (right.position, right.reference, right.alternate)
    }
  }

  @Test func termsAndAminoAcidsAreTheSame() throws {
    let folder = try TemporaryFolder()
    let genome = SmallGenome()
    let reference = try genome.write(to: folder)
    let model = try folder.write("model.gff3", Self.model)
    let alleles = Self.alleles(genome)
    let head =
      "##fileformat=VCFv4.2\n##contig=<ID=chrX,length=156040895>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    let raw = try folder.write(
      "raw.vcf",
      head
        + alleles.map { "chrX\t\($0.position)\t.\t\($0.reference)\t\($0.alternate)\t.\t.\t." }.joined(separator: "\n")
        + "\n")
    let theirs = Self.records(
      String(
        decoding: try #require(try Tool.output("bcftools", ["csq", "-l", "-f", reference, "-g", model, raw])),
        as: UTF8.self),
      "BCSQ=")
    let outcome = try Program.run(["annotate", raw, "--reference", reference, "--gene-model", model, "--quiet"])
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let ours = Self.records(outcome.stdout, "CSQ=")
    var compared = 0
    for allele in alleles where allele.isSubstitution || Self.isFarFromBorders(allele, genome) {
      let expected = Self.expected(theirs[allele.key] ?? "", isShort: allele.isSubstitution)
      let told = Self.told(ours[allele.key] ?? "", isShort: allele.isSubstitution)
      compared += 1
      #expect(expected == told, "\(allele.key): \(theirs[allele.key] ?? "") \(ours[allele.key] ?? "")")
    }
    #expect(compared > 2_000)
  }

  /// The alleles around every exon, drawn by a fixed rule.
  private static func alleles(_ genome: SmallGenome) -> [Allele] {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var alleles: Set<Allele> = []
    for exon in SmallGenome.exons {
      for _ in 0..<700 {
        let position = exon.lowerBound - 20 + next(min(exon.count, 400) + 40)
        let base = genome.reference(position)
        let count = 1 + next(9)
        switch next(4) {
        case 0, 1:
          let other = ["A", "C", "G", "T"].filter { $0 != base }[next(3)]
          alleles.insert(Allele(position: position, reference: base, alternate: other))
        case 2:
          alleles.insert(Allele(position: position, reference: genome.reference(position, count + 1), alternate: base))
        default:
          let added = String((0..<count).map { _ in ["A", "C", "G", "T"][next(4)] }.joined())
          alleles.insert(Allele(position: position, reference: base, alternate: base + added))
        }
      }
    }
    return alleles.sorted()
  }

  /// Away from where exons, the coding sequence, start and stop end, by more than a repeat of the sequence reaches.
  private static func isFarFromBorders(_ allele: Allele, _ genome: SmallGenome) -> Bool {
    let borders =
      SmallGenome.exons.flatMap { [$0.lowerBound, $0.upperBound] } + [
        SmallGenome.coding.lowerBound, SmallGenome.coding.lowerBound + 3, SmallGenome.coding.upperBound - 3,
        SmallGenome.coding.upperBound,
      ]
    return borders.allSatisfy { abs($0 - allele.position) > 24 }
  }

  private static func records(_ text: String, _ key: String) -> [String: String] {
    var records: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t")
      let field = columns[7].split(separator: ";").first { $0.hasPrefix(key) }
      records["\(columns[1]) \(columns[3])>\(columns[4])"] = String(field?.dropFirst(key.count) ?? "")
    }
    return records
  }

  /// Terms and, for substitutions of the coding sequence, amino acids.
  private static func expected(_ field: String, isShort: Bool) -> String {
    var terms: Set<String> = []
    var residues = ""
    for entry in field.split(separator: ",") {
      let parts = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      terms.formUnion(parts[0].split(separator: "&").map(String.init))
      if parts.count > 5 { residues = parts[5] }
    }
    return brief(terms) + (isShort ? " " + letters(residues) : "")
  }

  private static func told(_ field: String, isShort: Bool) -> String {
    let parts = field.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 17 else { return isShort ? " " : "" }
    let terms = Set(parts[1].split(separator: "&").map(String.init))
    return brief(terms) + (isShort ? " " + parts[15].replacing("/", with: "") : "")
  }

  private static func letters(_ residues: String) -> String { residues.filter { $0.isLetter || $0 == "*" } }

  /// In the words that both have: bcftools calls every change within the frame an insertion or a deletion, and tells a shifted
  /// frame that stops at once as shifted.
  private static func brief(_ terms: Set<String>) -> String {
    var terms = CsqWords.common(terms)
    if terms.contains("frameshift") { terms.remove("stop_gained") }
    if !terms.isDisjoint(with: ["inframe_insertion", "inframe_deletion", "protein_altering"]) {
      terms.subtract(["inframe_insertion", "inframe_deletion", "protein_altering"])
      terms.insert("in frame")
    }
    return terms.sorted().joined(separator: "&")
  }

  private static var model: String {
    let start = SmallGenome.exons[0].lowerBound
    let end = SmallGenome.exons[SmallGenome.exons.count - 1].upperBound
    var lines = ["##gff-version 3"]
    func add(_ type: String, _ range: Range<Int>, _ attributes: String, phase: String = ".") {
      lines.append("chrX\t.\t\(type)\t\(range.lowerBound + 1)\t\(range.upperBound)\t.\t+\t\(phase)\t\(attributes)")
    }
    add("gene", start..<end, "ID=gene:ENSG1;Name=SHOX;biotype=protein_coding")
    add("transcript", start..<end, "ID=transcript:ENST1;Parent=gene:ENSG1;biotype=protein_coding")
    var before = 0
    for exon in SmallGenome.exons {
      add("exon", exon, "Parent=transcript:ENST1")
      let coding = exon.clamped(to: SmallGenome.coding)
      if exon.lowerBound < coding.lowerBound {
        add("five_prime_UTR", exon.lowerBound..<coding.lowerBound, "Parent=transcript:ENST1")
      }
      if coding.upperBound < exon.upperBound {
        add("three_prime_UTR", coding.upperBound..<exon.upperBound, "Parent=transcript:ENST1")
      }
      add("CDS", coding, "Parent=transcript:ENST1", phase: "\((3 - before % 3) % 3)")
      before += coding.count
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
