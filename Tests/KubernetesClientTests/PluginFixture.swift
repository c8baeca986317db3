import HTTP
import KubernetesObjects
import TestServers
import Testing

@testable import KubernetesClient

/// A kubeconfig whose user signs in with a script, which notes its runs.
struct PluginFixture: Sendable {
  let folder: TemporaryFolder
  let eventLoop = EventLoop()

  init() throws { folder = try TemporaryFolder() }

  static let apiVersion = "client.authentication.k8s.io/v1"

  /// How often the script was run.
  var runs: Int { (try? folder.read("runs"))?.split(separator: "\n").count ?? 0 }

  /// A script that answers with a status.
  static func answer(_ status: String, apiVersion: String = apiVersion) -> String {
    "cat <<END\n"
      + #"{"apiVersion":"\#(apiVersion)","kind":"ExecCredential","status":{\#(status)}}"#
      + "\nEND"
  }

  /// A script that answers `t1` the first time, then `t2` and so on.
  static let countingTokens = answer(#""token":"t$(wc -l < "$FOLDER/runs" | tr -d ' ')""#)

  /// A session whose plugin is a script, with a time limit and a clock of its own.
  func session(
    _ script: String,
    timeLimit: Duration = ExecSignIn.timeLimit,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) throws -> Credential {
    let path = try folder.script("slow", #"echo run >> "$FOLDER/runs""# + "\n" + script)
    let yaml = "{command: \(path), apiVersion: \(Self.apiVersion), interactiveMode: Never}"
    let method = ExecSignIn(
      try ExecPlugin(YAMLFields(parsing: yaml, path: "/config")),
      cluster: nil,
      environment: ["PATH": "/usr/bin:/bin", "FOLDER": folder.path],
      timeLimit: timeLimit
    )
    return .session(SignInSession(method, now: now))
  }

  func credential(
    _ script: String,
    _ options: String = "interactiveMode: Never",
    command: String = "./plugin",
    cluster: String = "server: https://h"
  ) throws -> Credential {
    try folder.script("plugin", #"echo run >> "$FOLDER/runs""# + "\n" + script)
    let path = try folder.write(
      "config",
      """
      clusters:
      - {name: c, cluster: {\(cluster)}}
      users:
      - name: u
        user:
          exec:
            command: \(command)
            apiVersion: \(Self.apiVersion)
            env: [{name: FOLDER, value: \(folder.path)}]
            \(options.replacing("\n", with: "\n      "))
      contexts:
      - {name: x, context: {cluster: c, user: u}}
      - {name: y, context: {cluster: c, user: u}}
      """
    )
    let config = try Kubeconfig.load(
      explicitPath: path,
      environment: ["PATH": "relative:\(folder.path):/usr/bin:/bin", "OURS": "kept"]
    )
    let credential = try config.connection(to: "x").credential
    #expect(try config.connection(to: "y").credential == credential)
    return credential
  }

  func signer(_ credential: Credential, _ terminal: TerminalHandover? = nil) -> RequestSigner {
    RequestSigner(
      ClusterConnection(contextName: "x", server: "https://h", credential: credential),
      SignInTools(eventLoop: eventLoop, withTerminal: terminal)
    )
  }

  func client(_ credential: Credential, _ server: ScriptedServer) -> KubernetesClient {
    KubernetesClient(
      ClusterConnection(contextName: "x", server: server.url, credential: credential),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
  }
}
