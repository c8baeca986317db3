import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// A scan that goes on watching (`--settle`): a test says when the time is over.
@Suite struct SettlingScanTests {
  private static let checks = Catalogue.checks.filter {
    ["drift/generation", "unhealthy/node-not-ready"].contains($0.id)
  }

  /// A Deployment whose controller has seen its changes, or has not: nothing tells since when.
  private func deployment(_ name: String, isSeen: Bool) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment",
      "metadata": ["name": .string(name), "namespace": "default", "generation": 5],
      "spec": ["replicas": 0, "selector": ["matchLabels": ["app": .string(name)]]],
      "status": ["observedGeneration": isSeen ? 5 : 3],
    ]
  }

  /// A Node that tells since when it is not ready.
  private func node(_ name: String, notReadySince time: Timestamp) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
      "status": [
        "conditions": [
          ["type": "Ready", "status": "False", "lastTransitionTime": .string(time.rfc3339)]
        ]
      ],
    ]
  }

  /// What a report says of each subject: whether it is no more than a suspect.
  private func suspicions(_ report: [ReportedFinding]) -> [String: Bool] {
    let pairs = report.map { ($0.finding.subject.objectKey?.name ?? "", $0.isSuspect) }
    return Dictionary(pairs) { first, _ in first }
  }

  @Test func whatHealsIsNotToldAndWhatStaysIsNoSuspect() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    let clock = ManualClock()
    let start = clock.wall.now()
    for name in ["heals", "stays"] { try cluster.apply(deployment(name, isSeen: false)) }
    try cluster.apply(node("down", notReadySince: start - .seconds(50)))
    try cluster.apply(node("falters", notReadySince: start))
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("prod", on: eventLoop)],
      options: MonitorOptions(checks: Self.checks, settlePolicy: .watch(.seconds(30))),
      clock: clock.wall
    )
    let patrol = Task { await fleet.run() }
    let outcomes = await fleet.sync(within: .seconds(60), connectLimit: .seconds(60)) { _ in }
    #expect(outcomes == ["prod": .synced])

    let looks = Shared<[(seen: [String: Bool], left: Duration)]>([])
    let watching = Task {
      try await fleet.watch(for: .seconds(30), clock: clock.wall) { seen, left in
        looks.change { $0.append((suspicions(seen), left)) }
      }
    }
    #expect(await eventually { !looks.value.isEmpty })
    let allSuspected = ["down": true, "falters": true, "heals": true, "stays": true]
    #expect(looks.value.first?.seen == allSuspected)
    #expect(looks.value.first?.left == .seconds(30))

    try cluster.apply(deployment("heals", isSeen: true))
    #expect(await eventually { suspicions(await fleet.report())["heals"] == nil })
    #expect(await eventually { clock.looksAwaited == 1 })
    clock.advance(by: .seconds(29))
    try cluster.apply(deployment("latecomer", isSeen: false))
    #expect(await eventually { suspicions(await fleet.report())["latecomer"] != nil })
    for look in 2...3 {
      #expect(await eventually { clock.looksAwaited == look })
      clock.advance(by: Fleet.lookInterval)
    }
    try await watching.value
    #expect(looks.value.map(\.left.components.seconds) == [30, 1, 0, 0])
    // A Node that tells its own time counts by that, however short the scan is.
    let expected = ["latecomer": true, "down": false, "falters": true, "stays": false]
    #expect(suspicions(await fleet.report()) == expected)
    patrol.cancel()
    eventLoop.shutdown()
    await patrol.value
    await cluster.stop()
  }

  @Test func withoutTimeToSettleNobodyWaits() async throws {
    let clock = ManualClock()
    let fleet = Fleet([], options: MonitorOptions(checks: []), clock: clock.wall)
    try await fleet.watch(for: .zero, clock: clock.wall) { _, _ in Issue.record("It watched.") }
    #expect(clock.sleeps.isEmpty)
  }
}

extension ManualClock {
  /// How many looks of a scan were waited for.
  fileprivate var looksAwaited: Int { sleeps.count { $0 == Fleet.lookInterval } }
}
