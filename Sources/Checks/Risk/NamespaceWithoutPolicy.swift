import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds namespaces whose Pods everybody in the cluster may reach.
struct NamespaceWithoutPolicy: Check {
  let id: CheckID = "risk/no-network-policy"
  let title = "Namespace without a network policy"
  let severity = Severity.info
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [Namespace.kind, NetworkPolicy.kind, Pod.kind]
  let facts: [any DerivedFact.Type] = [PolicyCoverage.self]
  let explanation = """
    Pods run in the namespace, and no NetworkPolicy is for any of them: every Pod of the cluster may \
    connect to them, and they to everything. It heals with a policy that denies all, and others that \
    allow what is needed. Clusters with policies of their network plugin's own kind (Cilium, Calico) \
    are left out, since these are not read. \
    Verify: kubectl get networkpolicies -n NAME
    """

  func inspect(_ namespace: Namespace, in cluster: ClusterView) -> [Observation] {
    guard !namespace.metadata.isTerminating,
      !SystemNamespaces.contains(namespace.metadata.name),
      !cluster.surroundings.usesForeignPolicies,
      cluster.hasReferrer(over: .namespace, where: { kind, _ in kind == Pod.kind }),
      cluster.isKnown(NetworkPolicy.kind)
    else { return [] }
    let policies = cluster.referrers(over: .isolation)
    let isCovered = policies.contains { policy in
      cluster.fact(PolicyCoverage.self, of: policy)?.selectsAny == true
    }
    guard !isCovered else { return [] }
    return [
      Observation(
        "Namespace \(namespace.metadata.name) runs Pods and has no network policy"
          + (policies.isEmpty ? "" : " for any of them"),
        evidence: [Evidence(namespace.id, "NetworkPolicies", "\(policies.count)")],
        related: policies.map(\.id),
        beginning: .notBefore(namespace.metadata.creationTimestamp)
      )
    ]
  }
}
