import Model
import Reading
import Screening

/// A worker's own handle of the reference FASTA, for the consequence caller's window.
final class WorkerReference {
  private let sequence: ReferenceSequence
  /// The first thing that went wrong while bases were read since `check`, apart from contigs that the file lacks.
  private(set) var failure: ReadError?

  init(path: String) throws(ReadError) {
    sequence = try ReferenceSequence(path: path)
  }

  func window() -> ReferenceWindow {
    ReferenceWindow(lengths: { self.sequence.length(of: $0) }, fetch: { self.bytes($0) })
  }

  private func bytes(_ region: Region) -> [UInt8]? {
    do {
      return try sequence.bytes(region)
    } catch {
      if failure == nil { failure = error }
      return nil
    }
  }

  /// Ends the work of who asked for bases that could not be read; another case that has the same handle goes on.
  func check() throws(ReadError) {
    guard let fault = failure else { return }
    failure = nil
    throw fault
  }
}

extension ReferenceSequence {
  /// Opens a FASTA, and refuses one of another build; a slice of a genome, whose lengths tell nothing, is taken.
  static func opened(_ path: String, for assembly: Assembly) throws -> ReferenceSequence {
    let sequence = try ReferenceSequence(path: path)
    if case .assembly(let found) = sequence.assemblyEvidence.finding, found != assembly {
      throw Failure(
        .malformedInput,
        "\(path): a FASTA of \(found), but the variants are on \(assembly); give the FASTA of their build")
    }
    return sequence
  }

  /// What a file does not have of its build, in words; none for a whole genome.
  func gaps(on assembly: Assembly) -> [Wording] {
    let absent = Contig.allCases.filter { length(of: $0) == nil }
    let short = Contig.allCases.filter { contig in length(of: contig).map { $0 < assembly.length(of: contig) } ?? false
    }
    if absent.isEmpty, short.isEmpty { return [] }
    var parts: [Wording] = []
    if !absent.isEmpty { parts.append("lacks chromosomes \(absent.map(\.name).joined(separator: ", "))") }
    parts += short.map { "has \(length(of: $0) ?? 0) of \(assembly.length(of: $0)) bases of chromosome \($0)" }
    return [
      """
      \(path): \(parts.joined(separator: "; ")): of alleles there only what the place alone decides is told, and they are kept where \
      that is not enough; give the whole FASTA of \(assembly)
      """
    ]
  }
}
