import TestServers
import Testing

/// `kpatrol scan` on `kpatrol sim`.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
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
    try client.type(
      "until \(scan) | grep conflict/pod-address; do :; done; "
        + "\(scan) --profile default --severity critical; echo code $?"
    )
    try client.press("Enter")
    #expect(await client.shows("code 1"))
    #expect(client.screen.contains("is used by 2 Pods"))
    #expect(!client.screen.contains("risk/no-budget"))
    try client.type("clear; \(scan) --output json | head -c 60")
    try client.press("Enter")
    #expect(await client.shows(#"{"apiVersion":"kpatrol.io/v1","clusters":"#))
    // On a busy machine the simulated controllers take their time.
    let risks = "\(scan) --check 'risk/*' --check '!risk/no-*' --severity warning"
    try client.type("clear; until \(risks) | grep 'warning *risk/'; do :; done; \(risks)")
    try client.press("Enter")
    #expect(await client.shows("Cluster sim: "))
    #expect(client.screen.contains("warning   risk/"))
    #expect(!client.screen.contains("conflict/") && !client.screen.contains("info  "))
    try client.type("clear; \(scan) --check risk/no-budget --profile default")
    try client.press("Enter")
    #expect(await client.shows("No finding."))
    try client.type("clear; \(scan) --namespace shops; echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 2"))
    #expect(client.screen.contains("Cluster sim has no namespace shops."))
    // Other words than before, which may still be in sight.
    try client.type("clear; \(scan) --check risk/quotas; echo ended with $?")
    try client.press("Enter")
    #expect(await client.shows("ended with 2"))
    #expect(client.screen.contains(#"There is no check "risk/quotas"; did you mean risk/quota?"#))
    try server.press("C-c")
    try server.type("echo en''ded")
    try server.press("Enter")
    #expect(await server.shows("ended"))
    try client.type("clear; \(scan) 2> /dev/null; echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 3"))
    #expect(client.screen.contains("Cluster sim could not be inspected: Cannot reach 127.0.0.1"))
  }

  @Test func aScanIsHeldAgainstInventories() async throws {
    let server = try TerminalSession(columns: 100)
    let (kubeconfig, config) = (server.path(of: "sim.yaml"), server.path(of: "config.yaml"))
    try server.type(
      "\(TerminalSession.program) sim --scenario healthy --write-kubeconfig \(kubeconfig) "
        + "--write-config \(config)"
    )
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    let client = try TerminalSession(columns: 160)
    let scan = "\(TerminalSession.program) scan --kubeconfig \(kubeconfig) --check 'drift/*m*'"
    try client.type("\(scan) --config \(config); echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 0"))
    #expect(client.screen.contains("inventory netbox (cmdb, 127.0.0.1:"))
    #expect(client.screen.contains("6 records, read "))

    let csv = server.path(of: "machines.csv")
    try client.type(
      "clear; printf 'hostname,state\\nnode-1,active\\nnode-2,repair\\n' > \(csv); "
        + "printf 'inventories: [{name: csv, kind: cmdb, from: {file: machines.csv}}]' > \(config)2; "
        + "\(scan) --config \(config)2; echo code $?"
    )
    try client.press("Enter")
    #expect(await client.shows("code 1"))
    #expect(client.screen.contains("Node node-2 takes Pods, and its machine is repair as csv says"))
    #expect(client.screen.contains("Node node-3 is in no CMDB"))
    #expect(!client.screen.contains("Node node-1"))

    try client.type("clear; mv \(csv) \(csv)2; \(scan) --config \(config)2; echo code $?")
    try client.press("Enter")
    #expect(await client.shows("code 0"))
    #expect(client.screen.contains("not inspected: CMDBMachine.kpatrol.io"))
    #expect(client.screen.contains("there is no such file"))
    try server.press("C-c")
  }

  @Test func checksAreListedAndExplained() async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("\(TerminalSession.program) checks | grep risk/quota")
    try session.press("Enter")
    #expect(await session.shows("Quota is nearly used up"))
    try session.type("clear; \(TerminalSession.program) checks --output json | head -c 7")
    try session.press("Enter")
    #expect(await session.shows(#"[{"id":"#))
    try session.type("clear; \(TerminalSession.program) explain risk/quota")
    try session.press("Enter")
    #expect(await session.shows("Verify: kubectl describe resourcequota"))
    #expect(session.screen.contains("Threshold percent: 90"))
    try session.type("clear; \(TerminalSession.program) explain risk/quotas; echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
    #expect(session.screen.contains("did you mean risk/quota?"))
  }
}
