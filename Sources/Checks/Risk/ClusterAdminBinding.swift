import Inspection
import KubernetesObjects

/// Finds those who may do anything in the cluster.
struct ClusterAdminBinding: Check {
  let id: CheckID = "risk/cluster-admin-binding"
  let title = "Somebody is cluster-admin"
  let severity = Severity.warning
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [ClusterRoleBinding.kind]
  let explanation = """
    A binding gives cluster-admin, which may do everything with everything, to somebody who is no part \
    of the cluster itself. An account of Pods with this role is a way from one broken container to \
    the whole cluster. It heals with a role that names what is needed. \
    Verify: kubectl get clusterrolebinding NAME -o yaml
    """

  func inspect(_ binding: ClusterRoleBinding, in cluster: ClusterView) -> [Observation] {
    guard binding.role.name == "cluster-admin" else { return [] }
    let subjects = binding.outsiders
    guard !subjects.isEmpty else { return [] }
    let names = subjects.map(\.text).joined(separator: ", ")
    return [
      Observation(
        "ClusterRoleBinding \(binding.metadata.name) makes cluster-admin of \(names)",
        evidence: [
          Evidence(binding.id, "roleRef.name", binding.role.name),
          Evidence(binding.id, "subjects", names),
        ],
        related: subjects.compactMap(\.vertex),
        beginning: .notBefore(binding.metadata.creationTimestamp)
      )
    ]
  }
}
