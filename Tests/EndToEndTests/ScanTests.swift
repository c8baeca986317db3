import Testing

/// `kpatrol scan` on `kpatrol sim`.
@Suite(
  .timeLimit(.minutes(2)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ScanTests {
  @Test func aScanTellsItsFindingsByTextJSONAndExitCode() async throws {
    let server = try TerminalSession(columns: 100)
    let kubeconfig = server.path(of: "sim.yaml")
    try server.type("\(TerminalSession.program) sim --pace 50 --write-kubeconfig \(kubeconfig)")
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    let client = try TerminalSession(columns: 160)
    let scan = "\(TerminalSession.program) scan --kubeconfig \(kubeconfig)"
    // The first fault comes after 8 seconds of the scenario, which is soon at this pace.
    try client.type("until \(scan) | grep conflict/pod-address; do :; done; \(scan); echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 1"))
    #expect(client.screen.contains("is used by 2 Pods"))
    try client.type("clear; \(scan) --output json | head -c 60")
    try client.press("Enter")
    #expect(await client.shows(#"{"apiVersion":"kpatrol.io/v1","clusters":"#))
    try server.press("C-c")
    try server.type("echo en''ded")
    try server.press("Enter")
    #expect(await server.shows("ended"))
    try client.type("clear; \(scan) 2> /dev/null; echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 3"))
    #expect(client.screen.contains("Cluster sim could not be inspected: Cannot reach 127.0.0.1"))
  }
}
