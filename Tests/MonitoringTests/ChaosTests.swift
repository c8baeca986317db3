import Checks
import ClusterGraph
import HTTP
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Rules
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Whatever happens to connection and server, the model ends equal to the server's truth.
@Suite(.serialized) struct ChaosTests {
  fileprivate struct Run {
    let cluster: SimulatedCluster
    let monitor: ClusterMonitor

    /// Whether the model holds just the Pods that the server has, at their versions.
    func isEqual(to cluster: SimulatedCluster) async -> Bool {
      let truth = Dictionary(
        uniqueKeysWithValues: cluster.objects(of: "pods").map { pod in
          (
            pod[path: "metadata", "name"]?.stringValue ?? "",
            pod[path: "metadata", "resourceVersion"]?.stringValue ?? ""
          )
        }
      )
      return await monitor.versions(of: Pod.kind) == truth
    }

    /// Whether what rules found one by one is what a look at the whole model finds.
    func isInspected() async -> Bool { await monitor.hasFoundAll() }

    /// Whether model and findings are what they should be.
    func isRight(_ cluster: SimulatedCluster) async -> Bool {
      let isEqual = await isEqual(to: cluster)
      let isInspected = await isInspected()
      return isEqual && isInspected
    }
  }

  /// A pack in several versions, each of which reads other fields, other objects, or what was before.
  private static func rules(_ version: Int) throws -> RuleSet {
    let conditions = [
      "object.status.phase == 'Failed'",
      "object.?status.?phase != old.?status.?phase",
      "lookup('Pod', 'shop', 'pod-1').?status.?phase.orValue('gone') == object.status.phase",
      "object.spec.containers.exists(c, c.image == 'x') && object.status.phase != 'Running'",
    ]
    let text = """
      apiVersion: kpatrol.io/v1
      kind: RulePack
      metadata: {name: chaos}
      references:
        - {id: node, from: Pod, field: spec.nodeName, to: [Node], settles: 0s}
      rules:
        - id: it
          title: It
          match: {kinds: [Pod]}
          when: \(conditions[version % conditions.count])
          message: "{{ object.metadata.name }} is {{ object.status.phase }}"
        - id: like-first
          title: Like the first
          match: {kinds: [Pod]}
          when: lookup('Pod', 'shop', 'pod-0').?status.?phase.orValue('') == object.status.phase
          message: "{{ object.status.podIP }}"
      """
    return RuleSet([try RulePack(reading: text, path: "chaos.yaml")])
  }

  fileprivate func withRun(
    clock: WallClock = .system,
    _ body: (Run) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    _ = try? cluster.create(
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]]
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("chaos", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks),
      clock: clock
    )
    await monitor.setRules(try Self.rules(0), faults: [])
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    try await body(Run(cluster: cluster, monitor: monitor))
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private func pod(_ name: String, phase: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": .string(name), "namespace": "shop"],
      "spec": ["nodeName": "node-1", "containers": [["name": "main", "image": "x"]]],
      "status": ["phase": .string(phase), "podIP": "10.0.0.1"],
    ]
  }

  /// Changes Pods at random.
  fileprivate func stir(_ cluster: SimulatedCluster, _ count: Int, _ random: inout SeededGenerator)
  {
    for _ in 0..<count {
      let name = "pod-\(Int.random(in: 0..<40, using: &random))"
      if Int.random(in: 0..<3, using: &random) == 0 {
        _ = cluster.remove("pods", namespace: "shop", name: name)
      } else {
        let phase = ["Running", "Failed", "Pending"].randomElement(using: &random) ?? ""
        _ = try? cluster.apply(pod(name, phase: phase))
      }
    }
  }

  @Test("A watch that breaks in the middle of an object loses nothing", arguments: 1...3)
  func brokenWatches(seed: UInt64) async throws {
    try await withRun { run in
      var random = SeededGenerator(seed: seed)
      for _ in 0..<5 {
        stir(run.cluster, 30, &random)
        run.cluster.breakWatches()
        stir(run.cluster, 30, &random)
      }
      #expect(await eventually { await run.isRight(run.cluster) })
      let lists = run.cluster.requestLog.count { entry in
        entry.path == "/api/v1/pods" && !entry.query.description.contains("watch")
      }
      #expect(lists == 1, "A resume sufficed, yet Pods were listed again.")
    }
  }

  @Test("Rules that change while all else does miss nothing", arguments: 1...3)
  func changingRules(seed: UInt64) async throws {
    try await withRun { run in
      var random = SeededGenerator(seed: seed)
      for version in 1...8 {
        stir(run.cluster, 30, &random)
        await run.monitor.setRules(try Self.rules(version), faults: [])
        if random.oneIn(2) { run.cluster.breakWatches() }
        if random.oneIn(3) { run.cluster.forgetOldVersions() }
        if random.oneIn(3) { run.cluster.refuseRequests(3, status: 503, retryAfterSeconds: nil) }
        stir(run.cluster, 30, &random)
        if random.oneIn(2) { #expect(await eventually { await run.isRight(run.cluster) }) }
      }
      #expect(await eventually { await run.isRight(run.cluster) })
      let found = await run.monitor.findings().map(\.check.description)
      #expect(found.contains("chaos/node") && found.contains { $0 == "chaos/it" })
    }
  }

  @Test func anExpiredVersionLosesNothing() async throws {
    try await withRun { run in
      var random = SeededGenerator(seed: 7)
      stir(run.cluster, 100, &random)
      run.cluster.forgetOldVersions()
      run.cluster.breakWatches()
      stir(run.cluster, 100, &random)
      #expect(await eventually { await run.isRight(run.cluster) })
    }
  }

  @Test func aServerThatGoesAndComesBackLosesNothing() async throws {
    try await withRun { run in
      var random = SeededGenerator(seed: 9)
      stir(run.cluster, 100, &random)
      await run.cluster.stopListening()
      stir(run.cluster, 100, &random)
      #expect(
        await eventually {
          if case .disconnected = await run.monitor.status().connection { true } else { false }
        }
      )
      try await run.cluster.listenAgain()
      #expect(await eventually { await run.isRight(run.cluster) })
      #expect(await eventually { await run.monitor.status().connection == .watching })
    }
  }

  @Test func aBusyServerLosesNothing() async throws {
    try await withRun { run in
      var random = SeededGenerator(seed: 11)
      for status in [500, 503, 429] {
        run.cluster.refuseRequests(20, status: status, retryAfterSeconds: status == 500 ? nil : 1)
        run.cluster.breakWatches()
        stir(run.cluster, 50, &random)
      }
      #expect(await eventually { await run.isRight(run.cluster) })
    }
  }

  @Test func aKindThatComesAndGoesIsFollowed() async throws {
    try await withRun { run in
      let widget: JSONValue = [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "widgets.example.com"],
        "spec": [
          "group": "example.com", "scope": "Namespaced",
          "names": ["plural": "widgets", "singular": "widget", "kind": "Widget"],
          "versions": [["name": "v1", "served": true, "storage": true]],
        ],
      ]
      // How long it takes is the machine's affair; that the monitor waits for nothing, is counted.
      let kind = ObjectKind("Widget", group: "example.com")
      let cluster = run.cluster
      let asked = cluster.discoveryCount
      let begin = ContinuousClock.now
      _ = try cluster.create(widget)
      #expect(await eventually { await run.monitor.isFollowing(kind) })
      let came = begin.duration(to: .now)
      #expect((1...2).contains(cluster.discoveryCount - asked))
      _ = try run.cluster.create(
        [
          "apiVersion": "example.com/v1", "kind": "Widget",
          "metadata": ["name": "w", "namespace": "shop"],
        ]
      )
      #expect(await eventually { await run.monitor.versions(of: kind).keys.contains("w") })
      _ = run.cluster.remove(
        "customresourcedefinitions.apiextensions.k8s.io",
        name: "widgets.example.com"
      )
      let askedLater = cluster.discoveryCount
      let end = ContinuousClock.now
      #expect(await eventually { await !run.monitor.isFollowing(kind) })
      print("A kind was followed after \(came), and left after \(end.duration(to: .now)).")
      #expect(cluster.discoveryCount - askedLater <= 2)
      #expect(await run.monitor.versions(of: kind).isEmpty)
    }
  }
}

extension SimulatedCluster {
  /// How often it was asked for all groups that it serves.
  fileprivate var discoveryCount: Int { requestLog.count { $0.path == "/apis" } }
}

@Suite(.fewAtOnce) struct OwnModelTests {
  @Test func aModelThatIsWrongIsNoticedToldAndRepaired() async throws {
    // Audits come soon; what is asked now and then besides is not what this is about.
    let hasty = WallClock(
      now: WallClock.system.now,
      sleep: { time in
        let isRare = time >= .seconds(20)
        try await Task.sleep(for: isRare ? .seconds(3600) : min(time, .milliseconds(50)))
      }
    )
    try await ChaosTests().withRun(clock: hasty) { run in
      var random = SeededGenerator(seed: 3)
      ChaosTests().stir(run.cluster, 60, &random)
      #expect(await eventually { await run.isEqual(to: run.cluster) })
      await run.monitor.forgetOnePod()
      #expect(await eventually { await run.isEqual(to: run.cluster) })
      let isTold = await eventually {
        await run.monitor.findings().contains { finding in
          finding.check == "drift/own-model" && finding.subject == ClusterRecord.vertex
            && finding.message.contains("(missing)")
        }
      }
      #expect(isTold)
      #expect(await run.monitor.status().differencesFound == 1)
      // The next audit finds nothing wrong.
      #expect(
        await eventually {
          await !run.monitor.findings().contains { $0.check == "drift/own-model" }
        }
      )
    }
  }
}

extension OwnModelTests {
  @Test func whoAsksForAComparisonNeedNotWaitForTheNext() async throws {
    // No audit comes by itself; what one waits for is short.
    let patient = WallClock(
      now: WallClock.system.now,
      sleep: { time in
        let isRare = time >= .seconds(6)
        try await Task.sleep(for: isRare ? .seconds(3600) : min(time, .milliseconds(50)))
      }
    )
    try await ChaosTests().withRun(clock: patient) { run in
      var random = SeededGenerator(seed: 3)
      ChaosTests().stir(run.cluster, 60, &random)
      #expect(await eventually { await run.isEqual(to: run.cluster) })
      let pods = ResourceStream.ID(kind: Pod.kind, namespace: nil)
      await run.monitor.forgetOnePod()
      await run.monitor.audit(pods)
      let found = try #require(await run.monitor.ownFault)
      let detail = try #require(await run.monitor.detail(of: found.id))
      guard case .plan(let plan)? = detail.offers.first?.proposal else {
        Issue.record("No plan: \(detail.offers)")
        return
      }
      let lists = run.cluster.podListCount
      await run.monitor.heal(try #require(ConfirmedPlan(plan, answer: "y")))
      guard case .healed? = await run.monitor.heal(of: found.id) else {
        Issue.record("\(String(describing: await run.monitor.heal(of: found.id)))")
        return
      }
      #expect(await run.monitor.ownFault == nil)
      // One list of the kind, and one to compare it with.
      #expect(run.cluster.podListCount >= lists + 2)
      #expect(await run.isEqual(to: run.cluster))
    }
  }

  @Test func aKindThatIsNotFollowedIsNotListedAgain() async throws {
    try await ChaosTests().withRun { run in
      let widgets = ResourceStream.ID(kind: ObjectKind("Widget"), namespace: nil)
      await #expect(throws: StepFailure("Widget is not followed any more.")) {
        try await run.monitor.relist(widgets)
      }
    }
  }
}

extension SimulatedCluster {
  /// How often Pods were listed, in full or their metadata.
  fileprivate var podListCount: Int {
    requestLog.count { $0.path == "/api/v1/pods" && !$0.query.contains("watch=") }
  }
}

extension ClusterMonitor {
  fileprivate var ownFault: Finding? { findings().first { $0.check == "drift/own-model" } }

  /// Makes the model wrong: a Pod is missing from it.
  fileprivate func forgetOnePod() {
    guard let key = graph.keys(of: Pod.kind).first else { return }
    update { graph, touched in graph.remove(key, touching: &touched) }
  }

  /// The name and version of each object of a kind.
  fileprivate func versions(of kind: ObjectKind) -> [String: String] {
    let keys = graph.keys(of: kind)
    return Dictionary(uniqueKeysWithValues: keys.map { ($0.name, graph.resourceVersion($0)) })
  }

  /// Whether rules have found what they find in the model as it is.
  fileprivate func hasFoundAll() -> Bool {
    guard rules.next == nil, rules.set.packs.count == 1 else { return false }
    let ids = Set(rules.set.checks.map(\.id))
    func found(_ inspector: Inspector) -> Set<[String]> {
      Set(
        (inspector.findings + inspector.suspects)
          .filter { ids.contains($0.check) && $0.awaySince == nil }
          .map { [$0.id.description, $0.message, "\($0.evidence)"] }
      )
    }
    var fresh = Inspector(cluster: name, checks: rules.set.checks)
    _ = fresh.inspect(graph.allHandles, in: graph, at: clock.now(), watchedFromStart: false)
    return found(inspector) == found(fresh)
  }

  fileprivate func isFollowing(_ kind: ObjectKind) -> Bool {
    streams.keys.contains { $0.kind == kind }
  }
}
