/// Why the folder of an earlier run could not be read.
public struct RunError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// Nothing of this name is there.
    case absent
    /// The name is that of a file.
    case notAFolder
    /// A file of the folder may not be read, or is no plain file; the system's words.
    case unreadable(String)
    /// Neither of the files that a run leaves is in it. Whether folders below look like runs.
    case notARun(holdsRuns: Bool)
    /// One of the files that a run leaves is missing.
    case half(missing: String)
    /// Larger than any run's, in bytes.
    case tooLarge(limit: Int)
    /// The bytes are no JSON.
    case notJSON
    /// A value is missing or of another kind; the words say where and what.
    case shape(String)
    /// Made by a newer program: the version of its format, and the newest that is known here.
    case newer(String, known: String)
    /// The files contradict each other: what differs.
    case contradiction(String)
  }

  public var reason: Reason
  public var path: String

  public init(_ reason: Reason, path: String) {
    self.reason = reason
    self.path = path
  }
}

extension RunError: CustomStringConvertible {
  /// `PATH: what is wrong and why; what to do`.
  public var description: String { "\(printable(path, limit: 400)): \(explanation)" }

  private var explanation: String {
    switch reason {
    case .absent: "there is no such folder; give the one that 'rarescreen screen --out' made"
    case .notAFolder: "this is a file; give the folder that 'rarescreen screen --out' made"
    case .unreadable(let words): "cannot be read: \(words); check who may read it"
    case .notARun(false):
      "no folder of a run: it has neither candidates.json nor run.json; give one that 'rarescreen screen --out' made"
    case .notARun(true): "no folder of a run, but it holds some; give --batch to compare all of them"
    case .half(let missing):
      "half a run: \(missing) is missing (run.json is written last); run 'screen' again, or copy the folder whole"
    case .tooLarge(let limit):
      "larger than \(limit >> 20) MiB, which no run leaves; give the folder that 'rarescreen screen --out' made"
    case .notJSON: "damaged: no JSON, or cut short; copy it again, or run 'screen' again"
    case .shape(let words):
      "not as a run writes it: \(printable(words, limit: 200)); copy it again, or run 'screen' again"
    case .newer(let version, let known):
      "format \(printable(version)) of a newer rarescreen, this one knows up to \(known); compare with the newer one"
    case .contradiction(let words):
      "run.json and candidates.json are of two runs (\(printable(words, limit: 200))); run 'screen' again into an empty folder"
    }
  }
}
