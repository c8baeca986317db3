import KubernetesObjects

/// Roles, bindings and subjects that a cluster comes with.
extension ObjectMetadata {
  /// Whether a role or a binding is one of those that the API server sees to, or is named like them.
  var isBuiltInAccess: Bool {
    name.hasPrefix("system:") || name.hasPrefix("kubeadm:")
      || labels["kubernetes.io/bootstrapping"] == "rbac-defaults"
      || SystemNamespaces.contains(namespace)
  }
}

extension RoleSubject {
  /// The groups that everybody is in, whatever else they are.
  private static let everybody: Set<String> = [
    "system:authenticated", "system:serviceaccounts", "system:unauthenticated",
  ]
  private static let administrators: Set<String> = ["kubeadm:cluster-admins", "system:masters"]

  /// Whether it is a part of the cluster itself, or its administrators' own group.
  var isBuiltInAccess: Bool {
    switch kind {
    case "ServiceAccount": SystemNamespaces.contains(namespace)
    case "Group":
      Self.administrators.contains(name)
        || name.hasPrefix("system:") && !Self.everybody.contains(name)
          && !name.hasPrefix("system:serviceaccounts:")
    default: name.hasPrefix("system:") && name != "system:anonymous"
    }
  }

  /// As in `ServiceAccount infra/runner`.
  var text: String { namespace.isEmpty ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)" }

  /// The account's vertex, where it is one.
  var vertex: VertexID? {
    guard kind == "ServiceAccount" else { return nil }
    return .object(ObjectKey(ServiceAccount.kind, namespace: namespace, name: name))
  }
}

extension ClusterRoleBinding {
  /// Those that it gives the role to and that do not belong to the cluster itself.
  var outsiders: [RoleSubject] {
    metadata.isTerminating || metadata.isBuiltInAccess
      ? [] : subjects.filter { !$0.isBuiltInAccess }
  }
}
