/// The latest changes of one resource; older ones are forgotten, and a watch from before them has expired.
struct EventLog: Sendable {
  private var events: [StoreEvent] = []
  /// How many of the first events are forgotten already; they leave the array in blocks.
  private var forgotten = 0
  private let limit: Int
  /// Nobody can resume from before this version.
  private(set) var horizon: UInt64 = 0
  /// The last change that was forgotten: who saw it already has missed nothing.
  private(set) var lastForgotten: UInt64 = 0

  init(limit: Int) {
    self.limit = max(1, limit)
  }

  mutating func append(_ event: StoreEvent) {
    events.append(event)
    guard events.count - forgotten > limit else { return }
    lastForgotten = events[forgotten].version
    horizon = lastForgotten
    forgotten += 1
    // They may hold big objects, and should not for long.
    guard forgotten > limit / 8 else { return }
    events.removeFirst(forgotten)
    forgotten = 0
  }

  /// Forgets everything up to `version`.
  mutating func forgetAll(upTo version: UInt64) {
    lastForgotten = events.last?.version ?? lastForgotten
    events.removeAll()
    forgotten = 0
    horizon = version
  }

  /// Lets even watches that are open expire: much happened up to `version` that is not told.
  mutating func beginAnew(at version: UInt64) {
    forgetAll(upTo: version)
    lastForgotten = version
  }

  /// The changes after `version`, oldest first, at most `count`.
  func events(after version: UInt64, atMost count: Int) -> ArraySlice<StoreEvent> {
    var low = forgotten
    var high = events.count
    while low < high {
      let middle = (low + high) / 2
      if events[middle].version <= version { low = middle + 1 } else { high = middle }
    }
    return events[low..<min(events.count, low + count)]
  }
}
