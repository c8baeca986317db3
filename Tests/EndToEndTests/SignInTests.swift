import Foundation
import TestServers
import Testing

/// Kubeconfigs whose contexts sign in by plugin, or cannot be used.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct SignInTests {
  /// Starts a simulated cluster and writes a kubeconfig of three contexts for it.
  private func kubeconfig(in server: TerminalSession) async throws -> String {
    let plain = server.path(of: "sim.yaml")
    try server.type("\(TerminalSession.program) sim --write-kubeconfig \(plain)")
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    let text = try String(contentsOfFile: plain, encoding: .utf8)
    let token = try #require(text.firstMatch(of: /token: "?([^"\s]+)/)).1
    let cluster = try #require(text.firstMatch(of: /\n    cluster: (\S+)/)).1
    let plugin = server.path(of: "plugin")
    try """
    #!/bin/sh
    printf 'Your code: ' >&2
    read -r code
    [ "$code" = 1234 ] || exit 1
    echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
    echo '"status":{"token":"\(token)"}}'
    """.write(toFile: plugin, atomically: true, encoding: .utf8)
    try Executable.make(plugin)
    let more = server.path(of: "more.yaml")
    try """
    apiVersion: v1
    kind: Config
    contexts:
    - name: asking
      context: { cluster: \(cluster), user: asked }
    - name: broken
      context: { cluster: nowhere, user: asked }
    users:
    - name: asked
      user:
        exec:
          apiVersion: client.authentication.k8s.io/v1
          command: \(plugin)
          interactiveMode: Always
    """.write(toFile: more, atomically: true, encoding: .utf8)
    return "\(plain):\(more)"
  }

  @Test func aPluginThatAsksGetsTheTerminalAndGivesItBack() async throws {
    let server = try TerminalSession(columns: 100)
    let kubeconfig = try await kubeconfig(in: server)
    let session = try TerminalSession()
    let before = try await session.settings()
    try session.type("KUBECONFIG=\(kubeconfig) \(TerminalSession.program) --context asking")
    try session.press("Enter")
    #expect(await session.shows("Your code:"))
    try session.type("1234")
    try session.press("Enter")
    #expect(await session.shows("asking: live"))
    try session.press("q")
    #expect(await session.hides("asking: live"))
    #expect(try await session.settings() == before)
  }

  @Test func aContextThatCannotBeUsedStopsNoOther() async throws {
    let server = try TerminalSession(columns: 100)
    let kubeconfig = try await kubeconfig(in: server)
    let session = try TerminalSession(columns: 120)
    let program = "KUBECONFIG=\(kubeconfig) \(TerminalSession.program)"
    try session.type("\(program) --context sim --context 'brok*'")
    try session.press("Enter")
    #expect(await session.shows("2 clusters"))
    try session.type("F")
    #expect(await session.shows("unusable"))
    #expect(await session.shows("live"))
    try await session.quit()
    try session.type("clear; \(program) scan --context broken; echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
    #expect(session.screen.contains("Context broken: cluster nowhere is in no kubeconfig."))
    try session.type("clear; \(program) --context sim --all-contexts; echo code $?")
    try session.press("Enter")
    // First what the screen did not show before.
    #expect(await session.shows("exclude each other"))
    #expect(await session.shows("code 2"))
  }
}
