import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads that have been asked for no Pods for a day.
struct WorkloadScaledToZero: Check {
  let id: CheckID = "dangling/scaled-to-zero"
  let title = "Workload is scaled to zero"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let profile = CheckProfile.hygiene
  let needs = [HorizontalPodAutoscaler.kind]
  let remedies: [RemedyID] = ["delete-object", "scale-workload"]
  let explanation = """
    The workload asks for no Pods, and no autoscaler is there to change that. It may have been \
    stopped for a while and forgotten, with its claims, Services and Secrets. \
    Verify: kubectl get KIND NAME -n NAMESPACE -o jsonpath='{.spec.replicas}'
    """

  func inspect(_ subject: OneOf<Deployment, StatefulSet>, in cluster: ClusterView) -> [Observation]
  {
    let isZero =
      switch subject.record {
      case let deployment as Deployment: deployment.replicas == 0
      case let set as StatefulSet: set.replicas == 0
      default: false
      }
    let metadata = subject.metadata
    // What owns a workload decides how many Pods it has.
    guard isZero, !metadata.isTerminating, metadata.ownerReferences.isEmpty,
      !cluster.hasReferrer(overAnyOf: [.mention, .scaleTarget]),
      cluster.isKnown(HorizontalPodAutoscaler.kind)
    else { return [] }
    return [
      Observation(
        "\(subject.name) is scaled to zero",
        evidence: [Evidence(subject.id, "spec.replicas", "0")],
        beginning: .notBefore(metadata.creationTimestamp)
      )
    ]
  }
}
