import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Healing

@Suite struct DeleteObjectTests {
  private static let shop = ObjectKey(Namespace.kind, name: "shop")

  @Test func whatNobodyMissesGoesByOneKey() throws {
    let lease = Lease.sample()
    let plan = try RemedyWorld(lease).plan("delete-object", about: lease.id)
    #expect(plan.steps == [.delete(lease.key, uid: "uid-kube-node-lease-node-1")])
    #expect(plan.confirmation == .key("y"))
    #expect(plan.disruption == .none)
    #expect(plan.commands == ["delete lease.coordination.k8s.io node-1 -n kube-node-lease"])
    #expect(plan.undo.contains("By the journal"))
  }

  @Test func aNodeIsDeletedOnceItIsDrained() throws {
    func world(_ isUnschedulable: Bool, _ pods: Pod...) -> (RemedyWorld, Node) {
      let node = Node.sample(isUnschedulable: isUnschedulable)
      var world = RemedyWorld([node] + pods)
      world.know(Pod.kind)
      return (world, node)
    }
    for (world, node) in [world(false), world(true, .sample()), world(true, .sample(owner: "a"))] {
      #expect(
        try world.obstacle("delete-object", about: node.id)
          == "Node node-1 has to be drained first."
      )
    }
    let (drained, node) = world(true, .sample("ends", deleted: .noon))
    let plan = try drained.plan("delete-object", about: node.id)
    #expect(plan.confirmation == .typing("node-1"))
    #expect(plan.commands == ["delete node node-1"])
  }

  @Test func anAPIServiceThatCannotBeAskedIsDeletedAndNoOther() throws {
    var service = APIService(metadata: .sample("v1.example.com"))
    service.conditions = [Condition(type: "Available", status: .isFalse)]
    let namespace = Namespace(metadata: .sample("shop", deleted: .noon))
    func world() -> RemedyWorld { RemedyWorld(service, namespace) }
    let plan = try world()
      .plan("delete-api-service", about: namespace.id, related: [service.id])
    #expect(plan.confirmation == .typing("v1.example.com") && plan.disruption == .outage)
    #expect(plan.commands == ["delete apiservice.apiregistration.k8s.io v1.example.com"])
    _ = try world().obstacle("delete-api-service", about: namespace.id)
    service.conditions = [Condition(type: "Available", status: .isTrue)]
    _ = try world()
      .obstacle("delete-api-service", about: namespace.id, related: [service.id])
  }

  @Test func whatOwnsSomethingIsTyped() throws {
    var set = ReplicaSet.sample("cart")
    set.replicas = 0
    let alone = try RemedyWorld(set).plan("delete-object", about: set.id)
    #expect(alone.confirmation == .key("y"))
    let plan = try RemedyWorld(set, Pod.sample(owner: "cart")).plan(
      "delete-object",
      about: set.id
    )
    #expect(plan.confirmation == .typing("cart"))
    #expect(plan.blastRadius.impacts.map(\.vertex.name) == ["shop/cart", "shop/cart-1"])
  }

  @Test func dataIsLostWithAClaimAndItsUserIsNamed() throws {
    let claim = PersistentVolumeClaim(metadata: .sample("data", namespace: "shop"))
    let volume = PersistentVolume.sample()
    let plan = try RemedyWorld(claim, volume).plan("delete-object", about: claim.id)
    #expect(plan.disruption == .dataLoss)
    #expect(plan.confirmation == .typing("data"))
    #expect(plan.blastRadius.impacts.last?.effect == "is bound to data, which is gone then")
  }

  @Test(
    "A volume's data depends on its reclaim policy",
    arguments: [("Retain", HealPlan.Disruption.none), ("Delete", .dataLoss)]
  )
  func volume(policy: String, disruption: HealPlan.Disruption) throws {
    let volume = PersistentVolume.sample(phase: .released, reclaimPolicy: policy)
    let plan = try RemedyWorld(volume).plan("delete-object", about: volume.id)
    #expect(plan.disruption == disruption)
    #expect(plan.confirmation == .typing("pv-1"))
  }

  @Test func aDefinitionWithoutObjectsLosesNoDataOnlyIfThatIsKnown() throws {
    let definition = CustomResourceDefinition.sample()
    var world = RemedyWorld(definition)
    #expect(
      try world.plan("delete-object", about: definition.id).blastRadius.impacts[0].effect
        == "is deleted with all objects of its kind; whether there are any is not known "
        + "(Widget.example.com: not listed yet)"
    )
    #expect(try world.plan("delete-object", about: definition.id).disruption == .dataLoss)
    world.know(definition.definedKind)
    let plan = try world.plan("delete-object", about: definition.id)
    #expect(plan.disruption == .none)
    #expect(plan.confirmation == .typing("widgets.example.com"))
    var full = RemedyWorld(definition, CustomRecord.widget())
    full.know(definition.definedKind)
    let loss = try full.plan("delete-object", about: definition.id)
    #expect(loss.disruption == .dataLoss)
    #expect(loss.blastRadius.impacts.last?.effect == "is deleted with its definition")
  }

  @Test func aNamespaceMustBeKnownToBeEmpty() throws {
    let namespace = Namespace(metadata: .sample("shop"))
    var world = RemedyWorld(namespace)
    #expect(try world.obstacle("delete-object", about: namespace.id).contains("is not known"))
    for kind in NamespaceContent.kinds { world.know(kind) }
    let plan = try world.plan("delete-object", about: namespace.id)
    #expect(plan.disruption == .dataLoss)
    #expect(plan.confirmation == .typing("shop"))
    var full = RemedyWorld(namespace, Pod.sample())
    for kind in NamespaceContent.kinds { full.know(kind) }
    #expect(try full.obstacle("delete-object", about: namespace.id).contains("is not empty"))
  }

  @Test func kubernetesOwnNamespacesStay() throws {
    let namespace = Namespace(metadata: .sample("kube-system"))
    var world = RemedyWorld(namespace)
    for kind in NamespaceContent.kinds { world.know(kind) }
    #expect(
      try world.obstacle("delete-object", about: namespace.id)
        == "Namespace kube-system is one of Kubernetes' own."
    )
  }

  @Test func controlledPodsAreNotForThisRemedy() throws {
    let pod = Pod.sample(owner: "cart")
    #expect(
      try RemedyWorld(pod).obstacle("delete-object", about: pod.id)
        == "ReplicaSet cart controls the Pod and starts another; delete it as a Pod."
    )
  }

  @Test func aPodThatNobodyStartsAgainIsTypedUnlessItHasFinished() throws {
    let running = try RemedyWorld(Pod.sample()).plan("delete-object", about: Pod.sample().id)
    #expect(running.disruption == .outage)
    #expect(running.confirmation == .typing("cart-1"))
    #expect(running.blastRadius.impacts[0].effect.contains("nobody starts another"))
    let finished = Pod.sample(phase: .succeeded)
    let plan = try RemedyWorld(finished).plan("delete-object", about: finished.id)
    #expect(plan.confirmation == .key("y"))
  }

  @Test func goneTerminatingAndUnknownObjectsAreToldApart() throws {
    let going = Pod.sample(deleted: .noon)
    var world = RemedyWorld(going)
    let other = Pod.sample("other").id
    #expect(
      try world.obstacle("delete-object", about: going.id)
        == "Pod shop/cart-1 is being deleted already."
    )
    #expect(
      try world.obstacle("delete-object", about: other)
        == "Whether Pod shop/other is there is not known: not listed yet."
    )
    world.know(Pod.kind)
    #expect(
      try world.obstacle("delete-object", about: other) == "Pod shop/other is gone already."
    )
  }

  @Test func ofAConflictTheYoungestClaimantGoesAndNeverTheSubject() throws {
    let target = Deployment(metadata: .sample("cart", namespace: "shop"))
    let old = HorizontalPodAutoscaler(metadata: .sample("old", namespace: "shop"))
    let young = HorizontalPodAutoscaler(
      metadata: .sample("young", namespace: "shop", created: .noon + .seconds(1))
    )
    let world = RemedyWorld(target, old, young)
    let plan = try world.plan(
      "delete-object",
      about: target.id,
      check: "conflict/autoscaler-target",
      related: [old.id, young.id]
    )
    #expect(plan.steps == [.delete(young.key, uid: "uid-shop-young")])
    #expect(plan.confirmation == .key("y"))
    #expect(
      try world.obstacle("delete-object", about: target.id, check: "conflict/x")
        == "Nothing that claims Deployment.apps shop/cart can be deleted without harm."
    )
  }

  @Test func aVolumeIsDetachedOnlyFromANodeThatCannotWrite() throws {
    var attachment = VolumeAttachment(metadata: .sample("csi-1"))
    attachment.nodeName = "node-1"
    attachment.isAttached = true
    let ready = RemedyWorld(attachment, Node.sample())
    #expect(try ready.obstacle("delete-object", about: attachment.id).contains("is ready"))
    #expect(
      try RemedyWorld(attachment).obstacle("delete-object", about: attachment.id)
        .contains("is not known")
    )
    var lost = RemedyWorld(attachment)
    lost.know(Node.kind)
    let plan = try lost.plan("delete-object", about: attachment.id)
    #expect(plan.disruption == .dataLoss)
    #expect(plan.confirmation == .typing("csi-1"))
    let silent = RemedyWorld(attachment, Node.sample(ready: .unknown))
    #expect(try silent.plan("delete-object", about: attachment.id).disruption == .dataLoss)
  }

  @Test func namesThatRolesMayHaveAreQuoted() throws {
    let role = ClusterRole(metadata: .sample("a; b"))
    let plan = try RemedyWorld(role).plan("delete-object", about: role.id)
    #expect(plan.commands == ["delete clusterrole.rbac.authorization.k8s.io 'a; b'"])
  }
}
