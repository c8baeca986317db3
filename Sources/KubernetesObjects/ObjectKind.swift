/// A kind of object within its API group, whatever its version: `Pod`, `Deployment.apps`.
package struct ObjectKind: Hashable, Sendable {
  /// The API group; empty for the core group.
  package let group: String
  package let name: String

  package init(_ name: String, group: String = "") {
    self.name = name
    self.group = group
  }

  /// The kind that an `apiVersion` and `kind` pair names, as in an owner reference.
  package init(_ name: String, apiVersion: String) {
    self.name = name
    group = apiVersion.split(separator: "/").dropLast().first.map(String.init) ?? ""
  }

  /// Hashes the name alone, which hardly ever occurs in two groups.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Whether the API server itself serves this kind, without a custom resource definition.
  package var isBuiltIn: Bool { Self.builtInGroups.contains(group) }

  /// Whether this is a built-in kind whose objects are in no namespace.
  package var isClusterScoped: Bool { Self.clusterScopedKinds.contains(self) }

  /// The built-in kinds whose objects are in no namespace (Kubernetes 1.36).
  private static let clusterScopedKinds: Set<ObjectKind> = [
    ("", ["ComponentStatus", "Namespace", "Node", "PersistentVolume"]),
    (
      "admissionregistration.k8s.io",
      [
        "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
        "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
      ]
    ),
    ("apiextensions.k8s.io", ["CustomResourceDefinition"]),
    ("apiregistration.k8s.io", ["APIService"]),
    ("certificates.k8s.io", ["CertificateSigningRequest", "ClusterTrustBundle"]),
    ("flowcontrol.apiserver.k8s.io", ["FlowSchema", "PriorityLevelConfiguration"]),
    ("internal.apiserver.k8s.io", ["StorageVersion"]),
    ("networking.k8s.io", ["IPAddress", "IngressClass", "ServiceCIDR"]),
    ("node.k8s.io", ["RuntimeClass"]),
    ("rbac.authorization.k8s.io", ["ClusterRole", "ClusterRoleBinding"]),
    ("resource.k8s.io", ["DeviceClass", "DeviceTaintRule", "ResourceSlice"]),
    ("scheduling.k8s.io", ["PriorityClass"]),
    (
      "storage.k8s.io",
      ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"]
    ),
    ("storagemigration.k8s.io", ["StorageVersionMigration"]),
  ].reduce(into: []) { kinds, group in
    for name in group.1 { kinds.insert(ObjectKind(name, group: group.0)) }
  }

  /// The groups that kube-apiserver registers (Kubernetes 1.36).
  private static let builtInGroups: Set<String> = [
    "", "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps",
    "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
    "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
    "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io",
    "node.k8s.io", "policy", "rbac.authorization.k8s.io", "resource.k8s.io",
    "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
  ]
}

extension ObjectKind: Comparable, CustomStringConvertible {
  package static func < (left: Self, right: Self) -> Bool {
    (left.name, left.group) < (right.name, right.group)
  }

  package var description: String { group.isEmpty ? name : "\(name).\(group)" }
}
