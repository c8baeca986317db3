package import HTTP
package import KubernetesObjects

/// What a request shows to be let in, until it expires.
package struct Identity: Sendable, Equatable {
  /// The value of the header field `Authorization`.
  package var authorization: String?
  package var certificate: ClientCertificate?
  package var expiration: Timestamp?
  /// Whether whoever gave the certificate gives another when it ends.
  var renewsCertificate = false
  /// Tells one sign-in from the next, even where both gave the same.
  var number = 0

  package init(
    authorization: String? = nil,
    certificate: ClientCertificate? = nil,
    expiration: Timestamp? = nil
  ) {
    self.authorization = authorization
    self.certificate = certificate
    self.expiration = expiration
  }

  /// The header field's value for a token; `nil` for one that no header field can hold.
  static func bearer(_ token: String) -> String? {
    let isPlain = token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    return isPlain && !token.isEmpty ? "Bearer \(token)" : nil
  }

  func isExpired(at time: Timestamp) -> Bool { expiration.map { $0 <= time } ?? false }
}

extension Identity: Redacted {
  package var description: String {
    switch (authorization, certificate) {
    case (nil, nil): "nothing to show"
    case (_?, nil): "an authorization"
    case (nil, _?): "a client certificate"
    case (_?, _?): "an authorization and a client certificate"
    }
  }
}
