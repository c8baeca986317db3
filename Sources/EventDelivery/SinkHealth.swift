import CloudEvents
package import KubernetesObjects
import Synchronization

/// How the sink stands, and what came of the events that were sent to it.
package struct SinkStatus: Sendable, Equatable {
  /// How many events arrived, by type.
  package var sent: [String: Int] = [:]
  /// How many events it will never take, by type, and why the last.
  package var refused: [String: Int] = [:]
  package var refusal: String?
  /// How many requests came to nothing and are made again.
  package var failedRequests = 0
  package var failingSince: Timestamp?
  package var trouble: String?
  package var lastArrival: Timestamp?

  package init() {}
}

/// Notes the same for several workers.
final class SinkHealth: Sendable {
  private let state = Mutex(SinkStatus())

  var status: SinkStatus { state.withLock { $0 } }

  func noteArrival(of events: [CloudEvent], at now: Timestamp) {
    state.withLock { state in
      for event in events { state.sent[event.type, default: 0] += 1 }
      state.lastArrival = now
      state.failingSince = nil
      state.trouble = nil
    }
  }

  func noteRefusal(of events: [CloudEvent], _ reason: String) {
    state.withLock { state in
      for event in events { state.refused[event.type, default: 0] += 1 }
      state.refusal = reason
      state.failingSince = nil
      state.trouble = nil
    }
  }

  /// Tells whether it was well until now.
  func noteFailure(_ reason: String, at now: Timestamp) -> Bool {
    state.withLock { state in
      let isNews = state.failingSince == nil
      state.failedRequests += 1
      state.failingSince = state.failingSince ?? now
      state.trouble = reason
      return isNews
    }
  }
}
