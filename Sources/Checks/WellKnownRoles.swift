import KubernetesObjects

/// Roles that are meant to be there although no binding of the cluster gives them.
enum WellKnownRoles {
  /// For people, whom bindings elsewhere or later give them (Kubernetes' user-facing roles).
  private static let userFacing: Set<String> = ["admin", "cluster-admin", "edit", "view"]

  /// How scaffolds of operators call the roles that they make for people and for Prometheus.
  private static let scaffolded = [
    "-admin-role", "-editor-role", "-metrics-reader", "-viewer-role",
  ]

  static func isExpected(_ metadata: ObjectMetadata) -> Bool {
    metadata.name.hasPrefix("system:") || userFacing.contains(metadata.name)
      || metadata.labels["kubernetes.io/bootstrapping"] != nil
      // Other roles are made of its rules.
      || metadata.labels.all.contains { $0.key.contains("aggregate-to") }
      // Whoever owns it knows when it is needed.
      || !metadata.ownerReferences.isEmpty
      || scaffolded.contains { metadata.name.hasSuffix($0) }
  }
}
