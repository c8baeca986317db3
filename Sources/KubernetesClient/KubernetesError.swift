import HTTP
import KubernetesObjects

/// Why the API server did not do what was asked.
package enum KubernetesError: Error, Equatable, Sendable {
  case unreachable(server: String, reason: String)
  /// A watch brought nothing for as long as was allowed; its connection may bring others something.
  case silent(reason: String, isConnectionAlive: Bool)
  case unauthorized(server: String)
  case forbidden(message: String)
  case notFound(message: String)
  /// A precondition failed: the object is not what it was (409).
  case changedMeanwhile(message: String)
  case alreadyExists(message: String)
  case invalid(message: String)
  /// The resource version or continue token is too old (410).
  case expired(message: String)
  case throttled(retryAfter: Duration?, message: String)
  case server(status: Int, message: String)
  case malformedAnswer(reason: String)
  /// There is nothing to show to the server.
  case signIn(SignInError)
  /// The kubeconfig does not say how to reach the cluster.
  case unusableContext(KubeconfigError)
  case cancelled

  /// The longest message of a server that is kept, in characters.
  private static let messageLimit = 1000
  private static let futureVersion = "Too large resource version"

  /// What a failed exchange with `server` means.
  init(_ error: HTTPError, server: String) {
    self =
      switch error {
      case .cancelled: .cancelled
      case .silent(_, _, let isConnectionAlive):
        .silent(reason: error.description, isConnectionAlive: isConnectionAlive)
      default: .unreachable(server: server, reason: error.description)
      }
  }

  init(_ error: SignInError) { self = error == .cancelled ? .cancelled : .signIn(error) }

  /// How long the server asks to wait, a second at least; `nil` where it does not.
  package var retryAfter: Duration? {
    guard case .throttled(let time, _) = self else { return nil }
    return time.map { max($0, .seconds(1)) }
  }

  /// Reads what a refusal means.
  init(_ status: APIStatus, retryAfter: Duration?, server: String) {
    let causes = status.causes.isEmpty ? "" : " (\(status.causes.joined(separator: "; ")))"
    let message = String((status.message + causes).prefix(Self.messageLimit))
    switch (status.code, status.reason) {
    case (401, _): self = .unauthorized(server: server)
    case (403, _): self = .forbidden(message: message)
    case (404, _): self = .notFound(message: message)
    case (409, "AlreadyExists"): self = .alreadyExists(message: message)
    case (409, _): self = .changedMeanwhile(message: message)
    case (410, _): self = .expired(message: message)
    // The server knows fewer versions than it did: its store was put back.
    case (504, _) where status.causes.contains(where: { $0.contains(Self.futureVersion) }):
      self = .expired(message: message)
    case (400, _), (415, _), (422, _): self = .invalid(message: message)
    case (429, _), (503, _):
      let seconds = status.retryAfterSeconds.map { Duration.seconds($0) }
      self = .throttled(retryAfter: retryAfter ?? seconds, message: message)
    default: self = .server(status: status.code, message: message)
    }
  }
}

extension KubernetesError: CustomStringConvertible {
  /// What failed, then what happens or helps next.
  package var description: String {
    switch self {
    case .unreachable(_, let reason), .silent(let reason, _): reason
    case .unauthorized(let server):
      "\(server) does not accept the credentials. Sign in again, then come back."
    case .forbidden(let message): "Not allowed: \(message). Ask for the permission."
    case .notFound(let message): "Not found: \(message)."
    case .changedMeanwhile(let message):
      "It changed since the plan was made: \(message). Review the new plan."
    case .alreadyExists(let message): "It exists already: \(message)."
    case .invalid(let message): "The server did not accept the request: \(message)."
    case .expired(let message): "Too old: \(message). Listing again."
    case .throttled(_, let message): "The server asks to wait: \(message)."
    case .server(let status, let message): "The server failed (\(status)): \(message)."
    case .malformedAnswer(let reason): "The server's answer cannot be read: \(reason)"
    case .signIn(let error): error.description
    case .unusableContext(let error): error.description
    case .cancelled: "Cancelled."
    }
  }
}
