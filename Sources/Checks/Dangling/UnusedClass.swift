import Inspection
import KubernetesObjects

/// Finds classes of Ingresses and Gateways that nobody asks for.
struct UnusedClass: Check {
  let id: CheckID = "dangling/gateway-class-unused"
  let title = "Class that no Ingress or Gateway asks for"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [Ingress.kind, IngressClass.kind]
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    A controller serves this class, and no object is of it. It may be left over from a controller \
    that was replaced, which then still runs for nothing. \
    Verify: kubectl get ingress,gateway -A
    """

  /// Classes that implementations make for themselves, and make again.
  private static let implied: Set<String> = ["cilium", "istio", "istio-remote", "istio-waypoint"]
  private static let impliedPrefix = "gke-"

  func inspect(_ subject: ClassSubject, in cluster: ClusterView) -> [Observation] {
    let relation: Relation = subject.isOfGateways ? .gatewayClass : .ingressClass
    let user = subject.isOfGateways ? Gateway.kind : Ingress.kind
    guard !subject.isDefault, !subject.metadata.isTerminating,
      !cluster.hasReferrer(over: relation), !cluster.hasReferrer(over: .mention),
      !subject.isOfGateways || !Self.isImplied(subject.metadata.name),
      cluster.isKnown(user)
    else { return [] }
    return [
      Observation(
        "No \(user.name) is of \(subject.key.kind.name) \(subject.metadata.name)",
        evidence: [Evidence(subject.id, "metadata.name", subject.metadata.name)],
        beginning: .notBefore(subject.metadata.creationTimestamp)
      )
    ]
  }

  private static func isImplied(_ name: String) -> Bool {
    implied.contains(name) || name.hasPrefix(impliedPrefix)
  }
}
