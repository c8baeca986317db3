import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds NetworkPolicies that select no Pod, or mean a namespace that does not exist.
struct PolicyWithoutPod: Check {
  let id: CheckID = "dangling/network-policy"
  let title = "NetworkPolicy is about nothing"
  let severity = Severity.info
  let settles = Duration.seconds(600)
  let needs = [NetworkPolicy.kind, Pod.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The podSelector matches no Pod, so the policy protects nothing, or a rule is about a namespace \
    that does not exist, so it allows nothing. Usual causes: a label or namespace that was renamed, \
    a workload that was removed. Until somebody looks, Pods may be open that seem to be closed. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR
    """

  func inspect(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    guard !policy.metadata.isTerminating else { return [] }
    return withoutPod(policy, in: cluster) + withoutPeer(policy, in: cluster)
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
