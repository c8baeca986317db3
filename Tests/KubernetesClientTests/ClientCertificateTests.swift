import Foundation
import HTTP
import KubernetesObjects
import TestServers
import Testing

@testable import KubernetesClient

/// A server that asks for certificates, as openssl runs it.
@Suite(.fewAtOnce, .enabled(if: ExecutableSearch.path(of: "openssl", in: nil) != nil))
struct ClientCertificateTests {
  private let fixture: PluginFixture
  private let folder: TemporaryFolder

  init() throws {
    fixture = try PluginFixture()
    folder = fixture.folder
  }

  private func openssl(_ arguments: String) async throws -> PluginProcess.End {
    let path = try #require(ExecutableSearch.path(of: "openssl", in: nil))
    let words = arguments.split(separator: " ").map { $0.replacing("FOLDER", with: folder.path) }
    return await PluginProcess(
      path: path,
      arguments: ["openssl"] + words.map(String.init),
      environment: [:],
      isInteractive: false,
      timeLimit: .seconds(60)
    ).run()
  }

  /// Makes a key, and a certificate that it signed itself.
  private func makeCertificate(_ name: String) async throws {
    let end = try await openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=\(name) "
        + "-addext subjectAltName=IP:127.0.0.1 -keyout FOLDER/\(name).key -out FOLDER/\(name).crt"
    )
    guard case .exited(status: 0, _, _) = end else {
      Issue.record("\(end)")
      return
    }
  }

  /// A plugin that gives the certificate `one`, and from a moment on `two`.
  private func credential() throws -> Credential {
    func member(_ name: String, _ file: String) -> String {
      #""\#(name)":"$(awk '{printf "%s\\n",$0}' "$FOLDER/$NAME.\#(file)")""#
    }
    let members = [
      member("clientCertificateData", "crt"), member("clientKeyData", "key"),
      #""expirationTimestamp":"2001-01-01T00:00:00Z""#,
    ]
    return try fixture.credential(
      #"NAME=$([ -e "$FOLDER/later" ] && echo two || echo one)"# + "\n"
        + PluginFixture.answer(members.joined(separator: ","))
    )
  }

  @Test func theEndOfACertificateIsKnown() async throws {
    try await makeCertificate("one")
    let certificate = ClientCertificate(
      certificate: Array(try folder.read("one.crt").utf8),
      key: []
    )
    let expiry = try #require(certificate.expiry)
    let remaining = Timestamp.now.elapsed(to: expiry)
    #expect(remaining > .seconds(47 * 3600) && remaining <= .seconds(48 * 3600))
    #expect(ClientCertificate(certificate: Array("nonsense".utf8), key: []).expiry == nil)
  }

  @Test func aPluginsCertificateIsShownAndItsSuccessorOnANewConnection() async throws {
    for name in ["server", "one", "two"] { try await makeCertificate(name) }
    let probe = try ScriptedServer { _ in [] }
    probe.stop()  // Its port is free now.
    let server = Task {
      try await openssl(
        "s_server -accept 127.0.0.1:\(probe.port) -cert FOLDER/server.crt -key FOLDER/server.key "
          + "-Verify 1 -verify_quiet -CAfile FOLDER/two.crt -verify_return_error -www"
      )
    }
    var connection = ClusterConnection(
      contextName: "x",
      server: "https://127.0.0.1:\(probe.port)",
      credential: try credential()
    )
    connection.tls.certificateAuthority = Array(try folder.read("server.crt").utf8)
    let signer = RequestSigner(connection, SignInTools(eventLoop: fixture.eventLoop))
    let http = HTTPClient(connection.settings, eventLoop: fixture.eventLoop)
    let request = HTTPRequest(.get, connection.server)
    func error() async throws -> HTTPError? {
      do throws(HTTPError) {
        let certificate = try? await signer.identity().certificate
        _ = try await http.presenting(certificate).response(to: request)
        return nil
      } catch {
        return error
      }
    }
    // Until the server listens it cannot be reached; then it does not trust the certificate.
    #expect(
      await eventually {
        if case .unreachable = try? await error() { false } else { true }
      }
    )
    let withOne = try await error()
    #expect(withOne?.description.contains("could not load") == false)
    try folder.write("later", "")
    let withTwo = try await error()
    #expect(withTwo == nil)
    // The run ends before the test's process may: nothing is left behind.
    server.cancel()
    guard case .cancelled = try await server.value else {
      Issue.record("The server ended by itself.")
      return
    }
  }
}
