import Synchronization
package import WireFormats

/// One request that the server got, for tests to look at.
package struct LoggedRequest: Sendable, Equatable {
  package let method: String
  package let path: String
  /// As it came, without the question mark.
  package let query: String
  package let userAgent: String
  package let accept: String
  package let body: [UInt8]
  /// What its sender must be allowed.
  package let permission: RequestPermission
  /// What went wrong with it on purpose.
  package var faults: [Fault.Kind] = []
  /// The status of its answer; `nil` until there is one.
  package var status: Int?
  /// Whether the answer said, at once or in the middle of a watch, that a version is forgotten.
  package var isToldExpired = false

  /// The body as JSON, where it is JSON.
  package var json: JSONValue? { try? JSONValue(parsing: body) }

  /// The value of a parameter of the query; `nil` without one.
  package subscript(parameter: String) -> String? { Query(query)[parameter] }
}

/// Whether the client of an answer was told that a version is forgotten: known when the answer is over.
final class ExpiryFlag: Sendable {
  private let flag = Atomic(false)

  var isRaised: Bool { flag.load(ordering: .relaxed) }

  func raise() { flag.store(true, ordering: .relaxed) }
}

/// The latest requests; older ones are forgotten.
final class RequestLog: Sendable {
  private struct Entry {
    var request: LoggedRequest
    var expiry: ExpiryFlag?
  }

  private struct State {
    var entries: [Entry] = []
    /// The number of the first entry, counted from the first request of all.
    var first = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  var entries: [LoggedRequest] {
    state.withLock { state in
      state.entries.suffix(limit).map { entry in
        var request = entry.request
        request.isToldExpired = request.status == 410 || entry.expiry?.isRaised == true
        return request
      }
    }
  }

  /// Takes in a request; answers the number by which ``note(_:of:struckBy:)`` knows it.
  @discardableResult
  func append(_ request: APIRequest) -> Int {
    let logged = LoggedRequest(
      method: request.method,
      path: request.path,
      query: request.query.text,
      userAgent: request.headers["user-agent"] ?? "",
      accept: request.headers["accept"] ?? "",
      body: request.body,
      permission: RequestPermission(RequestAttributes(request))
    )
    return state.withLock { state in
      state.entries.append(Entry(request: logged))
      // Twice the limit, so that the oldest leave in blocks and not one by one.
      if state.entries.count >= 2 * limit {
        state.entries.removeFirst(limit)
        state.first += limit
      }
      return state.first + state.entries.count - 1
    }
  }

  /// Notes how a request was answered, unless it is forgotten.
  func note(_ response: APIResponse, of number: Int, struckBy faults: [Fault]) {
    state.withLock { state in
      let index = number - state.first
      guard state.entries.indices.contains(index) else { return }
      state.entries[index].request.faults = faults.map(\.kind)
      state.entries[index].request.status = response.status
      state.entries[index].expiry = response.expiry
    }
  }

  func clear() {
    state.withLock { state in
      state.first += state.entries.count
      state.entries.removeAll()
    }
  }
}
