import Glibc

/// The files that a process may have open at a time.
enum OpenFiles {
  /// Raises the limit to the highest that the process may set by itself (`getrlimit`, RLIMIT_NOFILE).
  static func allowMost() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
