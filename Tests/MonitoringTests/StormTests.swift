import Checks
import ClusterGraph
import Foundation
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Ten thousand changes while everything fails at random: afterwards the model equals the truth.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter StormTests`.
@Suite(.serialized) struct StormTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...50)

  @Test("The model ends equal to the server's truth", arguments: seeds)
  func endsEqual(seed: UInt64) async throws {
    // Every other storm leaves the versions alone, so that a resume suffices each time.
    let forgetsVersions = seed.isMultiple(of: 2)
    let storm = try await Storm(seed: seed, forgetsVersions: forgetsVersions)
    await storm.rage(changes: 10_000)
    #expect(await eventually(within: .seconds(60)) { await storm.isModelTrue() }, "seed \(seed)")
    let (findings, freshFindings) = await storm.findingsAndFreshFindings()
    #expect(findings == freshFindings)
    let (vertices, freshVertices) = await storm.verticesAndFreshVertices()
    #expect(vertices == freshVertices, "The graph keeps vertices that nobody needs.")
    let status = await storm.monitor.status()
    #expect(status.resumes > 5, "It was no storm.")
    if forgetsVersions {
      #expect(status.relists > 0)
    } else {
      #expect(status.relists == 0, "A resume sufficed, and a kind was listed again.")
    }
    #expect(await storm.end(), "Watches stay open behind a monitor that has ended.")
  }
}

/// A simulated cluster, a monitor of five of its kinds, and the weather between them.
private final class Storm {
  let monitor: ClusterMonitor
  private let cluster: SimulatedCluster
  private let eventLoop = EventLoop()
  private let task: Task<Void, Never>
  private let forgetsVersions: Bool
  private var random: SeededGenerator

  private static let plurals = [
    "pods", "nodes", "persistentvolumes", "configmaps", "widgets.example.com",
  ]

  /// Those that count what happened know more than whoever looks afresh.
  private static let checks = Catalogue.checks.filter { check in
    !["unhealthy/event-burst", "unhealthy/node-flapping", "unhealthy/pod-restarts"]
      .contains(check.id)
  }

  init(seed: UInt64, forgetsVersions: Bool) async throws {
    self.forgetsVersions = forgetsVersions
    random = SeededGenerator(seed: seed)
    cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, seed: seed, runsControllers: false)
    )
    _ = try? cluster.create(
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]]
    )
    _ = try cluster.create(Self.definition)
    var plan = FaultPlan.everything(seed: seed)
    if !forgetsVersions {
      plan.rules.removeAll { [.expired, .expiredEvent, .garbage].contains($0.fault.kind) }
    }
    cluster.inject(plan)
    let monitor = ClusterMonitor(
      source: SelectedKinds(of: cluster.client("storm", on: eventLoop), plurals: Self.plurals),
      options: MonitorOptions(checks: Self.checks),
      clock: .hasty
    )
    self.monitor = monitor
    task = Task { await monitor.run() }
  }

  /// Changes objects while the connection suffers.
  func rage(changes: Int) async {
    for batch in 0..<changes / 50 {
      for _ in 0..<50 { change() }
      if batch.isMultiple(of: 4) { await strike() }
      await Task.yield()
    }
    cluster.endAllFaults()
  }

  private func change() {
    let name = "\(Int.random(in: 0..<40, using: &random))"
    let plural = Self.plurals.randomElement(using: &random) ?? "pods"
    let isNamespaced = plural != "nodes" && plural != "persistentvolumes"
    if Int.random(in: 0..<4, using: &random) == 0 {
      _ = cluster.remove(plural, namespace: isNamespaced ? "shop" : "", name: name)
    } else {
      _ = try? cluster.apply(object(plural, name, in: isNamespaced ? "shop" : nil))
    }
  }

  private func object(_ plural: String, _ name: String, in namespace: String?) -> JSONValue {
    var object: JSONValue = ["apiVersion": "v1", "metadata": ["name": .string(name)]]
    object[path: "metadata", "namespace"] = namespace.map { .string($0) }
    let number = Int.random(in: 0..<8, using: &random)
    object[path: "metadata", "labels"] = ["number": .string("\(number)")]
    switch plural {
    case "pods":
      object["kind"] = "Pod"
      object["spec"] = [
        "nodeName": .string("\(number)"), "containers": [["name": "main", "image": "x"]],
      ]
      object["status"] = ["phase": "Running", "podIP": .string("10.0.0.\(number)")]
    case "nodes":
      object["kind"] = "Node"
      let status: JSONValue = number < 4 ? "True" : "False"
      object["status"] = ["conditions": [["type": "Ready", "status": status]]]
    case "persistentvolumes":
      object["kind"] = "PersistentVolume"
      object["status"] = ["phase": number < 4 ? "Released" : "Available"]
    case "configmaps":
      object["kind"] = "ConfigMap"
      object["data"] = ["number": .string("\(number)")]
    default:
      object["apiVersion"] = "example.com/v1"
      object["kind"] = "Widget"
    }
    return object
  }

  private func strike() async {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: cluster.breakWatches()
    case 1: cluster.endWatches()
    case 2: await cluster.resetConnections()
    case 3: await cluster.announceEndOfConnections()
    case 4 where forgetsVersions: cluster.expireWatches()
    case 5 where forgetsVersions:
      cluster.forgetOldVersions()
      cluster.breakWatches()
    default: try? await Task.sleep(for: .milliseconds(2))
    }
  }

  // MARK: Afterwards

  func isModelTrue() async -> Bool {
    guard await monitor.status().connection == .watching else { return false }
    for plural in Self.plurals {
      let truth = cluster.objects(of: plural).map { object in
        [
          object[path: "metadata", "name"]?.stringValue ?? "",
          object[path: "metadata", "resourceVersion"]?.stringValue ?? "",
        ]
      }
      guard await monitor.namesAndVersions(of: plural) == Set(truth) else { return false }
    }
    return true
  }

  func findingsAndFreshFindings() async -> (Set<String>, Set<String>) {
    await monitor.conditionsAndFreshConditions()
  }

  func verticesAndFreshVertices() async -> (Int, Int) { await monitor.vertexCounts() }

  /// Ends everything; tells whether the server has no watch left.
  func end() async -> Bool {
    task.cancel()
    await task.value
    let isQuiet = await eventually { cluster.openWatches == 0 }
    eventLoop.shutdown()
    await cluster.stop()
    return isQuiet
  }

  private static let definition: JSONValue = [
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    "metadata": ["name": "widgets.example.com"],
    "spec": [
      "group": "example.com", "scope": "Namespaced",
      "names": ["plural": "widgets", "singular": "widget", "kind": "Widget"],
      "versions": [["name": "v1", "served": true, "storage": true]],
    ],
  ]
}

extension WallClock {
  /// Waits a moment where others wait for seconds, and for ever where they wait for minutes.
  fileprivate static let hasty = WallClock(
    now: WallClock.system.now,
    sleep: { duration in
      let isLong = duration >= .seconds(60)
      try await Task.sleep(for: isLong ? .seconds(3600) : min(duration, .milliseconds(5)))
    }
  )
}

extension ClusterMonitor {
  fileprivate func namesAndVersions(of plural: String) -> Set<[String]> {
    let kind = streams.values.first { $0.resource.qualifiedPlural == plural }?.resource.kind
    guard let kind else { return [] }
    return Set(graph.keys(of: kind).map { [$0.name, graph.resourceVersion($0)] })
  }

  /// What holds, settled or not, by this inspector and by one that begins now.
  fileprivate func conditionsAndFreshConditions() -> (Set<String>, Set<String>) {
    inspectDirty()
    var fresh = Inspector(cluster: name, checks: options.checks)
    _ = fresh.inspect(graph.allHandles, in: graph, at: clock.now(), watchedFromStart: false)
    func conditions(_ inspector: Inspector) -> Set<String> {
      Set((inspector.findings + inspector.suspects).map { "\($0.id) \($0.message)" })
    }
    return (conditions(inspector), conditions(fresh))
  }

  /// The vertices of this graph, and of one that was given the same objects at once.
  fileprivate func vertexCounts() -> (Int, Int) {
    inspectDirty()
    var fresh = ClusterGraph()
    var touched: HandleSet = []
    for kind in Set(streams.keys.map(\.kind)) {
      let snapshots = graph.keys(of: kind).compactMap { key in
        graph.record(key).map { ObjectSnapshot(record: $0, version: ObjectVersion()) }
      }
      fresh.replace(kind, with: snapshots, touching: &touched)
    }
    // What the server says of itself is in no list.
    return (graph.vertexCount - graph.count(of: ClusterRecord.kind), fresh.vertexCount)
  }
}
