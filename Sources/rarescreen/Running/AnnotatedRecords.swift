import Model
import Reading
import Screening
import Writing

/// Annotated records on their way to the output: bytes that are ready, and between them records that wait for their neighbours on
/// the same haplotype.
struct AnnotatedRecords: Mergeable {
  /// A record whose consequences are told once the transcripts that it changes are passed.
  struct Waiting: Sendable {
    struct Allele: Sendable {
      var number: Int
      var bases: [UInt8]
      var effects: [TranscriptEffect]
      var carriers: HaplotypeCarriers
    }

    /// The line without its consequences; INFO is where they go.
    var line: [UInt8]
    /// Where INFO ends in the line, and whether it holds anything.
    var infoEnd: Int
    var hasInfo: Bool
    var ordinal: Int
    var position: Int
    var reference: [UInt8]
    var isAnchored: Bool
    var alleles: [Allele]
  }

  enum Piece: Sendable {
    case ready([UInt8], upTo: Locus?)
    case waiting(Waiting, at: Locus)
  }

  var pieces: [Piece] = []
  /// Records that were annotated.
  var count = 0
  /// What was met on the way, by a word for each.
  var counts: [String: Int] = [:]

  mutating func merge(_ later: AnnotatedRecords) {
    pieces += later.pieces
    count += later.count
    for (word, number) in later.counts { counts[word, default: 0] += number }
  }

  mutating func shift(by records: Int) {
    for place in pieces.indices {
      if case .waiting(var record, let locus) = pieces[place] {
        record.ordinal += records
        pieces[place] = .waiting(record, at: locus)
      }
    }
  }

  /// Adds bytes to those that are ready.
  mutating func append(_ bytes: [UInt8], upTo locus: Locus?) {
    if case .ready(let known, let place)? = pieces.last {
      pieces[pieces.count - 1] = .ready(known + bytes, upTo: locus ?? place)
    } else {
      pieces.append(.ready(bytes, upTo: locus))
    }
  }
}

/// The end of the line: takes pieces in the order of the file, joins haplotypes, and lets go of what is settled.
struct AnnotationFinisher: ~Copyable {
  private let joiner: HaplotypeJoiner
  private let encoder: RecordEncoder
  private let reference: WorkerReference?
  private var field: ConsequenceField
  private var queue: [AnnotatedRecords.Piece] = []
  /// Number of the first allele of the first waiting record of the queue, and of the next allele that comes.
  private var first = 0
  private var next = 0
  /// Alleles that are told together with others.
  private(set) var joinedCount = 0

  init(model: GeneModel, reference: WorkerReference?, encoder: RecordEncoder) {
    joiner = HaplotypeJoiner(caller: ConsequenceCaller(model, reference: reference?.window()))
    field = ConsequenceField(model: model)
    self.reference = reference
    self.encoder = encoder
  }

  /// - Returns: the bytes that are settled, in the order of the file; as they came, since to join them is to copy them.
  mutating func take(_ pieces: [AnnotatedRecords.Piece]) throws -> [[UInt8]] {
    var bytes: [[UInt8]] = []
    for piece in pieces {
      queue.append(piece)
      switch piece {
      case .ready(_, let locus):
        if let locus, !joiner.isEmpty { joiner.settle(before: locus) }
      case .waiting(let record, let locus):
        joiner.settle(before: locus)
        add(record)
      }
      try release(into: &bytes)
    }
    try reference?.check()
    return bytes
  }

  /// Settles all that is left.
  mutating func finish() throws -> [[UInt8]] {
    joiner.settle(before: nil)
    var bytes: [[UInt8]] = []
    try release(into: &bytes)
    return bytes
  }

  private mutating func add(_ record: AnnotatedRecords.Waiting) {
    for allele in record.alleles {
      let name =
        "\(record.position)\(String(decoding: record.reference, as: UTF8.self))>"
        + String(decoding: allele.bases, as: UTF8.self)
      joiner.add(
        HaplotypeJoiner.Member(id: next, name: name, effects: allele.effects, carriers: allele.carriers))
      next += 1
    }
  }

  private mutating func release(into released: inout [[UInt8]]) throws {
    var done = 0
    for piece in queue {
      switch piece {
      case .ready(let bytes, _): released.append(bytes)
      case .waiting(let record, _):
        guard let bytes = try bytes(of: record) else {
          queue.removeFirst(done)
          return
        }
        released.append(bytes)
      }
      done += 1
    }
    queue.removeAll()
  }

  /// The finished record; nil while one of its alleles waits.
  private mutating func bytes(of record: AnnotatedRecords.Waiting) throws -> [UInt8]? {
    var told: [[TranscriptEffect]] = []
    for (place, allele) in record.alleles.enumerated() {
      guard joiner.isSettled(first + place) else { return nil }
      told.append(allele.effects)
    }
    var text = Array((record.hasInfo ? ";" : "").utf8) + Array("\(ConsequenceField.key)=".utf8)
    for (place, allele) in record.alleles.enumerated() {
      let effects = joiner.effects(of: first + place, own: told[place])
      if effects.contains(where: { !$0.haplotype.isEmpty }) { joinedCount += 1 }
      if place > 0 { text.append(UInt8(ascii: ",")) }
      field.append(
        effects, alternate: allele.bases[...], number: allele.number, isAnchored: record.isAnchored, to: &text)
    }
    first += record.alleles.count
    let line = record.line[..<record.infoEnd] + text + record.line[record.infoEnd...]
    var bytes: [UInt8] = []
    try encoder.encode(Array(line)[...], ordinal: record.ordinal, to: &bytes)
    return bytes
  }
}
