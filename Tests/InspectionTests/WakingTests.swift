import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// Finds Pods that are on a Node that is not ready; of finished ones it does not ask.
private struct OnBadNode: Check {
  let id: CheckID = "unhealthy/on-bad-node"
  let title = "On a bad Node"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Pod.kind]
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard !pod.isFinished,
      cluster.targets(Node.self, over: .node).contains(where: { $0.ready?.status != .isTrue })
    else { return [] }
    return [Observation("\(pod.metadata.name) on a bad Node")]
  }
}

/// Finds every Pod, whatever is around it.
private struct Anything: Check {
  let id: CheckID = "unhealthy/anything"
  let title = "Anything"
  let severity = Severity.info
  let settles = Duration.zero
  let needs = [Pod.kind]
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    [Observation("\(pod.metadata.name) \(pod.phase.rawValue)")]
  }
}

/// Finds every object with labels.
private struct Labelled: Check {
  let id: CheckID = "unhealthy/labelled"
  let title = "Labelled"
  let severity = Severity.info
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    subject.metadata.labels.isEmpty ? [] : [Observation("\(subject.metadata.name) is labelled")]
  }
}

/// Which checks run when something changes at the other end of an edge: those that look along it.
@Suite struct WakingTests {
  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: [Anything(), OnBadNode(), Labelled()])

  /// How often each check was run for it.
  private mutating func runs(_ records: any ObjectRecord...) -> [Int] {
    func counts() -> [Int] {
      ["unhealthy/anything", "unhealthy/on-bad-node"].map { inspector.costs[$0]?.runs ?? 0 }
    }
    let before = counts()
    var touched: HandleSet = []
    for record in records { graph.upsert(ObjectSnapshot(record), touching: &touched) }
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    return zip(counts(), before).map(-)
  }

  private var runsOfLabelled: Int { inspector.costs["unhealthy/labelled"]?.runs ?? 0 }

  private var messages: Set<String> { Set(inspector.findings.map(\.message)) }

  @Test mutating func onlyWhoLooksAlongAnEdgeIsRunForAChangeThere() {
    #expect(runs(Node.sample(), Pod.sample()) == [1, 1])
    #expect(messages == ["cart-1 Running"])
    #expect(runs(Node.sample(ready: .isFalse)) == [0, 1])
    #expect(messages == ["cart-1 Running", "cart-1 on a bad Node"])
    #expect(runs(Node.sample(ready: .isTrue)) == [0, 1])
    #expect(messages == ["cart-1 Running"])
  }

  @Test mutating func allAreRunForAChangeOfTheSubjectItself() {
    _ = runs(Node.sample(ready: .isFalse), Pod.sample())
    #expect(runs(Node.sample(), Pod.sample(phase: .failed)) == [1, 1])
    #expect(messages == ["cart-1 Failed"])
  }

  @Test mutating func whoIsAboutObjectsOfAnyKindIsNotRunForWhatConcernsAKindAlone() {
    _ = runs(Pod.sample())
    let before = runsOfLabelled
    #expect(runs(Pod.sample(addresses: ["10.0.0.9"]), Pod.sample(phase: .pending)) == [1, 1])
    #expect(runsOfLabelled == before)
    // Who is asked for a template cares whether it has ended.
    #expect(runs(Pod.sample(phase: .failed)) == [1, 1])
    #expect(runsOfLabelled == before + 1)
    var pod = Pod.sample(phase: .failed)
    pod.metadata.labels = ["app": "cart"]
    _ = runs(pod)
    #expect(messages.contains("cart-1 is labelled"))
  }

  @Test mutating func whoHasNeverLookedThereIsRunOnceItDoes() {
    #expect(runs(Node.sample(), Pod.sample(phase: .failed)) == [1, 1])
    // It has not looked along the edge, and so sees nothing of this.
    #expect(runs(Node.sample(ready: .isFalse)) == [0, 0])
    #expect(runs(Pod.sample(phase: .running)) == [1, 1])
    #expect(messages == ["cart-1 Running", "cart-1 on a bad Node"])
    #expect(runs(Node.sample(ready: .isTrue)) == [0, 1])
  }

  @Test mutating func aFindingOfWhatWasNotRunGoesWithItsSubject() {
    _ = runs(Node.sample(), Pod.sample())
    _ = runs(Node.sample(ready: .isFalse))
    var touched: HandleSet = []
    graph.remove(Pod.sample().key, touching: &touched)
    let delta = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    #expect(delta.resolved.count == 2 && inspector.findings.isEmpty)
  }
}
