import Model
import Reading

/// The documents of a batch, with a failure for what cannot be read.
enum BatchDocuments {
  /// Nil where nobody began with the case.
  static func status(in folder: String) throws(Failure) -> CaseStatus? {
    do throws(RunError) { return try BatchFile.status(in: folder) } catch {
      throw Failure(.malformedInput, error.description)
    }
  }

  /// Nil where no batch has begun in the folder.
  static func batch(in folder: String) throws(Failure) -> Batch? {
    do throws(RunError) { return try BatchFile.batch(in: folder) } catch {
      throw Failure(.malformedInput, error.description)
    }
  }
}
