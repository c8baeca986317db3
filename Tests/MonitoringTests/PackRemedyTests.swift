import Checks
import ClusterGraph
import HTTP
import Healing
import Inspection
import Journal
import KubernetesClient
import KubernetesObjects
import NameMatching
import Rules
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Remedies of packs that a cluster's ConfigMaps bring: all that holds for any remedy holds for them.
@Suite(.fewAtOnce, .timeLimit(.minutes(10))) struct PackRemedyTests {
  private static func pack(_ condition: String = "object.data.mode == 'off'") -> String {
    """
    apiVersion: kpatrol.io/v1
    kind: RulePack
    metadata: {name: team}
    params: {mode: 'on'}
    rules:
      - id: it
        title: It is off
        match: {kinds: [ConfigMap], namespaces: [shop]}
        when: \(condition)
        message: '{{ object.metadata.name }} is off'
        remedies:
          - id: switch-on
            title: Switch it on
            reason: '{{ object.metadata.name }} was {{ object.data.mode }}.'
            patch: {data: {mode: '{{ params.mode }}'}}
          - {id: away, title: Take it away, delete: true}
    """
  }

  private static func configMap(
    _ name: String,
    in namespace: String,
    _ data: [String: JSONValue],
    isPack: Bool = false
  ) -> JSONValue {
    var metadata: [String: JSONValue] = ["name": .string(name), "namespace": .string(namespace)]
    if isPack { metadata["labels"] = ["kpatrol.io/rule-pack": "true"] }
    return [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": .object(metadata), "data": .object(data),
    ]
  }

  /// A cluster in which `shop/a` is off, and a program that trusts the packs in `rules`.
  private struct World {
    let cluster: SimulatedCluster
    let fleet: Fleet
    let monitor: ClusterMonitor
    let journal = JournalStore.inMemory

    static func with(
      healing: [NamePattern] = ["rules"],
      guardrails: Guardrails = Guardrails(),
      as user: User? = nil,
      policies: [HealPolicy] = [],
      _ use: (World) async throws -> Void
    ) async throws {
      let cluster = try await SimulatedCluster.start(
        SimulationOptions(scenario: .empty, runsControllers: false)
      )
      for name in ["shop", "rules"] {
        _ = try cluster.apply(
          ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
        )
      }
      _ = try cluster.apply(configMap("a", in: "shop", ["mode": "off"]))
      if let user { cluster.admit(user, token: "limited") }
      let eventLoop = EventLoop()
      let world = try await World(
        cluster,
        healing,
        guardrails,
        policies,
        token: user == nil ? nil : "limited",
        on: eventLoop
      )
      let patrol = Task { await world.fleet.run() }
      try world.apply(pack())
      #expect(await eventually { await world.found == ["team/it: a is off"] })
      cluster.clearRequestLog()
      try await use(world)
      patrol.cancel()
      await patrol.value
      eventLoop.shutdown()
      await cluster.stop()
    }

    private init(
      _ cluster: SimulatedCluster,
      _ healing: [NamePattern],
      _ guardrails: Guardrails,
      _ policies: [HealPolicy],
      token: String?,
      on eventLoop: EventLoop
    ) async throws {
      self.cluster = cluster
      var options = MonitorOptions(
        checks: [try #require(Catalogue.check("unhealthy/rule-pack"))],
        settlePolicy: .atMost(.zero),
        guardrails: guardrails,
        policies: policies,
        journal: journal
      )
      options.trustedRuleNamespaces = ["rules"]
      options.healingRuleNamespaces = healing
      fleet = Fleet([cluster.client("sim", on: eventLoop, token: token)], options: options)
      monitor = try #require(fleet.monitors.first)
    }

    func apply(_ pack: String) throws {
      _ = try cluster.apply(
        configMap("team", in: "rules", ["team.yaml": .string(pack)], isPack: true)
      )
    }

    /// Findings as `check: message`.
    var found: [String] {
      get async { await monitor.findings().map { "\($0.check): \($0.message)" }.sorted() }
    }

    var mode: JSONValue? {
      cluster.object(of: "configmaps", namespace: "shop", name: "a")?[path: "data", "mode"]
    }

    /// What was sent to change the cluster.
    var changes: [String] {
      cluster.requestLog.filter {
        ["DELETE", "PATCH"].contains($0.method) && !$0.query.contains("dryRun=All")
      }.map(\.method)
    }

    func proposal(_ remedy: RemedyID = "team/it/switch-on") async throws -> Proposal {
      let finding = try #require(await monitor.findings().first { $0.check == "team/it" })
      return await monitor.proposal(forFinding: finding.id, by: remedy, plansBefore: 0)
    }

    func plan(_ remedy: RemedyID = "team/it/switch-on") async throws -> HealPlan {
      let proposal = try await proposal(remedy)
      guard case .plan(let plan) = proposal else {
        Issue.record("\(proposal)")
        throw CancellationError()
      }
      return plan
    }
  }

  @Test func aBrokenPackKeepsItsFindingAndATrustedOneHealsIt() async throws {
    try await World.with { world in
      // Broken: what was found stays, and it is said.
      try world.apply(Self.pack("objct.data.mode == 'off'"))
      #expect(
        await eventually {
          let found = await world.found
          return found.count == 2 && found[0] == "team/it: a is off"
            && found[1].contains("did you mean object?")
        }
      )
      // And its remedies, too, as it was before.
      let plan = try await world.plan()
      #expect(plan.title == "Switch it on: patch ConfigMap shop/a" && plan.reason == "a was off.")
      #expect(plan.verdicts.count == GuardrailVerdict.Rule.allCases.count)
      #expect(!plan.verdicts.contains { $0.isBroken })
      #expect(plan.confirmation == .typing("a") && !plan.mayBeAutomatic)
      #expect(ConfirmedPlan(plan, answer: "y") == nil)
      let rehearsal = await world.monitor.rehearse(plan)
      guard case .accepted(let difference)? = rehearsal.results.first else {
        Issue.record("\(rehearsal)")
        return
      }
      #expect(difference.lines.map(\.path) == ["data.mode"])
      #expect(difference.lines.first?.new?.contains("on") == true)
      #expect(world.changes.isEmpty, "Until it is confirmed nothing is changed.")

      await world.fleet.heal(try #require(ConfirmedPlan(plan, answer: "a")))
      #expect(world.changes == ["PATCH"] && world.mode == "on")
      #expect(await eventually { await world.monitor.heal(plan.id)?.isUnderWay == false })
      guard case .healed? = await world.monitor.heal(plan.id) else {
        Issue.record("\(await world.monitor.heal(plan.id)?.sentence ?? "nothing")")
        return
      }
      let heal = try #require(try await world.journal.heal(HealIntent.ID(1)))
      #expect(heal.remedy == "team/it/switch-on" && heal.outcome == .accepted)
      #expect(heal.verdicts.count == plan.verdicts.count)
      #expect(heal.calls.first?.backup?[path: "data", "mode"] == "off")

      // And it can be taken back.
      guard case .plan(let undo) = await world.fleet.proposal(toUndo: heal.undone) else {
        Issue.record("It cannot be undone.")
        return
      }
      await world.fleet.heal(
        try #require(ConfirmedPlan(undo, answer: undo.confirmation.expectedAnswer))
      )
      #expect(world.mode == "off")
    }
  }

  @Test func whatIsNotTrustedToHealIsShownWithTheReason() async throws {
    try await World.with(healing: ["other"]) { world in
      for remedy in ["team/it/switch-on", "team/it/away"] as [RemedyID] {
        guard case .unavailable(let reason) = try await world.proposal(remedy) else {
          Issue.record("\(remedy) may be carried out.")
          continue
        }
        #expect(reason.contains("namespace rules") && reason.contains("rules.healingNamespaces"))
      }
      let id = try #require(await world.monitor.findings().first?.id)
      let detail = try #require(await world.fleet.detail(of: id))
      #expect(detail.offers.map(\.title) == ["Switch it on", "Take it away"])
      #expect(world.changes.isEmpty)
    }
  }

  @Test func guardrailsHoldForThemAsForAll() async throws {
    var guardrails = Guardrails()
    guardrails.readOnlyContexts = ["sim"]
    try await World.with(guardrails: guardrails) { world in
      guard case .refused(_, let reason) = try await world.proposal() else {
        Issue.record("It is not refused.")
        return
      }
      #expect(reason.contains("read-only"), "\(reason)")
      #expect(world.changes.isEmpty)
    }
  }

  @Test func policiesMayNameThemAndPutPlansIntoTheQueue() async throws {
    var policy = HealPolicy("lamps", remedy: "team/it/switch-on")
    policy.after = .zero
    policy.isAutomatic = true
    try await World.with(policies: [policy]) { world in
      #expect(await eventually { await world.fleet.queuedPlans().count == 1 })
      let queued = try #require(await world.fleet.queuedPlans().first)
      #expect(queued.plan.remedy == policy.remedy && queued.policy == "lamps")
      // What asks for a name needs a person, whatever the policy says.
      #expect(world.changes.isEmpty && queued.plan.confirmation == .typing("a"))
      await world.fleet.heal(try #require(ConfirmedPlan(queued.plan, answer: "a")))
      #expect(world.changes == ["PATCH"] && world.mode == "on")
    }
  }

  @Test func whatChangedMeanwhileIsLeftAlone() async throws {
    try await World.with { world in
      let plan = try await world.plan("team/it/away")
      #expect(plan.confirmation == .typing("a"))
      let confirmed = try #require(ConfirmedPlan(plan, answer: "a"))
      // Another object of the same name.
      #expect(world.cluster.remove("configmaps", namespace: "shop", name: "a"))
      _ = try world.cluster.apply(Self.configMap("a", in: "shop", ["mode": "off"]))
      await world.fleet.heal(confirmed)
      #expect(world.changes.isEmpty && world.mode == "off")
    }
  }

  @Test func withoutPermissionNothingIsDone() async throws {
    try await World.with(as: FaultyWorld.reader) { world in
      guard case .refused(_, let reason) = try await world.proposal() else {
        Issue.record("It is not refused.")
        return
      }
      #expect(reason.hasPrefix("You may not patch configmaps in namespace shop"))
      #expect(world.changes.isEmpty)
    }
  }
}
