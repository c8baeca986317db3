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
  package var stepsDone = 0
  /// What it waits for, as a sentence; empty where it waits for nothing but the server.
  package var wait = ""

  package init() {}
}

extension Healer {
  /// Evicts Pods as `kubectl drain` does: all are asked for, and those that a budget holds again and
  /// again.
  ///
  /// Answers with the reason why some stay, once there is no patience left.
  func evict(
    _ steps: ArraySlice<HealStep>,
    of resource: APIResource,
    _ progress: inout HealProgress,
    _ report: @Sendable (HealProgress) async -> Void
  ) async throws(KubernetesError) -> String? {
    var waiting = Array(steps)
    for attempt in 1...patience.attempts {
      var refused: [HealStep] = []
      var reason = ""
      for step in waiting {
        guard !Task.isCancelled else { throw .cancelled }
        do throws(KubernetesError) {
          try await send(step, of: resource, reading: resource)
          progress.stepsDone += 1
        } catch .notFound, .changedMeanwhile {
          // It went by itself; another Pod may have taken its name.
          progress.stepsDone += 1
        } catch .throttled(_, let message) {
          if refused.isEmpty { reason = message }
          refused.append(step)
        }
        await report(progress)
      }
      guard let first = refused.first else {
        progress.wait = ""
        return nil
      }
      waiting = refused
      let others = Obstacle.others(refused.count - 1)
      let held = "\(first.target)\(others) may not go yet: \(reason)"
      guard attempt < patience.attempts else {
        return "For \(patience.words), \(held). Look at the budget, then heal again."
      }
      progress.wait = "\(held). Tried \(attempt) of \(patience.attempts) times."
      await report(progress)
      try? await Task.sleep(for: patience.interval)
    }
    return nil
  }
}
