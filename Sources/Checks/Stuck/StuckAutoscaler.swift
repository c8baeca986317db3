import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds autoscalers that cannot scale, or may not scale any further.
struct StuckAutoscaler: Check {
  let id: CheckID = "stuck/autoscaler"
  let title = "Autoscaler cannot scale"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(900)
  let needs = [HorizontalPodAutoscaler.kind]
  let explanation = """
    The autoscaler does not get its metrics, cannot change its target, or wants more replicas \
    than maxReplicas lets it have. What it scales stays as it is, whatever the load. It heals \
    when the metrics come, the target is there, the maximum is raised, or the load falls. \
    Verify: kubectl describe hpa NAME -n NAMESPACE
    """

  func inspect(_ scaler: HorizontalPodAutoscaler, in cluster: ClusterView) -> [Observation] {
    guard !scaler.metadata.isTerminating else { return [] }
    return scaler.conditions.filter(isTrouble).map { condition in
      let isAtMaximum = condition.type == "ScalingLimited"
      let name = scaler.key.qualifiedName
      return Observation(
        isAtMaximum
          ? "Autoscaler \(name) wants more than its maximum of \(scaler.maxReplicas) replicas"
          : "Autoscaler \(name) cannot scale \(scaler.target.kind.name) \(scaler.target.name): "
            + condition.why,
        evidence: [condition.evidence(of: scaler.id)]
          + (isAtMaximum
            ? [
              Evidence(scaler.id, "spec.maxReplicas", "\(scaler.maxReplicas)"),
              Evidence(scaler.id, "status.currentReplicas", "\(scaler.currentReplicas)"),
            ] : []),
        related: cluster.targets(over: .scaleTarget).map(\.id),
        beginning: condition.since(scaler.metadata),
        discriminator: condition.type
      )
    }
  }

  private func isTrouble(_ condition: Condition) -> Bool {
    switch condition.type {
    // A target of no replicas is how people switch an autoscaler off.
    case "ScalingActive": condition.status == .isFalse && condition.reason != "ScalingDisabled"
    case "AbleToScale": condition.status == .isFalse
    case "ScalingLimited": condition.status == .isTrue && condition.reason == "TooManyReplicas"
    default: false
    }
  }
}
