import Model
import Reading
import Screening

/// A worker's own handle of the reference FASTA, for the consequence caller's window.
final class WorkerReference {
  private let sequence: ReferenceSequence
  /// The first thing that went wrong while bases were read, apart from contigs that the file lacks.
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

  /// Ends the run where bases could not be read.
  func check() throws(ReadError) {
    if let failure { throw failure }
  }
}
