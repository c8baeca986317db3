import Inspection
import KubernetesObjects
import ObjectBuilders

extension Deployment {
  /// One of three Pods, of which some are new and available.
  static func sample(
    _ name: String = "cart",
    updated: Int,
    changedBy change: (inout Deployment) -> Void = { _ in }
  ) -> Deployment {
    var deployment = Deployment(metadata: .sample(name, namespace: "shop"))
    deployment.replicas = 3
    deployment.currentReplicas = 3
    deployment.updatedReplicas = updated
    deployment.availableReplicas = updated
    change(&deployment)
    return deployment
  }
}

extension StatefulSet {
  /// One of three Pods.
  static func sample(
    _ name: String,
    ready: Int,
    changedBy change: (inout StatefulSet) -> Void = { _ in }
  ) -> StatefulSet {
    var set = StatefulSet(metadata: .sample(name, namespace: "shop"))
    set.replicas = 3
    set.currentReplicas = ready
    set.readyReplicas = ready
    set.currentRevision = "old"
    set.updateRevision = "old"
    change(&set)
    return set
  }
}

extension DaemonSet {
  /// One that runs on three Nodes as it should.
  static func sample(
    _ name: String = "agent",
    changedBy change: (inout DaemonSet) -> Void = { _ in }
  ) -> DaemonSet {
    var set = DaemonSet(metadata: .sample(name, namespace: "shop"))
    set.desiredPods = 3
    set.currentPods = 3
    set.updatedPods = 3
    set.availablePods = 3
    change(&set)
    return set
  }
}

extension Pod {
  /// A Pod of a StatefulSet or a DaemonSet.
  static func member(
    _ owner: String,
    _ ordinal: Int,
    isReady: Bool,
    of kind: ObjectKind = StatefulSet.kind,
    since: Timestamp = .noon,
    changedBy change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    sample("\(owner)-\(ordinal)") { pod in
      pod.metadata.ownerReferences = [
        OwnerReference(kind: kind, name: owner, uid: ObjectUID("uid-shop-\(owner)"))
      ]
      pod.metadata.labels["controller-revision-hash"] = "old"
      pod.milestones = isReady ? [.ready] : []
      pod.conditions = isReady ? [] : [.sample("Ready", .isFalse, since: since)]
      change(&pod)
    }
  }
}

extension Job {
  /// One that has run since noon.
  static func sample(
    _ name: String = "report",
    owner: String? = nil,
    changedBy change: (inout Job) -> Void = { _ in }
  ) -> Job {
    let owners = owner.map {
      [OwnerReference(kind: CronJob.kind, name: $0, uid: ObjectUID("uid-shop-\($0)"))]
    }
    var job = Job(metadata: .sample(name, namespace: "shop", owners: owners ?? []))
    job.startTime = .noon
    job.activePods = 1
    change(&job)
    return job
  }
}

extension CronJob {
  /// One that runs every hour, and did at noon.
  static func sample(
    _ name: String = "backup",
    changedBy change: (inout CronJob) -> Void = { _ in }
  ) -> CronJob {
    var job = CronJob(metadata: .sample(name, namespace: "shop"))
    job.schedule = "0 * * * *"
    job.lastScheduleTime = .noon
    change(&job)
    return job
  }
}

extension PodDisruptionBudget {
  /// One for three Pods.
  static func sample(
    _ name: String = "cart",
    healthy: Int,
    wanted: Int,
    changedBy change: (inout PodDisruptionBudget) -> Void = { _ in }
  ) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(metadata: .sample(name, namespace: "shop"))
    budget.currentHealthy = healthy
    budget.desiredHealthy = wanted
    budget.expectedPods = 3
    budget.conditions = [.sample("DisruptionAllowed", .isFalse)]
    change(&budget)
    return budget
  }
}

extension HorizontalPodAutoscaler {
  static func sample(_ name: String, _ conditions: [Condition]) -> HorizontalPodAutoscaler {
    var scaler = HorizontalPodAutoscaler(metadata: .sample(name, namespace: "shop"))
    scaler.target.kind = Deployment.kind
    scaler.target.name = "cart"
    scaler.maxReplicas = 10
    scaler.conditions = conditions
    return scaler
  }
}
