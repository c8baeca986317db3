package import KubernetesObjects
package import ObjectBuilders
import SimulatedCluster
package import WireFormats

/// Makes objects of all kinds that have any of the fields that the API's schema gives their kind, with values that an
/// API server would accept or nearly so.
package struct RandomObjects {
  private static let schema = ProtobufSchemaParser(ProtobufSchemaTable.text)

  /// Kinds of objects that are in no namespace.
  private static let clusterScoped: Set<String> = [
    "CSINode", "CertificateSigningRequest", "ClusterRole", "ClusterRoleBinding",
    "CustomResourceDefinition", "IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node",
    "PersistentVolume", "PriorityClass", "ServiceCIDR", "StorageClass",
    "ValidatingWebhookConfiguration",
    "VolumeAttachment",
  ]

  /// The kinds with records that the schema has, each with the name of its message.
  package static let kinds: [(message: String, resource: APIResource)] = Kinds.all.compactMap {
    let kind = $0.kind
    let group = kind.group.split(separator: ".").first ?? "core"
    let messages = ["v1", "v2"].map { "\(group).\($0).\(kind.name)" }
    guard let message = messages.last(where: { schema.indices[$0] != nil }) else { return nil }
    let resource = APIResource(
      kind: kind,
      version: "v1",
      plural: kind.name.lowercased() + "s",
      isNamespaced: !clusterScoped.contains(kind.name),
      verbs: ["list", "watch"]
    )
    return (message, resource)
  }

  /// Texts that mean something, by the names of the fields that hold them; `0` stands for a digit.
  private static let texts: [String: [String]] = [
    "accessModes": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
    "addresses": ["10.0.0.0", "fd00::0", "host-0.example.com"],
    "address": ["10.0.0.0", "fd00::0", "node-0"],
    "clusterIP": ["10.96.0.0", "None", ""], "clusterIPs": ["10.96.0.0", "fd00:1::0"],
    "externalIPs": ["192.0.2.0"], "hostIP": ["10.1.0.0", "fd00::0"], "ip": ["10.0.0.0", "fd00::0"],
    "podIP": ["10.0.0.0"], "podCIDR": ["10.0.0.0/24"], "podCIDRs": ["10.0.0.0/24", "fd00:0::/64"],
    "cidrs": ["10.96.0.0/16", "fd00:0::/108"],
    "loadBalancerIP": ["192.0.2.0"], "apiVersion": ["v1", "apps/v1", "example.com/v1"],
    "externalTrafficPolicy": ["Local", "Cluster"],
    "effect": ["NoSchedule", "NoExecute"], "operator": ["In", "NotIn", "Exists", "DoesNotExist"],
    "key": ["kubernetes.io/hostname", "zone"],
    "kind": ["Pod", "Node", "ReplicaSet", "Service", "Deployment", "Widget"],
    "phase": ["Pending", "Running", "Succeeded", "Failed", "Bound", "Released", "Terminating"],
    "policyTypes": ["Ingress", "Egress"], "protocol": ["TCP", "UDP"],
    "persistentVolumeReclaimPolicy": ["Delete", "Retain"],
    "reason": [
      "ContainerCreating", "CrashLoopBackOff", "FailedCreate", "FailedMount", "ImagePullBackOff",
      "PodInitializing", "ProgressDeadlineExceeded", "RunContainerError", "TooManyReplicas", "",
    ],
    "restartPolicy": ["Always", "OnFailure"], "schedule": ["0 * * * *", "*/5 * * * *", "@daily"],
    "status": ["True", "False", "Unknown"], "uid": ["01234567-89ab-4cde-8f01-23456789abc0"],
    "imageID": ["registry.example.com/a@sha256:" + String(repeating: "0", count: 64), "sha256:0"],
    "concurrencyPolicy": ["Allow", "Forbid"], "failurePolicy": ["Fail", "Ignore"],
    "type": [
      "Ready", "Initialized", "PodScheduled", "MemoryPressure", "Warning", "Normal", "ClusterIP",
      "ExternalName", "NodePort", "LoadBalancer", "InternalIP", "Hostname", "OnDelete", "Resource",
      "Approved", "Available", "Complete", "Utilization", "kubernetes.io/tls", "Accepted",
      "ContainersReady", "Established", "Failed", "NamesAccepted", "Programmed", "Progressing",
      "ReplicaFailure", "ScalingLimited",
    ],
    "podManagementPolicy": ["OrderedReady", "Parallel"],
    "volumeBindingMode": ["Immediate", "WaitForFirstConsumer"],
    "group": ["", "apps", "example.com"],
    "apiGroups": ["", "*", "apps"], "verbs": ["get", "*", "list"], "resources": ["pods", "*"],
  ]

  /// Keys that mean something, by the names of the maps that hold them.
  private static let keys: [String: [String]] = [
    "parameters": [
      "csi.storage.k8s.io/node-stage-secret-name",
      "csi.storage.k8s.io/node-stage-secret-namespace",
    ]
  ]

  /// Two certificates in PEM, as Base64: they end on 5 March and on 13 June 2027.
  private static let certificates: [String] = [
    """
    LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSFVNSUdIQWhSeWxqRFNIZDlzeVVCTXdNcHMrSld4N1Z2ZVNEQU\
    ZCZ01yWlhBd0RURUxNQWtHQTFVRUF3d0MKZERFd0hoY05Nall4TVRJMU1qTXhNelUxV2hjTk1qY3dNekExTWpNeE16\
    VTFXakFOTVFzd0NRWURWUVFEREFKMApNVEFxTUFVR0F5dGxjQU1oQU1TOStCRE1OYWVaWlB6b1FxQjVxZW1Ja1lzTW\
    UrQXlMWllVeWxiSjZ4dS9NQVVHCkF5dGxjQU5CQUVkaUJlZTV2ckx5RTZ0d3BFYmFRSXhpSVZhQVJ2akUvNUh1TUZV\
    RUVucVZ5c1dOWkJzRTFheUYKQTVmMlVtU3ZicDNmZEpwb2pGaHMwWnJkTlE0eDFRbz0KLS0tLS1FTkQgQ0VSVElGSU\
    NBVEUtLS0tLQo=
    """,
    """
    LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSFVNSUdIQWhSUlVlbDRrcnJLSWdmZzFjSW1nU2tlUnhwZnR6QU\
    ZCZ01yWlhBd0RURUxNQWtHQTFVRUF3d0MKZERJd0hoY05Nall4TVRJMU1qTXhNelUxV2hjTk1qY3dOakV6TWpNeE16\
    VTFXakFOTVFzd0NRWURWUVFEREFKMApNakFxTUFVR0F5dGxjQU1oQU1na28rTnhhTU5uYmZ3ZFpDWU42RUJNcEhHY1\
    UxeWVuMVF4b2NXUnJmcVBNQVVHCkF5dGxjQU5CQUFEWXBMTHV0cndYWkxqRWhpbXdCOFdUWEI4eFZIU1o1dkJXRTZK\
    c3U5cFdlZUNjS2JoZkx4T0sKYlpzR25TalhKc1R1anJxTUdCbUVOZUwxNXdBZWVBbz0KLS0tLS1FTkQgQ0VSVElGSU\
    NBVEUtLS0tLQo=
    """,
  ]

  /// Messages of which an object has but one member.
  private static let unions: Set<String> = [
    "core.v1.VolumeSource", "core.v1.PersistentVolumeSource", "core.v1.ContainerState",
    "core.v1.EnvVarSource", "autoscaling.v2.MetricSpec", "autoscaling.v2.MetricStatus",
    "networking.v1.IngressBackend", "core.v1.EnvFromSource",
    "core.v1.VolumeProjection",
  ]

  package var random: SeededGenerator

  package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// An object of one of ``kinds``.
  package mutating func object(_ message: String, of resource: APIResource) -> JSONValue {
    var object = value(of: message, depth: 0)
    object[path: "metadata", "managedFields"] = nil
    object[path: "metadata", "name"] = .string(name)
    object[path: "metadata", "namespace"] = resource.isNamespaced ? .string(namespace) : nil
    return object
  }

  /// A record of one of ``kinds``, read from JSON as any other.
  package mutating func snapshot(
    _ message: String,
    of resource: APIResource
  ) throws(WireError) -> ObjectSnapshot {
    try ObjectSnapshot(reading: object(message, of: resource), of: resource)
  }

  private var digit: Int { mutating get { Int.random(in: 0..<10, using: &random) } }

  /// Names are few, so that objects find each other.
  private var name: String {
    mutating get { ["a", "b", "c", "node-1", "pv-1", "cart"].randomElement(using: &random) ?? "" }
  }

  private var namespace: String {
    mutating get { ["shop", "payments"].randomElement(using: &random) ?? "" }
  }

  private mutating func value(of message: String, depth: Int) -> JSONValue {
    var object: [String: JSONValue] = [:]
    add(message, to: &object, depth: depth)
    return .object(object)
  }

  private mutating func add(_ message: String, to object: inout [String: JSONValue], depth: Int) {
    guard let index = Self.schema.indices[message], depth < 12 else { return }
    let entries = Self.schema.entries[index]
    let chosen = entries.indices.randomElement(using: &random)
    let isUnion = Self.unions.contains(message)
    for (index, entry) in entries.enumerated() where !isUnion || index == chosen {
      guard let name = entry.name else {
        add(entry.type, to: &object, depth: depth + 1)
        continue
      }
      guard Int.random(in: 0..<10, using: &random) < (depth < 2 ? 9 : 6) else { continue }
      let count = Int.random(in: 0...2, using: &random)
      if entry.isMap {
        let keys =
          switch entry.type {
          case "resource.Quantity": ["cpu", "memory", "storage"]
          case "y": ["tls.crt", "\(name)-b"]
          default: Self.keys[name] ?? ["\(name)-a", "\(name)-b"]
          }
        for key in keys.prefix(count + 1) {
          object[name, default: .object([:])][key] = value(entry, name, depth)
        }
      } else if entry.isRepeated {
        object[name] = .array((0..<count).map { _ in value(entry, name, depth) })
      } else {
        object[name] = value(entry, name, depth)
      }
    }
  }

  private mutating func value(
    _ entry: ProtobufSchemaParser.Entry,
    _ name: String,
    _ depth: Int
  ) -> JSONValue {
    switch entry.type {
    case "s": .string(text(name))
    case "i": .integer(Int64(digit))
    case "b": .boolean(Bool.random(using: &random))
    case "y":
      .string((["", "AA=="] + Self.certificates).randomElement(using: &random) ?? "")
    case "d": .number(0.5)
    case "meta.Time": .string("2026-11-23T12:00:0\(digit)Z")
    case "meta.MicroTime": .string("2026-11-23T12:00:0\(digit).123456Z")
    case "resource.Quantity":
      .string(["0", "\(digit)", "\(digit)00m", "\(digit)Gi"].randomElement(using: &random) ?? "")
    case "intstr.IntOrString":
      Bool.random(using: &random) ? .integer(Int64(digit)) : .string("\(digit)0%")
    case "meta.FieldsV1", "runtime.RawExtension", "apiextensions.v1.JSON": .object([:])
    // Schemas hold schemas for ever, and nobody reads them.
    case "apiextensions.v1.JSONSchemaProps": .object([:])
    default: value(of: entry.type, depth: depth + 1)
    }
  }

  private mutating func text(_ name: String) -> String {
    if name == "namespace" { return namespace }
    if name == "name" || name.hasSuffix("Name") { return self.name }
    let known = Self.texts[name]?.randomElement(using: &random)
    return (known ?? "\(name)-0").map { $0 == "0" ? "\(digit)" : String($0) }.joined()
  }
}
