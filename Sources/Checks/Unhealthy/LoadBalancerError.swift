import Inspection
import KubernetesObjects

/// Finds load balancers that report that a port does not work.
struct LoadBalancerError: Check {
  let id: CheckID = "unhealthy/load-balancer"
  let title = "Load balancer's port does not work"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  /// Each of the kinds is inspected without the other.
  let needs: [ObjectKind] = []
  let explanation = """
    Whoever brings requests from outside to this object reports that it could not do so for a \
    port: the provider refused it, or another one has it. Requests to this port do not arrive. \
    Verify: kubectl get service NAME -n NAMESPACE -o jsonpath='{.status.loadBalancer}'
    """

  func inspect(_ subject: BalancedSubject, in cluster: ClusterView) -> [Observation] {
    guard !subject.loadBalancer.portErrors.isEmpty, !subject.metadata.isTerminating else {
      return []
    }
    let errors = subject.loadBalancer.portErrors
    return [
      Observation(
        "The load balancer of \(subject.key) reports an error: "
          + errors.joined(separator: ", "),
        evidence: errors.map {
          Evidence(subject.id, "status.loadBalancer.ingress.ports", $0)
        },
        beginning: .notBefore(subject.metadata.creationTimestamp)
      )
    ]
  }
}
