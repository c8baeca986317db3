import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Checks

@Suite struct SchedulerVerdictTests {
  @Test func reasonsAreToldByTheNodesThatTheyRuleOut() {
    let verdict = SchedulerVerdict(
      "0/5 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 3 node(s) had "
        + "untolerated taint {team: a, b}. preemption: 0/5 nodes are available: "
        + "5 No preemption victims found."
    )
    #expect(verdict.scope == "none of 5 Nodes")
    #expect(
      verdict.summary
        == "had untolerated taint {team: a, b} (3), Insufficient cpu (1), Insufficient memory (1)"
    )
    #expect(!verdict.isAboutVolumes)
  }

  @Test func aReasonMayHoldForThePodAsAWhole() {
    let verdict = SchedulerVerdict(
      "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3"
    )
    #expect(verdict.summary == "pod has unbound immediate PersistentVolumeClaims")
    #expect(verdict.isAboutVolumes)
  }

  @Test func thoseWhoWaitForTheSameAreAlike() {
    func likeness(_ reasons: String) -> Likeness? {
      SchedulerVerdict("0/5 nodes are available: \(reasons). preemption: 0/5").likeness
    }
    let shortage = likeness("2 Insufficient cpu, 3 node(s) had untolerated taint {team: a}")
    #expect(shortage == likeness("4 Insufficient cpu, 1 node(s) had untolerated taint {team: a}"))
    #expect(
      shortage
        == Likeness(
          "Insufficient cpu\nnode(s) had untolerated taint {team: a}",
          isOfCluster: true
        )
    )
    #expect(shortage != likeness("5 Insufficient memory"))
    // What a Pod asks for beside resources is its controller's alone.
    let affinity = "node(s) didn't match Pod's node affinity/selector"
    #expect(
      likeness("2 Insufficient cpu, 3 \(affinity)")
        == Likeness("Insufficient cpu\n\(affinity)", isOfCluster: false)
    )
    let taint = "node(s) had untolerated taint {team: a}"
    #expect(likeness("5 \(taint)") == Likeness(taint, isOfCluster: false))
    #expect(SchedulerVerdict("no nodes available to schedule pods").likeness == nil)
  }

  @Test(arguments: ["", "no nodes available to schedule pods", "skip schedule deleting pod"])
  func whatIsNoVerdictHasNoReasons(message: String) {
    let verdict = SchedulerVerdict(message)
    #expect(verdict.reasons.isEmpty)
    #expect(verdict.scope == "no Node")
  }

  @Test func itTellsWhatThePodAsksFor() {
    var pod = Pod.sample(node: "")
    var container = Container()
    container.requests = ResourceAmounts(["cpu": "2"])
    pod.template.containers = [container, container]
    let verdict = SchedulerVerdict(
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}."
    )
    let wishes = verdict.wishes(of: pod).map { "\($0.path) \($0.value)" }
    #expect(
      wishes == [
        "spec.containers.resources.requests.cpu 2 + 2", "spec.tolerations none",
      ]
    )
  }

  private static func node(_ name: String, _ allocatable: [String: String]) -> Node {
    var node = Node.sample(name)
    node.allocatable = ResourceAmounts(allocatable)
    return node
  }

  private static func pod(_ name: String, on node: String, _ requests: [String: String]) -> Pod {
    var pod = Pod.sample(name, node: node)
    var container = Container()
    container.requests = ResourceAmounts(requests)
    pod.template.containers = [container]
    return pod
  }

  /// What a closer look at a Pod that waits shows, beside these objects.
  private static func closerLook(
    asking requests: [String: String],
    _ reasons: String,
    beside records: [any ObjectRecord],
    unknown: ObjectKind? = nil
  ) throws -> [String] {
    var waiting = pod("waiting", on: "", requests)
    waiting.phase = .pending
    waiting.conditions = [
      Condition(
        type: "PodScheduled",
        status: .isFalse,
        message: "0/9 nodes are available: \(reasons)."
      )
    ]
    let graph = FixtureWorld(records + [waiting]).graph(unknown: unknown)
    var inspector = Inspector(cluster: "test", checks: [UnschedulablePod()])
    _ = inspector.inspect(graph.allHandles, in: graph, at: .noon, watchedFromStart: true)
    _ = inspector.advance(to: .noon + .seconds(600), in: graph)
    let finding = try #require(inspector.findings.first)
    return UnschedulablePod().closerLook(at: finding, in: graph)
      .map { "\($0.source.name) \($0.path): \($0.value)" }
  }

  @Test func aCloserLookTellsWhereTheLeastIsMissing() throws {
    var tainted = Self.node("node-0", ["cpu": "64", "memory": "64Gi"])
    tainted.taints = [Node.Taint()]
    tainted.taints[0].key = "team"
    tainted.taints[0].effect = "NoSchedule"
    var cordoned = Self.node("node-9", ["cpu": "64", "memory": "64Gi"])
    cordoned.isUnschedulable = true
    let world: [any ObjectRecord] = [
      tainted, cordoned, Self.node("node-1", ["cpu": "2", "memory": "8Gi"]),
      Self.node("node-2", ["cpu": "2", "memory": "8Gi"]),
      Self.pod("a", on: "node-1", ["cpu": "1500m", "memory": "1Gi"]),
      Self.pod("b", on: "node-2", ["cpu": "1100m", "memory": "1Gi"]),
    ]
    let found = try Self.closerLook(
      asking: ["cpu": "1", "memory": "2Gi"],
      "2 Insufficient cpu, 1 node(s) had untolerated taint {team: a}",
      beside: world
    )
    #expect(found == ["node-2 least missing of cpu: 100m: 1000m are asked for, 900m are left"])
    let unknown = try Self.closerLook(
      asking: ["cpu": "1"],
      "2 Insufficient cpu",
      beside: world,
      unknown: Node.kind
    )
    #expect(unknown.isEmpty)
  }

  @Test func aCloserLookCountsPodsToo() throws {
    let found = try Self.closerLook(
      asking: [:],
      "1 Too many pods",
      beside: [Self.node("node-1", ["pods": "1"]), Self.pod("a", on: "node-1", [:])]
    )
    #expect(found == ["node-1 least missing of pods: 1: 1 are asked for, 0 are left"])
    // The Node with the least missing may be one where the Pod must not run.
    let affinity = try Self.closerLook(
      asking: ["cpu": "9"],
      "1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector",
      beside: [Self.node("node-1", ["cpu": "1"])]
    )
    #expect(affinity.isEmpty)
  }

  @Test func textOfOthersStaysInOneLine() {
    #expect("a\nb\u{1B}[31mc".inOneLine == "a b [31mc")
    #expect(String(repeating: "x", count: 500).inOneLine.count == 241)
  }
}
