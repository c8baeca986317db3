package import KubernetesObjects

/// Builds records for tests, so that a test shows only what matters to it.
extension ObjectMetadata {
  package static func sample(
    _ name: String,
    namespace: String = "",
    uid: ObjectUID? = nil,
    created: Timestamp? = .noon,
    deleted: Timestamp? = nil,
    finalizers: [String] = [],
    owners: [OwnerReference] = []
  ) -> ObjectMetadata {
    var metadata = ObjectMetadata()
    metadata.name = name
    metadata.namespace = namespace
    metadata.uid = uid ?? ObjectUID("uid-\(namespace)-\(name)")
    metadata.creationTimestamp = created
    metadata.deletionTimestamp = deleted
    metadata.finalizers = finalizers
    metadata.ownerReferences = owners
    return metadata
  }
}

extension Timestamp {
  /// 2026-11-23, 12:00:00 UTC.
  package static let noon = Timestamp(millisecondsSince1970: 1_795_435_200_000)
}

extension Pod {
  package static func sample(
    _ name: String = "cart-1",
    namespace: String = "shop",
    uid: ObjectUID? = nil,
    node: String = "node-1",
    addresses: [String] = [],
    phase: Phase = .running,
    usesHostNetwork: Bool = false,
    created: Timestamp? = .noon,
    deleted: Timestamp? = nil,
    finalizers: [String] = [],
    owner: String? = nil
  ) -> Pod {
    let owners = owner.map {
      [
        OwnerReference(
          kind: ObjectKind("ReplicaSet", group: "apps"),
          name: $0,
          uid: ObjectUID("uid-\($0)")
        )
      ]
    }
    var pod = Pod(
      metadata: .sample(
        name,
        namespace: namespace,
        uid: uid,
        created: created,
        deleted: deleted,
        finalizers: finalizers,
        owners: owners ?? []
      )
    )
    pod.nodeName = node
    pod.phase = phase
    pod.usesHostNetwork = usesHostNetwork
    pod.addresses = addresses.compactMap(IPAddress.init)
    return pod
  }
}

extension Node {
  package static func sample(
    _ name: String = "node-1",
    uid: ObjectUID? = nil,
    ready: Condition.Status? = .isTrue,
    since: Timestamp? = .noon,
    reason: String = "",
    isUnschedulable: Bool = false,
    podCIDRs: [String] = []
  ) -> Node {
    var node = Node(metadata: .sample(name, uid: uid))
    node.conditions =
      ready.map {
        [Condition(type: "Ready", status: $0, reason: reason, lastTransitionTime: since)]
      } ?? []
    node.isUnschedulable = isUnschedulable
    node.podCIDRs = podCIDRs.compactMap(IPPrefix.init)
    return node
  }
}

extension PersistentVolume {
  package static func sample(
    _ name: String = "pv-1",
    phase: Phase = .bound,
    claim: String? = "data",
    reclaimPolicy: String = "Retain",
    since: Timestamp? = .noon
  ) -> PersistentVolume {
    var volume = PersistentVolume(metadata: .sample(name))
    volume.phase = phase
    volume.reclaimPolicy = reclaimPolicy
    volume.capacity = "10Gi"
    volume.lastPhaseTransitionTime = since
    volume.claim = claim.map { name in
      var reference = ClaimReference()
      reference.namespace = "shop"
      reference.name = name
      reference.uid = ObjectUID("uid-\(name)")
      return reference
    }
    return volume
  }
}

extension CustomResourceDefinition {
  package static func sample(
    plural: String = "widgets",
    kind: String = "Widget",
    group: String = "example.com",
    isServed: Bool = true,
    deleted: Timestamp? = nil
  ) -> CustomResourceDefinition {
    var definition = CustomResourceDefinition(
      metadata: .sample("\(plural).\(group)", deleted: deleted)
    )
    definition.definedKind = ObjectKind(kind, group: group)
    var version = CustomResourceDefinition.Version()
    version.name = "v1"
    version.isServed = isServed
    definition.versions = [version]
    return definition
  }
}

extension ResourceQuota {
  package static func sample(
    used: [String: String],
    hard: [String: String]
  ) -> ResourceQuota {
    var quota = ResourceQuota(metadata: .sample("compute", namespace: "shop"))
    quota.used = used.compactMapValues(Quantity.init)
    quota.hard = hard.compactMapValues(Quantity.init)
    return quota
  }
}

extension Lease {
  package static func sample(_ name: String = "node-1", renewed: Timestamp? = nil) -> Lease {
    var lease = Lease(metadata: .sample(name, namespace: "kube-node-lease"))
    lease.renewTime = renewed
    return lease
  }
}

extension ReplicaSet {
  package static func sample(_ name: String, namespace: String = "shop") -> ReplicaSet {
    ReplicaSet(metadata: .sample(name, namespace: namespace))
  }
}

extension CustomRecord {
  /// A custom resource `Widget.example.com`.
  package static func widget(
    _ name: String = "w1",
    namespace: String = "shop",
    deleted: Timestamp? = nil,
    finalizers: [String] = []
  ) -> CustomRecord {
    CustomRecord(
      resource: .widgets,
      metadata: .sample(name, namespace: namespace, deleted: deleted, finalizers: finalizers)
    )
  }
}

extension APIResource {
  package static let pods = APIResource(
    kind: Pod.kind,
    version: "v1",
    plural: "pods",
    isNamespaced: true,
    verbs: ["list", "watch"]
  )
  package static let nodes = APIResource(
    kind: Node.kind,
    version: "v1",
    plural: "nodes",
    isNamespaced: false,
    verbs: ["list", "watch"]
  )
  package static let volumes = APIResource(
    kind: PersistentVolume.kind,
    version: "v1",
    plural: "persistentvolumes",
    isNamespaced: false,
    verbs: ["list", "watch"]
  )
  package static let namespaces = APIResource(
    kind: Namespace.kind,
    version: "v1",
    plural: "namespaces",
    isNamespaced: false,
    verbs: ["list", "watch"]
  )
  package static let definitions = APIResource(
    kind: CustomResourceDefinition.kind,
    version: "v1",
    plural: "customresourcedefinitions",
    isNamespaced: false,
    verbs: ["list", "watch"]
  )
  package static let replicaSets = APIResource(
    kind: ObjectKind("ReplicaSet", group: "apps"),
    version: "v1",
    plural: "replicasets",
    isNamespaced: true,
    verbs: ["list", "watch"]
  )
  package static let widgets = APIResource(
    kind: ObjectKind("Widget", group: "example.com"),
    version: "v1",
    plural: "widgets",
    isNamespaced: true,
    verbs: ["list", "watch"]
  )
}

extension ObjectSnapshot {
  package init(
    _ record: any ObjectRecord,
    version: String = "1",
    projected: ProjectedFields? = nil
  ) {
    let version = ObjectVersion(resourceVersion: version)
    self.init(record: record, version: version, projected: projected)
  }
}
