import Glibc

/// Limits on memory that whoever started the program has set for it (`ulimit`, setrlimit(2)).
enum MemoryLimit {
  /// What every command needs, in bytes: the demonstration ends well with 400 MB of address space and 200 MB of data, on one thread and
  /// on sixteen; the program itself takes 150 MB of the former.
  private static let least: [(kind: __rlimit_resource, flag: String, bytes: UInt)] = [
    (RLIMIT_AS, "-v", 512 << 20), (RLIMIT_DATA, "-d", 256 << 20),
  ]

  /// Why the program cannot work within its limits; nil where it can.
  ///
  /// Where memory ends within the work, the language's own runtime ends the process; before it begins, a person can be told why.
  static var shortage: Failure? {
    for (kind, flag, bytes) in least {
      var limit = rlimit()
      guard unsafe getrlimit(Int32(kind.rawValue), &limit) == 0, limit.rlim_cur < bytes else { continue }
      return Failure(
        .usage,
        "the memory of this process is limited to \(limit.rlim_cur >> 20) MiB (ulimit \(flag)), and rarescreen needs at least "
          + "\(bytes >> 20); raise the limit, or limit the memory of its cgroup instead")
    }
    return nil
  }
}
