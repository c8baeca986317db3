import Glibc
package import KubernetesObjects

/// The time of day and a way to wait, injected so that tests decide what time it is.
package struct WallClock: Sendable {
  package let now: @Sendable () -> Timestamp
  /// Waits for the duration; throws when the task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// The system's clock.
  package static let system = WallClock(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Timestamp(
        millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
      )
    },
    sleep: { try await Task.sleep(for: $0) }
  )
}
