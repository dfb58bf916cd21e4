import Foundation
import Model
import TestSupport
import Testing

@testable import Screening

/// bcftools' own tests of `norm`, and the left-alignment tests of ngs-bits: every allele, split from its record, has the spelling
/// that is expected there.
///
/// Of a record with several alternates bcftools spells all together, so both sides are compared allele by allele in our normal form, and a
/// record of one alternate must stand in it already. Symbolic alleles stay as they are here: bcftools moves `<DEL>` and `<DUP>` too.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct NormSuiteTests {
  private struct Allele: Hashable {
    var contig: String
    var position: Int
    var reference: String
    var alternate: String
  }

  private struct Record: Hashable {
    /// The alternates that are spelled out, in upper case.
    var alleles: [Allele]
    /// Whether there are other alternates, of whatever kind.
    var isAlone: Bool
    /// The only alternate, spelled out; nil for any other record.
    var single: Allele? { isAlone ? alleles.first : nil }
  }

  /// Input, sequences and expected output of the runs that align to the left and leave REF as it is.
  private static let runs = [
    ("norm", "norm", "norm.out"), ("norm.split", "norm", "norm.split.and.norm.out"), ("norm.2", "norm.2", "norm.2.out"),
    ("norm.3", "norm.3", "norm.3.out"), ("norm.iupac", "norm.iupac", "norm.iupac.out"),
    ("norm.telomere", "norm", "norm.telomere.out"), ("norm.symbolic", "norm.symbolic", "norm.symbolic.1.out"),
    ("norm.symbolic.2", "norm.symbolic", "norm.symbolic.2.out"),
    ("norm.symbolic.3", "norm.symbolic.3", "norm.symbolic.3.1.out"),
    ("norm.right-align", "norm.right-align", "norm.right-align.1.out"),
    ("norm.atom-split-norm", "norm.atom-split-norm", "norm.atom-split-norm.1.out"),
  ]

  /// Where the two differ on purpose, by input and allele as it is written there.
  private static let argued: KeyValuePairs = [
    "norm 1-60-A-T":
      "REF is not the reference's: bcftools -c x leaves the record out, rarescreen ends with an error that names it",
    "norm 4-37-C-I":
      "I is no base: bcftools -c x leaves the record out, rarescreen warns of it when the file is checked",
    "norm.telomere 22-17-NN-N":
      "through unknown bases nobody knows how far an allele may move; it stays where it was called",
  ]

  @Test func allelesOfBcftoolsNorm() throws {
    let scratch = try TemporaryFolder()
    _ = try #require(try Tool.output("tar", ["xzf", RealData.path("conformance.tar.gz"), "-C", scratch.path]))
    let folder = scratch.path + "/conformance/bcftools/"
    var compared = 0
    var unused = Set(Self.argued.map(\.key))
    for (input, sequences, output) in Self.runs {
      let normaliser = try Self.normaliser(folder + sequences + ".fa")
      let theirs = try Self.records(folder + output)
      let expected = Set(theirs.flatMap(\.alleles).map { Self.normal($0, normaliser) })
      for allele in theirs.compactMap(\.single) {
        #expect(Self.normal(allele, normaliser) == allele || Self.isArgued(allele, output), "\(output)")
      }
      for allele in try Self.records(folder + input + ".vcf").flatMap(\.alleles) {
        let told = Self.normal(allele, normaliser)
        let key = "\(input) \(allele.contig)-\(allele.position)-\(allele.reference)-\(allele.alternate)"
        compared += 1
        if expected.contains(told) { continue }
        #expect(unused.remove(key) != nil, "\(key): told \(told), expected one of \(expected)")
      }
    }
    #expect(compared >= 78 && unused.isEmpty, "\(compared), no longer different: \(unused)")
  }

  /// The expected place of an allele within unknown bases, which is not ours.
  private static func isArgued(_ allele: Allele, _ output: String) -> Bool {
    output.hasPrefix("norm.telomere") && allele.reference == "NN"
  }

  /// Left-aligned by ngs-bits; the other pair of files is aligned to the right there, and spells the same alleles.
  @Test func allelesOfLeftNormalize() throws {
    let folder = RealData.path("normalise/ngsbits/VcfLeftNormalize_")
    var moved = 0
    for output in ["out1", "out2"] {
      for (given, expected) in try zip(Self.records(folder + "in1.vcf"), Self.records(folder + output + ".vcf")) {
        // Records of several alternates are left as they are there.
        guard let given = given.single, let expected = expected.single else { continue }
        let told = Self.normal(given, Self.normaliser(around: given, expected))
        #expect(told == expected, "\(given)")
        if told != given { moved += 1 }
      }
    }
    for output in ["out3", "out4"] {
      for (left, right) in try zip(Self.records(folder + "in3.vcf"), Self.records(folder + output + ".vcf")) {
        guard let left = left.single, let right = right.single else { continue }
        let normaliser = Self.normaliser(around: right, left)
        #expect(Self.normal(right, normaliser) == Self.normal(left, normaliser), "\(right)")
        if left != right { moved += 1 }
      }
    }
    #expect(moved >= 80)
  }

  /// Split by ngs-bits, in the order of the file.
  @Test func allelesOfBreakMulti() throws {
    let folder = RealData.path("normalise/ngsbits/VcfBreakMulti_")
    for number in ["1", "3"] {
      let split = try Self.records(folder + "in\(number).vcf").flatMap(\.alleles)
      #expect(try split == Self.records(folder + "out\(number).vcf").flatMap(\.alleles))
      #expect(split.count > 5)
    }
  }

  // MARK: Reading

  private static func records(_ path: String) throws -> [Record] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let columns = line.split(separator: "\t").map(String.init)
      let position = try #require(Int(columns[1]))
      let written = columns[4].split(separator: ",")
      let alleles = written.filter { AlternateKind($0.utf8) == .bases }.map {
        Allele(
          contig: columns[0], position: position, reference: columns[3].uppercased(), alternate: $0.uppercased())
      }
      return Record(alleles: alleles, isAlone: written.count == 1)
    }
  }

  private static func normal(_ allele: Allele, _ normaliser: @Sendable (String) -> AlleleNormaliser) -> Allele {
    // The suite's names of contigs say nothing of a human chromosome.
    let told = normaliser(allele.contig).normalise(.chr1, allele.position, allele.reference, allele.alternate)
    return Allele(
      contig: allele.contig, position: told.position, reference: told.reference, alternate: told.alternate)
  }

  private static func normaliser(_ path: String) throws -> @Sendable (String) -> AlleleNormaliser {
    var sequences: [String: [UInt8]] = [:]
    var name = ""
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix(">") {
        name = String(line.dropFirst().prefix { !$0.isWhitespace })
      } else {
        sequences[name, default: []] += line.uppercased().utf8
      }
    }
    return { [sequences] contig in
      AlleleNormaliser { region in
        guard let bases = sequences[contig], region.start >= 0, region.end <= bases.count else { return nil }
        return String(decoding: bases[region.start..<region.end], as: UTF8.self)
      }
    }
  }

  /// No genome is at hand, but two spellings of one indel tell what lies between them: the bases that come or go, again and again.
  /// Everything else is unknown.
  private static func normaliser(around given: Allele, _ leftmost: Allele) -> @Sendable (String) -> AlleleNormaliser {
    var known: [Int: UInt8] = [:]
    let longer =
      leftmost.reference.utf8.count > leftmost.alternate.utf8.count ? leftmost.reference : leftmost.alternate
    let unit = Array(longer.utf8.dropFirst())
    let end = given.position + given.reference.utf8.count
    for place in stride(from: leftmost.position + 1, to: end, by: 1) where !unit.isEmpty {
      known[place] = unit[(place - leftmost.position - 1) % unit.count]
    }
    for allele in [given, leftmost] {
      for (offset, base) in allele.reference.utf8.enumerated() { known[allele.position + offset] = base }
    }
    return { [known] _ in
      AlleleNormaliser { region in
        String(decoding: (region.start..<region.end).map { known[$0 + 1] ?? UInt8(ascii: "N") }, as: UTF8.self)
      }
    }
  }
}
