import HeapModule
import Synchronization

/// Lets only a few lists of a cluster run at once, so that starting does not hurt its API server.
package final class ListGate: Sendable {
  private struct Waiter: Comparable {
    let priority: Int
    /// Among equals, who came first goes first.
    let number: Int
    let continuation: CheckedContinuation<Void, Never>

    static func < (left: Self, right: Self) -> Bool {
      (left.priority, left.number) < (right.priority, right.number)
    }

    static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  }

  private struct State {
    var free: Int
    var waiters = Heap<Waiter>()
    var nextNumber = 0
  }

  private let state: Mutex<State>

  /// Makes a gate through which `width` lists go at once.
  package init(width: Int = 4) { state = Mutex(State(free: width)) }

  /// How many wait for their turn.
  package var waiterCount: Int { state.withLock(\.waiters.count) }

  /// The right to list, which ends with its owner.
  package struct Turn: ~Copyable {
    private let gate: ListGate

    fileprivate init(_ gate: ListGate) { self.gate = gate }

    /// Lets the next one list, as the end of the turn's life does.
    package consuming func end() {}

    deinit { gate.leave() }
  }

  /// Waits for a turn.
  ///
  /// Cancellation does not shorten the wait: those before it end soon then, being cancelled too.
  package func turn(priority: Int) async -> Turn {
    await enter(priority)
    return Turn(self)
  }

  private func enter(_ priority: Int) async {
    await withCheckedContinuation { continuation in
      let mayEnter = state.withLock { state in
        guard state.free == 0 else {
          state.free -= 1
          return true
        }
        state.nextNumber += 1
        state.waiters.insert(
          Waiter(priority: priority, number: state.nextNumber, continuation: continuation)
        )
        return false
      }
      if mayEnter { continuation.resume() }
    }
  }

  private func leave() {
    let next = state.withLock { state in
      let next = state.waiters.popMin()
      if next == nil { state.free += 1 }
      return next
    }
    next?.continuation.resume()
  }
}
