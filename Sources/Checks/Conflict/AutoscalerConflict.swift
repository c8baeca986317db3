import Inspection
import KubernetesObjects

/// Finds workloads that two autoscalers scale.
struct AutoscalerConflict: Check {
  let id: CheckID = "conflict/autoscaler-target"
  let title = "Two autoscalers scale one workload"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [HorizontalPodAutoscaler.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    Two HorizontalPodAutoscalers set the number of replicas against each other, and both stop with \
    AmbiguousSelector. A VerticalPodAutoscaler that changes the requests of a resource whose use \
    decides over the replicas drives both up and down without end. Leave one of them, or let each \
    act upon other resources. \
    Verify: kubectl get hpa,vpa -n NAMESPACE
    """

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .scaleTarget) > 1 else { return [] }
    let horizontal = cluster.referrers(HorizontalPodAutoscaler.self, over: .scaleTarget)
      .filter { !$0.metadata.isTerminating }
    let metrics = Set(horizontal.flatMap(\.resourceMetrics).map(\.resource))
    let vertical = cluster.referrers(VerticalPodAutoscaler.self, over: .scaleTarget).filter {
      !$0.metadata.isTerminating && $0.changesRunningPods
        && !metrics.isDisjoint(with: $0.controlledResources)
    }
    guard horizontal.count > 1 || !horizontal.isEmpty && !vertical.isEmpty else { return [] }
    let scalers: [any ObjectRecord] = horizontal + vertical
    let names = scalers.map(\.key.description).joined(separator: ", ")
    return [
      Observation(
        "\(subject.record.key) is scaled by \(scalers.count) autoscalers: \(names)",
        evidence: scalers.map { scaler in
          let path = scaler is HorizontalPodAutoscaler ? "spec.scaleTargetRef" : "spec.targetRef"
          return Evidence(scaler.vertex, path, subject.record.key.description)
        },
        related: scalers.youngestFirst().map(\.vertex)
      )
    ]
  }
}
