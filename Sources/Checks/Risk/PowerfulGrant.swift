import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds those who may give themselves further rights in the whole cluster.
struct PowerfulGrant: Check {
  let id: CheckID = "risk/powerful-role"
  let title = "Somebody may take further rights"
  let severity = Severity.warning
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [ClusterRole.kind, ClusterRoleBinding.kind]
  let explanation = """
    In all namespaces, the role lets somebody who is no part of the cluster act as others \
    (impersonate), write roles beyond their own rights (escalate), give away any role (bind), read \
    every Secret and so every token in one, or run commands in any Pod. Each is a way to more. \
    Bindings in one namespace, where teams do so every day, are left out, and cluster-admin has a check of its own. \
    Verify: kubectl get clusterrole ROLE -o yaml
    """

  func inspect(_ binding: ClusterRoleBinding, in cluster: ClusterView) -> [Observation] {
    guard binding.role.name != "cluster-admin" else { return [] }
    let subjects = binding.outsiders
    guard !subjects.isEmpty,
      let role = cluster.targets(over: .role).first?.presence.record as? ClusterRole
    else { return [] }
    let powers = Power.all.filter { power in role.rules.contains(where: power.isGiven) }
    guard !powers.isEmpty else { return [] }
    let names = subjects.map(\.text).joined(separator: ", ")
    return [
      Observation(
        "ClusterRoleBinding \(binding.metadata.name) lets \(names) "
          + powers.map(\.phrase).joined(separator: ", "),
        evidence: [
          Evidence(binding.id, "roleRef.name", binding.role.name),
          Evidence(binding.id, "subjects", names),
        ] + powers.map { Evidence(role.id, "rules", $0.rule) },
        related: [role.id] + subjects.compactMap(\.vertex),
        beginning: .notBefore(binding.metadata.creationTimestamp)
      )
    ]
  }
}

/// A right that leads to others.
private struct Power: Sendable {
  let phrase: String
  /// Any of the verbs on any of the resources gives it.
  let verbs: Set<String>
  let resources: Set<String>
  let group: String

  static let all = [
    Power(
      phrase: "act as others",
      verbs: ["impersonate"],
      resources: ["groups", "serviceaccounts", "users"],
      group: ""
    ),
    Power(
      phrase: "write roles beyond their own rights",
      verbs: ["escalate"],
      resources: ["clusterroles", "roles"],
      group: "rbac.authorization.k8s.io"
    ),
    Power(
      phrase: "give away any role",
      verbs: ["bind"],
      resources: ["clusterroles", "roles"],
      group: "rbac.authorization.k8s.io"
    ),
    Power(
      phrase: "read all Secrets",
      verbs: ["get", "list", "watch"],
      resources: ["secrets"],
      group: ""
    ),
    Power(
      phrase: "run commands in Pods",
      verbs: ["create"],
      resources: ["pods/attach", "pods/exec"],
      group: ""
    ),
  ]

  /// As in `get, list, watch on secrets`.
  var rule: String {
    "\(verbs.sorted().joined(separator: ", ")) on \(resources.sorted().joined(separator: ", "))"
  }

  /// Whether a rule gives it for all objects.
  func isGiven(by rule: PolicyRule) -> Bool {
    rule.resourceNames.isEmpty
      && rule.apiGroups.contains { $0 == "*" || $0 == group }
      && rule.verbs.contains { $0 == "*" || verbs.contains($0) }
      && rule.resources.contains { $0 == "*" || resources.contains($0) }
  }
}
