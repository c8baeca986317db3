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
        ["op": "test", "path": "/metadata/uid", "value": "uid--pv-1"],
        ["op": "test", "path": "/spec/claimRef/uid", "value": "uid-data"],
        ["op": "remove", "path": "/spec/claimRef"],
      ]
    )
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
        "metadata": ["uid": "uid--node-1"], "spec": ["unschedulable": false],
      ]
    )
    #expect(plan.commands == ["uncordon node-1"])
    let open = Node.sample()
    _ = try RemedyWorld(open).obstacle("uncordon-node", about: open.id)
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
    #expect(plan.undo == "kubectl taint node node-1 'team=x:NoSchedule'")
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
