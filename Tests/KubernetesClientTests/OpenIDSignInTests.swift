import Foundation
import HTTP
import KubernetesObjects
import TestServers
import Testing
import WireFormats

@testable import KubernetesClient

@Suite(.fewAtOnce) struct OpenIDSignInTests {
  private let folder: TemporaryFolder
  private let eventLoop = EventLoop()

  init() throws { folder = try TemporaryFolder() }

  /// A token that expires; its other parts are for nobody here.
  private static func token(_ name: String, expires time: Int) -> String {
    let claims = Data(#"{"sub":"\#(name)?>~","exp":\#(time)}"#.utf8).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    return "\(name).\(claims).signature"
  }

  private static let far = 32_503_680_000
  private static let valid = token("valid", expires: far)
  private static let fresh = token("fresh", expires: far)
  private static let expired = token("expired", expires: 1_000_000_000)

  /// A provider whose token endpoint answers with some text.
  private func provider(
    _ answer: String,
    status: Int = 200,
    methods: String? = nil
  ) throws -> ScriptedServer {
    let methods = methods.map { #","token_endpoint_auth_methods_supported":["\#($0)"]"# } ?? ""
    return try ScriptedServer { request in
      let endpoint = "http://\(request.headers["host"] ?? "")/token"
      return request.path == "/.well-known/openid-configuration"
        ? [.answer(#"{"token_endpoint":"\#(endpoint)"\#(methods)}"#)]
        : [.answer(answer, status: status)]
    }
  }

  private func signer(_ config: String, issuer: String) throws -> RequestSigner {
    let path = try folder.write(
      "config",
      """
      clusters: [{name: c, cluster: {server: https://h}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      users:
      - name: u
        user:
          auth-provider:
            name: oidc
            config: {client-id: kubernetes, idp-issuer-url: '\(issuer)', \(config)}
      """
    )
    let connection = try Kubeconfig.load(explicitPath: path, environment: [:]).connection(to: "x")
    return RequestSigner(connection, SignInTools(eventLoop: eventLoop))
  }

  private func error(_ signer: RequestSigner, _ issuer: String) async -> String {
    let error = await #expect(throws: SignInError.self) { try await signer.identity() }
    return (error?.description ?? "").replacing(issuer, with: "ISSUER")
  }

  @Test func aValidTokenIsUsedAsItIs() async throws {
    let signer = try signer("id-token: \(Self.valid)", issuer: "http://127.0.0.1:1")
    #expect(try await signer.identity().authorization == "Bearer \(Self.valid)")
  }

  @Test func anExpiredTokenIsRenewedAndWrittenBack() async throws {
    let provider = try provider(#"{"id_token":"\#(Self.fresh)","refresh_token":"r2"}"#)
    defer { provider.stop() }
    let config = "id-token: \(Self.expired), refresh-token: 'r 1&', client-secret: 's:ü'"
    let signer = try signer(config, issuer: provider.url)
    let before = try folder.read("config")
    for _ in 0..<2 {
      #expect(try await signer.identity().authorization == "Bearer \(Self.fresh)")
    }
    let after = before.replacing(Self.expired, with: "'\(Self.fresh)'")
      .replacing("'r 1&'", with: "'r2'")
    #expect(try folder.read("config") == after)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["config"])
    #expect(provider.requests.map(\.path) == ["/.well-known/openid-configuration", "/token"])
    let request = provider.requests[1]
    #expect(request.method == "POST")
    #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=refresh_token&refresh_token=r%201%26"
    )
    let pair = Data("kubernetes:s%3A%C3%BC".utf8).base64EncodedString()
    #expect(request.headers["authorization"] == "Basic \(pair)")
  }

  @Test(
    "A file is left alone where it does not hold what was read from it",
    arguments: [
      ("id-token: 'x'", "id-token: 'y'"), ("id-token: x", "id-token: &a x"),
      ("id-token: x", "other: x"), ("id-token: x", "["),
    ]
  )
  func foreignFiles(before: String, after: String) async throws {
    func config(_ fields: String) -> String {
      "users: [{user: {auth-provider: {name: oidc, config: {\(fields)}}}}]"
    }
    let path = try folder.write("config", config(before))
    let fields = try YAMLFields(parsing: config(before), path: path)
    let place = try fields.maps("users")[0].map("user")?.map("auth-provider")?.map("config")
    let tokens = PersistedTokens(try #require(place))
    try folder.write("config", config(after))
    #expect(await !tokens.replace([("id-token", "x", "z")]))
    #expect(try folder.read("config") == config(after))
  }

  @Test func aLockOfSomebodyElseIsRespected() async throws {
    let text = "users: [{user: {auth-provider: {name: oidc, config: {id-token: x}}}}]"
    let path = try folder.write("config", text)
    let config = try YAMLFields(parsing: text, path: path).maps("users")[0]
      .map("user")?.map("auth-provider")?.map("config")
    let tokens = PersistedTokens(try #require(config))
    try folder.write("config.lock", "")
    #expect(await !tokens.replace([("id-token", "x", "z")]))
    #expect(try folder.read("config") == text)
    try FileManager.default.removeItem(atPath: path + ".lock")
    #expect(await tokens.replace([("id-token", "x", "it's")]))
    #expect(try folder.read("config") == text.replacing(": x}", with: ": 'it''s'}"))
  }

  @Test func aProviderThatWantsTheSecretInTheFormGetsItThere() async throws {
    let provider = try provider(
      #"{"id_token":"\#(Self.fresh)"}"#,
      methods: "client_secret_post"
    )
    defer { provider.stop() }
    let signer = try signer("refresh-token: r, client-secret: s", issuer: provider.url + "/")
    _ = try await signer.identity()
    let request = try #require(provider.requests.last)
    #expect(request.headers["authorization"] == nil)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "grant_type=refresh_token&refresh_token=r&client_id=kubernetes&client_secret=s"
    )
  }

  @Test func aRefusedTokenIsRenewedWithTheLatestRefreshToken() async throws {
    let provider = try provider(#"{"id_token":"\#(Self.fresh)","refresh_token":"r2"}"#)
    defer { provider.stop() }
    let signer = try signer("id-token: \(Self.valid), refresh-token: r1", issuer: provider.url)
    let first = try await signer.identity()
    let second = try await signer.identity(insteadOf: first)
    #expect(second?.authorization == "Bearer \(Self.fresh)")
    #expect(
      String(decoding: try #require(provider.requests.last).body, as: UTF8.self)
        .contains("refresh_token=r1&client_id=kubernetes")
    )
  }

  @Test(
    "A provider that gives no token is told without secrets",
    arguments: [
      (
        400, #"{"error":"invalid_grant","error_description":"expired\\u001b[31m","x":"secret"}"#,
        "HTTP status 400, invalid_grant: expired [31m"
      ),
      (500, "very-secret", "HTTP status 500"),
      (200, "very-secret", "its answer is not JSON"),
      (200, #"{"access_token":"very-secret"}"#, "its answer has no id_token"),
      (200, #"{"id_token":"very-secret"}"#, "its id_token is no token"),
    ]
  )
  func refusals(status: Int, answer: String, reason: String) async throws {
    let answer = answer.replacing("\\\\", with: "\\")
    let provider = try provider(answer, status: status)
    defer { provider.stop() }
    let signer = try signer("refresh-token: very-secret", issuer: provider.url)
    #expect(
      await error(signer, provider.url)
        == "The identity provider ISSUER gives no token: \(reason). Sign in with kubectl first."
    )
  }

  @Test func withoutARefreshTokenAnExpiredOneIsTheEnd() async throws {
    let signer = try signer("id-token: \(Self.expired)", issuer: "https://i")
    #expect(
      await error(signer, "https://i")
        == "The identity provider ISSUER gives no token: the id-token is no longer valid, and "
        + "there is no refresh-token. Sign in with kubectl first."
    )
  }

  @Test(
    "Only the time that a token tells counts",
    arguments: [
      ("", nil), ("a.b", nil), ("a.!.c", nil), ("a.e30.c", nil),
      (token("t", expires: 12), Int64(12_000)),
    ]
  )
  func expirations(token: String, milliseconds: Int64?) {
    #expect(JSONWebToken(token)?.expiration.millisecondsSince1970 == milliseconds)
  }
}
