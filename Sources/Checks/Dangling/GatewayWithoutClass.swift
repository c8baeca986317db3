import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Gateways whose class does not exist.
struct GatewayWithoutClass: Check {
  let id: CheckID = "dangling/gateway-class"
  let title = "Gateway of a class that does not exist"
  let severity = Severity.warning
  let settles = Duration.seconds(30)
  let needs = [Gateway.kind, Gateway.classKind]
  let explains: [Explanation] = [.sameSubject("stuck/gateway"), .referrers(over: .gateway)]
  let explanation = """
    No controller takes a Gateway without a class, so none of its listeners is opened and none of \
    its routes is served. Install the implementation, or name one of the classes that exist. \
    Verify: kubectl get gatewayclass
    """

  func inspect(_ gateway: Gateway, in cluster: ClusterView) -> [Observation] {
    guard !gateway.metadata.isTerminating,
      let missing = cluster.targets(over: .gatewayClass).first, missing.presence.isAbsent
    else { return [] }
    return [
      Observation(
        "Gateway \(gateway.key.qualifiedName) is of class \(gateway.className), "
          + "which does not exist",
        evidence: [Evidence(gateway.id, "spec.gatewayClassName", gateway.className)],
        related: [missing.id],
        beginning: .notBefore(gateway.metadata.creationTimestamp)
      )
    ]
  }
}
