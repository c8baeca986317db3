import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import Testing

@Suite struct ClusterGraphTests {
  private var graph = ClusterGraph()

  /// What a change touches, by name.
  private mutating func touched(
    by change: (inout ClusterGraph, inout HandleSet) -> Void
  ) -> Set<String> {
    var handles: HandleSet = []
    change(&graph, &handles)
    return Set(handles.compactMap { graph.id(of: $0)?.description })
  }

  private mutating func add(_ records: any ObjectRecord...) {
    var handles: HandleSet = []
    for record in records { graph.upsert(ObjectSnapshot(record), touching: &handles) }
  }

  @Test mutating func aNewPodTouchesWhatItNames() {
    let touched = touched { graph, touched in
      graph.upsert(ObjectSnapshot(Pod.sample(addresses: ["10.0.0.1"])), touching: &touched)
    }
    #expect(
      touched == ["Pod shop/cart-1", "Node node-1", "Namespace shop", "Address 10.0.0.1"]
    )
  }

  @Test mutating func anEqualRecordTouchesNothing() {
    add(Pod.sample(addresses: ["10.0.0.1"]))
    let touched = touched { graph, touched in
      graph.upsert(
        ObjectSnapshot(Pod.sample(addresses: ["10.0.0.1"]), version: "2"),
        touching: &touched
      )
    }
    #expect(touched.isEmpty)
    #expect(graph.resourceVersion(Pod.sample().key) == "2")
  }

  @Test mutating func aMovedEdgeTouchesItsOldAndNewEnd() {
    add(Pod.sample(addresses: ["10.0.0.1"]))
    let touched = touched { graph, touched in
      graph.upsert(ObjectSnapshot(Pod.sample(addresses: ["10.0.0.2"])), touching: &touched)
    }
    #expect(touched.isSuperset(of: ["Address 10.0.0.1", "Address 10.0.0.2"]))
  }

  @Test mutating func aChangedNodeTouchesItsPods() {
    add(Node.sample(), Pod.sample("a"), Pod.sample("b"), Pod.sample("c", node: "node-2"))
    let touched = touched { graph, touched in
      graph.upsert(ObjectSnapshot(Node.sample(ready: .isFalse)), touching: &touched)
    }
    #expect(touched == ["Node node-1", "Pod shop/a", "Pod shop/b"])
  }

  @Test mutating func aRemovedObjectIsAbsentForWhoeverNamesIt() {
    add(Node.sample(), Pod.sample())
    let touched = touched { graph, touched in
      graph.setKnowledge(of: Node.kind, to: .known, touching: &touched)
      graph.remove(Node.sample().key, touching: &touched)
    }
    #expect(touched == ["Node node-1", "Pod shop/cart-1"])
    #expect(graph.presence(of: .object(Node.sample().key)).isAbsent)
    graph.freeUnusedVertices()
    #expect(graph.handle(of: .object(Node.sample().key)) != nil)
  }

  @Test mutating func anUnlistedKindIsUnknownAndNotAbsent() {
    add(Pod.sample())
    guard case .unknown("not listed yet") = graph.presence(of: .object(Node.sample().key)) else {
      Issue.record("A Node was taken for absent before Nodes were listed.")
      return
    }
  }

  @Test mutating func outsideTheNamespaceThatIsFollowedNothingIsAbsent() {
    _ = touched { graph, touched in
      graph.replace(Pod.kind, in: "shop", with: [], touching: &touched)
    }
    #expect(graph.knowledge(of: Pod.kind) == .knownIn(namespaces: ["shop"]))
    #expect(graph.presence(of: .object(Pod.sample(namespace: "shop").key)).isAbsent)
    #expect(!graph.presence(of: .object(Pod.sample(namespace: "payments").key)).isAbsent)
  }

  @Test mutating func learningAKindTouchesWhoeverNamesItsAbsentObjects() {
    add(Pod.sample("a"), Pod.sample("b", node: ""))
    let touched = touched { graph, touched in
      graph.replace(Node.kind, with: [], touching: &touched)
    }
    #expect(touched == ["Node node-1", "Pod shop/a"])
  }

  @Test mutating func learningACustomKindTouchesItsDefinition() {
    add(CustomResourceDefinition.sample())
    let touched = touched { graph, touched in
      graph.replace(ObjectKind("Widget", group: "example.com"), with: [], touching: &touched)
    }
    #expect(touched == ["CustomResourceDefinition.apiextensions.k8s.io widgets.example.com"])
  }

  @Test mutating func anEqualRelistTouchesNothing() {
    let list = (0..<100).map { ObjectSnapshot(Pod.sample("pod-\($0)")) }
    let first = touched { $0.replace(Pod.kind, with: list, touching: &$1) }
    let second = touched { $0.replace(Pod.kind, with: list, touching: &$1) }
    #expect(first.count == 102)
    #expect(second.isEmpty)
  }

  @Test mutating func aListThatComesInPartsRemovesWhatNoPartHeld() {
    add(Pod.sample("a"), Pod.sample("b"))
    var list = graph.beginList(of: Pod.kind)
    let parts = touched { graph, touched in
      for name in ["b", "c"] {
        graph.add([ObjectSnapshot(Pod.sample(name))], to: &list, touching: &touched)
      }
    }
    #expect(!parts.contains("Pod shop/a") && !parts.contains("Pod shop/b"))
    #expect(graph.keys(of: Pod.kind).map(\.name).sorted() == ["a", "b", "c"])
    #expect(graph.knowledge(of: Pod.kind) != .known)
    let end = touched { $0.end(list, touching: &$1) }
    #expect(end.contains("Pod shop/a"))
    #expect(graph.keys(of: Pod.kind).map(\.name).sorted() == ["b", "c"])
    #expect(graph.knowledge(of: Pod.kind) == .known)
  }

  @Test mutating func aRelistRemovesWhatItDoesNotHold() {
    add(Pod.sample("a"), Pod.sample("b"), Pod.sample("c", namespace: "other"))
    let touched = touched { graph, touched in
      graph.replace(
        Pod.kind,
        in: "shop",
        with: [ObjectSnapshot(Pod.sample("b"))],
        touching: &touched
      )
    }
    #expect(touched.contains("Pod shop/a"))
    #expect(!touched.contains("Pod shop/b"))
    #expect(graph.keys(of: Pod.kind).map(\.name).sorted() == ["b", "c"])
    #expect(graph.objectCount == 2)
  }

  @Test mutating func unusedVerticesAreFreedAndTheirHandlesUsedAgain() {
    add(Pod.sample("a", addresses: ["10.0.0.1"]))
    let count = graph.vertexCount
    var handles: HandleSet = []
    graph.remove(Pod.sample("a").key, touching: &handles)
    #expect(graph.freeUnusedVertices().count == count)
    #expect(graph.vertexCount == 0)
    add(Pod.sample("b", addresses: ["10.0.0.2"]))
    #expect(graph.vertexCount == count)
    #expect(graph.allHandles.isSubset(of: handles))
  }

  @Test mutating func aHubKeepsAllItsEdges() {
    for index in 0..<1000 { add(Pod.sample("pod-\(index)", node: "node-1")) }
    let node = graph.handle(of: .object(Node.sample().key))
    #expect(node.map { graph.referrers(of: $0, over: .node).count } == 1000)
    var handles: HandleSet = []
    for index in 0..<999 { graph.remove(Pod.sample("pod-\(index)").key, touching: &handles) }
    #expect(node.map { graph.referrers(of: $0).map(\.id.name) } == ["shop/pod-999"])
    #expect(node.map { graph.hasReferrer($0, over: .node) } == true)
    #expect(node.map { graph.hasReferrer($0, over: .owner) } == false)
  }

  @Test mutating func edgesAreSeenFromBothEnds() throws {
    add(ReplicaSet.sample("cart"), Pod.sample(owner: "cart"))
    let pod = try #require(graph.handle(of: .object(Pod.sample().key)))
    let owner = try #require(graph.targets(of: pod, over: .owner).first)
    #expect(owner.phrase == "is owned by")
    #expect(owner.presence.record != nil)
    let owned = graph.handle(of: owner.id).map { graph.referrers(of: $0, over: .owner) }
    #expect(owned?.map(\.phrase) == ["owns"])
    #expect(owned?.map(\.id.name) == ["shop/cart-1"])
  }
}
