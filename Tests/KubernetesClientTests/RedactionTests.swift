import HTTP
import TestServers
import Testing

@testable import KubernetesClient

@Suite(.fewAtOnce) struct RedactionTests {
  private static let secret = "very-secret"
  private static let bytes = Array(secret.utf8)
  private static let encoded = "dmVyeS1zZWNyZXQ="

  /// All that printing, interpolating, reflecting and dumping show.
  private func shown(_ value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \(dumped)"
  }

  private func kubeconfig() throws -> (TemporaryFolder, Kubeconfig) {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "config",
      """
      clusters:
      - {name: c, cluster: {server: https://h, proxy-url: 'http://u:very-secret@p:1'}}
      users:
      - {name: a, user: {token: very-secret}}
      - {name: b, user: {username: u, password: very-secret}}
      - name: c
        user: {client-certificate-data: \(Self.encoded), client-key-data: \(Self.encoded)}
      - name: d
        user:
          exec:
            command: aws
            apiVersion: client.authentication.k8s.io/v1
            interactiveMode: Never
            args: [--password, very-secret]
            env: [{name: PASSWORD, value: very-secret}]
      - name: e
        user:
          auth-provider:
            name: oidc
            config:
              idp-issuer-url: https://i
              client-id: k
              client-secret: very-secret
              id-token: very-secret
              refresh-token: very-secret
      - {name: f, user: {tokenFile: t, token: very-secret}}
      contexts:
      - {name: a, context: {cluster: c, user: a}}
      - {name: b, context: {cluster: c, user: b}}
      - {name: c, context: {cluster: c, user: c}}
      - {name: d, context: {cluster: c, user: d}}
      - {name: e, context: {cluster: c, user: e}}
      - {name: f, context: {cluster: c, user: f}}
      """
    )
    return (folder, try Kubeconfig.load(explicitPath: path, environment: ["SECRET": Self.secret]))
  }

  private func expectNothing(_ text: String) {
    #expect(!text.contains("secret"))
    // A byte array shows its numbers.
    #expect(!text.contains("118, 101, 114, 121"))
    #expect(!text.contains("- 118\n"))
  }

  @Test func aKubeconfigShowsNoSecret() throws {
    let (folder, config) = try kubeconfig()
    expectNothing(shown(config))
    #expect(shown(config.users).contains(folder.path))
  }

  @Test(arguments: ["a", "b", "c", "d", "e", "f"])
  func aConnectionShowsNoSecret(context: String) throws {
    let (folder, config) = try kubeconfig()
    let connection = try config.connection(to: context)
    expectNothing(shown(connection))
    let eventLoop = EventLoop()
    expectNothing(shown(KubernetesClient(connection, eventLoop: eventLoop, userAgent: "k")))
    #expect(folder.path.isEmpty == false)
  }

  @Test func whatIsSentShowsNoSecret() {
    var request = HTTPRequest(.post, "https://h/path", body: Self.bytes)
    request.headers.add("Authorization", Self.secret)
    expectNothing(shown(request))
    expectNothing(shown(request.headers))
    expectNothing(shown(request.headers.fields))
    #expect("\(request)" == "POST https://h/path")
    let certificate = ClientCertificate(certificate: Self.bytes, key: Self.bytes)
    var tls = TLSSettings()
    tls.clientCertificate = certificate
    expectNothing(shown(tls))
    let identity = Identity(authorization: Self.secret, certificate: certificate)
    expectNothing(shown(identity))
    #expect("\(identity)" == "an authorization and a client certificate")
    #expect("\(Proxy.url("http://u:very-secret@p:1"))" == "the proxy p:1")
  }

  @Test func credentialsTellTheirKindAlone() {
    let credentials: [(Credential, String)] = [
      (.token(Self.secret), "a token"),
      (.tokenFile("/t", otherwise: Self.secret), "the token in /t"),
      (.basic(username: "u", password: Self.secret), "a user name and password"),
    ]
    for (credential, description) in credentials {
      expectNothing(shown(credential))
      #expect("\(credential)" == description)
    }
  }
}
