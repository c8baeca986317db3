import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// `kpatrol scan` that goes on watching (`--settle`) while things change.
@Suite(.fewAtOnce, .timeLimit(.minutes(10)))
struct SettlingProgramTests {
  private let program: Program

  init() throws { program = try Program() }

  /// A Deployment whose controller has seen its changes, or has not: nothing tells since when.
  private func deployment(_ name: String, isSeen: Bool) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": ["name": .string(name), "namespace": "default", "generation": 5],
      "spec": ["replicas": 0, "selector": ["matchLabels": ["app": .string(name)]]],
      "status": ["observedGeneration": isSeen ? 5 : 3],
    ]
  }

  /// A Node that says for how long it has been ready, or has not.
  private func node(_ name: String, isReady: Bool, for seconds: TimeInterval) -> JSONValue {
    let time = Date(timeIntervalSinceNow: -seconds).ISO8601Format()
    return [
      "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
      "status": [
        "conditions": [
          [
            "type": "Ready", "status": isReady ? "True" : "False",
            "lastTransitionTime": .string(time),
          ]
        ]
      ],
    ]
  }

  @Test func aScanThatSettlesTellsWhatStaysAndWhatArises() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    for name in ["heals", "stays"] { try cluster.apply(deployment(name, isSeen: false)) }
    try cluster.apply(node("recovers", isReady: false, for: 600))
    let kubeconfig = program.path(of: "sim.yaml")
    try cluster.kubeconfig(contextName: "sim")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    let scan = [
      "scan", "--kubeconfig", kubeconfig, "--output", "json", "--check", "drift/generation",
      "--check", "unhealthy/node-not-ready",
    ]
    let look = try ScannedReport(try await program.run(scan))
    #expect(look.suspected == ["drift/generation heals", "drift/generation stays"])
    #expect(look.found == ["unhealthy/node-not-ready recovers"])

    cluster.clearRequestLog()
    let run = try program.begin(scan + ["--settle", "20s"])
    // What happens once it watches happens while it settles.
    let watches = await eventually {
      cluster.requestLog.contains { $0.isWatch(of: "/deployments") }
        && cluster.requestLog.contains { $0.isWatch(of: "/nodes") }
    }
    #expect(watches)
    try cluster.apply(deployment("heals", isSeen: true))
    try cluster.apply(node("recovers", isReady: true, for: 0))
    try cluster.apply(node("fails", isReady: false, for: 600))
    let outcome = try await program.end(run)
    let settled = try ScannedReport(outcome)
    #expect(settled.found == ["drift/generation stays", "unhealthy/node-not-ready fails"])
    #expect(settled.suspected.isEmpty)
    #expect(outcome.code == 1)
    await cluster.stop()
  }
}

extension LoggedRequest {
  fileprivate func isWatch(of resource: String) -> Bool {
    path.hasSuffix(resource) && query.contains("watch=")
  }
}
