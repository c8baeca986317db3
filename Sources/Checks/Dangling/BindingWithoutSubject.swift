import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds bindings that give a role to ServiceAccounts that do not exist.
struct BindingWithoutSubject: Check {
  let id: CheckID = "dangling/role-binding-subject"
  let title = "Binding gives a role to a ServiceAccount that does not exist"
  let severity = Severity.warning
  let settles = Duration.seconds(60)
  let needs = [ServiceAccount.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    Nobody has the role by this entry now, and whoever creates a ServiceAccount of this name in \
    that namespace gets it. Usual causes: an account that was removed or renamed, a namespace that \
    was mistyped. Remove the entry, or the binding if it has no other. \
    Verify: kubectl get serviceaccount NAME -n NAMESPACE
    """

  func inspect(_ binding: Binding, in cluster: ClusterView) -> [Observation] {
    guard !binding.metadata.isTerminating, !binding.isBootstrapped else { return [] }
    let accounts = cluster.targets(over: .subject).filter(\.presence.isAbsent).map(\.id)
    guard let first = accounts.first else { return [] }
    let more = accounts.count > 1 ? " and \(accounts.count - 1) more" : ""
    let verb = accounts.count > 1 ? "do" : "does"
    return [
      Observation(
        "\(binding.key.kind.name) \(binding.key.qualifiedName) gives "
          + "\(binding.role.kind.name) \(binding.role.name) to ServiceAccount "
          + "\(first.name)\(more), which \(verb) not exist",
        evidence: accounts.prefix(10).map { Evidence(binding.id, "subjects", $0.description) },
        related: Array(accounts.prefix(10)),
        remedies: accounts.count == binding.subjects.count ? ["delete-object"] : [],
        beginning: .notBefore(binding.metadata.creationTimestamp)
      )
    ]
  }
}
