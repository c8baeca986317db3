import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Inspection
@testable import Monitoring

/// What is told of a vertex's surroundings.
@Suite struct VicinityTests {
  private var graph = ClusterGraph()

  private mutating func add(_ record: some TypedRecord) {
    var touched: HandleSet = []
    graph.upsert(ObjectSnapshot(record), touching: &touched)
  }

  private mutating func know(_ kinds: [ObjectKind]) {
    var touched: HandleSet = []
    for kind in kinds { graph.setKnowledge(of: kind, to: .known, touching: &touched) }
  }

  @Test mutating func ownersStandAboveAndEdgesBeneath() {
    know([Node.kind, ReplicaSet.kind])
    var set = ReplicaSet.sample("web-1")
    set.metadata.uid = ObjectUID("u-1")
    add(set)
    var pod = Pod.sample("web-1-a", node: "node-9")
    pod.metadata.ownerReferences = [
      OwnerReference(kind: ReplicaSet.kind, name: "web-1", uid: ObjectUID("u-1"))
    ]
    add(pod)
    let vicinity = Vicinity(of: .object(pod.key), in: graph)
    #expect(vicinity.owners.map(\.id) == [.object(set.key)])
    let node = VertexID.object(ObjectKey(Node.kind, name: "node-9"))
    let branch = vicinity.branches.first { $0.vertices.contains { $0.id == node } }
    #expect(branch?.isOutgoing == true)
    #expect(branch?.vertices == [.init(node, .absent)])
    #expect(!vicinity.branches.contains { $0.vertices.contains { $0.id == .object(set.key) } })
  }

  @Test mutating func ofManyTheFirstAreToldAndTheRestIsCounted() {
    know([Node.kind])
    add(Node.sample("node-1"))
    for number in 0..<1000 { add(Pod.sample("pod-\(1000 + number)", node: "node-1")) }
    let vicinity = Vicinity(of: .object(ObjectKey(Node.kind, name: "node-1")), in: graph)
    let pods = vicinity.branches.first { !$0.isOutgoing && $0.others["Pod"] != nil }
    #expect(pods?.vertices.map(\.id.name) == (1000..<1004).map { "shop/pod-\($0)" })
    #expect(pods?.others == ["Pod": 996])
    #expect(vicinity.vertices.count < 20)
  }

  @Test mutating func aVertexThatNobodyKnowsHasNoSurroundings() {
    let id = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: "gone"))
    #expect(Vicinity(of: id, in: graph) == Vicinity(subject: .init(id, .unknown("not listed yet"))))
  }

  @Test mutating func warningsAreToldNewestFirst() {
    let pod = Pod.sample("a")
    add(pod)
    for number in 0..<9 {
      var event = Event(metadata: ObjectMetadata())
      (event.metadata.name, event.metadata.namespace) = ("a.\(number)", "shop")
      (event.object.kind, event.object.namespace, event.object.name) = (Pod.kind, "shop", "a")
      (event.isWarning, event.reason) = (number != 3, "Failed\(number)")
      event.lastTime = Timestamp.noon + .seconds(number)
      add(event)
    }
    let warnings = graph.warnings(about: [pod.key, pod.key])
    #expect(warnings.map(\.reason) == [8, 7, 6, 5, 4, 2].map { "Failed\($0)" })
  }

  @Test mutating func whereEventsAreNotFollowedNoWarningIsMissed() {
    let (shop, bank) = (Pod.sample("a").key, Pod.sample("a", namespace: "bank").key)
    #expect(!graph.followsEvents(about: [shop]))
    know([Event.kind])
    #expect(graph.followsEvents(about: [shop, bank]))
    var touched: HandleSet = []
    graph.setKnowledge(of: Event.kind, to: .knownIn(namespaces: ["shop"]), touching: &touched)
    #expect(graph.followsEvents(about: [shop]) && !graph.followsEvents(about: [shop, bank]))
  }
}
