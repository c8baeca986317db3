import WireFormats

/// How faults change an answer.
extension APIResponse {
  /// The answer that a fault gives instead of the server's own.
  static func replacement(
    for faults: [Fault],
    _ request: RequestAttributes
  ) -> APIResponse? {
    for fault in faults {
      switch fault {
      case .status(let status, let seconds):
        return .failure(refusal(status, retryAfterSeconds: seconds))
      case .expired:
        guard request.verb == "list" else { return .failure(.expiredWatch) }
        return .failure(
          .expiredList(request.continueToken.flatMap { try? ContinueToken(parsing: $0) })
        )
      case .garbage:
        return APIResponse(body: .whole(garbage))
      default: continue
      }
    }
    return nil
  }

  /// The answer as far as the faults let it through.
  func damaged(by faults: [Fault]) -> APIResponse {
    var response = self
    for fault in faults {
      switch fault {
      case .delay, .status, .expired, .garbage: break
      case .goAway: response.endsConnection = true
      case .dribble(let bytes, let interval):
        response.body = body(response, DribblingBody(response.body, bytes, every: interval))
      case .throttle(let bytesPerSecond):
        response.body = body(response, ThrottledBody(response.body, to: bytesPerSecond))
      case .drop(let bytes):
        response.body = body(response, LimitedBody(response.body, bytes, then: .dropConnection))
      case .truncate(let bytes):
        response.body = body(response, LimitedBody(response.body, bytes, then: .end))
      case .stall(let bytes):
        response.body = .endless(LimitedBody(response.body, bytes, then: .stayOpen))
      case .expiredEvent(let events):
        let type = response.headers.first { $0.name == "Content-Type" }?.value ?? ""
        let isFramed = type.hasPrefix(ProtobufEnvelope.mediaType)
        response.expiry = response.expiry ?? ExpiryFlag()
        let expiring = ExpiringBody(response, afterEvents: events, isFramed: isFramed)
        response.body = body(response, expiring)
      }
    }
    return response
  }

  /// An endless body stays one, so that its source learns when the client leaves.
  private func body(_ response: APIResponse, _ source: any PieceSource) -> Body {
    if case .endless = response.body { .endless(source) } else { .pieces(source) }
  }

  private static func refusal(_ status: Int, retryAfterSeconds: Int?) -> APIFailure {
    APIFailure(
      status,
      reasons[status] ?? "InternalError",
      "the server refuses this request on purpose",
      details: retryAfterSeconds.map { ["retryAfterSeconds": .integer(Int64($0))] },
      retryAfterSeconds: retryAfterSeconds
    )
  }

  private static let reasons = [
    401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 410: "Expired",
    429: "TooManyRequests", 500: "InternalError", 503: "ServiceUnavailable", 504: "Timeout",
  ]

  /// What a proxy on the way could say, and bytes that are no text at all.
  private static let garbage =
    Array("<html><body>It works!</body></html>\n{\"kind\":\"PodList\",\"items\":[{]}\n".utf8)
    + [0, 0xFF, 0xFE, 0x80, UInt8(ascii: "\n")]
}
