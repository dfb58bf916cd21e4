public import Model

/// One residue of a protein replaced by another, as a store of ClinVar keeps it for PS1 and PM5.
public struct ResidueChange: Sendable, Hashable {
  /// Without its version.
  public var transcript: String
  /// From 1.
  public var position: Int
  /// One-letter amino acids.
  public var from: String
  public var to: String

  public init(transcript: String, position: Int, from: String, to: String) {
    self.transcript = transcript
    self.position = position
    self.from = from
    self.to = to
  }

  /// Reads one entry, `TRANSCRIPT:POSITION:FROM:TO`.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":")
    guard parts.count == 4, let position = Int(parts[1]) else { return nil }
    self.init(transcript: String(parts[0]), position: position, from: String(parts[2]), to: String(parts[3]))
  }

  public var text: String { "\(transcript):\(position):\(from):\(to)" }

  /// What an effect on a transcript is as a change of one residue; nil where it is none, or the sequence is not known.
  public init?(_ effect: TranscriptEffect, of model: GeneModel) {
    guard effect.terms.terms.contains(where: { $0.name == "missense_variant" }),
      let position = effect.proteinPosition.first, effect.proteinPosition.last == position,
      let from = effect.referenceAminoAcids, let to = effect.alternateAminoAcids, from.count == 1, to.count == 1
    else { return nil }
    let id = model.transcripts[effect.transcript].id.prefix { $0 != "." }
    self.init(transcript: String(id), position: position, from: from, to: to)
  }

  /// The changes in a store's text, which has one for each transcript.
  static func list(_ text: String) -> [ResidueChange] {
    text.split(separator: ",").compactMap { ResidueChange($0) }
  }
}
