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
@Suite(.fewAtOnce) struct HealProofTests {
  private static let node: JSONValue = [
    "apiVersion": "v1", "kind": "Node", "metadata": ["name": "node-1"],
    "status": [
      "conditions": [
        ["type": "Ready", "status": "False", "reason": "KubeletDown", "message": "x"]
      ]
    ],
  ]

  /// Lets `use` work on a cluster with a Node that is not ready, whose finding it gets.
  private func withFailingNode(
    and objects: [JSONValue] = [],
    _ use: (SimulatedCluster, ClusterMonitor, Finding) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    for object in [Self.node] + objects { try cluster.create(object) }
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
    if let finding = await finding() { try await use(cluster, monitor, finding) }
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func aCordonIsDoneWhileItsFindingStays() async throws {
    try await withFailingNode { _, monitor, finding in
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
    }
  }
}

// MARK: - Draining

extension HealProofTests {
  /// Two Pods, of which one belongs to a budget that lets none go.
  private static let pods: [JSONValue] =
    ["cart-1", "web-1"].map { name in
      [
        "apiVersion": "v1", "kind": "Pod",
        "metadata": [
          "name": .string(name), "namespace": "shop", "labels": ["app": .string(name)],
          "ownerReferences": [
            [
              "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "r", "uid": "u",
              "controller": true,
            ]
          ],
        ],
        "spec": ["nodeName": "node-1", "containers": [["name": "main", "image": "i"]]],
        "status": [
          "phase": "Running", "conditions": [["type": "Ready", "status": "True"]],
        ],
      ]
    } + [
      [
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": ["name": "cart", "namespace": "shop"],
        "spec": ["minAvailable": 1, "selector": ["matchLabels": ["app": "cart-1"]]],
      ]
    ]

  /// Lets `use` work while a drain waits for the budget.
  private func withWaitingDrain(
    _ use: (SimulatedCluster, ClusterMonitor, FindingID) async throws -> Void
  ) async throws {
    try await withFailingNode(and: Self.pods) { cluster, monitor, finding in
      // Once it knows of both Pods.
      #expect(await eventually { await monitor.drain(of: finding.id)?.steps.count == 3 })
      let plan = try #require(await monitor.drain(of: finding.id))
      let confirmed = try #require(ConfirmedPlan(plan, answer: "node-1"))
      let healing = Task { await monitor.heal(confirmed) }
      let waits = await eventually {
        await monitor.waitOfHeal(of: finding.id)
          .contains("Pod shop/cart-1 may not go yet: Cannot evict pod")
      }
      #expect(waits)
      let node = cluster.object(of: "nodes", name: "node-1")
      #expect(node?[path: "spec", "unschedulable"] == true)
      try await use(cluster, monitor, finding.id)
      await healing.value
    }
  }

  @Test func aDrainWaitsForABudgetAndIsDoneWhenThePodsEnd() async throws {
    try await withWaitingDrain { cluster, monitor, id in
      cluster.remove("poddisruptionbudgets.policy", namespace: "shop", name: "cart")
      let isDone = await eventually {
        if case .done = await monitor.heal(of: id) { true } else { false }
      }
      let state = await monitor.heal(of: id)?.sentence ?? "not there"
      #expect(isDone, "It is \(state)")
    }
  }

  @Test func aDrainThatWaitsIsAborted() async throws {
    try await withWaitingDrain { cluster, monitor, id in
      await monitor.abortHeal(.finding(id))
      let isAborted = await eventually {
        if case .aborted(_, stepsDone: 2) = await monitor.heal(of: id) { true } else { false }
      }
      #expect(isAborted)
      let pod = cluster.object(of: "pods", namespace: "shop", name: "cart-1")
      #expect(pod?[path: "metadata", "deletionTimestamp"] == nil && pod != nil)
    }
  }
}

extension ClusterMonitor {
  fileprivate func drain(of id: FindingID) -> HealPlan? {
    for offer in detail(of: id)?.offers ?? [] {
      if case .plan(let plan) = offer.proposal, plan.remedy == "drain-node" { return plan }
    }
    return nil
  }

  /// What the plan that is carried out waits for.
  fileprivate func waitOfHeal(of id: FindingID) -> String {
    if case .running(_, let progress)? = heal(of: id) { progress.wait } else { "" }
  }
}
