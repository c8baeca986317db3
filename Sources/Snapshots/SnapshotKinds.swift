import KubernetesObjects
import WireFormats

/// What a snapshot's objects tell of the kinds that its cluster served.
struct SnapshotKinds {
  /// A kind's names and scope as its definition tells them.
  private struct Definition {
    var version: String
    var plural: String
    var isNamespaced: Bool
  }

  /// The kinds that checks need to know of, and of which they read no more than their names.
  static let withoutRecord = [
    Gateway.classKind, PodTemplate.runtimeClassKind, StorageClass.driverKind,
    ObjectKind("VolumeSnapshot", group: "snapshot.storage.k8s.io"),
  ]

  /// The built-in kinds that are in no namespace.
  private static let clusterScoped: Set<String> = [
    "APIService", "CSIDriver", "CSINode", "CertificateSigningRequest", "ClusterRole",
    "ClusterRoleBinding", "ClusterTrustBundle", "ComponentStatus", "CustomResourceDefinition",
    "DeviceClass", "FlowSchema", "GatewayClass", "IPAddress", "IngressClass",
    "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
    "Namespace", "Node", "PersistentVolume", "PriorityClass", "PriorityLevelConfiguration",
    "ResourceSlice", "RuntimeClass", "ServiceCIDR", "StorageClass",
    "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration", "VolumeAttachment", "VolumeAttributesClass",
    "VolumeSnapshotClass", "VolumeSnapshotContent",
  ]

  private var definitions: [ObjectKind: Definition] = [:]

  init(_ objects: [SnapshotObject]) {
    for object in objects where object.kind == CustomResourceDefinition.kind {
      let spec = object.value["spec"]
      guard let name = spec?["names"]?["kind"]?.stringValue,
        let plural = spec?["names"]?["plural"]?.stringValue,
        let group = spec?["group"]?.stringValue
      else { continue }
      let version = spec?["versions"]?.arrayValue?.first?["name"]?.stringValue
      definitions[ObjectKind(name, group: group)] = Definition(
        version: version ?? "v1",
        plural: plural,
        isNamespaced: spec?["scope"]?.stringValue != "Cluster"
      )
    }
  }

  /// The resources of all kinds that are defined, whether there are objects of them or not.
  var definedResources: [APIResource] {
    definitions.map { resource(of: $0, version: $1.version, example: nil) }
  }

  /// The resource that a kind's objects are of; `example` is one of them.
  func resource(of kind: ObjectKind, version: String, example: SnapshotObject?) -> APIResource {
    APIResource(
      kind: kind,
      version: version,
      plural: definitions[kind]?.plural ?? Self.plural(of: kind.name),
      isNamespaced: isNamespaced(kind, example: example),
      verbs: ["list", "watch"]
    )
  }

  /// Whether a kind's objects are in namespaces: as its definition says, or as kubectl takes
  /// manifests that name no namespace.
  private func isNamespaced(_ kind: ObjectKind, example: SnapshotObject?) -> Bool {
    if let definition = definitions[kind] { return definition.isNamespaced }
    if Self.clusterScoped.contains(kind.name) { return false }
    return kind.isBuiltIn || ObjectDecoder.isTyped(kind)
      || example?.value["metadata"]?["namespace"] != nil
  }

  private static func plural(of name: String) -> String {
    let name = name.lowercased()
    if name.hasSuffix("s") || name.hasSuffix("x") || name.hasSuffix("ch") { return name + "es" }
    let isAfterConsonant = !"aeiou".contains(name.dropLast().last ?? "a")
    return name.hasSuffix("y") && isAfterConsonant ? name.dropLast() + "ies" : name + "s"
  }
}
