package import WireFormats

/// A PersistentVolume, as far as checks read it.
package struct PersistentVolume: TypedRecord {
  package enum Phase: String, Sendable {
    case pending = "Pending"
    case available = "Available"
    case bound = "Bound"
    case released = "Released"
    case failed = "Failed"
    case unknown = ""
  }

  /// The claim that a volume is, or was, bound to.
  package struct ClaimReference: Hashable, Sendable {
    package var namespace = ""
    package var name = ""
    package var uid = ObjectUID.unset

    package init() {}
  }

  /// What a volume is stored in, where it is known what tells it from others.
  package enum Source: Hashable, Sendable {
    case csi(driver: String, handle: String)
    case networkFiles(server: String, path: String)
    case blockTarget(portal: String, name: String, unit: Int)
    case local(path: String)
  }

  package static let kind = ObjectKind("PersistentVolume")

  package static let references: [ReferenceRule<PersistentVolume>] = [
    ReferenceRule(.claim, path: "spec.claimRef") { volume in
      volume.claim.map { claim in
        .named(claim.name, PersistentVolumeClaim.kind, in: claim.namespace)
      } ?? []
    },
    ReferenceRule(.storageClass, to: StorageClass.kind, path: "spec.storageClassName") {
      $0.storageClass
    },
    ReferenceRule(.driver, to: StorageClass.driverKind, path: "spec.csi.driver") { volume in
      if case .csi(let driver, _) = volume.source { driver } else { "" }
    },
    ReferenceRule(.volumeNode, path: "spec.nodeAffinity") { volume in
      volume.nodes.flatMap { [VertexID].named($0, Node.kind) }
    },
    ReferenceRule(.hostName, path: "spec.nodeAffinity") { volume in
      volume.nodes.map { .shared(.hostName, $0) }
    },
    ReferenceRule(.volumeHandle, path: "spec") { volume in
      volume.claimedHandles.map { .shared(.volumeHandle, $0) }
    },
  ]

  package var metadata: ObjectMetadata
  package var claim: ClaimReference?
  package var source: Source?
  package var storageClass = ""
  package var accessModes: AccessModes = []
  /// The Nodes, by their host names, that alone can reach it; none where all can.
  package var nodes: [String] = []
  package var reclaimPolicy = ""
  package var capacity = ""
  package var phase = Phase.unknown
  /// When the phase last changed; servers before Kubernetes 1.28 do not say.
  package var lastPhaseTransitionTime: Timestamp?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// What no other volume may be stored in: `ebs.csi.aws.com/vol-0123`.
  package var claimedHandles: [String] {
    switch source {
    case .csi(let driver, let handle): ["\(driver)/\(handle)"]
    case .networkFiles(let server, let path): ["nfs/\(server):\(path)"]
    case .blockTarget(let portal, let name, let unit): ["iscsi/\(portal)/\(name)/\(unit)"]
    case .local(let path): nodes.map { "local/\($0):\(path)" }
    case nil: []
    }
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&storageClass)
    pool.share(&nodes)
  }
}

extension PersistentVolume {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case capacity = 1, accessModes = 3, claimRef, persistentVolumeReclaimPolicy
    case storageClassName, nodeAffinity = 9
    case nfs = 2_005, iscsi = 2_007, local = 2_020, csi = 2_022
    static let fieldNames = FieldNames<Self>()
  }

  private enum ClaimField: Int, WireField {
    case namespace = 2, name, uid
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case phase = 1, lastPhaseTransitionTime = 4
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .capacity:
        if let storage = try reader.storage() { capacity = storage.description }
      case .accessModes: try accessModes.append(reading: &reader)
      case .claimRef: claim = try ClaimReference(reading: &reader)
      case .persistentVolumeReclaimPolicy: reclaimPolicy = try reader.string()
      case .storageClassName: storageClass = try reader.string()
      case .nodeAffinity: try Self.readNodes(from: &reader, into: &nodes)
      case .nfs: source = try .init(readingFiles: &reader)
      case .iscsi: source = try .init(readingTarget: &reader)
      case .local: source = try .init(readingLocal: &reader)
      case .csi: source = try .init(readingDriver: &reader)
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .phase: phase = Phase(rawValue: try reader.string()) ?? .unknown
      case .lastPhaseTransitionTime: lastPhaseTransitionTime = try reader.timestamp()
      }
    }
  }
}

extension PersistentVolume.ClaimReference {
  fileprivate init?(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(PersistentVolume.ClaimField.self) {
      switch field {
      case .namespace: namespace = try reader.string()
      case .name: name = try reader.string()
      case .uid: uid = ObjectUID(try reader.string())
      }
    }
    guard !name.isEmpty else { return nil }
  }
}
