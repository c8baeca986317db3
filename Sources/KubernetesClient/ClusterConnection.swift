import Foundation
package import HTTP

/// Everything that is needed to talk to one cluster.
package struct ClusterConnection: Sendable {
  package var contextName: String
  /// The API server's URL, without a slash at the end.
  package var server: String
  /// The context's own namespace.
  package var namespace: String?
  package var tls: TLSSettings
  package var credential: Credential

  package init(
    contextName: String,
    server: String,
    namespace: String? = nil,
    tls: TLSSettings = TLSSettings(),
    credential: Credential = .none
  ) {
    self.contextName = contextName
    self.server = server
    self.namespace = namespace
    self.tls = tls
    self.credential = credential
  }
}

/// Who we are to the API server, beside a client certificate; its description tells nothing.
package enum Credential: Sendable, Equatable {
  case none
  case token(String)
  /// A file that is read for each request, since it is renewed.
  case tokenFile(String)
  case basic(username: String, password: String)

  /// The value of the header field `Authorization`.
  func authorization() throws(KubernetesError) -> String? {
    switch self {
    case .none: return nil
    case .token(let token): return "Bearer \(token)"
    case .basic(let username, let password):
      return "Basic " + Data("\(username):\(password)".utf8).base64EncodedString()
    case .tokenFile(let path):
      do {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return "Bearer " + text.trimmingCharacters(in: .whitespacesAndNewlines)
      } catch {
        throw .credential(path: path, reason: error.localizedDescription)
      }
    }
  }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String {
    switch self {
    case .none: "no credential"
    case .token: "a token"
    case .tokenFile(let path): "the token in \(path)"
    case .basic: "a user name and password"
    }
  }

  package var debugDescription: String { description }

  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
