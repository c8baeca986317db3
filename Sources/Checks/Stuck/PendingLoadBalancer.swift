import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Services that get no load balancer.
struct PendingLoadBalancer: Check {
  let id: CheckID = "stuck/load-balancer"
  let title = "Service gets no load balancer"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [Service.kind]
  let explanation = """
    The Service asks for a load balancer, and none has given it an address: no controller of load \
    balancers runs in the cluster, it ran out of addresses or quota, or it refuses the Service's \
    annotations. Nobody outside reaches the Service. It heals when the controller gives it an \
    address. \
    Verify: kubectl describe service NAME -n NAMESPACE
    """

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard service.type == .loadBalancer, service.loadBalancer.isEmpty,
      !service.metadata.isTerminating
    else { return [] }
    let complaint = cluster.newestWarning()
    return [
      Observation(
        "Service \(service.key.qualifiedName) has no load balancer"
          + (complaint.map { ": \($0.message.inOneLine)" } ?? ""),
        evidence: [
          Evidence(service.id, "spec.type", service.type.rawValue),
          Evidence(service.id, "status.loadBalancer.ingress", "none"),
        ] + (complaint.map { [$0.evidence] } ?? []),
        beginning: .notBefore(service.metadata.creationTimestamp)
      )
    ]
  }
}
