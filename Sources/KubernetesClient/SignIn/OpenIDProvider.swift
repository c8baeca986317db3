import HTTP
import YAMLReading

/// An OpenID Connect provider, as the `auth-provider` oidc of a kubeconfig tells of it.
struct OpenIDProvider: Sendable {
  static let name = "oidc"

  let issuer: String
  let clientID: String
  let clientSecret: String
  let idToken: String?
  let refreshToken: String?
  let authority: FileOrData?
  /// Where the tokens stand, to be written back.
  let persisted: PersistedTokens?
  private let place: FieldPlace

  init(_ fields: YAMLFields) throws(KubeconfigError) {
    place = fields.place
    guard let config = try fields.map("config") else {
      (issuer, clientID, clientSecret) = ("", "", "")
      (idToken, refreshToken, authority) = (nil, nil, nil)
      persisted = nil
      return
    }
    issuer = try config.string("idp-issuer-url") ?? ""
    clientID = try config.string("client-id") ?? ""
    clientSecret = try config.string("client-secret") ?? ""
    idToken = try config.text("id-token")
    refreshToken = try config.text("refresh-token")
    persisted = PersistedTokens(config)
    authority = try config.fileOrData("idp-certificate-authority")
  }

  /// Fails where kubectl would not use it either.
  func confirmUsable() throws(KubeconfigError) {
    for (field, value) in [("idp-issuer-url", issuer), ("client-id", clientID)] where value.isEmpty
    {
      throw .unusable(at: place.appending("config.\(field)"), reason: "it is missing")
    }
  }
}

extension OpenIDProvider: Redacted {
  var description: String { "the identity provider \(issuer)" }
}
