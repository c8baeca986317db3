import Checks
import HTTP
import Healing
import Inspection
import Journal
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Guardrails that count, over several programs with one journal, and over their restarts.
@Suite(.fewAtOnce, .timeLimit(.minutes(10))) struct HealingPastTests {
  private static let nodes = ["node-1", "node-2", "node-3"]

  private static func node(_ name: String, isCordoned: Bool = true) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)],
      "spec": isCordoned ? ["unschedulable": true] : [:],
      "status": ["conditions": [["type": "Ready", "status": "True"]]],
    ]
  }

  /// What a program has: its own connection to the journal's file, and a fleet.
  private struct Program {
    let fleet: Fleet
    let monitor: ClusterMonitor
    private let history = FindingsHistory()
    private let tasks: [Task<Void, Never>]
    private let eventLoop = EventLoop()

    init(
      at cluster: SimulatedCluster,
      _ folder: String,
      _ guardrails: Guardrails,
      _ policies: [HealPolicy]
    ) async throws {
      let journal = JournalStore(folder: folder)
      let fleet = Fleet(
        [cluster.client("sim", on: eventLoop)],
        options: MonitorOptions(
          checks: Catalogue.checks.filter { $0.id == "stuck/cordoned" },
          settlePolicy: .atMost(.zero),
          guardrails: guardrails,
          policies: policies,
          recorder: history,
          journal: journal
        )
      )
      self.fleet = fleet
      monitor = try #require(fleet.monitors.first)
      let history = history
      tasks = [
        Task { await fleet.run() },
        Task { await history.run(into: journal, gathering: .zero) { Issue.record("\($0)") } },
      ]
      let monitor = monitor
      #expect(await eventually { await monitor.status().firstInspectionDuration != nil })
    }

    func end() async {
      for task in tasks { task.cancel() }
      for task in tasks { await task.value }
      eventLoop.shutdown()
    }

    /// What each Node's finding would be healed by, as if it were the only one.
    func plans() async -> [HealPlan] {
      var plans: [HealPlan] = []
      for finding in await monitor.findings() {
        guard case .plan(let plan)? = await fleet.proposals(for: [finding]).first else { continue }
        plans.append(plan)
      }
      return plans.sorted { $0.title < $1.title }
    }
  }

  private func withCluster(
    _ use: (SimulatedCluster, _ folder: String) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    for name in Self.nodes { try cluster.create(Self.node(name)) }
    try await use(cluster, folder.path + "/kpatrol")
    await cluster.stop()
    withExtendedLifetime(folder) {}
  }

  private static func patches(_ cluster: SimulatedCluster) -> Int {
    cluster.requestLog.count { $0.method == "PATCH" && !$0.query.contains("dryRun=All") }
  }

  private static var twoAnHour: Guardrails {
    var guardrails = Guardrails()
    guardrails.limits.actionsPerHour = 2
    return guardrails
  }

  @Test func actionsAnHourAreCountedForAllProgramsTogether() async throws {
    try await withCluster { cluster, folder in
      var programs: [Program] = []
      for _ in Self.nodes {
        programs.append(try await Program(at: cluster, folder, Self.twoAnHour, []))
      }
      // Each has its own plan, made while nothing was done; all are carried out at once.
      var confirmed: [(Program, ConfirmedPlan)] = []
      for (index, program) in programs.enumerated() {
        let plan = try #require(await program.plans().dropFirst(index).first)
        confirmed.append((program, try #require(ConfirmedPlan(plan, answer: "y"))))
      }
      await withDiscardingTaskGroup { group in
        for (program, plan) in confirmed { group.addTask { await program.fleet.heal(plan) } }
      }
      #expect(Self.patches(cluster) == 2)
      for program in programs { await program.end() }

      let next = try await Program(at: cluster, folder, Self.twoAnHour, [])
      let plan = try #require(await next.plans().first)
      #expect(plan.verdicts.filter(\.isBroken).map(\.rule) == [.actionsPerHour])
      #expect(plan.confirmation == .reason("sim"))
      await next.end()
    }
  }

  @Test func anObjectIsLeftAloneWhicheverProgramTriedIt() async throws {
    try await withCluster { cluster, folder in
      let first = try await Program(at: cluster, folder, Guardrails(), [])
      let second = try await Program(at: cluster, folder, Guardrails(), [])
      let early = try #require(await second.plans().first)
      let plan = try #require(await first.plans().first)
      await first.fleet.heal(try #require(ConfirmedPlan(plan, answer: "y")))
      await first.end()
      var node = try #require(cluster.object(of: "nodes", name: "node-1"))
      node[path: "spec", "unschedulable"] = true
      try cluster.update(node)
      #expect(await eventually { await second.monitor.findings().count == 3 })
      // What it showed before is not true any more.
      await second.fleet.heal(try #require(ConfirmedPlan(early, answer: "y")))
      guard case .refused(_, let reason) = await second.monitor.heal(early.id) else {
        Issue.record("\(await second.monitor.heal(early.id)?.sentence ?? "nothing")")
        return
      }
      #expect(reason.contains("Something was done to Node node-1"))
      #expect(Self.patches(cluster) == 1)
      await second.end()
    }
  }

  private static func policy(isAutomatic: Bool = false) -> HealPolicy {
    var policy = HealPolicy("idle Nodes", remedy: "uncordon-node")
    policy.after = .zero
    policy.isAutomatic = isAutomatic
    policy.perHour = 2
    return policy
  }

  @Test func whatAPolicyDidBeforeCountsAfterARestart() async throws {
    try await withCluster { cluster, folder in
      let policies = [Self.policy(isAutomatic: true)]
      let first = try await Program(at: cluster, folder, Guardrails(), policies)
      #expect(await eventually { Self.patches(cluster) == 2 })
      await first.end()
      let next = try await Program(at: cluster, folder, Guardrails(), policies)
      #expect(await eventually { await next.monitor.past.heals.count == 2 })
      await next.monitor.makeQueuedPlans()
      #expect(await next.monitor.heals.isEmpty)
      #expect(Self.patches(cluster) == 2)
      await next.end()
    }
  }

  @Test func whatIsRejectedStaysSoEverywhereUntilItIsOver() async throws {
    try await withCluster { cluster, folder in
      var policy = Self.policy()
      policy.perHour = 9
      let first = try await Program(at: cluster, folder, Guardrails(), [policy])
      let second = try await Program(at: cluster, folder, Guardrails(), [policy])
      for program in [first, second] {
        #expect(await eventually { await program.fleet.queuedPlans().count == 3 })
      }
      let plans = await first.fleet.queuedPlans()
      let rejected = try #require(plans.first { $0.finding.subject.name == "node-1" })
      #expect(await first.fleet.reject([rejected]) == nil)
      #expect(await eventually { await second.fleet.queuedPlans().count == 2 })
      await first.end()

      let next = try await Program(at: cluster, folder, Guardrails(), [policy])
      #expect(await eventually { await next.fleet.queuedPlans().count == 2 })
      #expect(await !next.fleet.queuedPlans().map(\.id).contains(rejected.id))

      // Over, and there again: that is another matter.
      try cluster.update(Self.node("node-1", isCordoned: false))
      #expect(await eventually { await next.monitor.findings().count == 2 })
      let isWritten = await eventually {
        (try? await JournalStore(folder: folder).rejections()) == []
      }
      #expect(isWritten)
      try cluster.update(Self.node("node-1"))
      for program in [second, next] {
        #expect(await eventually { await program.fleet.queuedPlans().count == 3 })
        await program.end()
      }
    }
  }
}
