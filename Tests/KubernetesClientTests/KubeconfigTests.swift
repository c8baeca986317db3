import HTTP
import KubernetesClient
import TestServers
import Testing

@Suite(.fewAtOnce) struct KubeconfigTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let good = """
    apiVersion: v1
    kind: Config
    current-context: one
    unknown-field: ignored
    clusters:
    - name: c
      cluster:
        server: "https://example.com:6443/"
        certificate-authority-data: Q0E=
        unknown-field: [ignored]
    - name: insecure
      cluster:
        server: https://[2001:db8::1]/k8s/
        insecure-skip-tls-verify: true
        tls-server-name: api
        disable-compression: true
        proxy-url: http://proxy:3128
    - name: file
      cluster: {server: https://10.0.0.1, certificate-authority: certificates/ca.pem}
    users:
    - name: token
      user: {token: very-secret, as: ada, as-uid: u1, as-groups: [a, b], as-user-extra: {k: [v, w]}}
    - name: certificate
      user: {client-certificate-data: Q0VSVA==, client-key: key.pem}
    - name: file
      user: {tokenFile: token.txt}
    - name: both
      user: {tokenFile: token.txt, token: very-secret}
    - name: basic
      user: {username: ada, password: very-secret}
    - name: plugin
      user: {token: very-secret, exec: {command: aws}}
    contexts:
    - name: one
      context: {cluster: c, user: token, namespace: shop}
    - name: two
      context: {cluster: insecure, user: certificate}
    - name: three
      context: {cluster: file, user: file}
    - name: four
      context: {cluster: c, user: plugin}
    - name: five
      context: {cluster: gone, user: token}
    - name: six
      context: {cluster: c, user: both}
    - name: seven
      context: {cluster: c, user: basic}
    - name: eight
      context: {cluster: c, user: gone}
    - name: nobody
      context: {cluster: c}
    """

  private func good() throws -> Kubeconfig {
    try folder.write("key.pem", "KEY")
    try folder.write("certificates/ca.pem", "CA FILE")
    return try load(Self.good)
  }

  private func load(_ text: String) throws -> Kubeconfig {
    try Kubeconfig.load(explicitPath: try folder.write("config", text), environment: [:])
  }

  // MARK: What is read

  @Test func theCurrentContextIsTheDefault() throws {
    let connection = try good().connection(to: nil)
    #expect(connection.contextName == "one")
    #expect(connection.server == "https://example.com:6443")
    #expect(connection.namespace == "shop")
    #expect(connection.tls.certificateAuthority == Array("CA".utf8))
    #expect(connection.credential == .token("very-secret"))
    #expect(connection.proxy == .environment)
    #expect(connection.acceptsGzip)
  }

  @Test func theUserMayActAsAnother() throws {
    let expected = Impersonation(
      user: "ada",
      uid: "u1",
      groups: ["a", "b"],
      extra: ["k": ["v", "w"]]
    )
    #expect(try good().connection(to: "one").impersonation == expected)
    #expect(try good().connection(to: "two").impersonation == nil)
  }

  @Test func theClusterSaysHowItIsReached() throws {
    let connection = try good().connection(to: "two")
    #expect(connection.server == "https://[2001:db8::1]/k8s")
    #expect(connection.tls.insecureSkipVerify)
    #expect(connection.tls.serverName == "api")
    #expect(connection.proxy == .url("http://proxy:3128"))
    #expect(!connection.acceptsGzip)
  }

  @Test func filesAreFoundBesideTheKubeconfig() throws {
    let config = try good()
    let certificate = ClientCertificate(certificate: Array("CERT".utf8), key: Array("KEY".utf8))
    #expect(try config.connection(to: "two").tls.clientCertificate == certificate)
    let three = try config.connection(to: "three")
    #expect(three.tls.certificateAuthority == Array("CA FILE".utf8))
    #expect(three.credential == .tokenFile(folder.path + "/token.txt"))
  }

  @Test(
    "Of several ways to be known the one that kubectl takes is taken",
    arguments: [
      ("six", "the token in FOLDER/token.txt"), ("seven", "a user name and password"),
      ("four", "a token"), ("nobody", "no credential"),
    ]
  )
  func precedence(context: String, expected: String) throws {
    let credential = try good().connection(to: context).credential
    #expect(credential.description == expected.replacing("FOLDER", with: folder.path))
  }

  @Test(
    "A server without a scheme is reached as kubectl reaches it",
    arguments: [
      ("{server: 'h:1', insecure-skip-tls-verify: true}", "https://h:1"),
      ("{server: 'h:1', certificate-authority-data: Q0E=}", "https://h:1"),
      ("{server: 'h:1'}", "http://h:1"), ("{server: 'HTTPS://h:1'}", "HTTPS://h:1"),
    ]
  )
  func schemes(cluster: String, url: String) throws {
    let config = try load(
      "clusters: [{name: c, cluster: \(cluster)}]\ncontexts: [{name: x, context: {cluster: c}}]"
    )
    #expect(try config.connection(to: "x").server == url)
  }

  @Test(
    "Proxies resolve names for us",
    arguments: [
      ("http://p:1", "http://p:1"), ("https://u:w@p", "https://u:w@p"),
      ("socks5://p:2", "socks5h://p:2"),
    ]
  )
  func proxies(url: String, expected: String) throws {
    let config = try load(
      """
      clusters: [{name: c, cluster: {server: https://h, proxy-url: '\(url)'}}]
      contexts: [{name: x, context: {cluster: c}}]
      """
    )
    #expect(try config.connection(to: "x").proxy == .url(expected))
  }

  @Test func secretsDoNotTravelInTheClear() throws {
    let config = try load(
      """
      clusters: [{name: c, cluster: {server: http://h}}]
      users: [{name: u, user: {token: t, client-certificate-data: Qw==, client-key-data: Sw==}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      """
    )
    let connection = try config.connection(to: "x")
    #expect(connection.credential == .none)
    #expect(connection.tls.clientCertificate == nil)
  }

  // MARK: Which files are read

  @Test func theFirstOfSeveralFilesWins() throws {
    let first = try folder.write(
      "one/first",
      """
      clusters: [{name: c, cluster: {server: https://first}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      """
    )
    let second = try folder.write(
      "two/second",
      """
      current-context: x
      clusters: [{name: c, cluster: {server: https://second}}]
      users: [{name: u, user: {tokenFile: token}}]
      """
    )
    let environment = ["KUBECONFIG": "\(folder.path)/missing:\(first)::\(second)"]
    let config = try Kubeconfig.load(explicitPath: nil, environment: environment)
    let connection = try config.connection(to: nil)
    #expect(connection.server == "https://first")
    #expect(connection.credential == .tokenFile(folder.path + "/two/token"))
  }

  @Test func theHomeFolderIsTheLastResort() throws {
    #expect(throws: KubeconfigError.none(searched: ["\(folder.path)/.kube/config"])) {
      try Kubeconfig.load(explicitPath: nil, environment: ["HOME": folder.path])
    }
    try folder.write(".kube/config", "current-context: a")
    let config = try Kubeconfig.load(explicitPath: nil, environment: ["HOME": folder.path])
    #expect(config.currentContext == "a")
  }

  @Test func anEmptyFileIsAKubeconfigWithoutContexts() throws {
    let error = #expect(throws: KubeconfigError.self) { try load("").connection(to: "x") }
    #expect(error?.description == "No context is named x. There are none.")
  }

  @Test func aFileInJSONIsReadToo() throws {
    let config = try load(
      #"{"clusters": [{"name": "c", "cluster": {"server": "https://h"}}],"#
        + #" "contexts": [{"name": "x", "context": {"cluster": "c"}}]}"#
    )
    #expect(try config.connection(to: "x").server == "https://h")
  }

  // MARK: What cannot be used

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
        "users:\n- name: u\n  user:\n    client-key-data: '%%%'",
        "FILE:4: users[0].user.client-key-data: expected base64."
      ),
      (
        "users:\n- name: u\n  user:\n    as-groups:\n    - a\n    - [b]",
        "FILE:6: users[0].user.as-groups[1]: expected a string."
      ),
      (
        "users:\n- name: u\n  user:\n    exec: {interactiveMode: Perhaps}",
        "FILE:4: users[0].user.exec.interactiveMode: expected Never, IfAvailable or Always."
      ),
      ("users:\n- 7", "FILE:2: users[0]: expected a map."),
      (
        "users:\n- name: u\n- name: u",
        "FILE:3: users[1].name: another user is named u too."
      ),
      ("- 1", "FILE:1: the file: expected a map."),
      (
        "users:\n- name: u\n  user: {token: a, token: b}",
        "FILE:3: not valid YAML: token is there more than once in one map."
      ),
    ]
  )
  func broken(text: String, message: String) throws {
    let error = #expect(throws: KubeconfigError.self) { try load(text) }
    #expect(error?.description == message.replacing("FILE", with: folder.path + "/config"))
  }

  @Test func whatIsNoYAMLIsToldWithItsLine() throws {
    let error = #expect(throws: KubeconfigError.self) { try load("a: 1\nb: [1,\nc: }") }
    #expect(error?.description.hasPrefix("\(folder.path)/config:3: not valid YAML: ") == true)
  }

  @Test func aFileThatIsNamedMustExist() {
    let error = #expect(throws: KubeconfigError.self) {
      try Kubeconfig.load(explicitPath: "/nowhere/config", environment: [:])
    }
    #expect(error?.description == "/nowhere/config: cannot be read: there is no such file.")
  }

  @Test(
    "A context that cannot be used says why",
    arguments: [
      (
        "nine",
        "No context is named nine. There are: eight, five, four, nobody, one, seven, six, three, "
          + "two."
      ),
      ("five", "Context five: cluster gone is in no kubeconfig. Check FILE, line 43."),
      ("eight", "Context eight: user gone is in no kubeconfig. Check FILE, line 49."),
    ]
  )
  func unusable(context: String, message: String) throws {
    let error = #expect(throws: KubeconfigError.self) { try good().connection(to: context) }
    let text = error?.description.replacing(#/Check .*,/#, with: "Check FILE,")
    #expect(text == message)
  }

  @Test(
    "What is no file of contexts says what it is",
    arguments: [
      ("/dev/null", "The kubeconfig holds no context."),
      ("/tmp", "/tmp: cannot be read: Is a directory."),
      ("/dev/zero", "/dev/zero: cannot be read: it is larger than 64 MiB."),
    ]
  )
  func noFile(path: String, message: String) {
    let error = #expect(throws: KubeconfigError.self) {
      try Kubeconfig.load(explicitPath: nil, environment: ["KUBECONFIG": path]).connection(to: nil)
    }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test(
    "What stands in a well-formed file and cannot be used is told with its place",
    arguments: [
      ("server: ''", "", "2: clusters[0].cluster.server: it is empty."),
      ("server: ftp://h", "", "2: clusters[0].cluster.server: expected an http or https URL."),
      (
        "server: https://h, proxy-url: ftp://p", "",
        "2: clusters[0].cluster.proxy-url: expected the scheme http, https or socks5."
      ),
      ("server: https://h, proxy-url: p", "", "2: clusters[0].cluster.proxy-url: expected a URL."),
      (
        "server: https://h, certificate-authority: gone.pem", "",
        "2: clusters[0].cluster.certificate-authority: FOLDER/gone.pem cannot be read."
      ),
      (
        "server: https://h, certificate-authority-data: Q0E=, insecure-skip-tls-verify: true", "",
        "2: clusters[0].cluster: with a certificate-authority, insecure-skip-tls-verify is not "
          + "allowed."
      ),
      (
        "server: https://h", "client-certificate-data: Qw==",
        "4: users[0].user: client-certificate needs a client-key."
      ),
      (
        "server: https://h", "client-key-data: Qw==",
        "4: users[0].user: client-key is of no use without client-certificate."
      ),
      (
        "server: https://h", "client-certificate: gone, client-key-data: Qw==",
        "4: users[0].user.client-certificate: FOLDER/gone cannot be read."
      ),
      (
        "server: https://h", "token: t, username: u",
        "4: users[0].user: a token and a user name exclude each other."
      ),
      (
        "server: https://h", "as-groups: [a]",
        "4: users[0].user.as: as-uid, as-groups and as-user-extra need the user's name too."
      ),
      (
        "server: https://h", "exec: {apiVersion: client.authentication.k8s.io/v1}",
        "4: users[0].user.exec.command: it is missing."
      ),
      (
        "server: https://h",
        "exec: {command: c, apiVersion: client.authentication.k8s.io/v1alpha1}",
        "4: users[0].user.exec.apiVersion: expected client.authentication.k8s.io/v1 or "
          + "client.authentication.k8s.io/v1beta1."
      ),
      (
        "server: https://h", "exec: {command: c, apiVersion: client.authentication.k8s.io/v1}",
        "4: users[0].user.exec.interactiveMode: expected Never, IfAvailable or Always."
      ),
      (
        "server: https://h", "auth-provider: {name: gcp}",
        "4: users[0].user.auth-provider.name: Kubernetes has no such auth-provider any more; use "
          + "its exec plugin."
      ),
      (
        "server: https://h", "auth-provider: {name: oidc, config: {client-id: c}}",
        "4: users[0].user.auth-provider.config.idp-issuer-url: it is missing."
      ),
      (
        "server: https://h", "auth-provider: {name: oidc}, exec: {command: c}",
        "4: users[0].user: exec and auth-provider exclude each other."
      ),
    ]
  )
  func misplaced(cluster: String, user: String, message: String) throws {
    let config = try load(
      """
      clusters:
      - {name: c, cluster: {\(cluster)}}
      users:
      - {name: u, user: {\(user)}}
      contexts:
      - {name: x, context: {cluster: c, user: u}}
      """
    )
    let error = #expect(throws: KubeconfigError.self) { try config.connection(to: "x") }
    let expected = "\(folder.path)/config:" + message.replacing("FOLDER", with: folder.path)
    #expect(error?.description == expected)
  }
}
