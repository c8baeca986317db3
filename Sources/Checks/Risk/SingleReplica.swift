import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads that serve requests with one Pod.
struct SingleReplica: Check {
  let id: CheckID = "risk/single-replica"
  let title = "One replica serves a Service"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["scale-workload"]
  let needs = [Pod.kind, Service.kind]
  let explanation = """
    Requests to a Service are answered by one Pod. Whenever its Node is drained or lost, or the Pod \
    ends, nobody answers until another one is ready. It heals by a second replica, for what can run \
    twice; where an autoscaler decides, by its minReplicas. \
    Verify: kubectl get KIND NAME -n NAMESPACE
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard subject.replicas == 1, cluster.sharesSelection(with: Service.kind) else { return [] }
    let autoscalers = cluster.referrers(over: .scaleTarget)
    return [
      Observation(
        "\(subject.name) has one replica, and a Service sends requests to it",
        evidence: [Evidence(subject.id, "spec.replicas", "1")],
        related: autoscalers.map(\.id),
        // An autoscaler would undo it.
        remedies: autoscalers.isEmpty ? nil : [],
        beginning: .notBefore(subject.record.metadata.creationTimestamp)
      )
    ]
  }
}
