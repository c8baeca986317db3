import Inspection
import KubernetesObjects

/// Finds ClusterRoles that no binding gives to anybody.
struct UnusedClusterRole: Check {
  let id: CheckID = "dangling/cluster-role"
  let title = "ClusterRole that nobody has"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [ClusterRole.kind, ClusterRoleBinding.kind, RoleBinding.kind]
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    Neither a ClusterRoleBinding nor a RoleBinding of any namespace gives this ClusterRole to \
    anybody, and no other role is made of its rules. It is probably left over from software that \
    was removed. Verify: kubectl get clusterrolebindings,rolebindings -A -o wide
    """

  func inspect(_ role: ClusterRole, in cluster: ClusterView) -> [Observation] {
    guard !cluster.hasReferrer(over: .role), !cluster.hasReferrer(over: .mention),
      !role.metadata.isTerminating, !WellKnownRoles.isExpected(role.metadata),
      cluster.isKnown(RoleBinding.kind), cluster.isKnown(ClusterRoleBinding.kind)
    else { return [] }
    return [
      Observation(
        "No binding gives ClusterRole \(role.metadata.name) to anybody",
        evidence: [Evidence(role.id, "metadata.name", role.metadata.name)],
        beginning: .notBefore(role.metadata.creationTimestamp)
      )
    ]
  }
}
