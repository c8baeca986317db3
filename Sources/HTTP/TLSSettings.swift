/// Whom to trust and how to be known (TLS 1.2 or newer); certificates and keys are PEM.
///
/// libcurl writes the sessions' keys to a file only where the user names one in `SSLKEYLOGFILE`.
package struct TLSSettings: Sendable, Equatable {
  /// Trusted instead of the system's authorities.
  package var certificateAuthority: [UInt8]?
  package var clientCertificate: ClientCertificate?
  /// The name that the server's certificate must have, where it is not the URL's host.
  package var serverName: String?
  package var insecureSkipVerify = false

  package init() {}
}

/// A certificate, or a chain of them, with its private key.
package struct ClientCertificate: Sendable, Hashable {
  package let certificate: [UInt8]
  package let key: [UInt8]

  package init(certificate: [UInt8], key: [UInt8]) {
    self.certificate = certificate
    self.key = key
  }
}

extension ClientCertificate: Redacted {
  package var description: String { "a client certificate" }
}
