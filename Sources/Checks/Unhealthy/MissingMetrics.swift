import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds clusters without the measurements that their autoscalers scale by.
struct MissingMetrics: Check {
  let id: CheckID = "unhealthy/metrics-missing"
  let title = "Autoscalers have no measurements"
  let severity = Severity.info
  let settles = Duration.seconds(300)
  let needs = [HorizontalPodAutoscaler.kind]
  let explanation = """
    HorizontalPodAutoscalers scale by the use of CPU or memory, and the API that tells it \
    (metrics.k8s.io) is not served, or its server does not answer. They keep the number of replicas \
    that there is. Install metrics-server, or mend it. Verify: kubectl top nodes
    """

  func inspect(_ server: ClusterRecord, in cluster: ClusterView) -> [Observation] {
    guard server.hasMetrics == false, cluster.hasReferrer(over: .measurements) else { return [] }
    let autoscalers = cluster.referrers(over: .measurements).map(\.id)
    guard let first = autoscalers.first else { return [] }
    let more = autoscalers.count > 1 ? " and \(autoscalers.count - 1) more scale" : " scales"
    return [
      Observation(
        "The metrics API is not available, and \(first)\(more) by it",
        evidence: [Evidence(server.id, "/apis/metrics.k8s.io", "not available")],
        related: Array(autoscalers.prefix(10))
      )
    ]
  }
}
