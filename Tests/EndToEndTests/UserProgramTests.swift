import Foundation
import SimulatedCluster
import TestServers
import Testing

/// The user's own programs on the terminal: kubectl for a shell.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct UserProgramTests {
  private static let patience = Duration.seconds(60)

  /// Opens the Pods of a healthy cluster, with these scripts in `PATH`.
  private func openPods(
    _ scripts: [String: String],
    _ options: String = "",
    _ environment: String = "",
    in session: TerminalSession
  ) async throws -> SimulatedCluster {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .healthy))
    let file = session.path(of: "amber.yaml")
    try cluster.kubeconfig(contextName: "amber")
      .write(toFile: file, atomically: true, encoding: .utf8)
    for (name, script) in scripts {
      let path = session.path(of: name)
      try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    try session.type(
      "PATH=$HOME:$PATH \(environment) \(TerminalSession.program) --kubeconfig \(file) \(options)"
    )
    try session.press("Enter")
    #expect(await session.shows("amber: live", within: Self.patience))
    try session.type(":pods shop")
    try session.press("Enter")
    #expect(await session.shows(" Running ", within: Self.patience))
    return cluster
  }

  @Test func aShellOpensThroughKubectlAndTheScreenComesBack() async throws {
    let session = try TerminalSession(columns: 160)
    let kubectl = """
      echo "told $*" | tr ' ' '\\n' | grep -E '^(--|pod/)'
      read -r line && echo "the shell read $line"
      read -r line; echo 'command terminated with exit code 3' >&2; exit 3
      """
    let cluster = try await openPods(["kubectl": kubectl], in: session)
    try session.type("s")
    #expect(await session.shows("--stdin", within: Self.patience))
    for word in ["--context=amber", "--namespace=shop", "--kubeconfig=", "--container=", "pod/"] {
      #expect(session.screen.contains(word))
    }
    try session.type("q?")
    try session.press("Enter")
    #expect(await session.shows("the shell read q?", within: Self.patience))
    try session.press("Enter")
    #expect(await session.shows("── Pods in shop", within: Self.patience))
    // The alternate screen, no cursor, and the mouse.
    #expect(await eventually { session.modes.hasPrefix("1 0 1") })
    // How the shell's last command ended is no failure of ours.
    #expect(!session.screen.contains("exit code"))
    try await session.quit()
    await cluster.stop()
  }

  @Test func whatKubectlComplainsOfIsTold() async throws {
    let session = try TerminalSession()
    let cluster = try await openPods(
      ["kubectl": "echo 'error: no \u{1b}[31mexec here' >&2; exit 1"],
      in: session
    )
    try session.type("s")
    #expect(await session.shows("kubectl: error: no \u{fffd}[31mexec here", within: Self.patience))
    try await session.quit()
    await cluster.stop()
  }

  @Test func withoutKubectlItIsSaidWhatToDoAndReadOnlyHasNoShell() async throws {
    let session = try TerminalSession(columns: 160)
    let cluster = try await openPods([:], "", "PATH=$HOME", in: session)
    try session.type("s")
    #expect(await session.shows("kubectl is not in PATH; install it", within: Self.patience))
    try await session.quit()
    await cluster.stop()
    let other = try await openPods(["kubectl": "read -r line"], "--read-only", in: session)
    try session.type("s")
    #expect(await session.shows("No shell in amber, for who has one", within: Self.patience))
    try await session.quit()
    await other.stop()
  }
}
