import Model
import Reading
import Screening
import Writing

/// Annotated records on their way to the output: bytes that are ready, and between them records that wait for their neighbours on
/// the same haplotype.
struct AnnotatedRecords: Mergeable {
  /// A record whose consequences are told once the transcripts that it changes are passed.
  struct Waiting: Sendable {
    var line: OpenLine
    var ordinal: Int
    var position: Int
    var reference: [UInt8]
    var isAnchored: Bool
    var alleles: [ConsequenceField.Allele]
    /// Of each allele, in the same order.
    var carriers: [HaplotypeCarriers]
  }

  /// A line whose consequences are yet to be put in.
  struct OpenLine: Sendable {
    var text: [UInt8] = []
    /// Where INFO ends, and whether it holds anything.
    var infoEnd = 0
    var hasInfo = false

    /// Puts a field at the end of INFO.
    mutating func insert(_ field: [UInt8]) {
      text.insert(contentsOf: (hasInfo ? [UInt8(ascii: ";")] : []) + field, at: infoEnd)
    }
  }

  /// What was met on the way.
  struct Counts: Sendable {
    /// Records that got consequences.
    var annotated = 0
    var alleles = 0
    /// Records of which a store has an allele.
    var known = 0
    /// Alleles that stand for something in words.
    var symbolic = 0
    /// Alleles on contigs that the reference lacks.
    var withoutReference = 0

    static func += (left: inout Counts, right: Counts) {
      left.annotated += right.annotated
      left.alleles += right.alleles
      left.known += right.known
      left.symbolic += right.symbolic
      left.withoutReference += right.withoutReference
    }
  }

  enum Piece: Sendable {
    case ready([UInt8], upTo: Locus?)
    case waiting(Waiting, at: Locus)
  }

  var pieces: [Piece] = []
  var counts = Counts()

  mutating func merge(_ later: AnnotatedRecords) {
    pieces += later.pieces
    counts += later.counts
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

  init(caller: ConsequenceCaller, reference: WorkerReference?, encoder: RecordEncoder) {
    joiner = HaplotypeJoiner(caller: caller)
    field = ConsequenceField(model: caller.model)
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
    for (allele, carriers) in zip(record.alleles, record.carriers) {
      let name =
        "\(record.position)\(String(decoding: record.reference, as: UTF8.self))>"
        + String(decoding: allele.bases, as: UTF8.self)
      joiner.add(
        HaplotypeJoiner.Member(id: next, name: name, effects: allele.effects, carriers: carriers))
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
    guard record.alleles.indices.allSatisfy({ joiner.isSettled(first + $0) }) else { return nil }
    var alleles = record.alleles
    for place in alleles.indices {
      alleles[place].effects = joiner.effects(of: first + place, own: alleles[place].effects)
      if alleles[place].effects.contains(where: { !$0.haplotype.isEmpty }) { joinedCount += 1 }
    }
    first += alleles.count
    var line = record.line
    var bytes: [UInt8] = []
    field.append(alleles, isAnchored: record.isAnchored, to: &bytes)
    line.insert(bytes)
    try encoder.finish(&line.text, from: 0, ordinal: record.ordinal)
    return line.text
  }
}
