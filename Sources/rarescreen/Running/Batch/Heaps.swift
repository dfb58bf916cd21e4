import Glibc

/// The heaps that the allocator keeps.
enum Heaps {
  /// Lets two threads share a heap.
  ///
  /// glibc gives each thread a heap of its own, as far as eight for each core, and none gives back what is free within it: after a
  /// hundred cases two workers held a third more memory than in one heap, in the same time. To be called before there are threads.
  static func shareAmongThreads(_ threads: Int) {
    // M_ARENA_MAX of malloc.h, which the module of glibc leaves out.
    let arenas: Int32 = -8
    guard let symbol = unsafe dlsym(nil, "mallopt") else { return }
    let mallopt = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    _ = mallopt(arenas, Int32(max(1, threads / 2)))
  }
}
