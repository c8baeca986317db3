import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads of several Pods that may all be evicted at once.
struct WorkloadWithoutBudget: Check {
  let id: CheckID = "risk/no-budget"
  let title = "No disruption budget"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [Pod.kind, PodDisruptionBudget.kind]
  let explanation = """
    The workload has several replicas, and no PodDisruptionBudget selects any of its Pods: whoever \
    drains Nodes may evict all of them at once. It heals with a budget, such as maxUnavailable: 1. \
    Verify: kubectl get poddisruptionbudgets -n NAMESPACE
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard let replicas = subject.replicas, replicas > 1,
      !cluster.sharesSelection(with: PodDisruptionBudget.kind),
      // Without a Pod nothing tells whom a budget would select.
      cluster.firstSelected(Pod.kind) != nil, cluster.isKnown(PodDisruptionBudget.kind)
    else { return [] }
    return [
      Observation(
        "\(subject.name) has \(replicas) replicas and no disruption budget",
        evidence: [Evidence(subject.id, "spec.replicas", "\(replicas)")],
        beginning: .notBefore(subject.record.metadata.creationTimestamp)
      )
    ]
  }
}
