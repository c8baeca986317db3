import Foundation
import HTTP
import KubernetesClient
import Testing

@Suite final class KubeconfigTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(_ name: String, _ text: String) throws -> String {
    let path = folder.appending(path: name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private static let good = """
    apiVersion: v1
    kind: Config
    current-context: one
    unknown-field: ignored
    clusters:
    - name: c
      cluster: {server: "https://example.com:6443/", certificate-authority-data: Q0E=}
    - name: insecure
      cluster: {server: https://10.0.0.1, insecure-skip-tls-verify: true, tls-server-name: api}
    users:
    - name: token
      user: {token: very-secret}
    - name: certificate
      user: {client-certificate-data: Q0VSVA==, client-key: key.pem}
    - name: file
      user: {tokenFile: token.txt}
    - name: plugin
      user: {exec: {command: aws}}
    contexts:
    - name: one
      context: {cluster: c, user: token, namespace: shop}
    - name: two
      context: {cluster: insecure, user: certificate}
    - name: three
      context: {cluster: c, user: file}
    - name: four
      context: {cluster: c, user: plugin}
    - name: five
      context: {cluster: gone, user: token}
    """

  @Test func theCurrentContextIsTheDefault() throws {
    let path = try write("config", Self.good)
    _ = try write("key.pem", "KEY")
    let config = try Kubeconfig.load(explicitPath: path, environment: [:])
    let connection = try config.connection(to: nil)
    #expect(connection.contextName == "one")
    #expect(connection.server == "https://example.com:6443")
    #expect(connection.namespace == "shop")
    #expect(connection.tls.certificateAuthority == Array("CA".utf8))
    #expect(connection.credential == .token("very-secret"))
  }

  @Test func certificatesAndFilesAreFoundBesideTheKubeconfig() throws {
    let path = try write("config", Self.good)
    _ = try write("key.pem", "KEY")
    let config = try Kubeconfig.load(explicitPath: path, environment: [:])
    let two = try config.connection(to: "two")
    #expect(two.tls.clientCertificate == Array("CERT".utf8))
    #expect(two.tls.clientKey == Array("KEY".utf8))
    #expect(two.tls.insecureSkipVerify)
    #expect(two.tls.serverName == "api")
    let three = try config.connection(to: "three")
    #expect(three.credential == .tokenFile(folder.appending(path: "token.txt").path))
  }

  @Test func theFirstOfSeveralFilesWins() throws {
    let first = try write(
      "first",
      """
      clusters: [{name: c, cluster: {server: https://first}}]
      contexts: [{name: x, context: {cluster: c}}]
      """
    )
    let second = try write(
      "second",
      """
      current-context: x
      clusters: [{name: c, cluster: {server: https://second}}]
      """
    )
    let missing = folder.appending(path: "missing").path
    let environment = ["KUBECONFIG": "\(missing):\(first):\(second)"]
    let config = try Kubeconfig.load(explicitPath: nil, environment: environment)
    #expect(try config.connection(to: nil).server == "https://first")
  }

  @Test func theHomeFolderIsTheLastResort() throws {
    try FileManager.default.createDirectory(
      at: folder.appending(path: ".kube"),
      withIntermediateDirectories: true
    )
    #expect(throws: KubeconfigError.none(searched: ["\(folder.path)/.kube/config"])) {
      try Kubeconfig.load(explicitPath: nil, environment: ["HOME": folder.path])
    }
    _ = try write(".kube/config", "current-context: a")
    #expect(
      try Kubeconfig.load(explicitPath: nil, environment: ["HOME": folder.path]).currentContext
        == "a"
    )
  }

  @Test(
    "A broken file is told with line and field",
    arguments: [
      ("clusters: 7", "FILE:1: clusters: expected a list."),
      ("clusters:\n- name: c\n  cluster: 7", "FILE:3: clusters[0].cluster: expected a map."),
      (
        "clusters:\n- name: c\n  cluster:\n    server: [1]",
        "FILE:4: clusters[0].cluster.server: expected a string."
      ),
      (
        "clusters:\n- name: c\n  cluster: {insecure-skip-tls-verify: maybe}",
        "FILE:3: clusters[0].cluster.insecure-skip-tls-verify: expected true or false."
      ),
      (
        "users:\n- name: u\n  user: {client-key-data: '%%%'}",
        "FILE:3: client-key-data: expected base64."
      ),
      ("users:\n- 7", "FILE:2: users[0]: expected a map."),
      ("- 1", "FILE:1: the file: expected a map."),
    ]
  )
  func broken(text: String, message: String) throws {
    let path = try write("config", text)
    let error = #expect(throws: KubeconfigError.self) {
      try Kubeconfig.load(explicitPath: path, environment: [:])
    }
    #expect(error?.description == message.replacingOccurrences(of: "FILE", with: path))
  }

  @Test func whatIsNoYAMLIsToldWithItsLine() throws {
    let path = try write("config", "a: 1\nb: [1,\nc: }")
    let error = #expect(throws: KubeconfigError.self) {
      try Kubeconfig.load(explicitPath: path, environment: [:])
    }
    #expect(error?.description.hasPrefix("\(path):3: not valid YAML: ") == true)
  }

  @Test(
    "A context that cannot be used says why",
    arguments: [
      ("nine", "No context is named nine. There are: five, four, one, three, two."),
      ("five", "Context five: cluster gone is in no kubeconfig. Check the file."),
      (
        "four",
        "User plugin: exec is not supported yet. Use a token or a client certificate."
      ),
    ]
  )
  func unusable(context: String, message: String) throws {
    let path = try write("config", Self.good)
    _ = try write("key.pem", "KEY")
    let config = try Kubeconfig.load(explicitPath: path, environment: [:])
    let error = #expect(throws: KubeconfigError.self) { try config.connection(to: context) }
    #expect(error?.description == message)
  }

  @Test func credentialsAreNotDescribed() {
    let credentials: [Credential] = [
      .token("very-secret"), .basic(username: "u", password: "very-secret"),
    ]
    for credential in credentials {
      var dumped = ""
      dump(credential, to: &dumped)
      #expect(!"\(credential) \(String(reflecting: credential)) \(dumped)".contains("secret"))
    }
  }
}
