public import Model

/// Which of a gene's transcripts a variant is told by.
///
/// In this order: the transcript that the panel names, MANE Select, MANE Plus Clinical, canonical, the protein-coding one with
/// the longest coding sequence; ties by id. A transcript of another biotype never wins over a protein-coding one, unless the
/// panel names it. Where the annotation has no MANE fields, MANE is known by the gene's own transcripts; versions are compared
/// first, and ignored where they differ or were lifted from another assembly.
public struct TranscriptChoice: Sendable, Hashable {
  /// The consequence to tell; nil when there is none.
  public var chosen: Consequence?
  /// The worst consequence on another protein-coding transcript, when it is at least one impact class worse.
  public var worse: Consequence?

  /// - Parameter consequences: those of one allele in the gene.
  public init(among consequences: [Consequence], in gene: TargetGene) {
    let ranking = TranscriptRanking(gene: gene)
    chosen = consequences.min { ranking.key($0) < ranking.key($1) }
    guard let chosen else { return }
    worse =
      consequences.filter { $0.isProteinCoding && $0.impact > chosen.impact && $0.transcript != chosen.transcript }
      .min { ($0.impact.weight, $0.rank, ranking.key($0)) < ($1.impact.weight, $1.rank, ranking.key($1)) }
  }
}

extension Consequence {
  /// Whether the transcript makes a protein, as far as its biotype tells.
  var isProteinCoding: Bool { biotype?.lowercased() == "protein_coding" }
}

extension Impact {
  /// 0 for the worst.
  fileprivate var weight: Int { Impact.allCases.count { $0 > self } }
}

/// Order of the transcripts of one gene, the best first.
private struct TranscriptRanking {
  struct Key: Comparable {
    var tier: Int
    var biotype: Int
    var length: Int
    var rank: Int
    var id: String

    static func < (left: Key, right: Key) -> Bool {
      (left.tier, left.biotype, left.length, left.rank, left.id)
        < (right.tier, right.biotype, right.length, right.rank, right.id)
    }
  }

  private let wanted: String?
  private var exact: [String: Transcript.Tag] = [:]
  private var stems: [Substring: Transcript.Tag] = [:]

  init(gene: TargetGene) {
    wanted = gene.transcript
    // Select comes first in the list, so its tag stays where an id occurs twice.
    for transcript in gene.transcripts where transcript.tag == .maneSelect || transcript.tag == .manePlusClinical {
      for id in [transcript.refSeq, transcript.ensembl].compactMap({ $0 }) {
        exact[id] = exact[id] ?? transcript.tag
        stems[id.withoutVersion] = stems[id.withoutVersion] ?? transcript.tag
      }
    }
  }

  func key(_ consequence: Consequence) -> Key {
    let id = consequence.transcript ?? ""
    let length = consequence.codingLength ?? consequence.proteinLength.map { $0 * 3 } ?? 0
    let isWanted = wanted.map { $0.withoutVersion == id.withoutVersion } ?? false
    let biotype = consequence.isProteinCoding ? 0 : consequence.biotype == nil && !id.isEmpty ? 1 : 2
    // A non-coding transcript keeps its place among its like, behind everything that makes a protein.
    let tier = isWanted ? wanted == id ? 0 : 1 : 2 + biotype * 10 + place(consequence, id)
    return Key(tier: tier, biotype: biotype, length: -length, rank: consequence.rank, id: id.isEmpty ? "~" : id)
  }

  private func place(_ consequence: Consequence, _ id: String) -> Int {
    if consequence.maneSelect != nil || exact[id] == .maneSelect { return 0 }
    if consequence.manePlusClinical != nil || exact[id] == .manePlusClinical { return 1 }
    switch stems[id.withoutVersion] {
    case .maneSelect: return 2
    case .manePlusClinical: return 3
    default: return consequence.isCanonical ? 4 : 5
    }
  }
}

extension String {
  /// `NM_005249` of `NM_005249.5`.
  var withoutVersion: Substring { prefix { $0 != "." } }
}
