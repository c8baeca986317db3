import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

@Suite struct NodeAndClusterRemedyTests {
  @Test func aReleasedVolumeLosesItsClaimIfItStillIsThatOne() throws {
    let volume = PersistentVolume.sample(phase: .released)
    let plan = try RemedyWorld(volume).plan("clear-claim", about: volume.id)
    #expect(
      try plan.patch() == [
        "metadata": ["uid": "uid--pv-1", "resourceVersion": "7"], "spec": ["claimRef": .null],
      ]
    )
    #expect(plan.steps[0].precondition == "uid and resourceVersion are as shown")
    #expect(plan.confirmation == .typing("pv-1"))
    #expect(plan.blastRadius.impacts[0].effect.contains("reads what shop/data has left there"))
  }

  @Test(
    "Only a released volume that is retained is cleared",
    arguments: [(PersistentVolume.Phase.bound, "Retain"), (.released, "Delete")]
  )
  func notCleared(phase: PersistentVolume.Phase, policy: String) throws {
    let volume = PersistentVolume.sample(phase: phase, reclaimPolicy: policy)
    _ = try RemedyWorld(volume).obstacle("clear-claim", about: volume.id)
  }

  @Test func aCordonedNodeIsUncordoned() throws {
    let node = Node.sample(isUnschedulable: true)
    let plan = try RemedyWorld(node).plan("uncordon-node", about: node.id)
    #expect(
      try plan.patch() == [
        "metadata": ["uid": "uid--node-1"], "spec": ["unschedulable": .null],
      ]
    )
    #expect(plan.commands == ["uncordon node-1"])
    let open = Node.sample()
    _ = try RemedyWorld(open).obstacle("uncordon-node", about: open.id)
  }

  private static func drainedWorld(_ others: Pod...) -> (Node, RemedyWorld) {
    let node = Node.sample()
    var cart = Pod.sample("cart-1", owner: "cart")
    cart.metadata.labels = ["app": "cart"]
    cart.template = .with { $0.options = .scratchVolumes }
    var web = Pod.sample("web-1", owner: "web")
    web.metadata.labels = ["app": "web"]
    var webElsewhere = Pod.sample("web-2", node: "node-2", owner: "web")
    webElsewhere.metadata.labels = ["app": "web"]
    var daemon = Pod.sample("logs-1", owner: "logs")
    daemon.metadata.ownerReferences[0].kind = DaemonSet.kind
    var mirror = Pod.sample("proxy-node-1")
    mirror.metadata.annotations["kubernetes.io/config.mirror"] = "x"
    let records: [any ObjectRecord] =
      [
        node, cart, web, webElsewhere, daemon, mirror, service("cart"), service("web"),
        Pod.sample("ending", deleted: .noon), Pod.sample("finished", phase: .succeeded),
      ] + others
    var budget = PodDisruptionBudget(metadata: .sample("cart", namespace: "shop"))
    budget.selector = LabelSelector(["app": "cart"])
    budget.currentHealthy = 1
    budget.desiredHealthy = 1
    var world = RemedyWorld(records + [budget])
    world.know(Pod.kind)
    return (node, world)
  }

  private static func service(_ name: String) -> Service {
    var service = Service(metadata: .sample(name, namespace: "shop"))
    service.selector = ["app": name]
    return service
  }

  @Test func aNodeIsDrainedAsKubectlDoesIt() throws {
    let (node, world) = Self.drainedWorld()
    let plan = try world.plan("drain-node", about: node.id)
    #expect(
      plan.steps.map(\.summary) == [
        "Patch Node node-1", "Evict Pod shop/cart-1", "Evict Pod shop/finished",
        "Evict Pod shop/web-1",
      ]
    )
    #expect(plan.confirmation == .typing("node-1") && plan.disruption == .dataLoss)
    #expect(
      plan.blastRadius.impacts.map { "\($0.vertex) \($0.effect)" } == [
        "Node node-1 takes no new Pods; 2 Pods of DaemonSets and static ones stay",
        "PodDisruptionBudget.policy shop/cart lets no Pod go now: it has 1 healthy Pods and wants 1",
        "Service shop/cart has none of its 1 Pods until others have started",
        "Pod shop/cart-1 ends, and loses what its emptyDir volumes hold; ReplicaSet cart starts "
          + "another",
        "Pod shop/finished ends",
        "Pod shop/web-1 ends; ReplicaSet web starts another",
      ]
    )
    let drain = "kubectl --context c drain node-1 --ignore-daemonsets --delete-emptydir-data"
    #expect(plan.command == drain)
    let command = plan.steps[1].commandByHand(context: "c")
    #expect(command.hasPrefix("echo '{"))
    let call = "create --raw /api/v1/namespaces/shop/pods/cart-1/eviction -f -"
    #expect(command.hasSuffix("}' | kubectl --context c \(call)"))
  }

  @Test func aPodThatNobodyStartsAnewIsNotDrained() throws {
    let (node, world) = Self.drainedWorld(.sample("bare"))
    let obstacle = try world.obstacle("drain-node", about: node.id)
    #expect(obstacle.hasPrefix("Pod shop/bare would be gone for good"))
  }

  @Test func aDrainIsProvedByWhatIsLeft() throws {
    let (node, world) = Self.drainedWorld()
    let plan = try world.plan("drain-node", about: node.id)
    let remedy = try #require(Remedies.remedy("drain-node"))
    #expect(remedy.isProved(plan, in: world.graph) == false)
    func isProved(_ ready: Condition.Status, _ pods: Pod...) -> Bool? {
      let node = Node.sample(ready: ready, isUnschedulable: true)
      return remedy.isProved(plan, in: RemedyWorld([node] + pods).graph)
    }
    #expect(isProved(.isTrue) == true)
    #expect(isProved(.isTrue, .sample("cart-1", uid: "another")) == true)
    #expect(isProved(.isTrue, .sample("cart-1", deleted: .noon)) == false)
    #expect(isProved(.unknown, .sample("cart-1", deleted: .noon)) == true)
    #expect(isProved(.unknown, .sample("cart-1")) == false)
  }

  @Test func aLabelIsSetToWhatTheCMDBSays() throws {
    var node = Node.sample()
    node.metadata.labels = ["example.com/rack": "r1", NodeLabelNames.wellKnownZone: "zone-1"]
    func record(rack: String) -> InventoryMachine {
      var machine = RegisteredMachine()
      machine.name = "node-1"
      machine.rack = rack
      machine.zone = "zone-2"
      var labels = NodeLabelNames()
      labels.rack = "example.com/rack"
      return InventoryMachine(machine, in: "cmdb", labels: labels, nodes: ["node-1"])
    }
    let evidence = [Evidence(node.id, "metadata.labels[example.com/rack]", "r1")]
    func world(_ rack: String) -> (RemedyWorld, VertexID) {
      let record = record(rack: rack)
      return (RemedyWorld(node, record), .object(record.key))
    }
    let (differing, related) = world("r2")
    let plan = try differing.plan(
      "relabel-node",
      about: node.id,
      evidence: evidence,
      related: [related]
    )
    #expect(
      try plan.patch() == [
        "metadata": ["uid": "uid--node-1", "labels": ["example.com/rack": "r2"]]
      ]
    )
    #expect(plan.commands == ["label node node-1 'example.com/rack=r2' --overwrite"])
    #expect(plan.undo.hasSuffix("label node node-1 'example.com/rack=r1' --overwrite"))
    for rack in ["R1", "two words", String(repeating: "r", count: 64), "-r"] {
      let (world, related) = world(rack)
      _ = try world.obstacle(
        "relabel-node",
        about: node.id,
        evidence: evidence,
        related: [related]
      )
    }
  }

  @Test func theNamedTaintIsTestedAndRemoved() throws {
    var node = Node.sample()
    var first = Node.Taint()
    first.key = "a"
    first.effect = "NoExecute"
    var second = Node.Taint()
    second.key = "team"
    second.value = "x"
    second.effect = "NoSchedule"
    node.taints = [first, second]
    let world = RemedyWorld(node)
    let plan = try world.plan(
      "remove-taint",
      about: node.id,
      evidence: [Evidence(node.id, "spec.taints", "team=x:NoSchedule")]
    )
    #expect(
      try plan.patch() == [
        ["op": "test", "path": "/metadata/uid", "value": "uid--node-1"],
        ["op": "test", "path": "/spec/taints/1/key", "value": "team"],
        ["op": "test", "path": "/spec/taints/1/effect", "value": "NoSchedule"],
        ["op": "test", "path": "/spec/taints/1/value", "value": "x"],
        ["op": "remove", "path": "/spec/taints/1"],
      ]
    )
    #expect(plan.undo == "kubectl --context c taint node node-1 'team=x:NoSchedule'")
    #expect(
      try world.obstacle(
        "remove-taint",
        about: node.id,
        evidence: [Evidence(node.id, "spec.taints", "team=y:NoSchedule")]
      ) == "Node node-1 has no such taint any more."
    )
  }

  @Test func theOlderDefaultClassIsUnmarked() throws {
    let annotation = "storageclass.kubernetes.io/is-default-class"
    var old = StorageClass(metadata: .sample("old"))
    var young = StorageClass(metadata: .sample("young", created: .noon + .seconds(1)))
    old.metadata.annotations[annotation] = "true"
    young.metadata.annotations[annotation] = "true"
    let world = RemedyWorld(old, young)
    let plan = try world.plan("unmark-default-class", about: old.id, related: [young.id])
    #expect(
      try plan.patch() == [
        "metadata": ["uid": "uid--old", "annotations": [annotation: "false"]]
      ]
    )
    #expect(
      plan.commands == [
        "annotate storageclass.storage.k8s.io old '\(annotation)=false' --overwrite"
      ]
    )
    _ = try world.obstacle("unmark-default-class", about: old.id)
  }

  @Test func anAddressIsTakenOutOfItsServiceIfItStillStandsThere() throws {
    let address = try #require(IPAddress("203.0.113.7"))
    var service = Service(metadata: .sample("shop", namespace: "shop"))
    service.externalAddresses = [try #require(IPAddress("203.0.113.6")), address]
    let world = RemedyWorld(service)
    let evidence = [Evidence(service.id, "spec.externalIPs", address.description)]
    let plan = try world.plan("remove-external-ip", about: .address(address), evidence: evidence)
    #expect(
      try plan.patch() == [
        ["op": "test", "path": "/metadata/uid", "value": "uid-shop-shop"],
        ["op": "test", "path": "/spec/externalIPs/1", "value": "203.0.113.7"],
        ["op": "remove", "path": "/spec/externalIPs/1"],
      ]
    )
    _ = try world.obstacle("remove-external-ip", about: .address(address))
  }

  @Test func onlyAnOwnerThatIsKnownToBeMissingIsRemoved() throws {
    let pod = Pod.sample(owner: "cart")
    var world = RemedyWorld(pod)
    _ = try world.obstacle("remove-owner-reference", about: pod.id)
    world.know(ReplicaSet.kind)
    let plan = try world.plan("remove-owner-reference", about: pod.id)
    #expect(
      try plan.patch() == [
        ["op": "test", "path": "/metadata/uid", "value": "uid-shop-cart-1"],
        ["op": "test", "path": "/metadata/ownerReferences/0/uid", "value": "uid-cart"],
        ["op": "remove", "path": "/metadata/ownerReferences/0"],
      ]
    )
    var owner = ReplicaSet.sample("cart")
    var present = RemedyWorld(pod, owner)
    present.know(ReplicaSet.kind)
    #expect(try present.plan("remove-owner-reference", about: pod.id).steps.count == 1)
    owner.metadata.uid = "uid-cart"
    present = RemedyWorld(pod, owner)
    present.know(ReplicaSet.kind)
    _ = try present.obstacle("remove-owner-reference", about: pod.id)
  }

  @Test(
    "A request is approved by typing its name, and denied by a key",
    arguments: [
      (RemedyID("approve-request"), "Approved", Healing.Confirmation.typing("csr-1")),
      (RemedyID("deny-request"), "Denied", .key("y")),
    ]
  )
  func answered(remedy: RemedyID, condition: String, confirmation: Healing.Confirmation) throws {
    var request = CertificateSigningRequest(metadata: .sample("csr-1"))
    let plan = try RemedyWorld(request).plan(remedy, about: request.id)
    let patch = try plan.patch()
    #expect(patch["metadata"] == ["uid": "uid--csr-1", "resourceVersion": "7"])
    let conditions = patch[path: "status", "conditions"]?.arrayValue
    #expect(conditions?.map { $0["type"] } == [.string(condition)])
    guard case .patch(_, _, "approval", _) = plan.steps[0] else {
      Issue.record("Not the subresource: \(plan.steps[0])")
      return
    }
    #expect(plan.confirmation == confirmation)
    request.conditions = [Condition(type: "Denied", status: .isTrue)]
    #expect(
      try RemedyWorld(request).obstacle(remedy, about: request.id)
        == "Certificate request csr-1 is denied already."
    )
  }
}

extension RemedyID {
  fileprivate init(_ text: String) { self.init(stringLiteral: text) }
}
