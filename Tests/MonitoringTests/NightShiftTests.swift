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
@Suite(.fewAtOnce, .serialized) struct NightShiftTests {
  private func withMonitor(
    checks: [any Check] = Catalogue.checks,
    pace: Double,
    _ body: (ClusterMonitor) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .nightShift, pace: pace)
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop),
      options: MonitorOptions(checks: checks, settlePolicy: .atMost(.zero))
    )
    let patrol = Task { await monitor.run() }
    try await body(monitor)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func faultsOfAllShapesAreSeen() async throws {
    try await withMonitor(pace: 50) { monitor in
      var seen: Set<Shape> = []
      _ = await eventually {
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

  /// The faults of the scenario that have a remedy; a Node that is cordoned stays as it is.
  private static let faults: Set<CheckID> = [
    "conflict/pod-address", "dangling/pod-node", "dangling/volume-released",
    "drift/pod-outside-cidr", "stuck/terminating",
  ]

  @Test func whatHasARemedyIsHealedByIt() async throws {
    let checks = Catalogue.checks.filter { Self.faults.contains($0.id) }
    try await withMonitor(checks: checks, pace: 20) { monitor in
      var healed: Set<CheckID> = []
      let isHealed = await eventually(within: .seconds(300)) {
        let findings = await monitor.findings()
        for finding in findings {
          guard let plan = await monitor.plan(for: finding),
            let confirmed = ConfirmedPlan(plan, answer: plan.confirmation.expectedAnswer)
          else { continue }
          await monitor.heal(confirmed)
          healed.insert(finding.check)
        }
        return healed == Self.faults && findings.isEmpty
      }
      #expect(isHealed, "Healed: \(healed)")
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
