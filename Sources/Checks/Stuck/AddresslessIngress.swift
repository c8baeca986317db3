import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Ingresses that no controller has given an address.
struct AddresslessIngress: Check {
  let id: CheckID = "stuck/ingress"
  let title = "Ingress has no address"
  let severity = Severity.info
  let settles = Duration.seconds(600)
  let needs = [Ingress.kind]
  let facts: [any DerivedFact.Type] = [AddressPublishing.self]
  let explanation = """
    A controller that serves an Ingress writes where it takes requests into its status. Here it \
    says nothing: the controller does not run, does not take the Ingress for its own, or fails to \
    make a load balancer. Some controllers never publish addresses; where none of several \
    Ingresses of a class has one, this check is silent. It heals when the controller serves the \
    Ingress. \
    Verify: kubectl describe ingress NAME -n NAMESPACE
    """

  func inspect(_ ingress: Ingress, in cluster: ClusterView) -> [Observation] {
    guard ingress.loadBalancer.isEmpty, !ingress.metadata.isTerminating else { return [] }
    let ingressClass = cluster.targets(over: .ingressClass).first
    if let ingressClass, let fact = cluster.fact(AddressPublishing.self, of: ingressClass),
      fact.isUncommon
    {
      return []
    }
    let complaint = cluster.newestWarning()
    let name = ingress.className.isEmpty ? "none" : ingress.className
    return [
      Observation(
        "Ingress \(ingress.key.qualifiedName) has no address"
          + (complaint.map { ": \($0.message.inOneLine)" } ?? ""),
        evidence: [
          Evidence(ingress.id, "status.loadBalancer.ingress", "none"),
          Evidence(ingress.id, "spec.ingressClassName", name),
        ] + (complaint.map { [$0.evidence] } ?? []),
        related: ingressClass.map { [$0.id] } ?? [],
        beginning: .notBefore(ingress.metadata.creationTimestamp)
      )
    ]
  }
}
