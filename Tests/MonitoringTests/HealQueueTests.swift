import Checks
import HTTP
import Healing
import Inspection
import Journal
import KubernetesClient
import KubernetesObjects
import NameMatching
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Batches, the queue of policies, and what guardrails remember.
@Suite(.fewAtOnce) struct HealQueueTests {
  private static func node(_ name: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
      "spec": ["unschedulable": true],
      "status": ["conditions": [["type": "Ready", "status": "True"]]],
    ]
  }

  private func withCordonedNodes(
    _ policies: [HealPolicy] = [],
    guardrails: Guardrails = Guardrails(),
    mutes: MuteRules = MuteRules(),
    _ body: (SimulatedCluster, Fleet, ClusterMonitor) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    for name in ["node-1", "node-2", "node-3"] { try cluster.create(Self.node(name)) }
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("sim", on: eventLoop)],
      options: MonitorOptions(
        checks: Catalogue.checks.filter { $0.id == "stuck/cordoned" },
        settlePolicy: .atMost(.zero),
        mutes: mutes,
        guardrails: guardrails,
        policies: policies,
        journal: JournalStore.inMemory
      )
    )
    let patrol = Task { await fleet.run() }
    let monitor = try #require(fleet.monitors.first)
    #expect(await eventually { await monitor.findings().count == 3 })
    try await body(cluster, fleet, monitor)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private static func policy(isAutomatic: Bool) -> HealPolicy {
    var policy = HealPolicy("idle Nodes", remedy: "uncordon-node")
    policy.after = .zero
    policy.isAutomatic = isAutomatic
    policy.perHour = 2
    return policy
  }

  private static func isCordoned(_ name: String, in cluster: SimulatedCluster) -> Bool {
    cluster.object(of: "nodes", name: name)?[path: "spec", "unschedulable"] == true
  }

  private static let nodes = ["node-1", "node-2", "node-3"]

  @Test func aPolicyQueuesNoMorePlansThanItMay() async throws {
    try await withCordonedNodes([Self.policy(isAutomatic: false)]) { cluster, fleet, monitor in
      #expect(await eventually { await fleet.queuedPlans().count == 2 })
      #expect(await monitor.status().queuedPlans == 2)
      #expect(Self.nodes.allSatisfy { Self.isCordoned($0, in: cluster) }, "Nobody agreed.")
      let plans = await fleet.queuedPlans()
      #expect(plans.allSatisfy { $0.policy == "idle Nodes" && $0.plan.remedy == "uncordon-node" })
      let (first, last) = (try #require(plans.first), try #require(plans.last))
      #expect(await fleet.reject([first]) == nil)
      #expect(await fleet.queuedPlans() == [last])
      guard case .plan(let plan)? = await fleet.proposals(for: [last]).first else {
        Issue.record("No plan any more.")
        return
      }
      await fleet.heal(try #require(ConfirmedPlan(plan, answer: "y")))
      #expect(await eventually { await fleet.queuedPlans().isEmpty })
      #expect(Self.nodes.count { Self.isCordoned($0, in: cluster) } == 2)
    }
  }

  @Test func whatIsAutomaticIsDoneAndCounted() async throws {
    try await withCordonedNodes([Self.policy(isAutomatic: true)]) { cluster, fleet, _ in
      #expect(await eventually { Self.nodes.count { Self.isCordoned($0, in: cluster) } == 1 })
      #expect(await fleet.queuedPlans().isEmpty)
    }
  }

  @Test func whatIsMutedIsLeftAlone() async throws {
    let mutes = MuteRules(["node-1", "node-2"].map { Mute(name: $0, reason: "being mended") })
    var policy = Self.policy(isAutomatic: true)
    policy.perHour = 3
    try await withCordonedNodes([policy], mutes: mutes) { cluster, fleet, monitor in
      #expect(await eventually { !Self.isCordoned("node-3", in: cluster) })
      // Plans are begun together.
      let muted = await monitor.findings().filter { $0.muting != nil }
      #expect(muted.count == 2)
      for finding in muted { #expect(await monitor.heal(of: finding.id) == nil) }
      #expect(await fleet.queuedPlans().isEmpty)
    }
  }

  @Test func nothingIsAutomaticWhileHealingIsPaused() async throws {
    var guardrails = Guardrails()
    guardrails.limits.windows = []
    try await withCordonedNodes(guardrails: guardrails) { cluster, fleet, monitor in
      #expect(await fleet.toggleHealingPause())
      let proposals = await fleet.proposals(for: await monitor.findings())
      #expect(
        proposals.allSatisfy { if case .refused = $0 { true } else { false } }
      )
      #expect(await monitor.status().isHealingPaused)
      #expect(await fleet.toggleHealingPause() == false)
      #expect(Self.nodes.allSatisfy { Self.isCordoned($0, in: cluster) })
    }
  }

  @Test func aPlanThatCannotBeMadeIsTriedAgainSoonAndThenLessAndLessOften() {
    let node = VertexID.object(ObjectKey(Node.kind, name: "node-1"))
    let finding = Finding(
      id: FindingID(cluster: "sim", check: "stuck/cordoned", subject: node, discriminator: ""),
      cluster: "sim",
      check: "stuck/cordoned",
      severity: .warning,
      subject: node,
      message: "",
      evidence: [],
      related: [],
      remedies: ["uncordon-node"],
      since: Timestamp(millisecondsSince1970: 0)
    )
    var queue = HealQueue()
    queue.take(finding, finding.id, [Self.policy(isAutomatic: false)])
    var waits: [Duration] = []
    while waits.count < 7, let now = queue.nextDeadline {
      queue.postpone(finding.id, at: now)
      waits.append(now.elapsed(to: queue.nextDeadline ?? now))
    }
    #expect(waits == [2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })

    // Over, and there again: another matter, which is tried soon.
    queue.take(nil, finding.id, [])
    queue.take(finding, finding.id, [Self.policy(isAutomatic: false)])
    queue.postpone(finding.id, at: finding.since)
    #expect(queue.nextDeadline == finding.since + .seconds(2))
    queue.rest(finding.id, at: finding.since)
    #expect(queue.nextDeadline == finding.since + .seconds(60))
  }

  // MARK: Batches

  private func plans(_ fleet: Fleet, _ monitor: ClusterMonitor) async -> [HealPlan] {
    await fleet.proposals(for: await monitor.findings()).compactMap { proposal in
      if case .plan(let plan) = proposal { plan } else { nil }
    }.sorted { $0.title < $1.title }
  }

  @Test func aBatchIsCarriedOutInItsOrder() async throws {
    try await withCordonedNodes { cluster, fleet, monitor in
      let plans = await plans(fleet, monitor)
      #expect(plans.count == 3)
      let batch = try #require(ConfirmedBatch(HealBatch(plans), answer: "y"))
      cluster.clearRequestLog()
      await fleet.heal(batch)
      let patched = cluster.requestLog.filter { $0.method == "PATCH" }.map(\.path)
      #expect(patched == Self.nodes.map { "/api/v1/nodes/\($0)" })
      let isHealed = await eventually {
        let report = await fleet.heals(plans.map(\.id))
        return plans.allSatisfy { plan in
          if case .healed = report.states[plan.id] { true } else { false }
        }
      }
      #expect(isHealed)
    }
  }

  @Test("The first failure stops a batch, or does not", arguments: [true, false])
  func failure(stops: Bool) async throws {
    try await withCordonedNodes { cluster, fleet, monitor in
      let plans = await plans(fleet, monitor)
      // Another Node of the name: nothing is done to it.
      cluster.remove("nodes", name: "node-1")
      try cluster.create(Self.node("node-1"))
      var batch = HealBatch(plans)
      batch.stopsAtFailure = stops
      await fleet.heal(try #require(ConfirmedBatch(batch, answer: "y")))
      #expect(Self.isCordoned("node-1", in: cluster))
      #expect(Self.isCordoned("node-2", in: cluster) == stops)
      let skipped = await fleet.heals(plans.map(\.id)).skipped
      #expect(Set(skipped.keys) == (stops ? Set(plans.dropFirst().map(\.id)) : []))
    }
  }

  @Test func whatIsAbortedIsNotBegun() async throws {
    try await withCordonedNodes { cluster, fleet, monitor in
      let plans = await plans(fleet, monitor)
      let batch = try #require(ConfirmedBatch(HealBatch(plans), answer: "y"))
      await fleet.abortHeals(plans.dropFirst().map(\.id))
      await fleet.heal(batch)
      #expect(!Self.isCordoned("node-1", in: cluster))
      #expect(Self.isCordoned("node-2", in: cluster) && Self.isCordoned("node-3", in: cluster))
    }
  }

  @Test func anObjectIsLeftAloneForAWhileUnlessSomebodyInsists() async throws {
    try await withCordonedNodes { cluster, fleet, monitor in
      let plan = try #require(await plans(fleet, monitor).first)
      await fleet.heal(try #require(ConfirmedPlan(plan, answer: "y")))
      #expect(await eventually { await monitor.findings().count == 2 })
      var node = try #require(cluster.object(of: "nodes", name: "node-1"))
      node[path: "spec", "unschedulable"] = true
      try cluster.update(node)
      let isBack = await eventually {
        if case .cameBack? = await monitor.heal(plan.id) { true } else { false }
      }
      #expect(isBack)
      let again = try #require(await plans(fleet, monitor).first)
      #expect(again.confirmation == .reason("sim"))
      #expect(again.verdicts.filter(\.isBroken).map(\.rule) == [.coolDown])
      let confirmed = ConfirmedPlan(again, answer: "sim", reason: "Once more.")
      await fleet.heal(try #require(confirmed))
      #expect(await eventually { !Self.isCordoned("node-1", in: cluster) })
    }
  }
}
