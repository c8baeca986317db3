import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

/// What users ask for by hand.
@Suite struct ObjectActionTests {
  private func proposal(
    _ action: ObjectAction,
    _ key: ObjectKey,
    in world: RemedyWorld
  ) -> Proposal {
    action.plan(for: key, of: "c", in: world.graph, at: .noon)
  }

  private func plan(
    _ action: ObjectAction,
    _ key: ObjectKey,
    in world: RemedyWorld
  ) throws -> HealPlan {
    let proposal = proposal(action, key, in: world)
    guard case .plan(let plan) = proposal else { throw RemedyWorld.Unexpected(proposal: proposal) }
    return plan
  }

  private func obstacle(
    _ action: ObjectAction,
    _ key: ObjectKey,
    in world: RemedyWorld
  ) throws -> String {
    let proposal = proposal(action, key, in: world)
    guard case .unavailable(let reason) = proposal else {
      throw RemedyWorld.Unexpected(proposal: proposal)
    }
    return reason
  }

  private static func deployment(_ replicas: Int) -> Deployment {
    var deployment = Deployment(metadata: .sample("cart", namespace: "shop", uid: "u"))
    deployment.replicas = replicas
    return deployment
  }

  private static let node = Node(metadata: .sample("node-1", uid: "n"))

  @Test func anObjectIsDeletedIfItIsStillTheOne() throws {
    let map = ConfigMap(metadata: .sample("settings", namespace: "shop", uid: "u"))
    let plan = try plan(.delete(.orphan), map.key, in: RemedyWorld(map))
    #expect(plan.steps == [.delete(map.key, uid: "u", propagation: .orphan)])
    #expect(plan.commands == ["delete configmap settings -n shop --cascade=orphan"])
    #expect(plan.confirmation == .typing("settings"))
    #expect(plan.id == .request("delete", cluster: "c", object: map.key))
    #expect(plan.subject == .object(map.key))
  }

  @Test func aPodThatIsStartedAnewIsDeletedByOneKey() throws {
    var pod = Pod.sample("cart-1")
    #expect(try plan(.delete(), pod.key, in: RemedyWorld(pod)).confirmation == .typing("cart-1"))
    pod.metadata.ownerReferences = [
      OwnerReference(kind: ReplicaSet.kind, name: "cart", uid: "r")
    ]
    let plan = try plan(.delete(), pod.key, in: RemedyWorld(pod))
    #expect(plan.confirmation == .key("y"))
    #expect(plan.disruption == .onePod)
  }

  @Test func aNodeWithPodsIsDrainedBeforeItIsDeleted() throws {
    var world = RemedyWorld(Self.node)
    world.know(Pod.kind)
    let reason = try obstacle(.delete(), Self.node.key, in: world)
    #expect(reason == "Node node-1 has to be drained first.")
  }

  @Test func aNodeIsCordonedDrainedAndUncordoned() throws {
    var world = RemedyWorld(Self.node)
    world.know(Pod.kind)
    #expect(try plan(.cordon, Self.node.key, in: world).commands == ["cordon node-1"])
    #expect(try plan(.drain, Self.node.key, in: world).steps == [.cordon(Self.node)])
    let open = try obstacle(.uncordon, Self.node.key, in: world)
    #expect(open == "Node node-1 is not cordoned.")
    let other = try obstacle(.restart, Self.node.key, in: world)
    #expect(other == "Node node-1 is no Deployment, StatefulSet or DaemonSet.")
  }

  @Test func aWorkloadIsRestartedAtTheTimeOfTheRequest() throws {
    let deployment = Self.deployment(2)
    let patch = try plan(.restart, deployment.key, in: RemedyWorld(deployment)).patch()
    let annotations = patch[path: "spec", "template", "metadata", "annotations"]
    #expect(
      annotations?["kubectl.kubernetes.io/restartedAt"] == .string(Timestamp.noon.rfc3339)
    )
  }

  @Test(arguments: [
    (3, HealPlan.Disruption.none, Healing.Confirmation.key("y")),
    (1, .fewerPods, .typing("cart")), (0, .outage, .typing("cart")),
  ])
  func aWorkloadIsScaledFromWhatItHas(
    replicas: Int,
    disruption: HealPlan.Disruption,
    confirmation: Healing.Confirmation
  ) throws {
    let deployment = Self.deployment(2)
    let plan = try plan(.scale(to: replicas), deployment.key, in: RemedyWorld(deployment))
    #expect(
      plan.commands == [
        "scale deployment.apps cart -n shop --current-replicas=2 --replicas=\(replicas)"
      ]
    )
    #expect(plan.disruption == disruption && plan.confirmation == confirmation)
    let uid = deployment.metadata.uid
    let change = ReplicaChange(deployment.key, uid: uid, from: 2, to: replicas)
    #expect(plan.steps == [.scale(change)])
  }

  @Test func scalingToWhatItHasIsRefused() throws {
    let deployment = Self.deployment(2)
    let world = RemedyWorld(deployment)
    #expect(
      try obstacle(.scale(to: 2), deployment.key, in: world)
        == "Deployment.apps shop/cart has 2 replicas already."
    )
  }

  @Test func aCronJobIsRunOnce() throws {
    let cronJob = CronJob(metadata: .sample("backup", namespace: "shop", uid: "u"))
    let plan = try plan(.trigger, cronJob.key, in: RemedyWorld(cronJob))
    let seconds = Timestamp.noon.millisecondsSince1970 / 1000
    #expect(
      plan.commands == ["create job backup-\(seconds) --from=cronjob/backup -n shop"]
    )
  }

  @Test func aPodIsEvictedIfItIsStillTheOne() throws {
    let pod = Pod.sample("cart-1")
    let plan = try plan(.evict, pod.key, in: RemedyWorld(pod))
    #expect(plan.steps == [.evict(pod.key, uid: "uid-shop-cart-1")])
    #expect(plan.confirmation == .typing("cart-1"))
    #expect(plan.blastRadius.impacts.map(\.effect) == ["ends, and nobody starts another"])
  }

  // MARK: Edits

  private static let original: JSONValue = [
    "apiVersion": "v1", "kind": "ConfigMap",
    "metadata": [
      "name": "settings", "namespace": "shop", "uid": "u", "resourceVersion": "7",
      "labels": ["a": "1", "b": "2"],
    ],
    "data": ["x": "1", "list": ["1", "2"]],
  ]

  private func edit(_ change: (inout JSONValue) -> Void) -> (Proposal) {
    var edited = Self.original
    change(&edited)
    let map = ConfigMap(metadata: .sample("settings", namespace: "shop", uid: "u"))
    let action = ObjectAction.apply(EditedObject(Self.original, editedTo: edited))
    return proposal(action, map.key, in: RemedyWorld(map))
  }

  @Test func anEditSendsWhatWasChangedAndNothingElse() throws {
    let proposal = edit { object in
      object[path: "metadata", "labels", "b"] = nil
      object[path: "metadata", "labels", "c"] = "3"
      object[path: "data", "list"] = ["1"]
    }
    guard case .plan(let plan) = proposal else {
      Issue.record("No plan: \(proposal)")
      return
    }
    #expect(
      try plan.patch() == [
        ["op": "test", "path": "/metadata/uid", "value": "u"],
        ["op": "test", "path": "/data/list", "value": ["1", "2"]],
        ["op": "replace", "path": "/data/list", "value": ["1"]],
        ["op": "test", "path": "/metadata/labels/b", "value": "2"],
        ["op": "remove", "path": "/metadata/labels/b"],
        ["op": "add", "path": "/metadata/labels/c", "value": "3"],
      ]
    )
    #expect(plan.commands == ["edit configmap settings -n shop"])
    #expect(plan.steps.first?.precondition == "uid and the tested values are as shown")
  }

  @Test func anEditThatChangesNothingOrAnotherObjectIsRefused() {
    #expect(edit { _ in } == .unavailable("Nothing was changed."))
    let renamed = edit { $0[path: "metadata", "name"] = "other" }
    #expect(
      renamed
        == .unavailable("metadata.name tells which object it is, and cannot be edited.")
    )
  }
}
