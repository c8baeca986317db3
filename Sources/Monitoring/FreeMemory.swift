import CMalloc

/// What the process has allocated once and needs no longer.
///
/// A list is larger than what is kept of it, and arrives on several threads: without this, half of
/// the resident memory after the first lists would be holes that nobody fills.
package enum FreeMemory {
  /// Lets threads share two arenas, which leaves fewer holes than one for each.
  ///
  /// To be called before the first thread is started. See mallopt(3).
  package static func shareArenas() { _ = mallopt(M_ARENA_MAX, 2) }

  /// Gives whole pages that are free back to the system; some milliseconds for each 100 MB.
  static func giveBack() { _ = malloc_trim(0) }
}
