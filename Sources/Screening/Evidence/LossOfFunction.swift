internal import Model

/// PVS1: a change that is expected to destroy the gene's product, in a gene whose loss causes disease.
///
/// Source: Abou Tayoun et al. 2018 (doi:10.1002/humu.23626), Figure 1; nonsense-mediated decay as in Ensembl VEP's NMD plugin.
/// What the tree asks about regions critical to function and about frequent loss-of-function alleles of an exon is not known
/// here; such branches take the answer "unknown" and say so.
struct LossOfFunction {
  let variant: Variant
  let consequence: Consequence
  let gene: TargetGene

  private static let rule: Wording = "PVS1 decision tree (Abou Tayoun et al. 2018, ClinGen SVI)"

  /// Coding bases from the start, and exon lengths, within which decay is uncertain. Source: Lindeboom et al. 2019
  /// (doi:10.1038/s41588-019-0517-5); the VEP NMD plugin draws the same lines at 101 and 407 bases.
  private static let earlyCodingBases = 150
  private static let longExon = 400
  /// A stop within so many bases of the last exon junction, or behind it, escapes decay.
  private static let lastJunctionBases = 50

  var criterion: Criterion? {
    guard variant.allele.contig != .mitochondrion, isOnCodingTranscript, let mechanism else { return nil }
    guard var finding = self.finding else { return nil }
    if mechanism.isAssumed {
      finding.lower(because: "loss of function is not stated as the gene's mechanism: one step down [E]")
    }
    if let note = mechanism.note { finding.notes.append(note) }
    if let constraint = gene.facts.constraint { finding.notes.append(constraint) }
    if gene.confidence == .amber { finding.cap(.strong, because: "gene-disease evidence is moderate (amber)") }
    return Criterion(
      "PVS1", finding.strength, evidence: finding.evidence, rule: Self.rule,
      note: finding.notes.isEmpty ? nil : finding.notes.joined(separator: "; "))
  }

  // MARK: Gene

  private struct Mechanism {
    var isAssumed = false
    var note: Wording?
  }

  /// nil when loss of function is not how the gene causes disease.
  private var mechanism: Mechanism? {
    // "Gene-disease validity at least moderate"; a gene that ClinGen has not judged is judged by the panel.
    guard gene.confidence != .red, gene.facts.validity.map({ $0 >= .moderate }) ?? true else { return nil }
    if gene.mechanisms.contains(.lossOfFunction) { return Mechanism() }
    if gene.mechanisms.contains(.gainOfFunction) || gene.mechanisms.contains(.dominantNegative) { return nil }
    // A recessive disease is caused by loss, save for rare exceptions; a dominant one may be caused by anything.
    let isRecessive = gene.modes.contains { $0.isPurelyBiallelic || $0 == .dominantAndRecessive }
    return isRecessive
      ? Mechanism(note: "mechanism not stated; loss of function taken from the recessive mode of inheritance")
      : Mechanism(isAssumed: true)
  }

  private var isOnCodingTranscript: Bool {
    (consequence.biotype == nil || consequence.isProteinCoding) && !consequence.has("NMD_transcript_variant")
  }

  // MARK: Tree

  /// A strength on its way through the tree.
  private struct Finding {
    var strength: EvidenceStrength
    var evidence: Wording
    var notes: [Wording] = []

    mutating func lower(because reason: Wording) {
      strength =
        switch strength {
        case .veryStrong, .standAlone: .strong
        case .strong: .moderate
        case .moderate, .supporting: .supporting
        }
      notes.append(reason)
    }

    mutating func cap(_ ceiling: EvidenceStrength, because reason: Wording) {
      if strength.points > ceiling.points { strength = ceiling }
      notes.append(reason)
    }
  }

  private var finding: Finding? {
    if consequence.has("transcript_ablation") {
      return Finding(strength: .veryStrong, evidence: "the whole transcript is deleted")
    }
    if consequence.has("exon_loss_variant") {
      return Finding(
        strength: .strong, evidence: "exon deleted", notes: ["reading frame behind the deletion not evaluable"])
    }
    if consequence.has("start_lost") {
      return Finding(
        strength: .supporting, evidence: "start codon lost",
        notes: ["pathogenic variants upstream of the next in-frame methionine were not looked for"])
    }
    if consequence.has("stop_gained", "frameshift_variant") { return truncation }
    if consequence.has("splice_acceptor_variant", "splice_donor_variant") { return spliceSite }
    return nil
  }

  private var truncation: Finding? {
    let kind: Wording = consequence.has("stop_gained") ? "stop gained" : "frameshift"
    if let own = gene.transcript(of: consequence), let place = ExonPlace(of: variant.allele, on: own) {
      return truncation(kind, at: place)
    }
    // The told transcript is not in the gene's table: the change must at least hit a relevant transcript's coding exon.
    if !gene.transcripts.isEmpty, !gene.transcripts.contains(where: touchesCoding) { return nil }
    return truncationByAnnotation(kind)
  }

  private func touchesCoding(_ transcript: Transcript) -> Bool {
    transcript.region.contig == variant.allele.contig
      && transcript.codingParts.contains { $0.overlaps(variant.allele.changedBases) }
  }

  private func truncation(_ kind: Wording, at place: ExonPlace) -> Finding {
    let evidence: Wording = "\(kind) in exon \(place.exon)/\(place.exonCount)"
    if let reason = decayEscape(at: place) {
      return withoutDecay("\(evidence), \(reason)", removed: removedShare(at: place))
    }
    var finding = Finding(strength: .veryStrong, evidence: evidence + ", decay expected")
    if let before = place.codingBefore, before < Self.earlyCodingBases {
      finding.lower(because: "within the first \(Self.earlyCodingBases) coding bases: decay uncertain")
    } else if place.exonLength > Self.longExon {
      finding.lower(because: "exon of \(place.exonLength) bases (> \(Self.longExon)): decay uncertain")
    }
    return finding
  }

  private func decayEscape(at place: ExonPlace) -> Wording? {
    if place.exonCount == 1 { return "single exon, no decay" }
    if place.exon == place.exonCount { return "last exon, no decay" }
    let isNearJunction = place.exon == place.exonCount - 1 && place.basesToEnd < Self.lastJunctionBases
    return isNearJunction ? "last \(Self.lastJunctionBases) bases of the penultimate exon, no decay" : nil
  }

  private func truncationByAnnotation(_ kind: Wording) -> Finding {
    guard let (exon, count) = Self.place(consequence.exon) else {
      var finding = Finding(strength: .veryStrong, evidence: kind)
      finding.cap(.strong, because: "NMD not evaluable: no exon number")
      return finding
    }
    let evidence: Wording = "\(kind) in exon \(exon)/\(count)"
    if exon == count {
      return withoutDecay(
        evidence + (count == 1 ? ", single exon, no decay" : ", last exon, no decay"), removed: removedShareByAnnotation
      )
    }
    var finding = Finding(strength: .veryStrong, evidence: evidence + ", decay expected")
    if let position = consequence.codingPosition ?? consequence.proteinPosition.map({ $0 * 3 }) {
      if position <= Self.earlyCodingBases {
        finding.lower(because: "within the first \(Self.earlyCodingBases) coding bases: decay uncertain")
      } else if exon == count - 1 {
        finding.cap(.strong, because: "NMD not evaluable: distance from the end of the penultimate exon unknown")
      }
    } else {
      finding.cap(.strong, because: "NMD not evaluable: no position in the coding sequence")
    }
    return finding
  }

  /// The branch without decay: how much of the protein is lost decides.
  private func withoutDecay(_ evidence: Wording, removed: Double?) -> Finding {
    guard let removed else {
      return Finding(strength: .moderate, evidence: evidence, notes: ["share of the protein removed unknown"])
    }
    let percent = EvidenceWording.score((removed * 1_000).rounded() / 10)
    return Finding(
      strength: removed >= 0.10 ? .strong : .moderate, evidence: evidence + ", removes \(percent) % of the protein",
      notes: ["role of the removed part unknown"])
  }

  private func removedShare(at place: ExonPlace) -> Double? {
    guard let before = place.codingBefore, place.codingLength > 0 else { return removedShareByAnnotation }
    return Double(place.codingLength - before) / Double(place.codingLength)
  }

  private var removedShareByAnnotation: Double? {
    if let position = consequence.proteinPosition, let length = consequence.proteinLength, length > 0 {
      return Self.share(from: position, of: length)
    }
    if let position = consequence.codingPosition, let length = consequence.codingLength, length > 0 {
      return Self.share(from: position, of: length)
    }
    return nil
  }

  /// Share from a position (from 1) to the end. Whole numbers are subtracted, not shares, so that a tenth is a tenth.
  private static func share(from position: Int, of length: Int) -> Double {
    min(1, max(0, (Double(length) - Double(position) + 1) / Double(length)))
  }

  // MARK: Splice sites

  private var spliceSite: Finding? {
    let isDonor = consequence.has("splice_donor_variant")
    let site: Wording = isDonor ? "splice donor" : "splice acceptor"
    guard let transcript = gene.transcript(of: consequence) ?? gene.transcripts.first(where: { $0.tag == .maneSelect })
    else {
      return unplacedSplice(site)
    }
    guard let skipped = skippedExon(on: transcript, isDonor: isDonor) else {
      // A site of the told transcript that is none of a relevant one does not count.
      return gene.transcript(of: consequence) == nil ? nil : unplacedSplice(site)
    }
    guard skipped.codingBases > 0 else { return nil }
    let frame: Wording = skipped.codingBases % 3 == 0 ? "in frame" : "out of frame"
    let evidence: Wording =
      "\(site), skips exon \(skipped.number)/\(skipped.count) (\(skipped.codingBases) coding bases, \(frame))"
    let endsCoding = skipped.holdsStart || skipped.holdsStop
    if skipped.codingBases % 3 != 0, skipped.number + 1 < skipped.count, !endsCoding {
      return Finding(strength: .veryStrong, evidence: evidence + ", decay expected")
    }
    return withoutDecay(
      evidence + ", no decay expected", removed: Double(skipped.codingBases) / Double(max(1, skipped.codingLength)))
  }

  private func unplacedSplice(_ site: Wording) -> Finding {
    var finding = Finding(strength: .veryStrong, evidence: consequence.intron.map { "\(site), intron \($0)" } ?? site)
    finding.cap(.strong, because: "NMD not evaluable: length of the skipped exon unknown")
    return finding
  }

  private struct SkippedExon {
    var number: Int
    var count: Int
    var codingBases: Int
    var codingLength: Int
    var holdsStart: Bool
    var holdsStop: Bool
  }

  /// The exon whose splice site, the two intron bases beside it, the allele touches.
  private func skippedExon(on transcript: Transcript, isDonor: Bool) -> SkippedExon? {
    guard transcript.region.contig == variant.allele.contig, let coding = transcript.coding else { return nil }
    let exons = transcript.exons.sorted { $0.lowerBound < $1.lowerBound }
    let touched = variant.allele.changedBases
    let siteIsRight = isDonor == transcript.isForward
    let index = exons.firstIndex { exon in
      let site = siteIsRight ? exon.upperBound..<exon.upperBound + 2 : exon.lowerBound - 2..<exon.lowerBound
      return site.overlaps(touched)
    }
    guard let index else { return nil }
    let part = exons[index].clamped(to: coding)
    let holdsLeft = !part.isEmpty && part.lowerBound == coding.lowerBound
    let holdsRight = !part.isEmpty && part.upperBound == coding.upperBound
    return SkippedExon(
      number: transcript.isForward ? index + 1 : exons.count - index, count: exons.count, codingBases: part.count,
      codingLength: transcript.codingParts.reduce(0) { $0 + $1.count },
      holdsStart: transcript.isForward ? holdsLeft : holdsRight,
      holdsStop: transcript.isForward ? holdsRight : holdsLeft)
  }

  /// `7/8` as numbers; of `2-8/16` the first.
  private static func place(_ text: String?) -> (Int, Int)? {
    guard let parts = text?.split(separator: "/"), parts.count == 2,
      let number = Int(parts[0].prefix(while: \.isNumber)), let count = Int(parts[1]), number > 0, count >= number
    else { return nil }
    return (number, count)
  }
}

extension GeneFacts {
  /// How rarely the gene is met with a loss of function, in words; nil where no source tells.
  fileprivate var constraint: Wording? {
    let parts: [Wording] = [
      loeuf.map { "LOEUF \(EvidenceWording.score($0))" as Wording },
      pLI.map { "pLI \(EvidenceWording.score($0))" as Wording },
    ].compactMap { $0 }
    return parts.isEmpty
      ? nil : "constraint of the gene: \(parts.joined(separator: ", ")) (\(sources.joined(separator: ", ")))"
  }
}
