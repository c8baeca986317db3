/// A group and version of the built-in API that Kubernetes stopped serving, or will, for some kinds.
///
/// Which of them an object was written in is one byte of its record.
package struct DeprecatedVersion: Hashable, Sendable, CustomStringConvertible {
  /// The release that no longer serves some kinds of a version.
  private struct Removal: Sendable {
    let version: String
    /// None for all kinds of the version.
    let kinds: Set<String>
    let minor: Int

    init(_ version: String, _ kinds: Set<String>, in minor: Int) {
      self.version = version
      self.kinds = kinds
      self.minor = minor
    }
  }

  /// Sources: kubernetes.io, "Deprecated API Migration Guide"; for those to come, what the API's types
  /// declare (`zz_generated.prerelease-lifecycle.go`).
  private static let removals = [
    Removal("extensions/v1beta1", ["Ingress"], in: 22),
    Removal("extensions/v1beta1", [], in: 16),
    Removal("apps/v1beta1", [], in: 16),
    Removal("apps/v1beta2", [], in: 16),
    Removal(
      "admissionregistration.k8s.io/v1beta1",
      [
        "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
      ],
      in: 22
    ),
    Removal(
      "admissionregistration.k8s.io/v1beta1",
      [
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
      ],
      in: 34
    ),
    Removal(
      "admissionregistration.k8s.io/v1beta1",
      [
        "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
      ],
      in: 40
    ),
    Removal("apiextensions.k8s.io/v1beta1", [], in: 22),
    Removal("apiregistration.k8s.io/v1beta1", [], in: 22),
    Removal("certificates.k8s.io/v1beta1", ["CertificateSigningRequest"], in: 22),
    Removal("certificates.k8s.io/v1beta1", ["ClusterTrustBundle"], in: 39),
    Removal("certificates.k8s.io/v1beta1", ["PodCertificateRequest"], in: 41),
    Removal("coordination.k8s.io/v1beta1", ["Lease"], in: 22),
    Removal("coordination.k8s.io/v1beta1", ["LeaseCandidate"], in: 39),
    Removal("networking.k8s.io/v1beta1", ["Ingress", "IngressClass"], in: 22),
    Removal("networking.k8s.io/v1beta1", ["IPAddress", "ServiceCIDR"], in: 37),
    Removal("rbac.authorization.k8s.io/v1beta1", [], in: 22),
    Removal("rbac.authorization.k8s.io/v1alpha1", [], in: 22),
    Removal("scheduling.k8s.io/v1beta1", ["PriorityClass"], in: 22),
    Removal(
      "storage.k8s.io/v1beta1",
      [
        "CSIDriver", "CSINode", "StorageClass", "VolumeAttachment",
      ],
      in: 22
    ),
    Removal("storage.k8s.io/v1beta1", ["CSIStorageCapacity"], in: 27),
    Removal("storage.k8s.io/v1beta1", ["VolumeAttributesClass"], in: 37),
    Removal("batch/v1beta1", [], in: 25),
    Removal("discovery.k8s.io/v1beta1", [], in: 25),
    Removal("events.k8s.io/v1beta1", [], in: 25),
    Removal("node.k8s.io/v1beta1", [], in: 25),
    Removal("policy/v1beta1", [], in: 25),
    Removal("autoscaling/v2beta1", [], in: 25),
    Removal("autoscaling/v2beta2", [], in: 26),
    Removal("flowcontrol.apiserver.k8s.io/v1beta1", [], in: 26),
    Removal("flowcontrol.apiserver.k8s.io/v1beta2", [], in: 29),
    Removal("flowcontrol.apiserver.k8s.io/v1beta3", [], in: 32),
    Removal("resource.k8s.io/v1beta1", [], in: 38),
    Removal("resource.k8s.io/v1beta2", [], in: 39),
  ]

  private static let versions = removals.map(\.version).enumerated()
    .filter { place, version in !removals[..<place].contains { $0.version == version } }
    .map(\.element)
  private static let positions = Dictionary(
    uniqueKeysWithValues: versions.enumerated().map { ($1, UInt8($0)) }
  )

  private let position: UInt8

  /// `nil` for a version of which everything is served and will be.
  package init?(_ apiVersion: String) {
    // Stable versions of the core group and their like are far the most.
    guard apiVersion.utf8.count >= 12, let position = Self.positions[apiVersion] else { return nil }
    self.position = position
  }

  package var description: String { Self.versions[Int(position)] }

  /// The release that no longer serves a kind in this version; `nil` where none is known.
  package func removal(of kind: ObjectKind) -> KubernetesVersion? {
    let removal = Self.removals.first { removal in
      removal.version == description && (removal.kinds.isEmpty || removal.kinds.contains(kind.name))
    }
    return removal.map { KubernetesVersion(major: 1, minor: $0.minor) }
  }
}
