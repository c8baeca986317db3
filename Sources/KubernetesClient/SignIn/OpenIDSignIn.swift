import Foundation
import HTTP
import KubernetesObjects
import WireFormats

/// Signs in with an identity token, which is renewed from the provider and written back.
actor OpenIDSignIn: SignInMethod {
  /// How long before its end a token counts as expired.
  private static let leeway = Duration.seconds(10)

  private let provider: OpenIDProvider
  private let tls: TLSSettings
  private let now: @Sendable () -> Timestamp
  private var idToken: String?
  private var refreshToken: String?

  nonisolated var description: String { provider.description }

  init(
    _ provider: OpenIDProvider,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) throws(KubeconfigError) {
    try provider.confirmUsable()
    self.provider = provider
    self.now = now
    var tls = TLSSettings()
    tls.certificateAuthority = try provider.authority?.contents()
    self.tls = tls
    idToken = provider.idToken
    refreshToken = provider.refreshToken
  }

  func signIn(isRefused: Bool, _ tools: SignInTools) async throws(SignInError) -> Identity {
    if !isRefused, let identity = idToken.flatMap(Self.identity), !identity.isExpired(at: now()) {
      return identity
    }
    guard let refreshToken else {
      throw failed("the id-token is no longer valid, and there is no refresh-token")
    }
    let http = HTTPClient(
      ConnectionSettings(tls: tls, proxy: .environment),
      eventLoop: tools.eventLoop
    )
    let configuration = try await configuration(http)
    let answer = try await tokens(for: refreshToken, configuration, http)
    guard let token = answer["id_token"]?.stringValue else {
      throw failed("its answer has no id_token")
    }
    guard let identity = Self.identity(token) else { throw failed("its id_token is no token") }
    let next = answer["refresh_token"]?.stringValue ?? ""
    await replaceTokens(by: token, next.isEmpty ? refreshToken : next)
    return identity
  }

  /// Takes new tokens, and writes them where the old ones stand.
  ///
  /// A file that cannot be written is no reason not to use them: kubectl then signs in by itself.
  private func replaceTokens(by newToken: String, _ newRefreshToken: String) async {
    let changes = [
      ("id-token", idToken, newToken), ("refresh-token", refreshToken, newRefreshToken),
    ].compactMap { field, old, new in old.map { (field: field, old: $0, new: new) } }
    idToken = newToken
    refreshToken = newRefreshToken
    _ = await provider.persisted?.replace(changes.filter { $0.old != $0.new })
  }

  /// What a token is good for.
  private static func identity(_ idToken: String) -> Identity? {
    guard let header = Identity.bearer(idToken), let token = JSONWebToken(idToken)
    else { return nil }
    return Identity(authorization: header, expiration: token.expiration - leeway)
  }

  /// The provider's discovery document (OpenID Connect Discovery 1.0 §4).
  private func configuration(_ http: HTTPClient) async throws(SignInError) -> JSONValue {
    let issuer = provider.issuer.hasSuffix("/") ? provider.issuer : provider.issuer + "/"
    let request = HTTPRequest(.get, issuer + ".well-known/openid-configuration")
    return try await answer(to: request, http)
  }

  /// Asks for new tokens (RFC 6749 §6).
  private func tokens(
    for refreshToken: String,
    _ configuration: JSONValue,
    _ http: HTTPClient
  ) async throws(SignInError) -> JSONValue {
    guard let endpoint = configuration["token_endpoint"]?.stringValue,
      endpoint.hasPrefix("https://") || !provider.issuer.hasPrefix("https://")
    else { throw failed("it names no token endpoint that is as safe as itself") }
    var form = [("grant_type", "refresh_token"), ("refresh_token", refreshToken)]
    var request = HTTPRequest(.post, endpoint)
    request.headers.add("Content-Type", "application/x-www-form-urlencoded")
    let methods = configuration["token_endpoint_auth_methods_supported"]?.arrayValue
    if provider.clientSecret.isEmpty || methods?.contains("client_secret_basic") == false {
      form.append(("client_id", provider.clientID))
      if !provider.clientSecret.isEmpty { form.append(("client_secret", provider.clientSecret)) }
    } else {
      let pair = Self.encoded(provider.clientID) + ":" + Self.encoded(provider.clientSecret)
      request.headers.add("Authorization", "Basic " + Data(pair.utf8).base64EncodedString())
    }
    let fields = form.map { "\($0.0)=\(Self.encoded($0.1))" }
    request.body = Array(fields.joined(separator: "&").utf8)
    return try await answer(to: request, http)
  }

  private func answer(
    to request: HTTPRequest,
    _ http: HTTPClient
  ) async throws(SignInError) -> JSONValue {
    var request = request
    request.maximumBodyBytes = 1 << 20
    request.headers.add("Accept", "application/json")
    let response: HTTPResponse
    do {
      response = try await http.response(to: request)
    } catch {
      throw error == .cancelled ? .cancelled : failed(error.description)
    }
    let body = try? JSONValue(parsing: response.body)
    guard response.status == 200 else {
      // Only what RFC 6749 §5.2 means for people is quoted.
      let texts = ["error", "error_description"].compactMap { body?[$0]?.stringValue }
      let quote = QuotedText.line(Array(texts.joined(separator: ": ").utf8))
      throw failed("HTTP status \(response.status)" + (quote.isEmpty ? "" : ", \(quote)"))
    }
    guard let body else { throw failed("its answer is not JSON") }
    return body
  }

  private func failed(_ reason: String) -> SignInError {
    .provider(issuer: provider.issuer, reason: reason)
  }

  private static func encoded(_ text: String) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}

extension OpenIDSignIn: Redacted {}
