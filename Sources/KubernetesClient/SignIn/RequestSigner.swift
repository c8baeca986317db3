import Foundation
import HTTP

/// Says who we are in each request to one cluster.
struct RequestSigner: Sendable {
  private let credential: Credential
  private let certificate: ClientCertificateSource?
  private let fixedCertificate: ClientCertificate?
  private let impersonation: Impersonation?
  private let tools: SignInTools
  private let files = ChangingFiles()

  init(_ connection: ClusterConnection, _ tools: SignInTools) {
    credential = connection.credential
    certificate = connection.clientCertificate
    fixedCertificate = connection.tls.clientCertificate
    impersonation = connection.impersonation
    self.tools = tools
  }

  /// What to show to the server.
  func identity() async throws(SignInError) -> Identity {
    var identity = Identity()
    switch credential {
    case .none: break
    case .token(let token):
      identity.authorization = try Self.header(token, from: "the kubeconfig")
    case .tokenFile(let path, let otherwise):
      let token = try files.text(at: path, otherwise: otherwise)
      identity.authorization = try Self.header(token, from: path)
    case .basic(let username, let password):
      identity.authorization =
        "Basic " + Data("\(username):\(password)".utf8).base64EncodedString()
    case .session(let session): identity = try await session.identity(tools)
    }
    if identity.certificate == nil {
      identity.certificate = try certificate?.contents(files) ?? fixedCertificate
    }
    return identity
  }

  /// What to show in place of what the server refused; `nil` where there is nothing else.
  func identity(insteadOf refused: Identity) async throws(SignInError) -> Identity? {
    switch credential {
    case .session(let session):
      guard var identity = try await session.identity(insteadOf: refused, tools) else { return nil }
      identity.certificate = identity.certificate ?? refused.certificate
      return identity
    default:
      let identity = try await identity()
      return identity == refused ? nil : identity
    }
  }

  /// The request with what shows who we are, and as whom we act.
  func sign(_ request: HTTPRequest, as identity: Identity) -> HTTPRequest {
    var request = request
    if let authorization = identity.authorization {
      request.headers.add("Authorization", authorization)
    }
    for field in impersonation?.fields ?? [] { request.headers.add(field.name, field.value) }
    return request
  }

  private static func header(
    _ token: String,
    from source: String
  ) throws(SignInError) -> String {
    let token = token.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let header = Identity.bearer(token) else {
      throw .unreadableFile(path: source, reason: "it holds no token")
    }
    return header
  }
}
