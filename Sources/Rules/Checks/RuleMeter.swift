import CEL
import KubernetesObjects
import Synchronization

/// What a rule has cost and how often it failed, and whether it is switched off for that.
package final class RuleMeter: Sendable {
  private struct State {
    var runs = 0
    var cost: UInt64 = 0
    var errors = 0
    var lastError: String?
    var failing: Set<ObjectKey> = []
    var reasonToBeOff: String?
  }

  /// What is known of a rule at one moment.
  package struct Reading: Sendable, Equatable {
    package let runs: Int
    /// Of all runs, as CEL counts it.
    package let cost: UInt64
    package let errors: Int
    package let lastError: String?
    /// On how many objects the last run failed.
    package let failing: Int
    package let reasonToBeOff: String?
  }

  /// A rule fails for fewer objects before it is judged.
  private static let leastFailing = 10

  private let state = Mutex(State())

  package init() {}

  package var reading: Reading {
    state.withLock { state in
      Reading(
        runs: state.runs,
        cost: state.cost,
        errors: state.errors,
        lastError: state.lastError,
        failing: state.failing.count,
        reasonToBeOff: state.reasonToBeOff
      )
    }
  }

  var isOff: Bool { state.withLock { $0.reasonToBeOff != nil } }

  /// Notes how a run on an object went.
  func note(_ error: CELError?, cost: UInt64, on key: @autoclosure () -> ObjectKey) {
    state.withLock { state in
      state.runs += 1
      state.cost &+= cost
      guard let error else {
        if !state.failing.isEmpty { state.failing.remove(key()) }
        return
      }
      state.errors += 1
      state.lastError = error.description
      state.failing.insert(key())
    }
  }

  /// Switches the rule off where it fails for over a hundredth of its subjects; `count` counts them, up to
  /// as many as matter.
  func judge(isThere: (ObjectKey) -> Bool, counting count: (_ limit: Int) -> Int) {
    state.withLock { state in
      guard state.reasonToBeOff == nil, state.failing.count >= Self.leastFailing else { return }
      state.failing = state.failing.filter(isThere)
      let limit = state.failing.count * 100
      let subjects = count(limit)
      guard state.failing.count >= Self.leastFailing, subjects < limit else { return }
      let error = state.lastError ?? ""
      state.reasonToBeOff = "it failed on \(state.failing.count) of \(subjects) objects: \(error)"
      state.failing = []
    }
  }

  /// Switches the rule off for a reason.
  package func switchOff(because reason: String) {
    state.withLock { state in
      if state.reasonToBeOff == nil { state.reasonToBeOff = reason }
    }
  }
}
