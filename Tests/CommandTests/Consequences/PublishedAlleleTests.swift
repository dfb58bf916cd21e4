import Foundation
import Knowledge
import Model
import TestSupport
import Testing

@testable import Screening

/// Alleles of published patients, each with its place on GRCh38 and its name on a RefSeq transcript, judged on the bundled MANE
/// transcripts without any sequence: what the coordinates alone decide.
@Suite(.enabled(if: RealData.isPresent, RealData.absence)) struct PublishedAlleleTests {
  private struct Published: Hashable {
    var contig: Contig
    var position: Int
    var reference: String
    var alternate: String
    /// `NM_…` without its version.
    var transcript: String
    /// Behind the colon, for example `c.1283G>A`.
    var name: String
    /// Behind the colon, empty where it is not told.
    var protein: String
  }

  /// What a name says of the kind of change, as far as coordinates alone decide it.
  private enum Kind: String {
    case acceptor, donor, intron, frameshift, insertion, deletion
  }

  @Test func kindsOfIndelsAndSpliceVariantsAreThoseOfTheirNames() throws {
    let (model, alleles) = try Self.alleles()
    var counted = 0
    var agreed = 0
    var different: [String] = []
    for allele in alleles {
      guard let kind = Self.kind(of: allele), let effect = Self.effect(of: allele, model) else { continue }
      counted += 1
      if Self.agrees(effect, with: kind) {
        agreed += 1
      } else {
        different.append(
          "\(allele.transcript):\(allele.name) \(allele.protein): \(kind), told \(effect.terms.terms.map(\.name))")
      }
    }
    #expect(counted > 900)
    #expect(Double(agreed) >= 0.99 * Double(counted), "\(agreed) of \(counted): \(different.sorted())")
  }

  @Test func substitutionsHaveTheirPublishedNames() throws {
    let (model, alleles) = try Self.alleles()
    var counted = 0
    var different: [String] = []
    for allele in alleles where allele.reference.count == 1 && allele.alternate.count == 1 {
      guard let effect = Self.effect(of: allele, model) else { continue }
      counted += 1
      if effect.transcriptName != allele.name {
        different.append("\(allele.transcript):\(allele.name), told \(effect.transcriptName ?? "nothing")")
      }
    }
    #expect(counted > 2_000)
    #expect(100 * different.count <= counted, "\(different.count) of \(counted): \(different.sorted())")
  }

  private static func agrees(_ effect: TranscriptEffect, with kind: Kind) -> Bool {
    let terms = effect.terms
    return switch kind {
    case .acceptor: terms.contains(.spliceAcceptor)
    case .donor: terms.contains(.spliceDonor)
    case .intron: terms.contains(.intron) && terms.isDisjoint(with: [.spliceDonor, .spliceAcceptor])
    case .frameshift: terms.contains(.frameshift)
    case .insertion: terms.contains(.inframeInsertion)
    case .deletion: terms.contains(.inframeDeletion)
    }
  }

  private static func effect(of allele: Published, _ model: GeneModel) -> TranscriptEffect? {
    let caller = ConsequenceCaller(model, reference: nil)
    let effects = caller.effects(
      allele.contig, allele.position, Array(allele.reference.utf8)[...], Array(allele.alternate.utf8)[...])
    return effects.first { model.transcripts[$0.transcript].id.prefix { $0 != "." } == allele.transcript }
  }

  private static func kind(of allele: Published) -> Kind? {
    let name = allele.name.dropFirst(2)
    let isIndel = name.contains("del") || name.contains("dup") || name.contains("ins")
    let places = name.prefix { !$0.isLetter && $0 != ">" }.split(separator: "_")
    let offsets = places.map { place in
      place.dropFirst().firstIndex { $0 == "+" || $0 == "-" }.flatMap { Int(place[$0...]) } ?? 0
    }
    if offsets.allSatisfy({ $0 != 0 }) {
      // A change that reaches from a site into the intron, or an insertion at its edge, is told by its bases.
      guard offsets.count == 1 else { return nil }
      return switch offsets[0] {
      case 1, 2: isIndel ? nil : .donor
      case -2, -1: isIndel ? nil : .acceptor
      default: abs(offsets[0]) > 2 && !isIndel ? .intron : nil
      }
    }
    guard isIndel, offsets.allSatisfy({ $0 == 0 }), places.allSatisfy({ $0.first?.isNumber == true }) else {
      return nil
    }
    // Names of proteins that start or stop elsewhere, or that nobody worked out, tell nothing of the frame.
    if ["Met1", "ext", "?", "Ter"].contains(where: allele.protein.contains), !allele.protein.contains("fs") {
      return nil
    }
    let change = allele.alternate.utf8.count - allele.reference.utf8.count
    if change % 3 != 0 { return .frameshift }
    return change == 0 ? nil : change > 0 ? .insertion : .deletion
  }

  private static func alleles() throws -> (GeneModel, [Published]) {
    let folder = try TemporaryFolder()
    _ = try #require(
      try Tool.output("tar", ["xzf", RealData.path("phenotype/phenopacket-store.tar.gz"), "-C", folder.path]))
    var alleles: Set<Published> = []
    for path in folder.files() where path.hasSuffix(".json") {
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
      Self.collect(json, into: &alleles)
    }
    let genes = try GeneTable(directory: Checkout.directory + "/Panels/genes")
    return (genes.geneModel(on: .grch38), Array(alleles))
  }

  /// Every variation descriptor, wherever it stands.
  private static func collect(_ json: Any, into alleles: inout Set<Published>) {
    if let list = json as? [Any] { for element in list { collect(element, into: &alleles) } }
    guard let object = json as? [String: Any] else { return }
    guard let record = object["vcfRecord"] as? [String: Any] else {
      for value in object.values { collect(value, into: &alleles) }
      return
    }
    let expressions = (object["expressions"] as? [[String: String]] ?? [])
      .reduce(into: [:]) { $0[$1["syntax"] ?? ""] = $1["value"] }
    let name = (expressions["hgvs.c"] ?? "").split(separator: ":").map(String.init)
    guard name.count == 2, record["genomeAssembly"] as? String == "hg38",
      let contig = (record["chrom"] as? String).flatMap({ Contig(name: $0) }),
      let position = (record["pos"] as? Int) ?? (record["pos"] as? String).flatMap(Int.init),
      let reference = record["ref"] as? String, let alternate = record["alt"] as? String
    else { return }
    alleles.insert(
      Published(
        contig: contig, position: position, reference: reference, alternate: alternate,
        transcript: String(name[0].prefix { $0 != "." }), name: name[1],
        protein: expressions["hgvs.p"]?.split(separator: ":").last.map(String.init) ?? ""))
  }
}
