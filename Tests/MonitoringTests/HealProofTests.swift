import Checks
import HTTP
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// How a plan that was carried out is proved by what the watch brings.
@Suite struct HealProofTests {
  private static let node: JSONValue = [
    "apiVersion": "v1", "kind": "Node", "metadata": ["name": "node-1"],
    "status": [
      "conditions": [
        ["type": "Ready", "status": "False", "reason": "KubeletDown", "message": "x"]
      ]
    ],
  ]

  @Test func aCordonIsDoneWhileItsFindingStays() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    _ = try cluster.create(Self.node)
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks, settlePolicy: .atMost(.zero))
    )
    let patrol = Task { await monitor.run() }
    func finding() async -> Finding? {
      await monitor.findings().first { $0.check == "unhealthy/node-not-ready" }
    }
    #expect(await eventually { await finding() != nil })
    let finding = try #require(await finding())
    let detail = try #require(await monitor.detail(of: finding.id))
    guard case .plan(let plan)? = detail.offers.first?.proposal else {
      Issue.record("No plan: \(detail.offers)")
      return
    }
    await monitor.heal(try #require(ConfirmedPlan(plan, answer: "y")))
    #expect(await monitor.status().healsUnderWay == 0, "Nothing is sent any more.")
    let isDone = await eventually {
      if case .done = await monitor.heal(of: finding.id) { true } else { false }
    }
    #expect(isDone)
    #expect(await monitor.findings().contains { $0.id == finding.id })

    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }
}
