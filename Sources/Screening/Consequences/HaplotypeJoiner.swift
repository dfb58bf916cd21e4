public import Model

/// Tells the effects of changes of one coding sequence that stand on one haplotype together: two substitutions in a codon, or a
/// shift of the frame and what restores it.
///
/// Records are given in the order of the genome. What a transcript's changes do together is known once its end is passed, since
/// on the reverse strand the change that is read first comes last.
public final class HaplotypeJoiner {
  /// An allele whose effects wait for others of their transcripts.
  public struct Member: Sendable {
    /// The caller's own number of the allele, by which it is named in the outcome.
    public var id: Int
    /// `POSREF>ALT`.
    public var name: String
    public var effects: [TranscriptEffect]
    public var carriers: HaplotypeCarriers

    public init(id: Int, name: String, effects: [TranscriptEffect], carriers: HaplotypeCarriers) {
      self.id = id
      self.name = name
      self.effects = effects
      self.carriers = carriers
    }
  }

  /// A change of a transcript that waits for its neighbours.
  private struct Waiting {
    var id: Int
    var name: String
    var effect: TranscriptEffect
    var edit: TranscriptEdit
    var carriers: HaplotypeCarriers
  }

  private let caller: ConsequenceCaller
  private var waiting: [Int: [Waiting]] = [:]
  /// How many transcripts each allele still waits for.
  private var open: [Int: Int] = [:]
  /// Effects to be told in place of, or beside, an allele's own, by allele and transcript.
  private var joined: [Int: [Int: (effects: [TranscriptEffect], replacesOwn: Bool)]] = [:]

  public init(caller: ConsequenceCaller) {
    self.caller = caller
  }

  public var isEmpty: Bool { waiting.isEmpty }

  /// Whether an allele has to wait: some haplotype is known that carries a change of a coding sequence.
  public static func waits(_ effects: [TranscriptEffect], _ carriers: HaplotypeCarriers) -> Bool {
    !carriers.carriers.isEmpty && effects.contains { $0.edit != nil }
  }

  public func add(_ member: Member) {
    for effect in member.effects {
      guard let edit = effect.edit else { continue }
      waiting[effect.transcript, default: []].append(
        Waiting(id: member.id, name: member.name, effect: effect, edit: edit, carriers: member.carriers))
      open[member.id, default: 0] += 1
    }
  }

  /// Settles the transcripts that end before a place; all of them for nil.
  public func settle(before place: Locus?) {
    for index in waiting.keys.sorted() {
      let region = caller.model.transcripts[index].region
      if let place, region.contig == place.contig, region.end + 1 >= place.position { continue }
      guard let members = waiting.removeValue(forKey: index) else { continue }
      join(members, on: caller.placed(index))
      for member in members { open[member.id, default: 1] -= 1 }
    }
  }

  /// Whether an allele waits for nothing any more.
  public func isSettled(_ id: Int) -> Bool { open[id, default: 0] == 0 }

  /// The effects of a settled allele with what was joined; can be asked for once.
  public func effects(of id: Int, own: [TranscriptEffect]) -> [TranscriptEffect] {
    open[id] = nil
    guard let joined = joined.removeValue(forKey: id) else { return own }
    return own.flatMap { effect -> [TranscriptEffect] in
      guard let told = joined[effect.transcript] else { return [effect] }
      return (told.replacesOwn ? [] : [effect]) + told.effects
    }
  }

  // MARK: One transcript

  private func join(_ members: [Waiting], on transcript: PlacedTranscript) {
    guard members.count > 1, let sequence = transcript.sequence else { return }
    // Of two insertions at one place the one that is written first comes first along the genome.
    let sign = transcript.model.isForward ? 1 : -1
    let ordered = members.sorted {
      ($0.edit.range.lowerBound, sign * $0.id) < ($1.edit.range.lowerBound, sign * $1.id)
    }
    var groups: Set<[Int]> = []
    /// For each change, the haplotypes on which it stands in company.
    var accompanied: [Int: Set<Haplotype>] = [:]
    for (haplotype, places) in Self.haplotypes(ordered) {
      for group in Self.groups(places, of: ordered, in: sequence) {
        groups.insert(group)
        for place in group { accompanied[place, default: []].insert(haplotype) }
      }
    }
    for group in groups.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let edit = Self.composite(group.map { ordered[$0].edit }, in: sequence)
      for place in group {
        let member = ordered[place]
        var effect = member.effect
        effect.terms.subtract(TranscriptJudge.codingTerms)
        TranscriptJudge(transcript: transcript, reference: caller.reference).tell(edit, into: &effect)
        effect.haplotype = group.map { ordered[$0].name }
        let all = Set(member.carriers.carriers.map(\.haplotype))
        let isAlways = member.carriers.unphasedCount == 0 && accompanied[place] == all
        var told = joined[member.id]?[transcript.index] ?? ([], isAlways)
        told.effects.append(effect)
        joined[member.id, default: [:]][transcript.index] = told
      }
    }
  }

  /// The changes of each haplotype within each phase set, by place in `members`.
  private static func haplotypes(_ members: [Waiting]) -> [(Haplotype, [Int])] {
    struct Key: Hashable {
      var haplotype: Haplotype
      var phaseSet: String
    }
    var certain: [Haplotype: [Int]] = [:]
    var phased: [Key: [Int]] = [:]
    for (place, member) in members.enumerated() {
      for carrier in member.carriers.carriers {
        if let phaseSet = carrier.phaseSet {
          phased[Key(haplotype: carrier.haplotype, phaseSet: phaseSet), default: []].append(place)
        } else {
          certain[carrier.haplotype, default: []].append(place)
        }
      }
    }
    var lists = phased.map { key, places in (key.haplotype, (places + (certain[key.haplotype] ?? [])).sorted()) }
    lists += certain.map { ($0.key, $0.value) }
    return lists.filter { $0.1.count > 1 }
  }

  /// Runs of changes of which each touches a codon of the one before, or follows a frame that is still shifted.
  private static func groups(_ places: [Int], of members: [Waiting], in sequence: CodingSequence) -> [[Int]] {
    var groups: [[Int]] = []
    var group: [Int] = []
    var end = 0
    var reached = 0
    var shift = 0
    for place in places {
      let edit = members[place].edit
      let window = CodingChange(edit, in: sequence).window
      // Two changes of one base contradict each other, whatever the phase says.
      if !group.isEmpty, edit.range.lowerBound < reached { continue }
      if !group.isEmpty, window.lowerBound >= end, shift % 3 == 0 {
        groups.append(group)
        group = []
        shift = 0
      }
      group.append(place)
      end = max(end, window.upperBound)
      reached = edit.range.upperBound
      shift += edit.shift
    }
    groups.append(group)
    return groups.filter { $0.count > 1 }
  }

  private static func composite(_ edits: [TranscriptEdit], in sequence: CodingSequence) -> TranscriptEdit {
    var alternate: [UInt8] = []
    var place = edits[0].range.lowerBound
    for edit in edits {
      alternate += sequence.bases[place..<edit.range.lowerBound] + edit.alternate
      place = edit.range.upperBound
    }
    return TranscriptEdit(range: edits[0].range.lowerBound..<place, alternate: alternate)
  }
}
