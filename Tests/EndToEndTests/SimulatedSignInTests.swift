import Foundation
import Testing

/// `kpatrol sim` whose tokens expire, with `kpatrol scan` in front of it.
@Suite(
  .timeLimit(.minutes(2)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct SimulatedSignInTests {
  private static let program = TerminalSession.program

  @Test func aPluginFetchesTheTokens() async throws {
    let server = try TerminalSession(columns: 100)
    let path = server.path(of: "sim.yaml")
    try server.type(
      "\(Self.program) sim --scenario healthy --write-kubeconfig \(path) --exec-plugin "
        + "--token-lifetime 60 --user 'viewer=list,watch:pods'"
    )
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    for name in [path, "\(path)-viewer"] {
      #expect(try String(contentsOfFile: name, encoding: .utf8).contains("\(name)-plugin\""))
      let mode = try FileManager.default.attributesOfItem(atPath: "\(name)-plugin")
      #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    }
    let client = try TerminalSession(columns: 160)
    let scan = "\(Self.program) scan --kubeconfig \(path) --check 'conflict/*'"
    try client.type("\(scan) && \(scan) && echo bo''th")
    try client.press("Enter")
    #expect(await client.shows("both", within: .seconds(60)))
  }

  @Test func aTokenThatNobodyRenewsExpires() async throws {
    let server = try TerminalSession(columns: 100)
    let path = server.path(of: "sim.yaml")
    try server.type(
      "\(Self.program) sim --scenario empty --write-kubeconfig \(path) --token-lifetime 1"
    )
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    let client = try TerminalSession(columns: 160)
    try client.type("sleep 2; \(Self.program) scan --kubeconfig \(path); echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 3", within: .seconds(60)))
    #expect(client.screen.contains("does not accept the credentials"))
    try client.type("clear; \(Self.program) sim --exec-plugin; echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 2"))
    #expect(client.screen.contains("--exec-plugin need --write-kubeconfig."))
  }

  @Test func theKeysOfTLSAreWrittenOnlyWhereTheUserNamesAFile() async throws {
    let server = try TerminalSession(columns: 100)
    let path = server.path(of: "sim.yaml")
    try server.type("\(Self.program) sim --scenario empty --write-kubeconfig \(path)")
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    let client = try TerminalSession(columns: 160)
    let folder = client.path(of: "folder")
    let scan = "\(Self.program) scan --kubeconfig \(path) > out"
    try client.type("mkdir \(folder); cd \(folder); \(scan); ls | tr '\\n' '+'; echo end")
    try client.press("Enter")
    #expect(await client.shows("out+end", within: .seconds(60)))
    try client.type(
      "clear; SSLKEYLOGFILE=keys \(scan); grep -c '^CLIENT.*TRAFFIC_SECRET' keys; echo end"
    )
    try client.press("Enter")
    #expect(await client.shows("\nend", within: .seconds(60)))
    #expect(client.screen.contains(/(?:^|\n)[1-9][0-9]*\nend/))
  }
}
