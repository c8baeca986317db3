package import WireFormats

/// The part of `metadata` that KPatrol keeps of every object.
///
/// `resourceVersion` is not here: it changes with every write, and a record that equals the last
/// one must compare equal.
package struct ObjectMetadata: Hashable, Sendable {
  package var namespace = ""
  package var name = ""
  package var uid = ObjectUID.unset
  // Here it takes the room that `uid` leaves free.
  /// The version of the API that somebody last wrote the object in, where Kubernetes removes it.
  package var deprecatedVersion: DeprecatedVersion?
  /// Counts the changes of what the object asks for; 0 for kinds without.
  package var generation = 0
  @DenseTime package var creationTimestamp: Timestamp?
  /// When the object is expected to be gone, its grace period included.
  @DenseTime package var deletionTimestamp: Timestamp?
  package var labels = Labels()
  /// The annotations that checks read, none of which is large.
  package var annotations = Labels()
  package var finalizers: [String] = []
  /// Who set each finalizer (`metadata.managedFields`), while they hold up a deletion.
  @Unnoticed package var finalizerManagers = Labels()
  package var ownerReferences: [OwnerReference] = []

  package init() {}

  /// Whether deletion was asked for and has not ended.
  package var isTerminating: Bool { deletionTimestamp != nil }

  mutating func share(by pool: inout SharingPool) {
    pool.share(&namespace)
    pool.share(&labels)
    pool.share(&finalizers)
  }

  /// Whether an `old` one of the same object named the same.
  func namesTheSame(as old: ObjectMetadata) -> Bool {
    ownerReferences == old.ownerReferences && isTerminating == old.isTerminating
      && finalizers == old.finalizers
  }

  /// The owner that manages this object, if one does.
  package var controller: OwnerReference? { ownerReferences.first(where: \.isController) }
}

/// One entry of `metadata.ownerReferences`.
package struct OwnerReference: Hashable, Sendable {
  package var kind = ObjectKind("")
  package var name = ""
  package var uid = ObjectUID.unset
  package var isController = false

  package init(kind: ObjectKind, name: String, uid: ObjectUID, isController: Bool = true) {
    self.kind = kind
    self.name = name
    self.uid = uid
    self.isController = isController
  }
}

/// Message `meta.v1.ObjectMeta`.
private enum MetadataField: Int, WireField {
  case name = 1, namespace = 3, uid = 5, resourceVersion = 6
  case generation = 7, creationTimestamp = 8, deletionTimestamp = 9
  case labels = 11, annotations = 12, ownerReferences = 13, finalizers = 14
  case managedFields = 17

  static let fieldNames = FieldNames<Self>()
}

/// Message `meta.v1.OwnerReference`.
private enum OwnerField: Int, WireField {
  case kind = 1, name = 3, uid = 4, apiVersion = 5, controller = 6

  static let fieldNames = FieldNames<Self>()
}

extension ObjectMetadata {
  /// Reads `metadata`, and the object's version into `version`.
  package init(
    reading reader: inout FieldReader,
    version: inout ObjectVersion,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(MetadataField.self) {
      switch field {
      case .name: name = try reader.uncommonString()
      case .namespace: namespace = try reader.string()
      case .uid: uid = try reader.text { ObjectUID($0) }
      case .resourceVersion: version.resourceVersion = try reader.string()
      case .generation: generation = Int(truncatingIfNeeded: try reader.integer())
      case .labels: try labels.append(reading: &reader)
      case .annotations: try readAnnotations(from: &reader, besides: pool.keptAnnotations)
      case .creationTimestamp: creationTimestamp = try reader.timestamp()
      case .deletionTimestamp: deletionTimestamp = try reader.timestamp()
      case .ownerReferences:
        let owners = try pool.readOwners.value(from: &reader) { reader throws(WireError) in
          var owners: [OwnerReference] = []
          try reader.append(to: &owners) { reader throws(WireError) in
            try OwnerReference(reading: &reader)
          }
          return owners
        }
        // Protobuf brings them one by one.
        if ownerReferences.isEmpty { ownerReferences = owners } else { ownerReferences += owners }
      case .managedFields: try readManagedFields(from: &reader, version: &version)
      case .finalizers: try reader.append(to: &finalizers)
      }
    }
  }
}

extension ObjectMetadata {
  /// The annotations that are kept beside those that users name; the others may be of any size, and change at
  /// any time.
  private static let keptAnnotations: Set<String> = [
    "cert-manager.io/cluster-issuer", "cert-manager.io/issuer",
    "deployment.kubernetes.io/revision", "endpoints.kubernetes.io/last-change-trigger-time",
    "ingressclass.kubernetes.io/is-default-class",
    "kpatrol.io/heal", "kpatrol.io/mute", "kubernetes.io/config.mirror",
    "kubernetes.io/ingress.class",
    "kubernetes.io/service-account.name", "kubernetes.io/tls-acme",
    "nginx.ingress.kubernetes.io/canary", "storageclass.beta.kubernetes.io/is-default-class",
    "storageclass.kubernetes.io/is-default-class", "volume.kubernetes.io/selected-node",
  ]

  private mutating func readAnnotations(
    from reader: inout FieldReader,
    besides others: Set<String>
  ) throws(WireError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if Self.keptAnnotations.contains(key) || others.contains(key) {
        annotations[key] = try reader.string()
      } else {
        try reader.skip()
      }
    }
  }
}

extension OwnerReference {
  fileprivate init(reading reader: inout FieldReader) throws(WireError) {
    var kindName = ""
    var apiVersion = ""
    try reader.beginObject()
    while let field = try reader.nextField(OwnerField.self) {
      switch field {
      case .kind: kindName = try reader.string()
      case .name: name = try reader.string()
      case .uid: uid = try reader.text { ObjectUID($0) }
      case .apiVersion: apiVersion = try reader.string()
      case .controller: isController = try reader.boolean()
      }
    }
    kind = ObjectKind(kindName, apiVersion: apiVersion)
  }
}
