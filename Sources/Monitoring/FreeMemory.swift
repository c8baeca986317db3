import CMalloc

/// What the process has allocated once and needs no longer.
///
/// A list is larger than what is kept of it, and arrives on several threads: without this, half of
/// the resident memory after the first lists would be holes that nobody fills.
package enum FreeMemory {
  /// Lets threads share two arenas, which leaves fewer holes than one for each, and gives blocks of a
  /// megabyte pages of their own: by itself malloc would put them among the small ones soon.
  ///
  /// What is free at the end of an arena is kept up to some megabytes, for buffers come and go there.
  ///
  /// To be called before the first thread is started. See mallopt(3).
  package static func prepare() {
    _ = mallopt(M_ARENA_MAX, 2)
    _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 4 << 20)
  }

  /// Gives whole pages that are free back to the system; some milliseconds for each 100 MB.
  static func giveBack() { _ = malloc_trim(0) }
}
