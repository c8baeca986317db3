import Synchronization

/// Lets whoever waits to try again be woken at once.
final class RetryBell: Sendable {
  private struct State {
    var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextNumber = 0
  }

  private let clock: WallClock
  private let state = Mutex(State())

  init(clock: WallClock) { self.clock = clock }

  /// Waits for the duration, or until the bell rings; throws when the task is cancelled.
  func sleep(_ duration: Duration) async throws {
    let (bell, continuation) = AsyncStream.makeStream(of: Void.self)
    let number = state.withLock { state in
      state.nextNumber += 1
      state.waiters[state.nextNumber] = continuation
      return state.nextNumber
    }
    defer { _ = state.withLock { $0.waiters.removeValue(forKey: number) } }
    try await withThrowingTaskGroup { [clock] group in
      group.addTask { try await clock.sleep(duration) }
      group.addTask { for await _ in bell {} }
      try await group.next()
      group.cancelAll()
    }
    try Task.checkCancellation()
  }

  /// Wakes all who wait now.
  func ring() {
    let waiters = state.withLock { state in
      defer { state.waiters = [:] }
      return state.waiters.values
    }
    for waiter in waiters { waiter.finish() }
  }
}
