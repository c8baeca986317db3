import Synchronization

/// Wakes workers that wait for something to do; what happens just before they wait counts, too.
package final class RemoteSignal: Sendable {
  private struct State {
    var count = 0
    var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextNumber = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// How often it was given.
  package var count: Int { state.withLock(\.count) }

  package func give() {
    let waiters = state.withLock { state in
      state.count += 1
      defer { state.waiters = [:] }
      return state.waiters.values
    }
    for waiter in waiters { waiter.finish() }
  }

  /// Waits until it was given more often than so, or so long; throws when the task is cancelled.
  package func wait(
    beyond count: Int,
    atMost limit: Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) async throws {
    let (given, continuation) = AsyncStream.makeStream(of: Void.self)
    let number: Int? = state.withLock { state in
      guard state.count == count else { return nil }
      state.nextNumber += 1
      state.waiters[state.nextNumber] = continuation
      return state.nextNumber
    }
    guard let number else { return try Task.checkCancellation() }
    defer { _ = state.withLock { $0.waiters.removeValue(forKey: number) } }
    try await withThrowingTaskGroup { group in
      group.addTask { try await sleep(limit) }
      group.addTask { for await _ in given {} }
      try await group.next()
      group.cancelAll()
    }
    try Task.checkCancellation()
  }
}
