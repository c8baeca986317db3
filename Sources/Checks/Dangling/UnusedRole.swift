import Inspection
import KubernetesObjects

/// Finds Roles that no binding gives to anybody.
struct UnusedRole: Check {
  let id: CheckID = "dangling/role"
  let title = "Role that nobody has"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [Role.kind, RoleBinding.kind]
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    No RoleBinding of its namespace gives this Role to anybody. It allows nothing to anybody, and \
    waits for a binding that gives more than somebody thinks. \
    Verify: kubectl get rolebindings -n NAMESPACE -o wide
    """

  func inspect(_ role: Role, in cluster: ClusterView) -> [Observation] {
    guard !cluster.hasReferrer(over: .role), !cluster.hasReferrer(over: .mention),
      !role.metadata.isTerminating, !WellKnownRoles.isExpected(role.metadata),
      cluster.isKnown(RoleBinding.kind, in: role.metadata.namespace)
    else { return [] }
    return [
      Observation(
        "No RoleBinding gives Role \(role.key.qualifiedName) to anybody",
        evidence: [Evidence(role.id, "metadata.name", role.metadata.name)],
        beginning: .notBefore(role.metadata.creationTimestamp)
      )
    ]
  }
}
