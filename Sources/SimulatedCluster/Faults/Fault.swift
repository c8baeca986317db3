/// Something that goes wrong with the answer to one request.
package enum Fault: Sendable, Equatable {
  /// The answer comes late.
  case delay(Duration)
  /// The body comes in drops.
  case dribble(bytes: Int, every: Duration)
  /// The body comes no faster than this, as from a server that has to work for it.
  case throttle(bytesPerSecond: Int)
  /// The server says no, with a `Status` for a body.
  case status(Int, retryAfterSeconds: Int? = nil)
  /// 410: the version of a watch or the token of a list is forgotten.
  case expired
  /// A watch begins well and then says that its version is forgotten.
  case expiredEvent(afterEvents: Int = 0)
  /// A body that is no JSON under a head that says it is.
  case garbage
  /// The connection is closed under the body, without TLS being told.
  case drop(afterBytes: Int)
  /// The body ends early, but as if that were its end.
  case truncate(afterBytes: Int)
  /// The body goes silent, and the connection stays.
  case stall(afterBytes: Int)
  /// The request is answered, and the connection takes no more of them.
  case goAway

  package enum Kind: String, Sendable, CaseIterable {
    case delay, dribble, throttle, status, expired, expiredEvent, garbage, drop, truncate, stall
    case goAway
    case resetOnAccept, resetInHandshake, stallInHandshake
  }

  package var kind: Kind {
    switch self {
    case .delay: .delay
    case .dribble: .dribble
    case .throttle: .throttle
    case .status: .status
    case .expired: .expired
    case .expiredEvent: .expiredEvent
    case .garbage: .garbage
    case .drop: .drop
    case .truncate: .truncate
    case .stall: .stall
    case .goAway: .goAway
    }
  }
}

/// Something that goes wrong with a connection before there is a request on it.
package enum ConnectionFault: Sendable, Equatable {
  /// Reset as soon as it is accepted.
  case resetOnAccept
  /// Reset when the client begins TLS.
  case resetInHandshake
  /// Accepted, and never a word: what a client's connect timeout is for.
  case stallInHandshake

  package var kind: Fault.Kind {
    switch self {
    case .resetOnAccept: .resetOnAccept
    case .resetInHandshake: .resetInHandshake
    case .stallInHandshake: .stallInHandshake
    }
  }
}
