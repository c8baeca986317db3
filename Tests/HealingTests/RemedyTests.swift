import Checks
import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

@Suite struct RemedyTests {
  private var graph = ClusterGraph()

  private mutating func add(_ records: any ObjectRecord...) {
    var touched: HandleSet = []
    for record in records { graph.upsert(ObjectSnapshot(record), touching: &touched) }
    for kind in [Pod.kind, Node.kind] {
      graph.setKnowledge(of: kind, to: .known, touching: &touched)
    }
  }

  /// What the catalogue finds, with no window to wait for.
  private func finding(_ check: CheckID) throws -> Finding {
    var inspector = Inspector(
      cluster: "test",
      checks: Catalogue.checks,
      policy: .atMost(.zero)
    )
    let delta = inspector.inspect(
      graph.allHandles,
      in: graph,
      at: .noon + .seconds(9999),
      watchedFromStart: false
    )
    return try #require(delta.raised.first { $0.check == check })
  }

  private func proposal(_ remedy: RemedyID, for check: CheckID) throws -> Proposal {
    try #require(Remedies.remedy(remedy)).plan(for: finding(check), in: graph)
  }

  private func plan(_ remedy: RemedyID, for check: CheckID) throws -> HealPlan {
    guard case .plan(let plan) = try proposal(remedy, for: check) else {
      throw Missing()
    }
    return plan
  }

  private struct Missing: Error {}

  private mutating func addConflict(owner: String? = "cart") {
    add(
      Pod.sample("old", node: "node-1", addresses: ["10.0.0.1"], owner: owner),
      Pod.sample(
        "young",
        node: "node-2",
        addresses: ["10.0.0.1"],
        created: .noon + .seconds(60),
        owner: owner
      ),
      Node.sample("node-1"),
      Node.sample("node-2")
    )
  }

  @Test mutating func theYoungerOfTwoManagedPodsIsDeleted() throws {
    addConflict()
    let plan = try plan("delete-pod", for: "conflict/pod-address")
    #expect(plan.steps == [.delete(Pod.sample("young").key, uid: "uid-shop-young")])
    #expect(plan.confirmation == .key("y"))
    #expect(
      plan.steps[0].commandByHand(context: "prod eu")
        == "kubectl --context 'prod eu' delete pod young -n shop"
    )
  }

  @Test mutating func aPodThatNobodyWouldStartAgainIsNotDeleted() throws {
    addConflict(owner: nil)
    guard case .unavailable = try proposal("delete-pod", for: "conflict/pod-address") else {
      Issue.record("A Pod without a controller would have been deleted.")
      return
    }
  }

  @Test mutating func theNodeOfTheYoungerPodIsCordoned() throws {
    addConflict()
    let plan = try plan("cordon-node", for: "conflict/pod-address")
    #expect(plan.steps.map(\.target) == [Node.sample("node-2").key])
    guard case .patch(_, .merge(let patch), _, let kubectl) = plan.steps[0] else {
      Issue.record("Not a merge patch.")
      return
    }
    #expect(patch == ["metadata": ["uid": "uid--node-2"], "spec": ["unschedulable": true]])
    #expect(kubectl == "cordon node-2")
  }

  @Test mutating func aPodOfALostNodeIsForgotten() throws {
    add(Pod.sample("lost", node: "node-9"))
    let plan = try plan("force-delete-pod", for: "dangling/pod-node")
    #expect(
      plan.steps == [
        .delete(Pod.sample("lost").key, uid: "uid-shop-lost", gracePeriodSeconds: 0)
      ]
    )
    #expect(plan.confirmation == .typing("lost"))
    #expect(
      plan.steps[0].commandByHand(context: "c").hasSuffix("--grace-period=0 --force")
    )
  }

  @Test mutating func aPodOnAReadyNodeIsNotForced() throws {
    add(Pod.sample(deleted: .noon), Node.sample())
    guard case .unavailable(let reason) = try proposal("force-delete-pod", for: "stuck/terminating")
    else {
      Issue.record("It would have been forced.")
      return
    }
    #expect(reason.contains("node-1 is not known to be down"))
  }

  @Test mutating func aPodIsNotForcedWhereItsNodeCannotBeSeenOrHasNotReported() throws {
    add(Pod.sample(deleted: .noon))
    var touched: HandleSet = []
    graph.setKnowledge(of: Node.kind, to: .unknown("nodes is forbidden"), touching: &touched)
    guard case .unavailable(let reason) = try proposal("force-delete-pod", for: "stuck/terminating")
    else {
      Issue.record("It would have been forced.")
      return
    }
    #expect(reason.contains("nodes is forbidden"))
    add(Node.sample(ready: nil))
    guard case .unavailable = try proposal("force-delete-pod", for: "stuck/terminating") else {
      Issue.record("It would have been forced.")
      return
    }
  }

  @Test mutating func aPodOnANodeThatIsNotReadyIsForced() throws {
    add(Pod.sample(deleted: .noon), Node.sample(ready: .unknown))
    #expect(try plan("force-delete-pod", for: "stuck/terminating").reason.contains("not ready"))
  }

  @Test mutating func aNodeThatCannotBeSeenIsNotSaidToBeGone() throws {
    addConflict()
    var touched: HandleSet = []
    for name in ["node-1", "node-2"] { graph.remove(Node.sample(name).key, touching: &touched) }
    graph.setKnowledge(of: Node.kind, to: .unknown("nodes is forbidden"), touching: &touched)
    #expect(
      try proposal("cordon-node", for: "conflict/pod-address")
        == .unavailable("Node node-2 cannot be seen: nodes is forbidden.")
    )
  }

  @Test mutating func kindsThatCannotBeSeenAreToldWithTheBlastRadius() throws {
    add(PersistentVolume.sample(phase: .released))
    var touched: HandleSet = []
    graph.setKnowledge(of: PersistentVolume.kind, to: .known, touching: &touched)
    let secret = ObjectKind("Secret")
    graph.setKnowledge(of: secret, to: .unknown("forbidden"), touching: &touched)
    let plan = try plan("delete-volume", for: "dangling/volume-released")
    #expect(plan.blastRadius.unknownKinds.contains(secret))
    #expect(!plan.blastRadius.unknownKinds.contains(Pod.kind))
  }

  @Test mutating func aStaticPodIsNotDeletedForItsNodeStartsNoOther() throws {
    var pod = Pod.sample("static", addresses: ["10.0.0.1"], created: .noon + .seconds(99))
    let owner = OwnerReference(kind: Node.kind, name: "node-1", uid: "uid--node-1")
    pod.metadata.ownerReferences = [owner]
    add(pod, Pod.sample("old", addresses: ["10.0.0.1"], owner: "cart"), Node.sample())
    let plan = try plan("delete-pod", for: "conflict/pod-address")
    #expect(plan.steps.map(\.target.name) == ["old"])
  }

  @Test(
    "A controller that is gone or going starts no other Pod",
    arguments: [Timestamp?.none, .noon]
  )
  mutating func controllers(deleted: Timestamp?) throws {
    addConflict()
    if let deleted {
      var controller = ReplicaSet.sample("cart")
      controller.metadata.deletionTimestamp = deleted
      add(controller)
    }
    var touched: HandleSet = []
    graph.setKnowledge(of: ReplicaSet.kind, to: .known, touching: &touched)
    guard case .unavailable = try proposal("delete-pod", for: "conflict/pod-address") else {
      Issue.record("A Pod that nobody replaces would have been deleted.")
      return
    }
  }

  @Test mutating func aCordonIsProvedByTheNodeAlone() throws {
    add(Node.sample(ready: .isFalse))
    let plan = try plan("cordon-node", for: "unhealthy/node-not-ready")
    #expect(CordonNode().isProved(plan, in: graph) == false)
    #expect(plan.undo == "kubectl --context test uncordon node-1")
    add(Node.sample(ready: .isFalse, isUnschedulable: true))
    #expect(CordonNode().isProved(plan, in: graph) == true)
    #expect(DeletePod().isProved(plan, in: graph) == nil)
  }

  @Test(
    "Deleting a volume tells what becomes of its storage",
    arguments: [("Retain", HealPlan.Disruption.none), ("Delete", .dataLoss)]
  )
  mutating func volume(policy: String, disruption: HealPlan.Disruption) throws {
    add(PersistentVolume.sample(phase: .released, reclaimPolicy: policy))
    let plan = try plan("delete-volume", for: "dangling/volume-released")
    #expect(plan.disruption == disruption)
    #expect(plan.confirmation == .typing("pv-1"))
    #expect(plan.steps == [.delete(PersistentVolume.sample().key, uid: "uid--pv-1")])
  }

  @Test mutating func eachFinalizerIsTestedAndThenRemoved() throws {
    add(CustomRecord.widget(deleted: .noon, finalizers: ["example.com/a", "example.com/b"]))
    let plan = try plan("remove-finalizer", for: "stuck/terminating")
    #expect(plan.steps.count == 2)
    guard case .patch(_, .json(let patch), _, let kubectl) = plan.steps[1] else {
      Issue.record("Not a JSON patch.")
      return
    }
    #expect(
      patch == [
        ["op": "test", "path": "/metadata/uid", "value": "uid-shop-w1"],
        ["op": "test", "path": "/metadata/finalizers/0", "value": "example.com/b"],
        ["op": "remove", "path": "/metadata/finalizers/0"],
      ]
    )
    #expect(kubectl.hasPrefix("patch widget.example.com w1 -n shop --type=json -p '[{"))
    #expect(plan.disruption == .cleanUpSkipped)
  }

  @Test(
    "What Kubernetes protects itself stays protected",
    arguments: ["kubernetes.io/pvc-protection", "foregroundDeletion", "x.k8s.io/y"]
  )
  mutating func protected(finalizer: String) throws {
    add(CustomRecord.widget(deleted: .noon, finalizers: ["example.com/a", finalizer]))
    guard case .unavailable = try proposal("remove-finalizer", for: "stuck/terminating") else {
      Issue.record("\(finalizer) would have been removed.")
      return
    }
  }

  @Test mutating func theBlastRadiusFollowsOwnersAndMeetsEachOnce() throws {
    var owned = CustomRecord.widget("child")
    owned.metadata.ownerReferences = [
      OwnerReference(kind: ObjectKind("Widget", group: "example.com"), name: "w1", uid: "u")
    ]
    var loop = CustomRecord.widget("w1", deleted: .noon, finalizers: ["example.com/a"])
    loop.metadata.ownerReferences = [
      OwnerReference(kind: ObjectKind("Widget", group: "example.com"), name: "child", uid: "u")
    ]
    add(loop, owned)
    let plan = try plan("remove-finalizer", for: "stuck/terminating")
    #expect(plan.blastRadius.impacts.map(\.vertex.name) == ["shop/w1", "shop/child"])
    #expect(plan.blastRadius.count == 2)
  }

  @Test func aPlanIsConfirmedByItsAnswerAlone() {
    let plan = HealPlan(
      cause: .finding(
        FindingID(
          cluster: "c",
          check: "x/y",
          subject: .object(Pod.sample().key),
          discriminator: ""
        )
      ),
      subject: .object(Pod.sample().key),
      cluster: "c",
      remedy: "r",
      title: "",
      reason: "",
      steps: [],
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: .typing("cart-1")
    )
    #expect(ConfirmedPlan(plan, answer: "cart") == nil)
    #expect(ConfirmedPlan(plan, answer: "") == nil)
    #expect(ConfirmedPlan(plan, answer: "cart-1") != nil)
  }

  @Test func everyRemedyOfEveryCheckExistsAndIDsAreUnique() {
    let ids = Remedies.all.map(\.id)
    let offered = Set(Catalogue.checks.flatMap(\.remedies))
    #expect(offered.subtracting(ids).sorted() == [])
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
  }
}
