import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Ingresses whose class does not exist.
struct IngressWithoutClass: Check {
  let id: CheckID = "dangling/ingress-class"
  let title = "Ingress of a class that does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Ingress.kind, IngressClass.kind]
  let explanation = """
    The Ingress asks for a class for which there is no IngressClass, so no controller takes it and \
    none of its hosts is served. Install the controller, or name one of the classes that exist. \
    Verify: kubectl get ingressclass
    """

  func inspect(_ ingress: Ingress, in cluster: ClusterView) -> [Observation] {
    guard !ingress.className.isEmpty, !ingress.metadata.isTerminating,
      // A controller that has taken it knows the class.
      ingress.loadBalancer.isEmpty,
      let missing = cluster.targets(over: .ingressClass).first(where: {
        $0.presence.isAbsent && $0.id.name == ingress.className
      })
    else { return [] }
    return [
      Observation(
        "Ingress \(ingress.key.qualifiedName) is of class \(ingress.className), "
          + "which does not exist",
        evidence: [Evidence(ingress.id, "spec.ingressClassName", ingress.className)],
        related: [missing.id],
        beginning: .notBefore(ingress.metadata.creationTimestamp)
      )
    ]
  }
}
