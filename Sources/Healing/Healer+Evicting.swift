import KubernetesClient
import KubernetesObjects

/// For how long an eviction is tried again that a disruption budget does not allow.
package struct EvictionPatience: Sendable, Equatable {
  package let interval: Duration
  /// How often each is tried.
  package let attempts: Int

  /// Every five seconds as `kubectl drain` does, for five minutes.
  package static let standard = EvictionPatience(interval: .seconds(5), attempts: 60)

  package init(interval: Duration, attempts: Int) {
    self.interval = interval
    self.attempts = attempts
  }

  /// How long all attempts take, in words.
  var words: String { "\(interval.components.seconds * Int64(attempts) / 60) minutes" }
}

/// How far a plan that is being carried out has come.
package struct HealProgress: Sendable, Equatable {
  /// What the journal knows it by; `nil` before it is written down.
  package internal(set) var intent: HealIntent.ID?
  package var stepsDone = 0
  /// What it waits for, as a sentence; empty where it waits for nothing but the server.
  package var wait = ""

  package init() {}
}

extension Healer {
  /// Evicts Pods as `kubectl drain` does: all are asked for, and those that a budget holds again and
  /// again.
  func evict(
    _ steps: ArraySlice<HealStep>,
    _ resources: [ObjectKind: APIResource],
    _ progress: inout HealProgress,
    _ report: @Sendable (HealProgress) async -> Void
  ) async throws(Interruption) {
    var waiting = Array(steps.indices)
    var requests: [Int: ChangeRequest] = [:]
    for attempt in 1...patience.attempts {
      var refused: [Int] = []
      var reason: KubernetesError?
      for index in waiting {
        guard !Task.isCancelled else { throw .aborted }
        do throws(Interruption) {
          let isFirst = requests[index] == nil
          if isFirst {
            requests[index] = try await prepare(steps[index], index, of: progress.intent, resources)
          }
          guard let request = requests[index] else { continue }
          let answer = await send(request)
          // Refusals are many and alike.
          if isFirst || !answer.isThrottled { try await note(answer, index, of: progress.intent) }
          if case .failure(let error) = answer { throw .server(error) }
          progress.stepsDone += 1
        } catch .server(.notFound), .server(.changedMeanwhile) {
          // It went by itself; another Pod may have taken its name.
          progress.stepsDone += 1
        } catch .server(.throttled(let wait, let message)) {
          reason = reason ?? .throttled(retryAfter: wait, message: message)
          refused.append(index)
        }
        await report(progress)
      }
      guard let first = refused.first, case .throttled(_, let message) = reason else {
        progress.wait = ""
        return
      }
      waiting = refused
      let others = Obstacle.others(refused.count - 1)
      let held = "\(steps[first].target)\(others) may not go yet: \(message)"
      guard attempt < patience.attempts else {
        throw .here("For \(patience.words), \(held). Look at the budget, then heal again.")
      }
      progress.wait = "\(held). Tried \(attempt) of \(patience.attempts) times."
      await report(progress)
      try? await Task.sleep(for: patience.interval)
    }
  }
}

extension Result where Failure == KubernetesError {
  fileprivate var isThrottled: Bool {
    if case .failure(.throttled) = self { true } else { false }
  }
}
