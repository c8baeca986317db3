/// Why an exchange failed below HTTP; no case holds a header or a body.
package enum HTTPError: Error, Equatable, Sendable {
  case malformedURL(String)
  case unreachable(host: String, reason: String)
  /// The server's certificate, or ours, was not accepted.
  case tls(host: String, reason: String)
  /// The connection broke in the middle of an answer.
  case connectionLost(host: String, reason: String)
  case timedOut(host: String, reason: String)
  /// Nothing came for as long as the request allows; over the same connection something may have, for
  /// somebody else.
  case silent(host: String, limit: Duration, isConnectionAlive: Bool)
  case bodyTooLarge(limit: Int)
  case cancelled
}

extension HTTPError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformedURL(let url): "\(url) is not a URL that can be reached. Check the server field."
    case .unreachable(let host, let reason): "Cannot reach \(host): \(reason)."
    case .tls(let host, let reason):
      "No trusted connection to \(host): \(reason). Check the certificate authority."
    case .connectionLost(let host, let reason): "The connection to \(host) broke: \(reason)."
    case .timedOut(let host, let reason): "\(host) did not answer in time: \(reason)."
    case .silent(let host, let limit, _):
      "\(host) did not answer in time: nothing came for \(limit.components.seconds) s."
    case .bodyTooLarge(let limit): "The answer is larger than \(limit) bytes."
    case .cancelled: "The request was cancelled."
    }
  }
}
