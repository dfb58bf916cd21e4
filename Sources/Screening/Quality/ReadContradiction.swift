public import Model

/// Whether the reads of a member show what the variant files say of the alleles of the case, where common SNVs cannot tell whose they are.
public struct ReadContradiction: Sendable {
  let subject: Case

  /// The check of a member whose reads and variants disagree; nil where they agree, or cannot tell.
  ///
  /// - Parameter isIdentified: whether common SNVs said that the reads are the member's own. A few rare alleles do not overrule that.
  public func check(
    of member: Int, isIdentified: Bool, at sites: [WitnessSite], _ testimonies: [AlleleReads.Testimony]
  ) -> QualityCheck? {
    var (judged, unlike) = (0, 0)
    for (site, testimony) in zip(sites, testimonies) where site.allele.contig != .mitochondrion {
      let reads = testimony.evidence
      guard reads.depth >= subject.settings.minimumDepth, let fraction = reads.fraction else { continue }
      if site.carriers.contains(member) {
        judged += 1
        unlike += fraction < WitnessRules.absentFraction ? 1 : 0
      } else if site.others.contains(member) {
        judged += 1
        unlike += ReadJudge.isHalf(reads.alternate, beside: reads.reference, WitnessRules.heterozygoteChance) ? 1 : 0
      }
    }
    guard unlike >= WitnessRules.fewestUnlike, Double(unlike) > WitnessRules.mostUnlike * Double(judged) else {
      return nil
    }
    let id = subject.pedigree.individuals[member].id
    let counts: Wording = "\(id): the reads contradict the variants at \(unlike) of \(judged) alleles"
    return QualityCheck(
      kind: .readIdentity, samples: [id], value: 1 - Double(unlike) / Double(judged),
      threshold:
        "at most \(QualityText.percent(WitnessRules.mostUnlike, 0)) of the case's alleles otherwise in the reads",
      outcome: isIdentified ? .warning : .fail, counts: ["sites": judged, "equal": judged - unlike],
      message: isIdentified
        ? counts + ", though both are of one person by common SNVs: artefacts of the caller, or of the alignment?"
        : counts + ": another person's reads? They are not asked.")
  }
}

extension Screen {
  public var readContradiction: ReadContradiction { ReadContradiction(subject: subject) }
}
