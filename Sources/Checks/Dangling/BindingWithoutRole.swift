import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds bindings that give a role that does not exist.
struct BindingWithoutRole: Check {
  let id: CheckID = "dangling/role-binding-role"
  let title = "Binding gives a role that does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [ClusterRole.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The binding allows nothing, so its subjects are refused what they were promised. And whoever \
    creates a role of this name later gives it to them unawares. Create the role, or delete the \
    binding; a binding's roleRef cannot be changed. \
    Verify: kubectl describe rolebinding NAME -n NAMESPACE
    """

  func inspect(_ binding: Binding, in cluster: ClusterView) -> [Observation] {
    guard let role = cluster.targets(over: .role).first, role.presence.isAbsent,
      !binding.metadata.isTerminating
    else { return [] }
    return [
      Observation(
        "\(binding.key.kind.name) \(binding.key.qualifiedName) gives "
          + "\(binding.role.kind.name) \(binding.role.name), which does not exist",
        evidence: [
          Evidence(binding.id, "roleRef.kind", binding.role.kind.name),
          Evidence(binding.id, "roleRef.name", binding.role.name),
        ],
        related: [role.id],
        beginning: .notBefore(binding.metadata.creationTimestamp)
      )
    ]
  }
}
