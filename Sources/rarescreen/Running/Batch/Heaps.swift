import Glibc

/// The heaps that the allocator keeps.
enum Heaps {
  /// Keeps as many heaps as there are workers.
  ///
  /// glibc makes up to eight for each core, since every thread that comes and goes may get one, and none gives back what is free
  /// within it: over a thousand cases the memory of a batch grew by a fifth. One heap for two workers would keep it flat, and made
  /// a batch a third slower: they waited for each other. To be called before there are threads.
  static func keep(_ count: Int) {
    // M_ARENA_MAX of malloc.h, which the module of glibc leaves out.
    let arenas: Int32 = -8
    guard let symbol = unsafe dlsym(nil, "mallopt") else { return }
    let mallopt = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    _ = mallopt(arenas, Int32(max(1, count)))
  }

  /// Gives free pages within the heaps back to the system, a matter of milliseconds.
  ///
  /// What outlives a case, such as its status, lies among what the case needed; without this two heaps grew by a quarter over a
  /// thousand cases.
  static func release() {
    guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
    let trim = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)
    _ = trim(0)
  }
}
