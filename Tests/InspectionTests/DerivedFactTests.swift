import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// How many Pods run on a Node that have not ended.
private struct LivePods: DerivedFact {
  static let readers: [Relation] = [.nodeRecord]
  let count: Int

  init(of node: Node, in cluster: ClusterView) {
    count = cluster.referrers(over: .node)
      .count { ($0.presence.record as? Pod)?.isFinished == false }
  }
}

/// Finds Leases of Nodes on which fewer Pods than wanted are alive: two edges away.
private struct Idle: Check {
  let id: CheckID = "unhealthy/idle"
  let title = "Idle"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Lease.kind]
  let explanation = ""
  let least = Threshold("least", 1, "the least live Pods")
  var thresholds: [Threshold] { [least] }
  var facts: [any DerivedFact.Type] { [LivePods.self] }

  func inspect(_ lease: Lease, in cluster: ClusterView) -> [Observation] {
    guard let node = cluster.targets(over: .nodeRecord).first,
      let fact = cluster.fact(LivePods.self, of: node),
      Double(fact.count) < cluster.value(of: least)
    else { return [] }
    return [Observation("\(fact.count) live")]
  }
}

@Suite struct DerivedFactTests {
  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: [Idle()])

  private mutating func apply(_ record: any ObjectRecord) {
    var touched: HandleSet = []
    graph.upsert(ObjectSnapshot(record), touching: &touched)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
  }

  private static func pod(_ phase: Pod.Phase) -> Pod { .sample(node: "node-1", phase: phase) }

  @Test mutating func whoReadsAFactIsInspectedWhenItChanges() {
    apply(Node.sample())
    apply(Lease.sample())
    #expect(inspector.findings.map(\.message) == ["0 live"])
    apply(Self.pod(.running))
    #expect(inspector.findings.isEmpty)
    apply(Self.pod(.failed))
    #expect(inspector.findings.map(\.message) == ["0 live"])
  }

  @Test mutating func aChangeThatLeavesTheFactWakesNoReader() {
    apply(Node.sample())
    apply(Lease.sample())
    apply(Self.pod(.running))
    let runs = inspector.checksRun
    apply(Self.pod(.unknown))
    #expect(inspector.checksRun == runs)
  }

  @Test mutating func aFactGoesWithItsObject() {
    apply(Node.sample())
    apply(Lease.sample())
    #expect(inspector.findings.count == 1)
    var touched: HandleSet = []
    graph.remove(Node.sample().key, touching: &touched)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    #expect(inspector.findings.isEmpty)
  }

  @Test mutating func aThresholdIsTheUsersWhereHeSaysSo() {
    let settings = CheckSettings(["unhealthy/idle": .init(thresholds: ["least": 2])])
    inspector = Inspector(cluster: "test", checks: [Idle()], settings: settings)
    apply(Node.sample())
    apply(Lease.sample())
    apply(Self.pod(.running))
    #expect(inspector.findings.map(\.message) == ["1 live"])
  }
}
