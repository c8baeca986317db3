import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds autoscalers whose target does not exist.
struct AutoscalerWithoutTarget: Check {
  let id: CheckID = "dangling/autoscaler-target"
  let title = "Autoscaler of a workload that does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Deployment.kind, HorizontalPodAutoscaler.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explains: [Explanation] = [
    .sameSubject("stuck/autoscaler"), .sameSubject("unhealthy/autoscaler-target"),
  ]
  let explanation = """
    What it shall scale is not there, so it scales nothing; the workload was removed or renamed, \
    and its autoscaler forgotten. A workload that is meant to be there runs without scaling. \
    Verify: kubectl get hpa NAME -n NAMESPACE -o jsonpath='{.spec.scaleTargetRef}'
    """

  func inspect(
    _ autoscaler: HorizontalPodAutoscaler,
    in cluster: ClusterView
  ) -> [Observation] {
    guard let target = cluster.targets(over: .scaleTarget).first, target.presence.isAbsent,
      !autoscaler.metadata.isTerminating
    else { return [] }
    return [
      Observation(
        "HorizontalPodAutoscaler \(autoscaler.key.qualifiedName) scales "
          + "\(autoscaler.target.kind.name) \(autoscaler.target.name), which does not exist",
        evidence: [
          Evidence(
            autoscaler.id,
            "spec.scaleTargetRef",
            "\(autoscaler.target.kind) \(autoscaler.target.name)"
          )
        ],
        related: [target.id],
        beginning: .notBefore(autoscaler.metadata.creationTimestamp)
      )
    ]
  }
}
