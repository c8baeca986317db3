import Foundation
import HTTP
import KubernetesObjects
import Synchronization
import TestServers
import Testing
import WireFormats

@testable import KubernetesClient

@Suite(.fewAtOnce) struct ExecSignInTests {
  private let fixture: PluginFixture

  init() throws { fixture = try PluginFixture() }

  private func error(_ credential: Credential, _ terminal: TerminalHandover? = nil) async -> String
  {
    let error = await #expect(throws: SignInError.self) {
      try await fixture.signer(credential, terminal).identity()
    }
    return (error?.description ?? "").replacing(fixture.folder.path, with: "FOLDER")
  }

  // MARK: Answers

  @Test func aTokenIsShownUntilItExpires() async throws {
    let status = #""token":"t","expirationTimestamp":"2999-01-01T00:00:00Z""#
    let signer = fixture.signer(try fixture.credential(PluginFixture.answer(status)))
    #expect(try await signer.identity().authorization == "Bearer t")
    _ = try await signer.identity()
    #expect(fixture.runs == 1)
  }

  @Test func anExpiredTokenIsGotAnew() async throws {
    let status = #""token":"t","expirationTimestamp":"2001-01-01T00:00:00Z""#
    let signer = fixture.signer(try fixture.credential(PluginFixture.answer(status)))
    for _ in 0..<3 { _ = try await signer.identity() }
    #expect(fixture.runs == 3)
  }

  @Test func aCertificateIsShown() async throws {
    let status = #""clientCertificateData":"CERT\\n","clientKeyData":"KEY""#
    let identity = try await fixture.signer(
      try fixture.credential(PluginFixture.answer(status))
    ).identity()
    let expected = ClientCertificate(certificate: Array("CERT\n".utf8), key: Array("KEY".utf8))
    #expect(identity.certificate == expected)
    #expect(identity.authorization == nil)
  }

  @Test(
    "An answer that cannot be used is told without a word of it",
    arguments: [
      ("echo very-secret", "it is not JSON (byte 0)"),
      ("echo '{}'", "its kind is not ExecCredential"),
      (
        PluginFixture.answer(#""token":"very-secret""#, apiVersion: "v2"),
        "its apiVersion is not client.authentication.k8s.io/v1, which the kubeconfig asks for"
      ),
      (
        #"echo '{"kind":"ExecCredential","apiVersion":"\#(PluginFixture.apiVersion)"}'"#,
        "it has no status"
      ),
      (
        PluginFixture.answer(""),
        "it has neither status.token nor status.clientCertificateData"
      ),
      (
        PluginFixture.answer(#""clientKeyData":"very-secret""#),
        "it has one of clientCertificateData and clientKeyData alone"
      ),
      (
        PluginFixture.answer(#""token":"very\\r\\nsecret""#),
        "status.token is no token"
      ),
      (
        PluginFixture.answer(#""token":"very-secret","expirationTimestamp":"soon""#),
        "status.expirationTimestamp is no time"
      ),
    ]
  )
  func unusable(script: String, reason: String) async throws {
    #expect(
      await error(try fixture.credential(script))
        == "The answer of the sign-in plugin FOLDER/plugin cannot be used: \(reason)."
    )
  }

  // MARK: Failures

  @Test func whatAFailedPluginWroteToItsStandardErrorIsQuoted() async throws {
    let script = #"echo very-secret; printf '\033[31mtoken\n  expired\n' >&2; exit 3"#
    #expect(
      await error(try fixture.credential(script))
        == "The sign-in plugin FOLDER/plugin failed (exit status 3): [31mtoken expired"
    )
  }

  @Test func aPluginThatIsKilledIsTold() async throws {
    #expect(
      await error(try fixture.credential("kill -TERM $$"))
        == "The sign-in plugin FOLDER/plugin was ended by signal 15."
    )
  }

  @Test(
    "A missing plugin is told with its hint",
    arguments: [
      (
        "interactiveMode: Never\ninstallHint: Install it with brew.",
        "The sign-in plugin no-such-plugin is not installed. Install it with brew."
      ),
      (
        "interactiveMode: Never",
        "The sign-in plugin no-such-plugin is not installed. Install it, or correct exec.command "
          + "in the kubeconfig."
      ),
    ]
  )
  func missing(options: String, message: String) async throws {
    let credential = try fixture.credential("", options, command: "no-such-plugin")
    #expect(await error(credential) == message)
  }

  @Test func aPluginThatIsNoProgramIsTold() async throws {
    let credential = try fixture.credential("")
    try Executable.make(fixture.folder.write("plugin", "\u{1}\u{2}"))
    #expect(
      await error(credential)
        == "The sign-in plugin FOLDER/plugin cannot be started: Exec format error"
    )
  }

  @Test func aPluginThatTakesTooLongIsEndedWithItsChildren() async throws {
    let script = #"echo 'open the browser' >&2; sleep 60 & echo $! > "$FOLDER/child"; wait"#
    #expect(
      await error(try fixture.session(script, timeLimit: .seconds(1)))
        == "The sign-in plugin FOLDER/slow did not end within 1 s: open the browser"
    )
    let child = try #require(pid_t(try fixture.folder.read("child").dropLast()))
    #expect(await eventually { !Self.isRunning(child) })
  }

  @Test func aPluginThatWritesWithoutEndIsEnded() async throws {
    let message = await error(try fixture.session("yes >&2 & exec yes", timeLimit: .seconds(1)))
    #expect(message.hasPrefix("The sign-in plugin FOLDER/slow did not end within 1 s: …y y y"))
    #expect(message.count < 1100)
  }

  @Test func aGrandchildThatLivesOnHoldsNobodyUp() async throws {
    let script =
      #"sleep 600 & echo $! > "$FOLDER/child""# + "\n" + PluginFixture.answer(#""token":"t""#)
    let identity = try await fixture.signer(try fixture.credential(script)).identity()
    #expect(identity.authorization == "Bearer t")
    let child = try #require(pid_t(try fixture.folder.read("child").dropLast()))
    #expect(Self.isRunning(child))
    kill(child, SIGKILL)
  }

  @Test func aPluginThatNobodyWaitsForIsEnded() async throws {
    let credential = try fixture.credential(#"echo $$ > "$FOLDER/pid"; sleep 60"#)
    let signer = fixture.signer(credential)
    let tasks = (0..<2).map { _ in Task { try await signer.identity() } }
    #expect(await eventually { (try? fixture.folder.read("pid").hasSuffix("\n")) == true })
    let process = try #require(pid_t(try fixture.folder.read("pid").dropLast()))
    tasks[0].cancel()
    await #expect(throws: SignInError.cancelled) { try await tasks[0].value }
    #expect(Self.isRunning(process))
    tasks[1].cancel()
    await #expect(throws: SignInError.cancelled) { try await tasks[1].value }
    #expect(await eventually { !Self.isRunning(process) })
  }

  /// Whether a process runs; one that has ended and is not yet waited for does not.
  private static func isRunning(_ process: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return stat.split(separator: " ").dropFirst(2).first != "Z"
  }

  // MARK: What a plugin finds

  @Test func aPluginGetsItsArgumentsAndItsEnvironment() async throws {
    let script = #"echo "$1,$2,$MINE,$OURS" > "$FOLDER/seen"; "# + "\n"
    let options = "interactiveMode: Never\nargs: [get, 'a b']"
    let credential = try fixture.credential(
      script + PluginFixture.answer(#""token":"t""#),
      options,
      command: "plugin"
    )
    _ = try await fixture.signer(credential).identity()
    #expect(try fixture.folder.read("seen") == "get,a b,,kept\n")
  }

  @Test func aPluginIsToldOfTheCluster() async throws {
    let script = #"printf %s "$KUBERNETES_EXEC_INFO" > "$FOLDER/info"; "# + "\n"
    let cluster = """
      server: https://h:1/, certificate-authority-data: Q0E=, tls-server-name: n, \
      proxy-url: 'socks5://p:1', disable-compression: true, \
      extensions: [{name: other, extension: 1}, \
      {name: client.authentication.k8s.io/exec, extension: {audience: a, count: 2, list: [true]}}]
      """
    let credential = try fixture.credential(
      script + PluginFixture.answer(#""token":"t""#),
      "interactiveMode: Never\nprovideClusterInfo: true",
      cluster: cluster
    )
    _ = try await fixture.signer(credential).identity()
    let expected: JSONValue = [
      "apiVersion": .string(PluginFixture.apiVersion),
      "kind": "ExecCredential",
      "spec": [
        "interactive": false,
        "cluster": [
          "server": "https://h:1", "certificate-authority-data": "Q0E=", "tls-server-name": "n",
          "proxy-url": "socks5://p:1", "disable-compression": true,
          "config": ["audience": "a", "count": 2, "list": [true]],
        ],
      ],
    ]
    #expect(try JSONValue(parsing: Array(fixture.folder.read("info").utf8)) == expected)
  }

  @Test func aPluginIsNotToldOfTheClusterUnasked() async throws {
    let script = #"printf %s "$KUBERNETES_EXEC_INFO" > "$FOLDER/info"; "# + "\n"
    let credential = try fixture.credential(script + PluginFixture.answer(#""token":"t""#))
    _ = try await fixture.signer(credential).identity()
    let info = try JSONValue(parsing: Array(fixture.folder.read("info").utf8))
    #expect(info["spec"] == ["interactive": false])
  }

  @Test func aPluginHasNothingOfOurs() async throws {
    let held = (0..<8).map { _ in open("/dev/null", O_RDONLY) }
    defer { for descriptor in held { close(descriptor) } }
    let script = #"""
      cat > "$FOLDER/input"
      ls /proc/$$/fd > "$FOLDER/descriptors"
      echo "$$ $(cut -d ' ' -f 6 /proc/$$/stat)" > "$FOLDER/session"
      """#
    let credential = try fixture.credential(script + "\n" + PluginFixture.answer(#""token":"t""#))
    _ = try await fixture.signer(credential).identity()
    #expect(try fixture.folder.read("input").isEmpty)
    let descriptors = try fixture.folder.read("descriptors").split(separator: "\n")
    // The shell itself has a few more.
    #expect(Set(descriptors).isSuperset(of: ["0", "1", "2"]) && descriptors.count <= 6)
    let session = try fixture.folder.read("session").split(whereSeparator: \.isWhitespace)
    #expect(session.first == session.last)
  }

  @Test func manyWaitersShareOneRun() async throws {
    let signer = fixture.signer(
      try fixture.credential("sleep 0.3\n" + PluginFixture.answer(#""token":"t""#))
    )
    try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<50 { group.addTask { try await signer.identity().authorization } }
      for try await authorization in group { #expect(authorization == "Bearer t") }
    }
    #expect(fixture.runs == 1)
  }

  // MARK: The terminal

  @Test(
    "The terminal is handed over where the plugin may have it",
    arguments: [
      ("Never", true, false), ("IfAvailable", false, false), ("IfAvailable", true, true),
      ("Always", true, true),
    ]
  )
  func terminal(mode: String, isThere: Bool, isHandedOver: Bool) async throws {
    let script = #"printf %s "$KUBERNETES_EXEC_INFO" > "$FOLDER/info"; "# + "\n"
    let credential = try fixture.credential(
      script + PluginFixture.answer(#""token":"t""#),
      "interactiveMode: \(mode)"
    )
    let log = Mutex<[String]>([])
    let terminal: TerminalHandover = { body in
      log.withLock { $0.append("left") }
      await body()
      log.withLock { $0.append("back") }
    }
    let signer = fixture.signer(credential, isThere ? terminal : nil)
    #expect(try await signer.identity().authorization == "Bearer t")
    #expect(log.withLock { $0 } == (isHandedOver ? ["left", "back"] : []))
    let info = try JSONValue(parsing: Array(fixture.folder.read("info").utf8))
    #expect(info[path: "spec", "interactive"] == .boolean(isHandedOver))
  }

  @Test func aPluginThatNeedsATerminalSaysSo() async throws {
    #expect(
      await error(try fixture.credential("", "interactiveMode: Always"))
        == "The sign-in plugin FOLDER/plugin wants to ask you something and has no terminal here. "
        + "Sign in with kubectl first."
    )
    #expect(fixture.runs == 0)
  }
}
