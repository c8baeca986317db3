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

  /// The body as JSON, where it is JSON.
  package var json: JSONValue? { try? JSONValue(parsing: body) }
}

/// The latest requests; older ones are forgotten.
final class RequestLog: Sendable {
  private let requests = Mutex<[LoggedRequest]>([])
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  var entries: [LoggedRequest] { requests.withLock { Array($0.suffix(limit)) } }

  func append(_ request: APIRequest) {
    let entry = LoggedRequest(
      method: request.method,
      path: request.path,
      query: request.query.text,
      userAgent: request.headers["user-agent"] ?? "",
      accept: request.headers["accept"] ?? "",
      body: request.body
    )
    requests.withLock { requests in
      requests.append(entry)
      // Twice the limit, so that the oldest leave in blocks and not one by one.
      if requests.count >= 2 * limit { requests.removeFirst(limit) }
    }
  }

  func clear() { requests.withLock { $0.removeAll() } }
}
