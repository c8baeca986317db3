import HTTP

/// Who we are to the API server, beside a client certificate; its description tells nothing.
package enum Credential: Sendable, Equatable {
  case none
  case token(String)
  /// A file that is renewed, and a token for as long as it cannot be read.
  case tokenFile(String, otherwise: String? = nil)
  case basic(username: String, password: String)
  /// What a plugin or an identity provider gives.
  case session(SignInSession)

  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.token(let left), .token(let right)): left == right
    case (.tokenFile(let left, let leftToken), .tokenFile(let right, let rightToken)):
      left == right && leftToken == rightToken
    case (.basic(let left, let leftPassword), .basic(let right, let rightPassword)):
      left == right && leftPassword == rightPassword
    case (.session(let left), .session(let right)): left === right
    default: false
    }
  }
}

extension Credential: Redacted {
  package var description: String {
    switch self {
    case .none: "no credential"
    case .token: "a token"
    case .tokenFile(let path, _): "the token in \(path)"
    case .basic: "a user name and password"
    case .session(let session): session.description
    }
  }
}
