public import Model

/// Holds the consequences that a file tells of an allele to those that a gene model tells.
public struct ConsequenceComparison: Sendable {
  /// A transcript of which the two tell different worst terms.
  public struct Disagreement: Sendable, Hashable {
    public var transcript: String
    public var theirs: String
    public var ours: String
  }

  /// Transcripts that both know.
  public private(set) var compared = 0
  public private(set) var disagreements: [Disagreement] = []

  /// Words of newer releases for what older ones call an intron or a splice region.
  private static let recent: ConsequenceTerms = [.spliceDonorFifthBase, .spliceDonorRegion, .polypyrimidineTract]

  public init(_ told: [Consequence], with effects: [TranscriptEffect], of model: GeneModel) {
    let known = Dictionary(
      effects.map { (Self.stem(model.transcripts[$0.transcript].id), $0) }, uniquingKeysWith: { first, _ in first })
    let mates = Dictionary(
      effects.compactMap { effect in
        model.transcripts[effect.transcript].counterpart.map { (Self.stem($0), effect) }
      }, uniquingKeysWith: { first, _ in first })
    for consequence in told {
      guard let id = consequence.transcript, let effect = known[Self.stem(id)] ?? mates[Self.stem(id)] else { continue }
      compared += 1
      let recentNames = Set(Self.recent.terms.map(\.name))
      let theirs = consequence.terms.first { !recentNames.contains($0.name) }
      let ours = effect.terms.subtracting(Self.recent).terms.first
      if let theirs, theirs.name != ours?.name {
        disagreements.append(Disagreement(transcript: id, theirs: theirs.name, ours: ours?.name ?? "."))
      }
    }
  }

  private static func stem(_ id: String) -> Substring { id.prefix { $0 != "." } }
}
