import Checks
import ClusterGraph
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import SimulatedCluster
import TestServers
import Testing

@testable import Monitoring

/// What Pods use, from the metrics API to a finding.
@Suite(.fewAtOnce) struct UtilisationTests {
  private static let check = Catalogue.checks.filter { $0.id == "risk/utilisation" }

  private func withMonitor(
    _ scenario: ScenarioID,
    thresholds: [String: Double] = [:],
    _ body: (ClusterMonitor) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: scenario, runsControllers: false)
    )
    let eventLoop = EventLoop()
    let settings = CheckSettings(["risk/utilisation": .init(thresholds: thresholds)])
    let monitor = ClusterMonitor(
      source: cluster.client("prod", on: eventLoop),
      options: MonitorOptions(
        checks: Self.check,
        checkSettings: settings,
        settlePolicy: .watch(.zero)
      )
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.isSynced })
    try await body(monitor)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whatIsUsedIsSetBesideWhatIsRequested() async throws {
    try await withMonitor(.healthy) { monitor in
      #expect(await monitor.report().isEmpty)
      #expect(await monitor.status().notInspected.isEmpty)
    }
    // Everybody idles too much for whoever bears nothing.
    let strict = ["belowPercent": 99.0, "idleCores": 0, "idleMebibytes": 0, "nodePercent": 30]
    try await withMonitor(.healthy, thresholds: strict) { monitor in
      let findings = await monitor.report().map(\.finding)
      let subjects = Set(findings.map(\.subject.description))
      #expect(subjects.contains("Deployment.apps shop/web"))
      #expect(subjects.contains("Node node-1"))
      let web = findings.filter { $0.subject.name == "shop/web" }
      // Six Pods request 100m and 128Mi each.
      #expect(Set(web.compactMap { $0.evidence.last?.value }) == ["600m cpu", "768Mi memory"])
    }
  }

  @Test func withoutTheMetricsAPINothingIsSaidButThat() async throws {
    try await withMonitor(.empty) { monitor in
      #expect(await monitor.report().isEmpty)
      let missing = await monitor.status().notInspected
      #expect(missing.map(\.kind) == [UtilisationRecord.kind])
      #expect(missing.map(\.checks) == [["risk/utilisation"]])
      #expect(missing.first?.reason == "the metrics API (metrics.k8s.io) does not answer")
    }
  }

  @Test func nobodyIsAskedWithoutACheckThatWantsToKnow() async throws {
    let monitor = ClusterMonitor(
      source: StubSource([]),
      options: MonitorOptions(
        checks: Catalogue.checks,
        checkSettings: CheckSettings(profile: .default)
      )
    )
    #expect(await !monitor.wantsUtilisation)
  }
}
