/// Who says whether somebody may ask an agent for something.
package protocol RequestAuthority: Sendable {
  func verdict(on question: RequestQuestion) async -> RequestVerdict
}

/// What somebody wants of an agent, in the terms of RBAC's rules for what is no resource.
package struct RequestQuestion: Hashable, Sendable {
  /// The bearer token that the request brings; `nil` where it brings none.
  package let token: String?
  /// `get`, `post`.
  package let verb: String
  package let path: String

  package init(authorization: String?, verb: String, path: String) {
    self.verb = verb
    self.path = path
    let scheme = "bearer "
    guard let authorization, authorization.lowercased().hasPrefix(scheme) else {
      token = nil
      return
    }
    token = String(authorization.dropFirst(scheme.count))
  }
}

package enum RequestVerdict: Sendable, Equatable {
  case allowed(user: String)
  /// Nobody knows who asks.
  case unknown
  /// It is known who asks, and that one may not.
  case forbidden(user: String, reason: String)
  /// Whoever could tell does not answer.
  case unavailable(reason: String)
}
