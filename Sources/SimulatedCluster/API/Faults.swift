import Synchronization

/// What goes wrong on purpose before a request is looked at.
final class Faults: Sendable {
  private struct State {
    var refusals = 0
    var status = 503
    var retryAfterSeconds: Int?
    var delay: Duration?
  }

  private let state = Mutex(State())

  /// Refuses the next requests with a status.
  func refuse(_ count: Int, status: Int, retryAfterSeconds: Int?) {
    state.withLock { state in
      state.refusals = count
      state.status = status
      state.retryAfterSeconds = retryAfterSeconds
    }
  }

  /// Lets every answer wait; `nil` ends that.
  func delay(_ delay: Duration?) {
    state.withLock { $0.delay = delay }
  }

  func apply() async throws(APIFailure) {
    if let delay = state.withLock({ $0.delay }) {
      // A request that is cancelled while it waits is answered at once; nobody reads the answer.
      try? await Task.sleep(for: delay)
    }
    let refusal = state.withLock { state -> State? in
      guard state.refusals > 0 else { return nil }
      state.refusals -= 1
      return state
    }
    guard let refusal else { return }
    throw APIFailure(
      refusal.status,
      Self.reasons[refusal.status] ?? "InternalError",
      "the server refuses this request on purpose",
      retryAfterSeconds: refusal.retryAfterSeconds
    )
  }

  private static let reasons = [
    401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 410: "Expired",
    429: "TooManyRequests", 500: "InternalError", 503: "ServiceUnavailable", 504: "Timeout",
  ]
}
