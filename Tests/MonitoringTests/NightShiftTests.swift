import Checks
import HTTP
import Healing
import Inspection
import KubernetesClient
import TestServers
import Testing

@testable import Monitoring
@testable import SimulatedCluster

/// The demonstration's scenario, as KPatrol sees it and heals it.
@Suite(.serialized) struct NightShiftTests {
  private static let pace = 50.0

  private func withMonitor(
    _ body: (ClusterMonitor) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .nightShift, pace: Self.pace)
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks, settlePolicy: .atMost(.zero))
    )
    let patrol = Task { await monitor.run() }
    try await body(monitor)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func faultsOfAllShapesAreSeen() async throws {
    try await withMonitor { monitor in
      var seen: Set<Shape> = []
      _ = await eventually(within: .seconds(60)) {
        seen.formUnion(await monitor.findings().compactMap(\.check.shape))
        return seen.count == Shape.allCases.count
      }
      #expect(seen == Set(Shape.allCases))
    }
  }

  @Test func allFaultsAppearWithinTwoMinutesOfTheScenario() {
    let steps = NightShiftScenario.scenario.steps
    #expect(steps.allSatisfy { $0.after <= .seconds(115) })
  }

  @Test func whatHasARemedyIsHealedByIt() async throws {
    // These need a decision that no remedy makes; a Node that is silent comes back by itself.
    let others: Set<CheckID> = [
      "dangling/definition-unused", "risk/quota", "unhealthy/node-not-ready",
    ]
    try await withMonitor { monitor in
      var healed: Set<RemedyID> = []
      let isHealed = await eventually(within: .seconds(100)) {
        let findings = await monitor.findings()
        for finding in findings {
          guard let plan = await monitor.plan(for: finding) else { continue }
          guard let confirmed = ConfirmedPlan(plan, answer: plan.confirmation.expectedAnswer) else {
            continue
          }
          await monitor.heal(confirmed)
          healed.insert(plan.remedy)
        }
        return healed.count == Remedies.all.count && findings.contains { $0.check == "risk/quota" }
          && findings.allSatisfy { others.contains($0.check) }
      }
      #expect(isHealed)
      #expect(healed == Set(Remedies.all.map(\.id)))
    }
  }
}

extension ClusterMonitor {
  /// The first plan for a finding, unless one is being carried out or was.
  fileprivate func plan(for finding: Finding) -> HealPlan? {
    guard heal(of: finding.id) == nil, let detail = detail(of: finding.id) else { return nil }
    for offer in detail.offers {
      if case .plan(let plan) = offer.proposal { return plan }
    }
    return nil
  }
}
