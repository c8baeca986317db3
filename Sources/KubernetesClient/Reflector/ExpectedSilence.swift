/// How long a watch may send nothing before its connection counts as dead.
///
/// A server that sends bookmarks sends one a minute (KEP-956) while its cache of the kind goes on, which
/// makes a dead connection noticeable. One that does not may be silent until it ends the watch; so may
/// one whose cache stands still, for it sends no bookmark twice.
package struct ExpectedSilence: Sendable {
  private var bookmarkPeriod: Duration
  /// How much longer than expected a silent watch is believed to be alive.
  private let slack: Duration
  private var hasSeenBookmark: Bool

  /// `hasSeenBookmark` says that the server is known to send them.
  package init(
    bookmarkPeriod: Duration = .seconds(61),
    slack: Duration = .seconds(10),
    hasSeenBookmark: Bool = false
  ) {
    self.bookmarkPeriod = bookmarkPeriod
    self.slack = slack
    self.hasSeenBookmark = hasSeenBookmark
  }

  /// Takes in that a bookmark came; tells whether less silence is expected from now on.
  mutating func noteBookmark() -> Bool {
    defer { hasSeenBookmark = true }
    return !hasSeenBookmark
  }

  /// Takes in that a watch was silent for too long over a connection that was alive: this kind seldom
  /// changes, and more silence is expected of it.
  mutating func noteSilence() { bookmarkPeriod *= 2 }

  /// How long a watch may be silent that the server ends after `timeout`.
  func limit(within timeout: Duration) -> Duration {
    (hasSeenBookmark ? min(bookmarkPeriod, timeout) : timeout) + slack
  }
}
