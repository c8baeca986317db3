import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds autoscalers that cannot scale their target, or cannot tell how much.
struct UnscalableTarget: Check {
  let id: CheckID = "unhealthy/autoscaler-target"
  let title = "Autoscaler's target cannot be scaled by what it says"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Deployment.kind, HorizontalPodAutoscaler.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explains: [Explanation] = [.sameSubject("stuck/autoscaler")]
  let explanation = """
    The autoscaler compares what containers use with what they request, and a container requests \
    nothing; or its target is of a kind that has no number of replicas. Either way it never \
    scales. Give every container of the target a request for the resource. \
    Verify: kubectl describe hpa NAME -n NAMESPACE
    """

  /// Kinds without a subresource `scale`.
  private static let unscalable: Set<ObjectKind> = [
    CronJob.kind, DaemonSet.kind, Job.kind, Pod.kind,
  ]

  func inspect(
    _ autoscaler: HorizontalPodAutoscaler,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !autoscaler.metadata.isTerminating else { return [] }
    if Self.unscalable.contains(autoscaler.target.kind) {
      return [unscalable(autoscaler)]
    }
    // Requests may come from elsewhere than the template: a LimitRange, an admission webhook.
    guard autoscaler.conditions["ScalingActive"]?.status != .isTrue,
      let metric = autoscaler.resourceMetrics.first(where: \.isRelative),
      let target = cluster.targets(over: .scaleTarget).first,
      let template = target.presence.record?.podTemplate
    else { return [] }
    let idle = template.containers.filter { container in
      (!container.runsBefore || container.isSidecar)
        && (metric.container.isEmpty || metric.container == container.name)
        && container.requests[metric.resource] == nil
        && container.limits[metric.resource] == nil
    }
    guard let container = idle.first else { return [] }
    return [
      Observation(
        "HorizontalPodAutoscaler \(autoscaler.key.qualifiedName) scales by the use of requested "
          + "\(metric.resource), and container \(container.name) of "
          + "\(autoscaler.target.kind.name) \(autoscaler.target.name) requests none",
        evidence: [
          Evidence(autoscaler.id, "spec.metrics.resource.name", metric.resource)
        ]
          + idle.map {
            Evidence(
              target.id,
              "spec.template.spec.containers[\($0.name)].resources.requests",
              "no \(metric.resource)"
            )
          },
        related: [target.id],
        remedies: [],
        beginning: .notBefore(autoscaler.metadata.creationTimestamp)
      )
    ]
  }

  private func unscalable(_ autoscaler: HorizontalPodAutoscaler) -> Observation {
    Observation(
      "HorizontalPodAutoscaler \(autoscaler.key.qualifiedName) cannot scale "
        + "\(autoscaler.target.kind.name) \(autoscaler.target.name), a kind without replicas",
      evidence: [
        Evidence(
          autoscaler.id,
          "spec.scaleTargetRef.kind",
          autoscaler.target.kind.description
        )
      ],
      remedies: ["delete-object"],
      beginning: .notBefore(autoscaler.metadata.creationTimestamp)
    )
  }
}

extension ObjectRecord {
  /// What its Pods are made after, where it is a workload that can be scaled.
  fileprivate var podTemplate: PodTemplate? {
    switch self {
    case let deployment as Deployment: deployment.template
    case let set as StatefulSet: set.template
    default: nil
    }
  }
}
