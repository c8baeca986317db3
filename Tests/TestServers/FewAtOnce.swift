import Synchronization
package import Testing

/// Lets only a few tests of the suites that carry it run at once, whatever their suites.
///
/// Swift Testing starts all tests together. Hundreds that each wait for servers, programs and screens
/// then share two processors, and each takes as long as all of them: a test that needs a second came
/// near to a deadline of a minute.
package struct FewAtOnce: SuiteTrait, TestTrait, TestScoping {
  private static let permits = Permits(count: 8)

  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    await Self.permits.take()
    defer { Self.permits.giveBack() }
    try await function()
  }
}

extension Trait where Self == FewAtOnce {
  /// Runs the tests a few at once.
  package static var fewAtOnce: Self { Self() }
}

/// What only so many may hold at once; those who wait are served in the order in which they came.
private final class Permits: Sendable {
  private struct State {
    var freeCount: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(count: Int) {
    state = Mutex(State(freeCount: count))
  }

  func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.freeCount > 0 else {
          state.waiting.append(continuation)
          return false
        }
        state.freeCount -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  func giveBack() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.freeCount += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
