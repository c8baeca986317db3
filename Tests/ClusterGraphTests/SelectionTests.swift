import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

/// Selectors: who is selected, who hears of it, and at what cost.
@Suite struct SelectionTests {
  private var graph = ClusterGraph()

  private mutating func touched(by records: any ObjectRecord...) -> Set<String> {
    var handles: HandleSet = []
    for record in records { graph.upsert(ObjectSnapshot(record), touching: &handles) }
    return Set(handles.compactMap { graph.id(of: $0)?.name })
  }

  private func pod(_ name: String, _ labels: Labels, namespace: String = "shop") -> Pod {
    var pod = Pod.sample(name, namespace: namespace, node: "")
    pod.metadata.labels = labels
    return pod
  }

  private func service(_ name: String, _ selector: Labels) -> Service {
    var service = Service(metadata: .sample(name, namespace: "shop"))
    service.selector = selector
    return service
  }

  private func selected(by name: String) -> Set<String> {
    let id = VertexID.object(ObjectKey(Service.kind, namespace: "shop", name: name))
    guard let handle = graph.handle(of: id) else { return [] }
    return Set(graph.targets(of: handle, over: .selection).map(\.id.name))
  }

  @Test mutating func aServiceSelectsThePodsOfItsNamespaceThatHaveItsLabels() {
    _ = touched(
      by: pod("a", ["app": "cart", "tier": "web"]),
      pod("b", ["app": "cart"]),
      pod("c", ["app": "cart", "tier": "web"], namespace: "payments"),
      service("cart", ["app": "cart", "tier": "web"]),
      pod("d", ["app": "cart", "tier": "web", "more": "x"])
    )
    #expect(selected(by: "cart") == ["shop/a", "shop/d"])
  }

  @Test mutating func aLabelChangeTouchesOnlyTheSelectorsThatItEntersOrLeaves() {
    _ = touched(
      by: service("cart", ["app": "cart"]),
      service("web", ["tier": "web"]),
      service("other", ["app": "other"]),
      pod("a", ["app": "cart"])
    )
    let touched = touched(by: pod("a", ["app": "cart", "tier": "web"]))
    #expect(touched.contains("shop/web") && !touched.contains("shop/other"))
    #expect(selected(by: "web") == ["shop/a"])
    #expect(self.touched(by: pod("a", ["tier": "web"])).contains("shop/cart"))
    #expect(selected(by: "cart").isEmpty)
  }

  @Test mutating func whoSelectsTheSameHearsOfANewSelectorAndOfOneThatGoes() throws {
    _ = touched(
      by: service("cart", ["app": "cart"]),
      service("other", ["app": "other"]),
      pod("a", ["app": "cart"])
    )
    let handle = try #require(
      graph.handle(of: .object(ObjectKey(Service.kind, namespace: "shop", name: "cart")))
    )
    #expect(!graph.sharesSelection(handle, with: PodDisruptionBudget.kind))
    var budget = PodDisruptionBudget(metadata: .sample("budget", namespace: "shop"))
    budget.selector = LabelSelector(["app": "cart"])
    let touchedByBudget = touched(by: budget)
    #expect(touchedByBudget.contains("shop/cart") && !touchedByBudget.contains("shop/other"))
    #expect(graph.sharesSelection(handle, with: PodDisruptionBudget.kind))
    var handles: HandleSet = []
    graph.remove(budget.key, touching: &handles)
    #expect(handles.contains(handle))
    #expect(!graph.sharesSelection(handle, with: PodDisruptionBudget.kind))
    let pods = ObjectKey(Pod.kind, namespace: "shop", name: "a")
    #expect(graph.firstSelected(by: handle, Pod.kind) == graph.handle(of: .object(pods)))
  }

  @Test mutating func whatHoldsForTheClusterFollowsItsNodesAndPolicies() {
    _ = touched(by: Node.sample("node-1"))
    #expect(!graph.surroundings.hasSeveralNodes && !graph.surroundings.usesForeignPolicies)
    let seen = touched(by: Node.sample("node-2"))
    #expect(graph.surroundings.hasSeveralNodes && seen.contains("node-1"))
    for (name, zone) in [("node-1", "zone-1"), ("node-2", "zone-1"), ("node-3", "zone-2")] {
      #expect(!graph.surroundings.hasSeveralZones)
      var node = Node.sample(name)
      node.metadata.labels[Node.zoneLabel] = zone
      _ = touched(by: node)
    }
    #expect(graph.surroundings.hasSeveralZones)
    var master = Node.sample("node-3")
    master.metadata.labels[Node.zoneLabel] = "zone-2"
    master.taints = [Node.Taint()]
    master.taints[0].key = "node-role.kubernetes.io/control-plane"
    #expect(touched(by: master).contains("node-1"))
    #expect(!graph.surroundings.hasSeveralZones)
    let policy = PartialRecord(
      ObjectKind("CiliumNetworkPolicy", group: "cilium.io"),
      metadata: .sample("p", namespace: "shop")
    )
    #expect(touched(by: policy).contains("node-1"))
    #expect(graph.surroundings.usesForeignPolicies)
    var handles: HandleSet = []
    graph.remove(policy.key, touching: &handles)
    #expect(!graph.surroundings.usesForeignPolicies)
  }

  @Test func selectorsKnowAllOperators() {
    let web: Labels = ["app": "cart", "tier": "web"]
    func matches(_ requirement: LabelSelector.Requirement) -> Bool {
      var selector = LabelSelector()
      selector.matchExpressions = [requirement]
      return selector.matches(web)
    }
    #expect(matches(.isOneOf(key: "tier", values: ["web", "db"])))
    #expect(!matches(.isOneOf(key: "tier", values: ["db"])))
    #expect(!matches(.isOneOf(key: "none", values: ["db"])))
    #expect(matches(.isNoneOf(key: "none", values: ["db"])))
    #expect(!matches(.isNoneOf(key: "tier", values: ["web"])))
    #expect(matches(.exists(key: "app")) && !matches(.exists(key: "none")))
    #expect(matches(.doesNotExist(key: "none")) && !matches(.doesNotExist(key: "app")))
    #expect(!matches(.unknown))
    #expect(LabelSelector().matches(web))
  }

  @Test(
    "Expressions select what comes before and after them, and let go what changes",
    arguments: [
      (LabelSelector.Requirement.isOneOf(key: "tier", values: ["web", "db"]), ["web", "db"]),
      (.isNoneOf(key: "tier", values: ["web", "db"]), ["none", "mail"]),
      (.exists(key: "tier"), ["web", "db", "mail"]),
      (.doesNotExist(key: "tier"), ["none"]),
    ]
  )
  mutating func expressions(requirement: LabelSelector.Requirement, names: [String]) throws {
    let tiers = ["web": "web", "db": "db", "mail": "mail", "none": nil]
    func pods(_ prefix: String) -> [Pod] {
      tiers.map { name, tier in
        pod(prefix + name, tier.map { ["app": "cart", "tier": $0] } ?? ["app": "cart"])
      }
    }
    for pod in pods("before-") { _ = touched(by: pod) }
    var budget = PodDisruptionBudget(metadata: .sample("budget", namespace: "shop"))
    var selector = LabelSelector()
    selector.matchExpressions = [requirement]
    budget.selector = selector
    _ = touched(by: budget)
    for pod in pods("after-") { _ = touched(by: pod) }
    let handle = try #require(graph.handle(of: .object(budget.key)))
    func selected() -> Set<String> {
      Set(graph.targets(of: handle, over: .selection).map(\.id.name))
    }
    let expected = names.flatMap { ["shop/before-\($0)", "shop/after-\($0)"] }
    #expect(selected() == Set(expected))
    // Each takes the labels of one that is selected, or is not.
    let wanted = names.contains("web") ? "mail" : "web"
    for pod in pods("before-") {
      _ = touched(by: self.pod(pod.metadata.name, ["tier": wanted]))
    }
    let isSelected = names.contains(wanted)
    #expect(selected().filter { $0.hasPrefix("shop/before-") }.count == (isSelected ? 4 : 0))
  }

  @Test mutating func whoHasPeersHearsOfTheFirstAndOfTheLast() throws {
    var policy = NetworkPolicy(metadata: .sample("policy", namespace: "shop"))
    policy.podSelector = LabelSelector(["app": "web"])
    var peer = NetworkPolicy.Peer()
    peer.podSelector = LabelSelector(["app": "mail"])
    policy.ingress = [NetworkPolicy.Rule()]
    policy.ingress[0].peers = [peer]
    _ = touched(by: policy)
    let handle = try #require(graph.handle(of: .object(policy.key)))
    let mail = try #require(policy.selections.last)
    #expect(!graph.hasPeers(handle, mail, in: "shop"))
    #expect(touched(by: pod("a", ["app": "mail"])).contains("shop/policy"))
    #expect(graph.hasPeers(handle, mail, in: "shop"))
    // A peer is none of the Pods that the policy is for.
    #expect(graph.targets(of: handle, over: .selection).isEmpty)
    #expect(!touched(by: pod("b", ["app": "mail"])).contains("shop/policy"))
    #expect(!touched(by: pod("a", ["app": "other"])).contains("shop/policy"))
    #expect(touched(by: pod("b", ["app": "other"])).contains("shop/policy"))
    #expect(!graph.hasPeers(handle, mail, in: "shop"))
  }

  private func namespace(_ name: String, _ labels: Labels) -> Namespace {
    var namespace = Namespace(metadata: .sample(name))
    namespace.metadata.labels = labels
    return namespace
  }

  @Test mutating func peersMayBeMeantByTheLabelsOfTheirNamespaces() throws {
    var policy = NetworkPolicy(metadata: .sample("policy", namespace: "shop"))
    policy.podSelector = LabelSelector(["app": "web"])
    var peer = NetworkPolicy.Peer()
    peer.podSelector = LabelSelector(["app": "mail"])
    peer.namespaceSelector = LabelSelector(["team": "post"])
    policy.ingress = [NetworkPolicy.Rule()]
    policy.ingress[0].peers = [peer]
    _ = touched(by: pod("a", ["app": "mail"], namespace: "mail"), policy)
    let handle = try #require(graph.handle(of: .object(policy.key)))
    let peers = policy.selections.filter(\.isOfPeers)
    func found() -> [Bool] { peers.map { graph.hasPeers(handle, $0, in: "shop") } }
    #expect(peers.map(\.kind) == [Namespace.kind, Pod.kind])
    #expect(found() == [false, false])
    // The namespace comes, changes, and is given its labels while it is there.
    #expect(!touched(by: namespace("mail", ["team": "web"])).contains("shop/policy"))
    #expect(touched(by: namespace("mail", ["team": "post"])).contains("shop/policy"))
    #expect(found() == [true, true])
    #expect(!touched(by: pod("b", ["app": "mail"])).contains("shop/policy"))
    #expect(touched(by: pod("a", ["app": "other"], namespace: "mail")).contains("shop/policy"))
    #expect(found() == [true, false])
    #expect(touched(by: pod("c", ["app": "mail"], namespace: "mail")).contains("shop/policy"))
    var handles: HandleSet = []
    graph.remove(ObjectKey(Namespace.kind, name: "mail"), touching: &handles)
    #expect(handles.contains(handle) && found() == [false, false])
  }

  @Test mutating func theNameOfANamespaceIsALabelOfItAtAnyTime() throws {
    var policy = NetworkPolicy(metadata: .sample("policy", namespace: "shop"))
    var peer = NetworkPolicy.Peer()
    peer.podSelector = LabelSelector(["app": "mail"])
    var selector = LabelSelector()
    selector.matchExpressions = [.isOneOf(key: Namespace.nameLabel, values: ["mail", "post"])]
    peer.namespaceSelector = selector
    policy.egress = [NetworkPolicy.Rule()]
    policy.egress[0].peers = [peer]
    _ = touched(by: policy, pod("a", ["app": "mail"]))
    let handle = try #require(graph.handle(of: .object(policy.key)))
    let peers = try #require(policy.selections.last)
    #expect(!graph.hasPeers(handle, peers, in: "shop"))
    #expect(touched(by: pod("a", ["app": "mail"], namespace: "post")).contains("shop/policy"))
    #expect(graph.hasPeers(handle, peers, in: "shop"))
  }

  @Test("A selector looks at the objects of its rarest label alone")
  mutating func work() {
    for number in 0..<2_000 {
      _ = touched(by: pod("pod-\(number)", ["managed-by": "helm", "app": "app-\(number / 10)"]))
    }
    let index = graph.selections
    let pods = KindIndex(number: 0)
    var candidates = 0
    index.forEachCandidate(
      of: SelectionIndex.Entry(
        place: SelectionIndex.Place(kind: pods, namespace: "shop"),
        selector: LabelSelector(["managed-by": "helm", "app": "app-7"])
      )
    ) { _ in candidates += 1 }
    #expect(candidates == 10)
  }
}
