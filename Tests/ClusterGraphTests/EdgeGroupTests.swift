import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct EdgeGroupTests {
  private var graph = ClusterGraph()

  private mutating func add(_ records: any ObjectRecord...) {
    var touched: HandleSet = []
    for record in records { graph.upsert(ObjectSnapshot(record), touching: &touched) }
  }

  @Test mutating func aHubIsCountedAndListedInPart() throws {
    var node = Node(metadata: .sample("node-1"))
    node.metadata.namespace = ""
    add(node)
    for number in 0..<50 { add(Pod.sample("pod-\(100 + number)", node: "node-1")) }
    let key = ObjectKey(Node.kind, name: "node-1")
    let handle = try #require(graph.handle(of: .object(key)))
    let groups = graph.edgeGroups(of: handle, limit: 3)
    let pods = try #require(groups.first { $0.relation == .node && !$0.isOutgoing })
    #expect(pods.count == 50)
    #expect(pods.members.map(\.id.name) == ["pod-100", "pod-101", "pod-102"].map { "shop/\($0)" })
    #expect(pods.phrase == "runs")
    // The same ones whoever comes later.
    add(Pod.sample("a-pod", node: "node-1"))
    let later = graph.edgeGroups(of: handle, limit: 3).first { $0.relation == .node }
    #expect(later?.count == 51)
    #expect(later?.members.map(\.id) == pods.members.map(\.id))
  }

  @Test mutating func bothWaysAreToldWhatIsNamedFirst() throws {
    var pod = Pod.sample("cart-1", node: "node-9")
    pod.metadata.labels = ["app": "cart"]
    var service = Service(metadata: .sample("cart", namespace: pod.metadata.namespace))
    service.selector = ["app": "cart"]
    add(pod, service)
    let handle = try #require(graph.handle(of: .object(pod.key)))
    let groups = graph.edgeGroups(of: handle, limit: 10)
    #expect(groups.map(\.isOutgoing) == groups.map(\.isOutgoing).sorted { $0 && !$1 })
    let node = groups.first { $0.relation == .node }
    #expect(node?.members.map(\.id.name) == ["node-9"])
    let selecting = groups.first { $0.relation == .selection }
    #expect(selecting?.isOutgoing == false)
    #expect(selecting?.members.map(\.id) == [.object(service.key)])
  }
}
