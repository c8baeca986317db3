import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Gateways, their classes and routes that no controller takes on, or that it refuses.
struct StuckGateway: Check {
  let id: CheckID = "stuck/gateway"
  let title = "Gateway or route is not accepted"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let needs: [ObjectKind] = []
  let explains: [Explanation] = [
    .referrers(over: .gatewayClass), .referrers(over: .gateway),
    .sameSubject("unhealthy/condition"),
  ]
  let explanation = """
    The Gateway API tells by conditions what becomes of an object. Here one says no: the \
    controller does not accept the object, has not programmed its data plane, or a reference of \
    it does not resolve, often because a namespace or label is not allowed or a ReferenceGrant is \
    missing. Traffic does not flow as it is written there. Conditions that stay Unknown mean that \
    no controller looks at the object at all. It heals when the condition becomes true. \
    Verify: kubectl describe httproute NAME -n NAMESPACE
    """

  private static let types: Set<String> = ["Accepted", "Programmed", "ResolvedRefs"]

  func inspect(_ subject: GatewaySubject, in cluster: ClusterView) -> [Observation] {
    guard !subject.metadata.isTerminating else { return [] }
    // A route has the conditions of each of its parents.
    let trouble = subject.conditions.filter {
      Self.types.contains($0.type) && $0.status != .isTrue
    }
    return Set(trouble.map(\.type)).sorted().compactMap { type in
      guard let condition = trouble[type] else { return nil }
      let why = condition.why.isEmpty ? condition.status.rawValue : condition.why
      return Observation(
        "\(subject.record.kind.name) \(subject.record.key.qualifiedName) is not \(type): \(why)",
        evidence: [condition.evidence(of: subject.id)],
        related: [Relation.gatewayClass, .gateway].flatMap { cluster.targets(over: $0) }.map(\.id),
        beginning: condition.since(subject.metadata),
        discriminator: type
      )
    }
  }
}
