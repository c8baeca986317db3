import Foundation
import HTTP
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing

@testable import KubernetesClient

@Suite(.fewAtOnce) struct SigningInAgainTests {
  private let fixture: PluginFixture

  init() throws { fixture = try PluginFixture() }

  /// A server that lets in who shows one of some authorizations.
  private func server(accepting accepted: Set<String>) throws -> ScriptedServer {
    try ScriptedServer { request in
      accepted.contains(request.headers["authorization"] ?? "")
        ? [.answer(#"{"gitVersion":"v1"}"#)]
        : [.answer(#"{"kind":"Status","code":401,"message":"Unauthorized"}"#, status: 401)]
    }
  }

  private func authorizations(_ server: ScriptedServer) -> [String] {
    server.requests.map { $0.headers["authorization"] ?? "" }
  }

  @Test func whoIsNotLetInSignsInAgainOnce() async throws {
    let server = try server(accepting: ["Bearer t2"])
    defer { server.stop() }
    let credential = try fixture.credential(PluginFixture.countingTokens)
    #expect(try await fixture.client(credential, server).serverVersion() == "v1")
    #expect(authorizations(server) == ["Bearer t1", "Bearer t2"])
  }

  @Test func whoIsRefusedAgainIsToldAndDoesNotSignInForEachRequest() async throws {
    let server = try server(accepting: [])
    defer { server.stop() }
    // By a clock that stands still, for on a busy machine the pause would pass meanwhile.
    let session = try fixture.session(PluginFixture.countingTokens, now: { .noon })
    let client = fixture.client(session, server)
    for _ in 0..<3 {
      await #expect(throws: KubernetesError.unauthorized(server: server.url)) {
        try await client.serverVersion()
      }
    }
    #expect(fixture.runs == 2)
    #expect(
      authorizations(server) == ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t2"]
    )
  }

  @Test func manyRefusedRequestsSignInOnceTogether() async throws {
    let server = try server(accepting: ["Bearer t2"])
    defer { server.stop() }
    let client = fixture.client(try fixture.credential(PluginFixture.countingTokens), server)
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 { group.addTask { try await client.serverVersion() } }
      for try await version in group { #expect(version == "v1") }
    }
    #expect(fixture.runs == 2)
  }

  @Test func aWatchSignsInAgainToo() async throws {
    let server = try ScriptedServer { request in
      request.headers["authorization"] == "Bearer t2"
        ? [.streamHead(), .hold] : [.answer("{}", status: 401)]
    }
    defer { server.stop() }
    let client = fixture.client(try fixture.credential(PluginFixture.countingTokens), server)
    let stream = try await client.watch(
      .pods,
      from: .version("1"),
      timeout: .seconds(60),
      silence: .seconds(60)
    )
    stream.cancel()
    #expect(authorizations(server) == ["Bearer t1", "Bearer t2"])
  }

  @Test func aTokenThatCannotChangeIsShownOnce() async throws {
    let server = try server(accepting: [])
    defer { server.stop() }
    await #expect(throws: KubernetesError.unauthorized(server: server.url)) {
      try await fixture.client(.token("t"), server).serverVersion()
    }
    #expect(server.requests.count == 1)
  }

  @Test func aTokenFileRenewedMeanwhileIsReadAgain() async throws {
    let path = try fixture.folder.write("token", "old\n")
    let folder = fixture.folder.path
    let server = try ScriptedServer { request in
      if request.headers["authorization"] == "Bearer new" { return [.answer("{}")] }
      try? "new\n".write(toFile: "\(folder)/token", atomically: true, encoding: .utf8)
      return [.answer("{}", status: 401)]
    }
    defer { server.stop() }
    _ = try await fixture.client(.tokenFile(path), server).serverVersion()
    #expect(authorizations(server) == ["Bearer old", "Bearer new"])
  }

  @Test func aTokenFileThatIsGoneLeavesItsLastContentOrTheToken() async throws {
    let server = try server(accepting: ["Bearer file", "Bearer fixed"])
    defer { server.stop() }
    let path = fixture.folder.path + "/token"
    let client = fixture.client(.tokenFile(path, otherwise: "fixed"), server)
    _ = try await client.serverVersion()
    try fixture.folder.write("token", "file")
    _ = try await client.serverVersion()
    try FileManager.default.removeItem(atPath: path)
    _ = try await client.serverVersion()
    #expect(authorizations(server) == ["Bearer fixed", "Bearer file", "Bearer file"])
  }

  @Test func aFailedSignInIsTheRequestsFailure() async throws {
    let server = try server(accepting: [])
    defer { server.stop() }
    let client = fixture.client(try fixture.credential("echo no >&2; exit 1"), server)
    let error = await #expect(throws: KubernetesError.self) { try await client.serverVersion() }
    #expect(
      error
        == .signIn(
          .pluginFailed(
            command: fixture.folder.path + "/plugin",
            reason: "failed (exit status 1)",
            errorText: "no"
          )
        )
    )
    #expect(server.requests.isEmpty)
  }

  @Test func asWhomWeActStandsInTheRequest() async throws {
    let server = try server(accepting: ["Bearer t"])
    defer { server.stop() }
    var connection = ClusterConnection(
      contextName: "x",
      server: server.url,
      credential: .token("t")
    )
    connection.impersonation = Impersonation(
      user: "ada",
      uid: "u1",
      groups: ["a"],
      extra: ["example.com/k ü": ["v"]]
    )
    let client = KubernetesClient(connection, eventLoop: fixture.eventLoop, userAgent: "k")
    _ = try await client.serverVersion()
    let headers = try #require(server.requests.first).headers
    #expect(headers["impersonate-user"] == "ada")
    #expect(headers["impersonate-uid"] == "u1")
    #expect(headers["impersonate-group"] == "a")
    #expect(headers["impersonate-extra-example.com%2fk%20%c3%bc"] == "v")
  }

  @Test func renewedCertificatesAreRead() async throws {
    try fixture.folder.write("cert", "C1")
    try fixture.folder.write("key", "K1")
    let path = try fixture.folder.write(
      "config",
      """
      clusters: [{name: c, cluster: {server: https://h}}]
      users: [{name: u, user: {client-certificate: cert, client-key: key}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      """
    )
    let connection = try Kubeconfig.load(explicitPath: path, environment: [:]).connection(to: "x")
    let signer = RequestSigner(connection, SignInTools(eventLoop: fixture.eventLoop))
    #expect(
      try await signer.identity().certificate
        == ClientCertificate(certificate: Array("C1".utf8), key: Array("K1".utf8))
    )
    try fixture.folder.write("cert", "C2")
    try fixture.folder.write("key", "K2")
    #expect(
      try await signer.identity().certificate
        == ClientCertificate(certificate: Array("C2".utf8), key: Array("K2".utf8))
    )
  }

  @Test func aCertificateThatIsNoneIsRefusedBeforeAnythingIsSent() async throws {
    let status = #""clientCertificateData":"CERT","clientKeyData":"very-secret""#
    let credential = try fixture.credential(PluginFixture.answer(status))
    let server = try ScriptedServer { _ in [.hold] }
    defer { server.stop() }
    let client = KubernetesClient(
      ClusterConnection(
        contextName: "x",
        server: "https://127.0.0.1:\(server.port)",
        credential: credential
      ),
      eventLoop: fixture.eventLoop,
      userAgent: "k"
    )
    let error = await #expect(throws: KubernetesError.self) { try await client.serverVersion() }
    #expect(error?.description.contains("Check the certificate authority") == true)
    #expect(error?.description.contains("secret") == false)
  }
}
