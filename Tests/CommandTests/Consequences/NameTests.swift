import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@testable import Screening

/// Genome and transcript names of the same changes from ClinVar and dbSNP, as the HGVS package of biocommons tests them.
///
/// No genome is at hand, so each change brings its own bases along, and all others read as N, across which nothing is shifted.
/// A plain insertion or deletion is asked for on the forward strand only: there both names take the same end of a repeat. Where
/// most substitutions of a transcript disagree, its numbers have changed since, and it is left out. What was written before today's recommendations (an
/// insertion that is a duplication, an inversion as a replacement) is read as they have it.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct NameTests {
  private struct Pair {
    var assembly: Assembly
    var contig: Contig
    var change: String
    var transcript: String
    var name: String
  }

  /// How one name was told.
  private struct Answer {
    var kind: String
    var transcript: String
    var agrees: Bool
    var text: String
  }

  @Test func genomeNamesBecomeTheTranscriptNamesOfThePublicDatabases() throws {
    let genes = try GeneTable(directory: Checkout.directory + "/Panels/genes")
    let answers = try Assembly.allCases.flatMap { try Self.answers(on: $0, genes.geneModel(on: $0)) }
    let substitutions = Dictionary(grouping: answers.filter { $0.kind == "substitution" }, by: \.transcript)
    let isRenumbered = Set(
      substitutions.filter { 2 * $0.value.count(where: \.agrees) <= $0.value.count }.map(\.key))
    let compared = answers.filter { !isRenumbered.contains($0.transcript) && substitutions[$0.transcript] != nil }
    let different = compared.filter { !$0.agrees }
    #expect(isRenumbered.count * 10 < substitutions.count)
    #expect(compared.count > 4_000 && Set(compared.map(\.kind)).count == 5)
    #expect(
      100 * different.count <= compared.count,
      "\(different.count) of \(compared.count): \(different.prefix(300).map(\.text).joined(separator: "\n"))")
  }

  /// The name that a change is given on the genome is the one that it was read from.
  @Test func genomeNamesAreTheirOwn() throws {
    var kinds: Set<String> = []
    var count = 0
    for assembly in Assembly.allCases {
      for (number, pair) in try Self.pairs(assembly).enumerated() where number % 5 == 0 {
        guard let written = WrittenChange(pair.change) else { continue }
        let change = written.change(on: pair.contig)
        // A few name bases that do not change.
        if change.reference.count < written.reference.count { continue }
        let told = SequenceNaming.genomic(change, in: written.window(on: pair.contig))
        let own = "g." + Self.brief(pair.change)
        #expect(told == own || told.map { Self.isLegacy(own, $0, written) } == true, "\(pair.change): \(told ?? "")")
        kinds.insert(written.kind)
        count += 1
      }
    }
    #expect(count > 4_000 && kinds.count == 5, "\(count)")
  }

  private static func answers(on assembly: Assembly, _ model: GeneModel) throws -> [Answer] {
    let places = Dictionary(
      model.transcripts.enumerated().map { (String($0.element.id.prefix { $0 != "." }), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var answers: [Answer] = []
    // Every fifth, since names by the ten thousand take their time.
    for (number, pair) in try pairs(assembly).enumerated() where number % 5 == 0 {
      guard let place = places[pair.transcript], let written = WrittenChange(pair.change),
        pair.name.wholeMatch(of: /c\.[-*]?\d+([-+]\d+)?(_[-*]?\d+([-+]\d+)?)?([ACGT]>[ACGT]|(del|dup|ins)[A-Z0-9ins]*)/)
          != nil
      else { continue }
      let transcript = model.transcripts[place]
      guard transcript.region.contig == pair.contig, transcript.isForward || !written.isPlainIndel else { continue }
      let window = written.window(on: pair.contig)
      // What lies beside the transcript has no name there.
      guard
        let told = SequenceNaming.transcript(
          written.change(on: pair.contig), on: PlacedTranscript(place, transcript, reference: window), in: window)
      else { continue }
      answers.append(
        Answer(
          kind: written.kind, transcript: pair.transcript,
          agrees: told == brief(pair.name) || isLegacy(pair.name, told, written),
          text: "\(assembly) \(pair.change) \(transcript.id) \(pair.name): told \(told)"))
    }
    return answers
  }

  /// Names without the bases that today's recommendations leave out.
  private static func brief(_ name: String) -> String {
    name.replacing(/del[ACGT]+/, with: "del").replacing(/dup[ACGT]+/, with: "dup").replacing(
      /(del|dup)\d+/, with: { "\($0.1)" })
  }

  private static func isLegacy(_ name: String, _ told: String, _ written: WrittenChange) -> Bool {
    if written.kind == "duplication" { return told.hasSuffix("dup") && name.contains("ins") }
    let isInversion = told.hasSuffix("inv") && Bases.reverseComplement(written.reference) == written.alternate
    return isInversion && name.prefix { !$0.isLetter || $0 == "c" } == told.prefix { !$0.isLetter || $0 == "c" }
  }

  private static func pairs(_ assembly: Assembly) throws -> [Pair] {
    var pairs: [Pair] = []
    func add(_ genome: some StringProtocol, _ transcripts: [Substring]) {
      let parts = genome.split(separator: ":")
      guard parts.count == 2, let contig = Contig(name: parts[0]), assembly.refSeqAccession(of: contig) == parts[0]
      else {
        return
      }
      for name in transcripts {
        let own = name.split(separator: ":")
        if own.count == 2, own[0].hasPrefix("NM_"), own[1].hasPrefix("c.") {
          pairs.append(
            Pair(
              assembly: assembly, contig: contig, change: String(parts[1].dropFirst(2)),
              transcript: String(own[0].prefix { $0 != "." }), name: String(own[1])))
        }
      }
    }
    let folder = RealData.path("hgvs/biocommons")
    let clinVar = String(
      decoding: try #require(try Tool.output("gzip", ["-dc", folder + "/clinvar.gz"])), as: UTF8.self)
    for line in clinVar.split(whereSeparator: \.isNewline) {
      guard let names = line.split(separator: "\t").last?.split(separator: " ") else { continue }
      for genome in names where genome.hasPrefix("NC_") { add(genome, names) }
    }
    for file in try FileManager.default.contentsOfDirectory(atPath: folder + "/gcp") {
      for line in try String(contentsOfFile: folder + "/gcp/" + file, encoding: .utf8).split(
        whereSeparator: \.isNewline)
      where !line.hasPrefix("#") {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        if columns.count >= 3 { add(columns[1], [columns[2]]) }
      }
    }
    return pairs
  }
}

/// A change of a genome as HGVS writes it behind `g.`.
private struct WrittenChange {
  var kind: String
  /// 0-based, half-open; empty for an insertion and a duplication.
  var range: Range<Int>
  var reference: [UInt8]
  var alternate: [UInt8]

  init?(_ text: String) {
    if let found = text.wholeMatch(of: /(\d+)([ACGT])>([ACGT])/), let position = Int(found.1) {
      (kind, range) = ("substitution", position - 1..<position)
      (reference, alternate) = (Array(found.2.utf8), Array(found.3.utf8))
    } else if let found = text.wholeMatch(of: /(\d+)(?:_(\d+))?del([ACGT]+)(?:ins([ACGT]+))?/), let start = Int(found.1)
    {
      reference = Array(found.3.utf8)
      alternate = Array((found.4 ?? "").utf8)
      range = start - 1..<start - 1 + reference.count
      kind = alternate.isEmpty ? "deletion" : "delins"
    } else if let found = text.wholeMatch(of: /(\d+)(?:_(\d+))?dup([ACGT]+)/), let start = Int(found.1) {
      alternate = Array(found.3.utf8)
      reference = []
      range = start - 1 + alternate.count..<start - 1 + alternate.count
      kind = "duplication"
    } else if let found = text.wholeMatch(of: /(\d+)_(\d+)ins([ACGT]+)/), let start = Int(found.1) {
      alternate = Array(found.3.utf8)
      reference = []
      range = start..<start
      kind = "insertion"
    } else {
      return nil
    }
  }

  var isPlainIndel: Bool { kind != "substitution" && kind != "delins" }

  func change(on contig: Contig) -> GenomicChange {
    let trimmed = GenomicChange(contig, range.lowerBound + 1, reference[...], alternate[...])
    return trimmed ?? GenomicChange(contig, range, reference, alternate)
  }

  func window(on contig: Contig) -> ReferenceWindow {
    let isDuplication = kind == "duplication"
    let start = isDuplication ? range.lowerBound - alternate.count : range.lowerBound
    let known = isDuplication ? alternate : reference
    return ReferenceWindow(
      lengths: { _ in 400_000_000 },
      fetch: { region in
        (region.start..<region.end).map { position in
          position >= start && position < start + known.count ? known[position - start] : UInt8(ascii: "N")
        }
      })
  }
}
