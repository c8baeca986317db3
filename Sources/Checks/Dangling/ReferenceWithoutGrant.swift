import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds routes and Gateways that name objects of another namespace which does not let them.
struct ReferenceWithoutGrant: Check {
  let id: CheckID = "dangling/gateway-grant"
  let title = "Reference into another namespace without a ReferenceGrant"
  let severity = Severity.warning
  let settles = Duration.seconds(30)
  let needs = [ReferenceGrant.kind]
  let explanation = """
    The Gateway API follows a reference into another namespace only if a ReferenceGrant there \
    allows it; without one, the backend or certificate counts as missing. Have the owner of the \
    other namespace create the ReferenceGrant. \
    Verify: kubectl get referencegrant -n NAMESPACE
    """

  func inspect(_ subject: GrantSubject, in cluster: ClusterView) -> [Observation] {
    let parties = cluster.referrers(over: .grant)
    let grants = parties.compactMap { $0.presence.record as? ReferenceGrant }
      .filter { !$0.metadata.isTerminating }
    return parties.flatMap { party -> [Observation] in
      guard let key = party.id.objectKey, let record = party.presence.record,
        !record.metadata.isTerminating
      else { return [] }
      return record.foreignTargets.filter { target in
        ReferenceGrant.vertex(key.kind, key.namespace, target.kind, target.namespace) == subject.id
          && !grants.contains { $0.allows(key, toName: target) }
          && cluster.isKnown(ReferenceGrant.kind, in: target.namespace)
      }.map { target in
        Observation(
          "\(key) names \(target), and no ReferenceGrant in namespace "
            + "\(target.namespace) lets it",
          evidence: [
            Evidence(party.id, record.foreignPath, target.qualifiedName)
          ],
          subject: party.id,
          related: [.object(target)] + grants.map { .object($0.key) },
          beginning: .notBefore(record.metadata.creationTimestamp),
          discriminator: target.description
        )
      }
    }
  }
}

extension ObjectRecord {
  /// What it names in another namespace and needs a grant for, in order.
  fileprivate var foreignTargets: [ObjectKey] {
    guard self is HTTPRoute || self is Gateway else { return [] }
    let targets = references.filter { $0.relation == .backend || $0.relation == .certificate }
      .compactMap(\.target.objectKey).filter { $0.namespace != metadata.namespace }
    return Set(targets).sorted()
  }

  fileprivate var foreignPath: String {
    self is HTTPRoute ? "spec.rules.backendRefs" : "spec.listeners.tls.certificateRefs"
  }
}
