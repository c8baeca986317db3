import HTTP
import YAMLReading

extension Kubeconfig {
  /// An entry of `users`.
  struct User: Sendable {
    let place: FieldPlace
    private let token: String?
    private let tokenFile: String?
    private let username: String?
    private let password: String?
    private let certificate: FileOrData?
    private let key: FileOrData?
    private let impersonation: Impersonation?
    private let impersonationPlace: FieldPlace
    let plugin: ExecPlugin?
    let provider: OpenIDProvider?
    /// An `auth-provider` that Kubernetes no longer has.
    private let forgottenProvider: FieldPlace?

    init(_ fields: YAMLFields) throws(KubeconfigError) {
      place = fields.place
      token = try fields.text("token")
      tokenFile = try fields.text("tokenFile").map(fields.absolute)
      username = try fields.text("username")
      password = try fields.text("password")
      certificate = try fields.fileOrData("client-certificate")
      key = try fields.fileOrData("client-key")
      impersonation = try Impersonation(fields)
      impersonationPlace = fields.place(of: "as")
      plugin = try fields.map("exec").map { fields throws(KubeconfigError) in
        try ExecPlugin(fields)
      }
      let providerFields = try fields.map("auth-provider")
      if let providerFields, try providerFields.string("name") == OpenIDProvider.name {
        provider = try OpenIDProvider(providerFields)
        forgottenProvider = nil
      } else {
        provider = nil
        forgottenProvider = providerFields?.place(of: "name")
      }
    }
  }
}

extension Kubeconfig.User {
  /// What is known without signing in; `nil` where the user signs in with a plugin or provider.
  ///
  /// Of `token` and `tokenFile` the file's last readable content wins; `token` is for as long as it
  /// cannot be read (client-go: `tools/clientcmd/client_config.go`, `rest.Config.BearerTokenFile`,
  /// `transport.NewBearerAuthWithRefreshRoundTripper`). Both win over a plugin, whose header
  /// client-go adds only where there is none.
  func fixedCredential() throws(KubeconfigError) -> Credential? {
    guard token == nil && tokenFile == nil || username == nil && password == nil else {
      throw .unusable(at: place, reason: "a token and a user name exclude each other")
    }
    if let tokenFile { return .tokenFile(tokenFile, otherwise: token) }
    if let token { return .token(token) }
    if username != nil || password != nil {
      return .basic(username: username ?? "", password: password ?? "")
    }
    if let forgottenProvider {
      let reason = "Kubernetes has no such auth-provider any more; use its exec plugin"
      throw .unusable(at: forgottenProvider, reason: reason)
    }
    guard plugin == nil || provider == nil else {
      throw .unusable(at: place, reason: "exec and auth-provider exclude each other")
    }
    return plugin == nil && provider == nil ? Credential.none : nil
  }

  func clientCertificate() throws(KubeconfigError) -> ClientCertificateSource? {
    switch (certificate, key) {
    case (nil, nil): return nil
    case (let certificate?, let key?):
      return ClientCertificateSource(certificate: certificate, key: key)
    case (nil, _?):
      throw .unusable(at: place, reason: "client-key is of no use without client-certificate")
    case (_?, nil):
      throw .unusable(at: place, reason: "client-certificate needs a client-key")
    }
  }

  func impersonated() throws(KubeconfigError) -> Impersonation? {
    guard let impersonation else { return nil }
    guard !impersonation.user.isEmpty else {
      throw .unusable(
        at: impersonationPlace,
        reason: "as-uid, as-groups and as-user-extra need the user's name too"
      )
    }
    return impersonation
  }
}

extension Kubeconfig.User: Redacted {
  var description: String { "the user at \(place)" }
}
