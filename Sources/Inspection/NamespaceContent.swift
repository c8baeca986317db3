package import KubernetesObjects

/// What makes a namespace more than an empty one.
package enum NamespaceContent {
  /// What may be read only in part must not look empty.
  package static let kinds = [
    Pod.kind, Service.kind, PersistentVolumeClaim.kind, ConfigMap.kind, Secret.kind,
    Deployment.kind, StatefulSet.kind, DaemonSet.kind, CronJob.kind,
  ]

  /// Kubernetes' own, which are there whether needed or not.
  private static let wellKnown: Set<String> = [
    "default", "kube-node-lease", "kube-public", "kube-system",
  ]

  /// Rules about what might come, and traces of what was.
  private static let furniture: Set<String> = [
    "Endpoints", "EndpointSlice", "Event", "Lease", "LimitRange", "NetworkPolicy",
    "ResourceQuota", "Role", "RoleBinding", "ServiceAccount",
  ]

  /// What controllers put in each namespace.
  private static let given: Set<String> = [
    "istio-ca-root-cert", "kube-root-ca.crt", "openshift-service-ca.crt",
  ]

  /// Whether the namespace belongs to Kubernetes or its distribution.
  package static func isWellKnown(_ namespace: String) -> Bool {
    wellKnown.contains(namespace) || namespace.hasPrefix("openshift")
  }

  /// Whether an object of this kind and name is content.
  package static func includes(_ kind: ObjectKind, _ name: String) -> Bool {
    if furniture.contains(kind.name), kind.isBuiltIn { return false }
    return !(kind == ConfigMap.kind && given.contains(name))
  }
}
