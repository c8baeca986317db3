import HTTP
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import AgentClient
@testable import Monitoring

/// A terminal's fleet, attached to agents in this process that answer over HTTP.
@Suite(.fewAtOnce) struct AttachedFleetServingTests {
  private static func names(_ fleet: Fleet) async -> Set<String> {
    let page = await fleet.findings(FindingsQuery(limit: 1000))
    let rows = page?.rows ?? []
    return Set(
      rows.filter { $0.resolvedAt == nil }.map {
        "\($0.finding.cluster) \($0.finding.subject.name)"
      }
    )
  }

  private func withFleet(
    _ urls: [String],
    _ sources: [any ClusterSource] = [],
    ownWay: (@Sendable (AttachedCluster, AgentSettings) -> OwnWay)? = nil,
    _ body: (Fleet) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    let followers = try urls.map {
      AgentFollower(
        AgentSettings(url: try AgentURL($0)),
        eventLoop: eventLoop,
        userAgent: "kpatrol/test",
        environment: [:]
      )
    }
    let agents = ownWay.map { AgentSources(followers, ownWay: $0) } ?? AgentSources(followers)
    let fleet = Fleet(sources, options: MonitorOptions(checks: [BadMaps()]), agents: agents)
    let patrol = Task { await fleet.run() }
    try await body(fleet)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
  }

  @Test func agentsThatBeginAnewLoseNoRow() async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let one = try await RunningAgent("one", on: eventLoop)
    let two = try await RunningAgent("two", on: eventLoop)
    let three = try await RunningAgent("three", on: eventLoop)
    try one.create("bad-1", "bad-2", "good")
    try two.create("bad-1")
    try three.create("bad-3")
    let always: Set = [
      "one default/bad-1", "two default/bad-1", "three default/bad-3",
    ]
    try await withFleet([one.url, two.url], [three.client()]) { fleet in
      let areThere = await eventually {
        await Self.names(fleet) == always.union(["one default/bad-2"])
      }
      #expect(areThere)
      let watching = Task {
        var (looks, missing) = (0, Set<String>())
        while !Task.isCancelled {
          missing.formUnion(always.subtracting(await Self.names(fleet)))
          looks += 1
          try? await Task.sleep(for: .milliseconds(5))
        }
        return (looks, missing)
      }
      for agent in [one, two] {
        await agent.end()
        let isTold = await eventually {
          await fleet.statuses().contains {
            $0.name == agent.name && $0.connection.trouble != nil
          }
        }
        #expect(isTold)
        // What happens meanwhile is shown afterwards.
        if agent.name == "one" {
          agent.remove("bad-2")
          try agent.create("bad-4")
        }
        try await agent.begin()
        let isBack = await eventually {
          await fleet.statuses().contains { $0.name == agent.name && $0.connection == .watching }
        }
        #expect(isBack)
      }
      let isUpToDate = await eventually {
        await Self.names(fleet) == always.union(["one default/bad-4"])
      }
      #expect(isUpToDate)
      watching.cancel()
      let (looks, missing) = await watching.value
      #expect(looks > 100 && missing == [], "A row was not there for a moment.")
    }
    for agent in [one, two, three] {
      await agent.end()
      await agent.cluster.stop()
    }
  }

  @Test func aLostNodeExplainsThePodsThatAnotherAgentCovers() async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    func half(_ index: Int) -> MonitorOptions {
      var options = MonitorOptions(checks: [LostNodes(), LostPods()])
      options.coverage = Coverage(of: 2, holding: [index])
      return options
    }
    let one = try await RunningAgent("prod", options: half(0), on: eventLoop)
    let two = try await RunningAgent("prod", over: one.cluster, options: half(1), on: eventLoop)
    let namespace = try #require(
      ["shop", "bank", "farm"].first { half(0).coverage.shard(of: $0) == 1 }
    )
    try LostPods.create(in: namespace, of: one.cluster)
    try await withFleet([one.url, two.url]) { fleet in
      let isFolded = await eventually {
        let page = await fleet.findings(FindingsQuery(consequences: .folded))
        return page?.matchCount == 2 && page?.rows.map(\.finding.check) == [LostNodes().id]
      }
      #expect(isFolded)
      let page = await fleet.findings(FindingsQuery())
      let pod = try #require(page?.rows.first { $0.finding.check == LostPods().id }?.finding)
      #expect(await fleet.detail(of: pod.id)?.cause?.check == LostNodes().id)
    }
    for agent in [one, two] { await agent.end() }
    await one.cluster.stop()
  }

  @Test func anAgentThatIsNotThereIsARowOfItsOwn() async throws {
    try await withFleet(["http://127.0.0.1:9"]) { fleet in
      let isTold = await eventually {
        let statuses = await fleet.statuses()
        return statuses.count == 1 && statuses[0].name == "agent 127.0.0.1:9"
          && statuses[0].connection.trouble?.contains("Cannot reach") == true
      }
      #expect(isTold)
    }
  }

  @Test func nothingOfTheClusterIsAskedUntilItIsNeededAndThenItIsHealedByOnesOwnCredentials()
    async throws
  {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let agent = try await RunningAgent("prod", on: eventLoop)
    try agent.create("bad-1", "bad-2")
    let (cluster, own) = (agent.cluster, agent.client("kpatrol/operator"))
    let server = cluster.url
    let way: @Sendable (AttachedCluster, AgentSettings) -> OwnWay = { told, _ in
      #expect(told.server == server)
      return OwnWay(own, context: "admin@prod")
    }
    try await withFleet([agent.url], ownWay: way) { fleet in
      try await Self.heal(with: fleet, in: cluster)
    }
    let ofAgent = cluster.requestLog.filter { $0.userAgent == "kpatrol-agent/test" }
    #expect(Set(ofAgent.map(\.method)) == ["GET"])
    await agent.end()
    await cluster.stop()
  }

  private static func heal(with fleet: Fleet, in cluster: SimulatedCluster) async throws {
    #expect(await eventually { await names(fleet).count == 2 })
    let page = await fleet.findings(FindingsQuery())
    let finding = try #require(page?.rows.first?.finding)
    let detail = await fleet.detail(of: finding.id)
    #expect(detail?.reading == .unread && detail?.title == "A ConfigMap is bad")
    #expect(detail?.context == "admin@prod" && detail?.agentURL?.hasPrefix("http://") == true)
    let askers = Set(cluster.requestLog.map(\.userAgent))
    #expect(askers == ["kpatrol-agent/test"], "To look at findings asks the cluster nothing.")

    // The first plan that is wanted has the cluster read.
    let first = await fleet.proposals(for: [finding])
    #expect(first.count == 1 && obstacle(first)?.contains("read directly") == true)
    #expect(await eventually { await fleet.detail(of: finding.id)?.reading == .done })
    let plans = await fleet.proposals(for: [finding]).compactMap { proposal in
      if case .plan(let plan) = proposal { plan } else { nil }
    }
    let plan = try #require(plans.first)
    // What is typed by hand goes the user's way, too, whatever the agent calls the cluster.
    let step = try #require(plan.steps.first)
    #expect(plan.cluster == "prod")
    #expect(plan.commandByHand(step).hasPrefix("kubectl --context admin@prod "))
    #expect(await fleet.context(of: "prod") == "admin@prod")
    let answer = plan.confirmation.expectedAnswer
    let confirmed = try #require(ConfirmedPlan(plan, answer: answer))
    await fleet.heal(confirmed)
    #expect(await eventually { await isHealed(plan.id, fleet) })
    #expect(await eventually { await names(fleet).count == 1 })
    let changes = cluster.requestLog.filter { !["GET", "POST"].contains($0.method) }
    #expect(!changes.isEmpty && Set(changes.map(\.userAgent)) == ["kpatrol/operator"])
  }

  private static func isHealed(_ id: HealPlan.ID, _ fleet: Fleet) async -> Bool {
    let states = await fleet.heals([id]).states
    if case .healed? = states[id] { return true }
    return false
  }

  private static func obstacle(_ proposals: [Proposal]) -> String? {
    if case .unavailable(let reason)? = proposals.first { reason } else { nil }
  }

  @Test func whereNoContextFitsHealingSaysWhatIsMissing() async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let agent = try await RunningAgent("prod", on: eventLoop)
    try agent.create("bad-1")
    try await withFleet([agent.url]) { fleet in
      #expect(await eventually { await Self.names(fleet).count == 1 })
      let page = await fleet.findings(FindingsQuery())
      let finding = try #require(page?.rows.first?.finding)
      let reason = Self.obstacle(await fleet.proposals(for: [finding]))
      #expect(reason?.contains("agents[].contexts: { prod: CONTEXT }") == true)
      #expect(await eventually { await fleet.statuses().first?.connection == .watching })
    }
    await agent.end()
    await agent.cluster.stop()
  }

  @Test func aContextThatLeadsElsewhereIsNotRead() async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let agent = try await RunningAgent("prod", on: eventLoop)
    let other = try await RunningAgent("prod", on: eventLoop)
    for (run, uid) in [(agent, "one"), (other, "two")] {
      _ = run.cluster.remove("namespaces", namespace: "", name: "kube-system")
      _ = try run.cluster.create([
        "apiVersion": "v1", "kind": "Namespace",
        "metadata": ["name": "kube-system", "uid": .string(uid)],
      ])
    }
    try agent.create("bad-1")
    let own = other.client("kpatrol/operator")
    let way: @Sendable (AttachedCluster, AgentSettings) -> OwnWay = { _, _ in
      OwnWay(own, context: "prod")
    }
    try await withFleet([agent.url], ownWay: way) { fleet in
      #expect(await eventually { await Self.names(fleet).count == 1 })
      let isUIDTold = await eventually { await fleet.statuses().first?.uid.isEmpty == false }
      #expect(isUIDTold)
      await fleet.readDirectly("prod")
      let isRefused = await eventually {
        guard case .impossible(let reason)? = await fleet.statuses().first?.reading else {
          return false
        }
        return reason.contains("another cluster")
      }
      #expect(isRefused)
      #expect(
        other.cluster.requestLog.allSatisfy {
          $0.userAgent != "kpatrol/operator" || $0.path.hasSuffix("kube-system")
        }
      )
      #expect(await Self.names(fleet).count == 1)
    }
    for run in [agent, other] {
      await run.end()
      await run.cluster.stop()
    }
  }

  @Test func mutesAndAcknowledgementsOfTheReaderHold() async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let agent = try await RunningAgent("prod", on: eventLoop)
    try agent.create("bad-1", "bad-2")
    try await withFleet([agent.url]) { fleet in
      #expect(await eventually { await Self.names(fleet).count == 2 })
      let rows = await fleet.findings(FindingsQuery())?.rows ?? []
      let now = WallClock.system.now()
      var notes = FindingNotes()
      for (content, row) in zip([FindingNote.Content.acknowledged, .muted(until: nil)], rows) {
        notes.add(
          FindingNote(content, row.finding.id, author: "ann", time: now, reason: "known")
        )
      }
      await fleet.take(notes)
      let holds = await eventually {
        let rows = await fleet.findings(FindingsQuery())?.rows.map(\.finding) ?? []
        return rows.contains { $0.acknowledgement?.author == "ann" }
          && rows.contains { $0.muting?.author == "ann" }
      }
      #expect(holds)
    }
    await agent.end()
    await agent.cluster.stop()
  }
}
