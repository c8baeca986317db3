import KubernetesObjects
import ObjectBuilders

/// Workloads for fixtures, all of them in the namespace `shop`, with numbers of Pods.
extension Deployment {
  static func sample(
    _ name: String,
    replicas: Int,
    available: Int,
    _ change: (inout Deployment) -> Void = { _ in }
  ) -> Deployment {
    var deployment = Deployment(metadata: .sample(name, namespace: "shop"))
    deployment.replicas = replicas
    deployment.currentReplicas = replicas
    deployment.updatedReplicas = replicas
    deployment.availableReplicas = available
    change(&deployment)
    return deployment
  }
}

extension StatefulSet {
  static func sample(
    _ name: String,
    replicas: Int,
    available: Int,
    _ change: (inout StatefulSet) -> Void = { _ in }
  ) -> StatefulSet {
    var set = StatefulSet(metadata: .sample(name, namespace: "shop"))
    set.replicas = replicas
    set.availableReplicas = available
    (set.currentRevision, set.updateRevision) = ("\(name)-1", "\(name)-1")
    change(&set)
    return set
  }
}

extension DaemonSet {
  static func sample(
    _ name: String,
    desired: Int,
    available: Int,
    _ change: (inout DaemonSet) -> Void = { _ in }
  ) -> DaemonSet {
    var set = DaemonSet(metadata: .sample(name, namespace: "shop"))
    set.desiredPods = desired
    set.updatedPods = desired
    set.availablePods = available
    change(&set)
    return set
  }
}

extension ReplicaSet {
  static func sample(
    _ name: String,
    replicas: Int,
    available: Int,
    _ change: (inout ReplicaSet) -> Void = { _ in }
  ) -> ReplicaSet {
    var set = ReplicaSet.sample(name)
    set.replicas = replicas
    set.availableReplicas = available
    change(&set)
    return set
  }
}

extension HorizontalPodAutoscaler {
  /// Scales `cart` by the use of requested CPU.
  static func sample(
    of kind: ObjectKind,
    _ change: (inout HorizontalPodAutoscaler) -> Void = { _ in }
  ) -> HorizontalPodAutoscaler {
    var autoscaler = HorizontalPodAutoscaler(metadata: .sample("cart", namespace: "shop"))
    autoscaler.target.kind = kind
    autoscaler.target.name = "cart"
    var metric = ResourceMetric()
    metric.resource = "cpu"
    metric.isRelative = true
    autoscaler.resourceMetrics = [metric]
    change(&autoscaler)
    return autoscaler
  }
}
