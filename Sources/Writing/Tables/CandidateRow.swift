internal import Model

/// A candidate variant as one line of `candidates.tsv`: an allele seen through a gene, with all candidates that it is in.
struct CandidateRow {
  /// The best candidate of the allele in this gene.
  let best: Candidate
  let variant: CandidateVariant
  /// All candidates of the allele in this gene, best first.
  let candidates: [Candidate]

  var models: [InheritanceModel] { Set(candidates.flatMap(\.models)).sorted() }

  /// Names of the pairs that the allele is part of, best first.
  var groups: [String] { candidates.compactMap(\.group) }

  /// Facts about candidate, allele and verdicts, without repeats.
  var flags: [String] {
    distinct((best.flags + variant.variant.flags + best.verdicts.flatMap(\.flags)).map(\.description))
  }

  private struct Key: Hashable {
    var gene: String
    var allele: Allele
    var file: Int
    var record: Int
  }

  /// The rows of a result, best first; halves of a pair in genome order.
  static func rows(of candidates: [Candidate]) -> [CandidateRow] {
    let ranked = candidates.sorted { $0.rank < $1.rank }
    var order: [(key: Key, variant: CandidateVariant)] = []
    var members: [Key: [Candidate]] = [:]
    for candidate in ranked {
      for variant in candidate.variants.sorted(by: { $0.variant.allele < $1.variant.allele }) {
        let origin = variant.variant.origin
        let key = Key(
          gene: candidate.gene.id, allele: variant.variant.allele, file: origin.file, record: origin.record)
        if members[key] == nil { order.append((key, variant)) }
        if members[key]?.last?.rank != candidate.rank { members[key, default: []].append(candidate) }
      }
    }
    return order.compactMap { key, variant in
      guard let all = members[key], let best = all.first else { return nil }
      return CandidateRow(best: best, variant: variant, candidates: all)
    }
  }
}

/// The elements in order, each once.
func distinct(_ values: some Sequence<String>) -> [String] {
  var seen: Set<String> = []
  return values.filter { seen.insert($0).inserted }
}

extension Variant {
  /// The record as it is written in its file, by which a person finds it there: `chr1:100:A:C,<*>`.
  var writtenRecord: String {
    "\(contigName):\(origin.position):\(origin.reference):\(origin.alternates.joined(separator: ","))"
  }

  /// The chromosome as the record spells it; the plain name when the record cannot be read.
  var contigName: String {
    let name = origin.line.prefix { $0 != "\t" }
    return name.isEmpty || name.count == origin.line.count ? allele.contig.name : String(name)
  }
}

extension PopulationFrequency {
  /// Highest frequency of any source or ancestry group; nil without data, 0 where nobody carries the allele.
  var maximum: Double? {
    switch state {
    case .noData: nil
    case .zero: 0
    case .value: [alleleFrequency, populationMaximum].compactMap { $0 }.max() ?? faf95
    }
  }
}
