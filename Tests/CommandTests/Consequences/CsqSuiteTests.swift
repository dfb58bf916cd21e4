import Foundation
import Model
import Reading
import TestSupport
import Testing

@testable import Screening

/// bcftools' own tests of `csq`: gene models, sequences, and the consequence that is expected of each allele.
///
/// `CsqWords` says how words map; introns and non-coding transcripts bcftools tells by gene. Amino acids are compared as HGVS names,
/// and of changes within the frame what comes and goes, since bcftools shows codons as far as its own window reaches.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct CsqSuiteTests {
  /// Where rarescreen tells something else on purpose, by the beginning of the case's name.
  private static let argued: KeyValuePairs = [
    "test.vcf chr9:104":
      "the introns of that transcript have one base: corrections of the frame, whose sites Ensembl does not call splice sites",
    "frame3.vcf 1:19026":
      "bcftools aligns the deletion by its first column; without shared bases it takes the acceptor's G and nothing coding",
    "splice-acceptor-donor2.vcf": "bcftools is silent, for fear of noise; the deletion lies in the intron",
    "splice-acceptor-donor5.vcf": "synonymous says nothing of a deletion that lies in the intron",
    "splice-acceptor-donor6.vcf": "bcftools is silent; the insertion lies in the intron",
    "splice-acceptor-donor9.vcf": "bcftools is silent; the insertion lies in the intron",
    "compound-lost.vcf 1:11191":
      "the start moves and stays: the same case is start_retained in the suite's later folder",
    "synon-splice-region-insert.vcf": "the donor stays as it was, as the suite remarks; bcftools sees it lost",
    "long-overlapping-del.vcf 2:18990": "whether the frame shifts depends on what is spliced once the acceptor is gone",
    "start-stop-lost.vcf": "a start codon that is all of the coding sequence is a start codon all the same",
  ]

  @Test func everyExpectedConsequenceIsToldOrItsDifferenceIsArgued() throws {
    let folder = try TemporaryFolder()
    _ = try #require(try Tool.output("tar", ["xzf", RealData.path("conformance.tar.gz"), "-C", folder.path]))
    let suite = try CsqSuite(folder: folder.path + "/conformance/bcftools", scratch: folder)
    #expect(suite.cases.count >= 45)
    var unused = Set(Self.argued.map(\.key))
    for entry in suite.cases where entry.differs {
      if let reason = Self.argued.first(where: { entry.name.hasPrefix($0.key) }) {
        unused.remove(reason.key)
        continue
      }
      Issue.record("\(entry.name): expected \(entry.expected.sorted()), told \(entry.told.sorted())")
    }
    #expect(unused.isEmpty, "no longer different: \(unused.sorted())")
  }

  /// The suite's file of phased genotypes, as a user annotates it: changes of one codon, and frames that shift and come back, on
  /// both strands. Its introns have nine bases, too few for a splice region here.
  @Test func changesOfOneHaplotypeAreToldTogether() throws {
    let scratch = try TemporaryFolder()
    _ = try #require(try Tool.output("tar", ["xzf", RealData.path("conformance.tar.gz"), "-C", scratch.path]))
    let folder = scratch.path + "/conformance/bcftools"
    _ = try Tool.output("samtools", ["faidx", folder + "/csq.fa"])
    let outcome = try Program.run([
      "annotate", folder + "/csq.vcf", "--gene-model", folder + "/csq.gff3", "--reference", folder + "/csq.fa",
      "--build",
      "GRCh37", "--quiet",
    ])
    #expect(outcome.status == 0, "\(outcome.text)")
    var joined = 0
    for line in outcome.stdout.split(separator: "\n") where line.hasPrefix("1\t") || line.hasPrefix("2\t") {
      let columns = line.split(separator: "\t").map(String.init)
      let fields = columns[7].split(separator: ";").map(String.init)
      let expected = try #require(fields.first { $0.hasPrefix("EXP=") }).dropFirst(4).split(separator: ",")
      let told = try #require(fields.first { $0.hasPrefix("CSQ=") }).dropFirst(4).split(separator: ",").map {
        $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(told.count == 1, "\(line)")
      let names = told[0][27].split(separator: "&").sorted()
      if expected.contains(where: { $0.hasPrefix("@") }) { #expect(!names.isEmpty, "\(line)") }
      for entry in expected where !entry.hasPrefix("@") && entry.split(separator: "|").count > 5 {
        let parts = entry.split(separator: "|", omittingEmptySubsequences: false)
        let changes = parts[6].split(separator: "+").sorted()
        #expect(changes.count == 1 ? names.isEmpty : names == changes, "\(line)")
        if changes.count > 1 { joined += changes.count }
        if !parts[0].contains("frameshift") { #expect(CsqSuite.differ(parts[5], told[0]) == nil, "\(line)") }
      }
    }
    #expect(joined == 16)
  }
}

/// The cases of the suite, each with what it expects and what is told, in one spelling.
struct CsqSuite {
  struct Case {
    var name: String
    var expected: Set<String>
    var told: Set<String>
    var differs: Bool { expected != told }
  }

  var cases: [Case] = []

  init(folder: String, scratch: TemporaryFolder) throws {
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: folder + "/csq").sorted() {
      let own = folder + "/csq/" + name
      guard let names = try? files.contentsOfDirectory(atPath: own).sorted(),
        let model = names.first(where: { $0.hasSuffix(".gff") }),
        let bases = names.first(where: { $0.hasSuffix(".fa") })
      else { continue }
      for variants in names where variants.hasSuffix(".vcf") {
        cases += try Self.cases(
          model: own + "/" + model, bases: own + "/" + bases, variants: own + "/" + variants, scratch: scratch)
      }
    }
  }

  /// Contigs that are no human chromosome are given the name of one: the file's places are invented anyway.
  private static func cases(model: String, bases: String, variants: String, scratch: TemporaryFolder) throws -> [Case] {
    let modelPath = scratch.path + "/model.gff"
    let basesPath = scratch.path + "/bases.fa"
    try renamed(try String(contentsOfFile: model, encoding: .utf8), isSequence: false)
      .write(toFile: modelPath, atomically: true, encoding: .utf8)
    try renamed(try String(contentsOfFile: bases, encoding: .utf8), isSequence: true)
      .write(toFile: basesPath, atomically: true, encoding: .utf8)
    try? FileManager.default.removeItem(atPath: basesPath + ".fai")
    let file = try GeneModelFile(path: modelPath, assembly: nil)
    let sequence = try SharedSequence(basesPath)
    let caller = ConsequenceCaller(
      file.model, reference: ReferenceWindow(lengths: sequence.length, fetch: sequence.bytes))
    var cases: [Case] = []
    for line in try String(contentsOfFile: variants, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#")
    {
      let columns = line.split(separator: "\t").map(String.init)
      guard let expected = Self.expected(columns[7]) else { continue }
      for alternate in columns[4].split(separator: ",") {
        let contig = try #require(Contig(name: contigName(columns[0])))
        let effects = caller.effects(
          contig, try #require(Int(columns[1])), Array(columns[3].utf8)[...], Array(alternate.utf8)[...])
        cases.append(
          Case(
            name: "\((variants as NSString).lastPathComponent) \(columns[0]):\(columns[1]) \(columns[3])>\(alternate)",
            expected: expected, told: told(effects, model: file.model)))
      }
    }
    return cases
  }

  /// How bcftools' amino acids differ from a told entry's; nil when they do not.
  static func differ(_ expected: Substring, _ entry: [String]) -> String? {
    let sides = expected.split(separator: ">").map { $0.drop(while: \.isNumber) }
    let theirs = comeAndGo(Array(sides[0].utf8), Array((sides.last ?? sides[0]).utf8))
    let own = entry[15].split(separator: "/").map { Array($0.utf8) }
    let ours = comeAndGo(own[0], own.last ?? own[0])
    return theirs == ours ? nil : theirs + " " + ours
  }

  private static func contigName(_ name: String) -> String { Contig(name: name) == nil ? "1" : name }

  private static func renamed(_ text: String, isSequence: Bool) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if isSequence {
        guard line.hasPrefix(">") else { return String(line) }
        let name = line.dropFirst().prefix { $0 != " " && $0 != "\t" }
        return ">" + contigName(String(name))
      }
      var columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard !line.hasPrefix("#"), columns.count > 8, let start = Int(columns[3]) else { return String(line) }
      columns[0] = contigName(columns[0])
      // One model was cut out of a chromosome together with what lies before its first base.
      columns[3] = "\(max(1, start))"
      return columns.joined(separator: "\t")
    }
    .joined(separator: "\n")
  }

  /// `gene|transcript|terms|amino acids`, one a transcript.
  private static func expected(_ info: String) -> Set<String>? {
    guard let field = info.split(separator: ";").first(where: { $0.hasPrefix("EXP=") })?.dropFirst(4) else {
      return nil
    }
    if field == "." { return [] }
    var terms: [String: Set<String>] = [:]
    var residues: [String: String] = [:]
    for entry in field.split(separator: ",") where !entry.hasPrefix("@") {
      let parts = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      let key = parts[1] + "|" + parts[2]
      terms[key, default: []].formUnion(parts[0].split(separator: "&").map { String($0).replacing("*", with: "") })
      if parts.count > 5, !parts[5].isEmpty { residues[key] = parts[5] }
    }
    return Set(
      terms.map { key, terms in
        let terms = terms.subtracting(["NMD_transcript"])
        let change = residues[key].map { Self.change($0, isFrameshift: terms.contains("frameshift")) }
        return key + "|" + terms.sorted().joined(separator: "&") + "|" + (change ?? "")
      })
  }

  /// bcftools' `25EPP*>25GA*` as a name, or as what comes and goes within the frame.
  private static func change(_ text: String, isFrameshift: Bool) -> String {
    let sides = text.split(separator: ">").map { $0.drop(while: \.isNumber) }
    let number = Int(text.prefix(while: \.isNumber)) ?? 0
    let reference = Array(sides[0].utf8)
    let alternate = Array((sides.last ?? sides[0]).utf8)
    if !isFrameshift, reference.count != alternate.count { return comeAndGo(reference, alternate) }
    return ProteinNaming(
      firstResidue: number, reference: reference, alternate: alternate, hasStop: alternate.last == GeneticCode.stop,
      isFrameshift: isFrameshift, before: []
    )
    .name
  }

  private static func comeAndGo(_ reference: [UInt8], _ alternate: [UInt8]) -> String {
    var (left, right) = (reference[...], alternate[...])
    while let last = left.last, last == right.last { (left, right) = (left.dropLast(), right.dropLast()) }
    while let first = left.first, first == right.first { (left, right) = (left.dropFirst(), right.dropFirst()) }
    return "-" + String(decoding: left.sorted(), as: UTF8.self) + "+" + String(decoding: right.sorted(), as: UTF8.self)
  }

  private static func told(_ effects: [TranscriptEffect], model: GeneModel) -> Set<String> {
    var told: Set<String> = []
    for effect in effects {
      let transcript = model.transcripts[effect.transcript]
      var names = CsqWords.common(effect.terms.terms.map(\.name))
      if names.isEmpty { continue }
      var id = transcript.id.prefix { $0 != "." }
      if names == ["intron"] { id = "" }
      if transcript.coding == nil { (names, id) = (["non_coding"], "") }
      told.insert(
        "\(transcript.symbol ?? "")|\(id)|\(names.sorted().joined(separator: "&"))|\(change(effect, transcript))")
    }
    return told
  }

  private static func change(_ effect: TranscriptEffect, _ transcript: TranscriptModel) -> String {
    guard let left = effect.referenceAminoAcids, let right = effect.alternateAminoAcids,
      let first = effect.proteinPosition.first, !effect.terms.contains(.startRetained)
    else { return "" }
    if effect.terms.contains(.frameshift) { return effect.proteinName ?? "" }
    // Ensembl counts a first codon of which a base is missing, bcftools does not.
    let number = first - (transcript.startPhase > 0 ? 1 : 0)
    let residues = (Array(left.utf8).filter { $0 != 45 }, Array(right.utf8).filter { $0 != 45 })
    if residues.0.count != residues.1.count { return comeAndGo(residues.0, residues.1) }
    return change("\(number)\(left)>\(number)\(right)", isFrameshift: false)
  }
}

/// A reference that closures may share.
private final class SharedSequence {
  private let reference: ReferenceSequence

  init(_ path: String) throws {
    _ = try Tool.output("samtools", ["faidx", path])
    reference = try ReferenceSequence(path: path)
  }

  func length(_ contig: Contig) -> Int? { reference.length(of: contig) }
  func bytes(_ region: Region) -> [UInt8]? { try? reference.bytes(region) }
}
