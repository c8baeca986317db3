import KubernetesObjects

/// Where the reading of an inventory stands: what is believed, and when it is read next.
///
/// A value without a clock, so that tests decide what comes when.
struct InventoryState: Sendable {
  /// How long an inventory may fail before what it said is no longer believed.
  static let patience = Duration.seconds(120)
  /// How long after a sudden drop the second look comes.
  static let secondLook = Duration.seconds(10)
  private static let firstWait = Duration.seconds(5)
  private static let longestWait = Duration.seconds(60)
  /// The share of the records, in percent, that may go at once without a second look.
  private static let largestDrop = 20

  private(set) var status: InventoryStatus
  /// What tells whether the next reading brings something new.
  private(set) var mark: ReadingMark?
  private let interval: Duration
  private var failures = 0
  /// Whether the last reading had so few records that it is read again before that is believed.
  private var isInDoubt = false

  init(_ status: InventoryStatus, interval: Duration) {
    self.status = status
    self.interval = interval
  }

  /// Takes in what a reading came to; answers what has changed, and how long to wait for the next.
  mutating func take(
    _ result: Result<(reading: InventoryReading, mark: ReadingMark)?, InventoryError>,
    at now: Timestamp
  ) -> (update: InventoryUpdate, wait: Duration) {
    switch result {
    case .failure(let error): return (InventoryUpdate(status: fail(error, at: now)), wait(error))
    case .success(nil):
      succeed(at: now)
      return (InventoryUpdate(status: status), interval)
    case .success((let reading, let mark)?):
      failures = 0
      let fewest = status.recordCount * (100 - Self.largestDrop) / 100
      if status.isKnown, reading.recordCount < fewest, !isInDoubt {
        isInDoubt = true
        // What is believed is not what the mark would be of.
        self.mark = nil
        status.failingSince = nil
        status.trouble =
          "only \(reading.recordCount) of \(status.recordCount) records came: read again before "
          + "that is believed"
        return (InventoryUpdate(status: status), min(interval, Self.secondLook))
      }
      self.mark = mark
      status.recordCount = reading.recordCount
      status.problems = reading.problems
      succeed(at: now)
      return (InventoryUpdate(status: status, content: reading.content), interval)
    }
  }

  private mutating func succeed(at now: Timestamp) {
    failures = 0
    isInDoubt = false
    status.lastRead = now
    status.failingSince = nil
    status.trouble = nil
    status.isKnown = true
    status.isSettled = true
  }

  private mutating func fail(_ error: InventoryError, at now: Timestamp) -> InventoryStatus {
    failures += 1
    let since = status.failingSince ?? now
    status.failingSince = since
    status.trouble = error.description
    if since + Self.patience <= now { status.isKnown = false }
    status.isSettled = status.isKnown || failures > 1
    return status
  }

  /// How long to wait after a failure: longer each time, and as long as the server says.
  private func wait(_ error: InventoryError) -> Duration {
    let backoff = Self.firstWait * (1 << min(failures - 1, 6))
    let wait = min(backoff, max(min(interval, Self.longestWait), Self.firstWait))
    guard case .refused(_, _, let seconds?) = error else { return wait }
    return max(wait, min(.seconds(seconds), .seconds(3600)))
  }
}
