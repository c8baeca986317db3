import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

@Suite struct WorkloadRemedyTests {
  private let deployment = Deployment(metadata: .sample("cart", namespace: "shop", uid: "uid-d"))

  /// A ReplicaSet of the Deployment.
  private func replicaSet(_ name: String, revision: String = "") -> ReplicaSet {
    var set = ReplicaSet.sample(name)
    set.metadata.uid = ObjectUID("uid-\(name)")
    set.metadata.ownerReferences = [
      OwnerReference(kind: Deployment.kind, name: "cart", uid: "uid-d")
    ]
    if !revision.isEmpty {
      set.metadata.annotations["deployment.kubernetes.io/revision"] = revision
    }
    return set
  }

  @Test func theDeploymentBehindAPodIsRestarted() throws {
    let pod = Pod.sample(owner: "cart-a")
    let world = RemedyWorld(deployment, replicaSet("cart-a"), pod)
    let plan = try world.plan("restart-workload", about: pod.id)
    #expect(plan.steps.map(\.target) == [deployment.key])
    #expect(
      try plan.patch() == [
        "metadata": ["uid": "uid-d"],
        "spec": [
          "template": [
            "metadata": [
              "annotations": [
                "kubectl.kubernetes.io/restartedAt": .string(Timestamp.noon.rfc3339)
              ]
            ]
          ]
        ],
      ]
    )
    #expect(plan.commands == ["rollout restart deployment.apps cart -n shop"])
    #expect(plan.disruption == .rolling)
    #expect(plan.confirmation == .key("y"))
  }

  @Test func aControllerOfTheSameNameThatIsAnotherOneIsNotRestarted() throws {
    let pod = Pod.sample(owner: "cart-a")
    let world = RemedyWorld(deployment, ReplicaSet.sample("cart-a"), pod)
    #expect(
      try world.obstacle("restart-workload", about: pod.id)
        == "No Deployment, StatefulSet or DaemonSet is behind it."
    )
  }

  @Test func whatWouldStartNoPodIsNotRestarted() throws {
    var paused = deployment
    paused.isPaused = true
    var set = DaemonSet(metadata: .sample("agent", namespace: "shop"))
    set.updatesOnDelete = true
    #expect(
      try RemedyWorld(paused).obstacle("restart-workload", about: paused.id)
        == "Deployment.apps shop/cart is paused; resume it first."
    )
    #expect(
      try RemedyWorld(set).obstacle("restart-workload", about: set.id)
        == "DaemonSet.apps shop/agent replaces Pods only when somebody deletes them."
    )
  }

  @Test func allWorkloadsOfAnImageAreRestartedByTheClustersName() throws {
    let set = StatefulSet(metadata: .sample("db", namespace: "shop"))
    let plan = try RemedyWorld(deployment, set).plan(
      "restart-workload",
      about: .shared(.image, "nginx:1"),
      related: [deployment.id, set.id, deployment.id]
    )
    #expect(plan.steps.map(\.target) == [deployment.key, set.key])
    #expect(plan.confirmation == .typing("c"))
  }

  @Test func oneReplicaBecomesTwo() throws {
    let plan = try RemedyWorld(deployment).plan("scale-workload", about: deployment.id)
    #expect(plan.steps == [.scale(ReplicaChange(deployment.key, uid: "uid-d", from: 1, to: 2))])
    #expect(
      plan.commands == ["scale deployment.apps cart -n shop --current-replicas=1 --replicas=2"]
    )
    var two = deployment
    two.replicas = 2
    _ = try RemedyWorld(two).obstacle("scale-workload", about: two.id)
  }

  @Test func whatWasStoppedGetsOneReplica() throws {
    var stopped = deployment
    stopped.replicas = 0
    let plan = try RemedyWorld(stopped).plan("scale-workload", about: stopped.id)
    #expect(plan.steps == [.scale(ReplicaChange(stopped.key, uid: "uid-d", from: 0, to: 1))])
    #expect(
      plan.commands == ["scale deployment.apps cart -n shop --current-replicas=0 --replicas=1"]
    )
    #expect(plan.undo.contains("--replicas=0"))
  }

  @Test func whatAnAutoscalerScalesIsLeftToIt() throws {
    var scaler = HorizontalPodAutoscaler(metadata: .sample("cart", namespace: "shop"))
    scaler.target.kind = Deployment.kind
    scaler.target.namespace = "shop"
    scaler.target.name = "cart"
    #expect(
      try RemedyWorld(deployment, scaler).obstacle("scale-workload", about: deployment.id)
        .contains("decides how many replicas")
    )
  }

  @Test func aCronJobIsRunOnceUnderANameOfItsOwn() throws {
    var cronJob = CronJob(metadata: .sample("backup", namespace: "shop"))
    let plan = try RemedyWorld(cronJob).plan("trigger-cron-job", about: cronJob.id)
    let job = ObjectKey(Job.kind, namespace: "shop", name: "backup-1795435200")
    #expect(plan.steps == [.run(JobRun(job, of: cronJob.key, uid: "uid-shop-backup"))])
    #expect(
      plan.commands == ["create job backup-1795435200 --from=cronjob/backup -n shop"]
    )
    cronJob.activeJobs = 1
    _ = try RemedyWorld(cronJob).obstacle("trigger-cron-job", about: cronJob.id)
  }

  @Test func aDeploymentGoesBackToTheRevisionBeforeTheLast() throws {
    let pod = Pod.sample(owner: "cart-c")
    var world = RemedyWorld(
      deployment,
      replicaSet("cart-a", revision: "9"),
      replicaSet("cart-b", revision: "10"),
      replicaSet("cart-c", revision: "11"),
      pod
    )
    #expect(try world.obstacle("roll-back-workload", about: pod.id).contains("not known"))
    world.know(ReplicaSet.kind)
    let plan = try world.plan("roll-back-workload", about: pod.id)
    let rollback = Rollback(
      deployment,
      to: replicaSet("cart-b", revision: "10"),
      revision: 10
    )
    #expect(plan.steps == [.rollBack(rollback)])
    #expect(plan.commands == ["rollout undo deployment.apps cart -n shop --to-revision=10"])
    #expect(
      plan.undo
        == "kubectl --context c rollout undo deployment.apps cart -n shop --to-revision=11"
    )
    #expect(plan.confirmation == .typing("cart"))
  }

  @Test func aFirstRevisionHasNothingToGoBackTo() throws {
    var world = RemedyWorld(deployment, replicaSet("cart-a", revision: "1"))
    world.know(ReplicaSet.kind)
    #expect(
      try world.obstacle("roll-back-workload", about: deployment.id)
        == "Deployment.apps shop/cart has no earlier revision."
    )
    let set = StatefulSet(metadata: .sample("db", namespace: "shop"))
    #expect(
      try RemedyWorld(set).obstacle("roll-back-workload", about: set.id)
        .contains("Only one Deployment")
    )
  }
}
