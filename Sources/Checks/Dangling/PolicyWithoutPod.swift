import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds NetworkPolicies that select no Pod, or mean Pods or a namespace that do not exist.
struct PolicyWithoutPod: Check {
  let id: CheckID = "dangling/network-policy"
  let title = "NetworkPolicy is about nothing"
  let severity = Severity.info
  let settles = Duration.seconds(600)
  let needs = [NetworkPolicy.kind, Pod.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The podSelector matches no Pod, so the policy protects nothing, or a rule is about a namespace \
    or Pods that do not exist, so it allows nothing. Usual causes: a label or namespace that was renamed, \
    a workload that was removed. Until somebody looks, Pods may be open that seem to be closed. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR
    """

  func inspect(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    guard !policy.metadata.isTerminating else { return [] }
    return withoutPod(policy, in: cluster) + withoutPeer(policy, in: cluster)
      + withoutPeerPod(policy, in: cluster)
  }

  private func withoutPod(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    // One that selects everything is the namespace's default, whatever is in it.
    guard !policy.podSelector.isEmpty, !cluster.selects(where: { _ in true }),
      cluster.isKnown(Pod.kind, in: policy.metadata.namespace)
    else { return [] }
    return [
      Observation(
        "NetworkPolicy \(policy.key.qualifiedName) selects no Pod",
        evidence: [
          Evidence(policy.id, "spec.podSelector", policy.podSelector.description)
        ],
        beginning: .notBefore(policy.metadata.creationTimestamp)
      )
    ]
  }

  private func withoutPeerPod(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    let absent = Set(
      cluster.targets(over: .peerNamespace).filter(\.presence.isAbsent).map(\.id.name)
    )
    var seen: Set<Selection> = []
    return policy.selections.filter(\.isOfPeers).compactMap { peers in
      let namespace = peers.namespace ?? policy.metadata.namespace
      guard !cluster.hasPeers(peers.selector, in: namespace), !absent.contains(namespace),
        seen.insert(peers).inserted, cluster.isKnown(Pod.kind, in: namespace)
      else { return nil }
      return Observation(
        "NetworkPolicy \(policy.key.qualifiedName) is about connections with Pods "
          + "\(peers.selector) of namespace \(namespace), and there are none",
        evidence: [Evidence(policy.id, peers.path, peers.selector.description)],
        remedies: [],
        beginning: .notBefore(policy.metadata.creationTimestamp),
        discriminator: "\(peers.path) \(namespace) \(peers.selector)"
      )
    }
  }

  private func withoutPeer(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    cluster.targets(over: .peerNamespace).filter(\.presence.isAbsent).map { namespace in
      Observation(
        "NetworkPolicy \(policy.key.qualifiedName) is about connections with namespace "
          + "\(namespace.id.name), which does not exist",
        evidence: [
          Evidence(policy.id, "spec.*.namespaceSelector", namespace.id.name)
        ],
        related: [namespace.id],
        remedies: [],
        beginning: .notBefore(policy.metadata.creationTimestamp),
        discriminator: namespace.id.name
      )
    }
  }
}
