#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An output that could not be made, or an input or output error while making it.
public struct WriteError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// The file or folder cannot be made: permission, missing parent, something else in its place (sysexits 73).
    case cannotCreate(code: Int32)
    /// The disk is full or failed while writing (sysexits 74).
    case inputOutput(code: Int32)
    /// The same of a file that arrives piece by piece, whose beginning is kept.
    case partKept(code: Int32)
    /// Another run writes the same file.
    case busy
    /// A name that would leave the folder, or that was given twice.
    case badName
    /// A template that does not parse: a defect of the program (sysexits 70).
    case template(String)
  }

  /// The step that failed.
  public enum Place: String, Sendable, Hashable {
    case folder = "making the folder"
    case opening = "making the file"
    case writing = "writing"
    case syncing = "bringing to disk"
    case renaming = "putting in place"
    case rendering = "filling in the template"
  }

  public var reason: Reason
  public var file: String
  public var place: Place

  public init(_ reason: Reason, file: String, place: Place) {
    self.reason = reason
    self.file = file
    self.place = place
  }

  /// Sorts a system error number: what no space or hardware can cause is a thing that cannot be made.
  init(code: Int32, file: String, place: Place) {
    let disk: Set<Int32> = [ENOSPC, EDQUOT, EIO, EFBIG, ENFILE, EMFILE, ENOMEM]
    let isDisk = disk.contains(code) || place == .writing || place == .syncing
    self.init(isDisk ? .inputOutput(code: code) : .cannotCreate(code: code), file: file, place: place)
  }
}

extension WriteError: CustomStringConvertible {
  public var description: String {
    switch reason {
    case .cannotCreate(let code):
      "cannot make \(file) (\(place.rawValue)): \(Self.words(code)); choose another output folder or mend its permissions"
    case .inputOutput(let code):
      "cannot write \(file) (\(place.rawValue)): \(Self.words(code)); nothing half-written was left, "
        + "free some space or choose another disk and run again"
    case .partKept(let code):
      "cannot write \(file) (\(place.rawValue)): \(Self.words(code)); what has come is kept in \(file).part, "
        + "free some space and give the same command again"
    case .busy:
      "cannot write \(file): another run writes it; wait for its end"
    case .badName:
      "cannot make \(file) (\(place.rawValue)): not a plain file name, or given twice in one run"
    case .template(let detail):
      "cannot make \(file) (\(place.rawValue)): \(detail); this is a defect of the program, please report it"
    }
  }

  private static func words(_ code: Int32) -> String {
    switch code {
    case EACCES, EPERM: "permission denied"
    case ENOENT: "a folder on the way does not exist"
    case ENOTDIR: "a file stands where a folder is needed"
    case EEXIST: "something else stands in its place"
    case EISDIR: "a folder stands in its place"
    case EROFS: "the disk is read-only"
    case ENOSPC: "no space left on the disk"
    case EDQUOT: "the disk quota is used up"
    case EIO: "the disk failed"
    case ESTALE: "the network file system lost the file"
    case EFBIG: "the file would be larger than allowed"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "too many symbolic links"
    default: "system error \(code)"
    }
  }
}
