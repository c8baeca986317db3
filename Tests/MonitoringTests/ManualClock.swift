import KubernetesObjects
import Monitoring
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
  private struct Sleeper {
    let end: Timestamp
    let continuation: AsyncStream<Void>.Continuation
  }

  private struct State {
    var now = Timestamp(millisecondsSince1970: 1_000_000)
    var sleepers: [Sleeper] = []
    var sleeps: [Duration] = []
  }

  private let state = Mutex(State())

  /// How long somebody wanted to sleep, each time.
  var sleeps: [Duration] { state.withLock(\.sleeps) }

  var wall: WallClock {
    WallClock(now: { [self] in state.withLock(\.now) }, sleep: { [self] in try await sleep($0) })
  }

  func advance(by time: Duration) {
    let woken = state.withLock { state in
      state.now = state.now + time
      let woken = state.sleepers.filter { $0.end <= state.now }
      state.sleepers.removeAll { $0.end <= state.now }
      return woken
    }
    for sleeper in woken { sleeper.continuation.finish() }
  }

  private func sleep(_ time: Duration) async throws {
    let (end, continuation) = AsyncStream.makeStream(of: Void.self)
    state.withLock { state in
      state.sleeps.append(time)
      state.sleepers.append(Sleeper(end: state.now + time, continuation: continuation))
    }
    for await _ in end {}
    try Task.checkCancellation()
  }
}
