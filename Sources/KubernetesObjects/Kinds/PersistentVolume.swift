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

  package static let kind = ObjectKind("PersistentVolume")
  package static let claimKind = ObjectKind("PersistentVolumeClaim")

  package static let references: [ReferenceRule<PersistentVolume>] = [
    ReferenceRule(.claim, path: "spec.claimRef") { volume in
      volume.claim.map { claim in
        [.object(ObjectKey(claimKind, namespace: claim.namespace, name: claim.name))]
      } ?? []
    }
  ]

  package var metadata: ObjectMetadata
  package var claim: ClaimReference?
  package var reclaimPolicy = ""
  package var capacity = ""
  package var phase = Phase.unknown
  /// When the phase last changed; servers before Kubernetes 1.28 do not say.
  package var lastPhaseTransitionTime: Timestamp?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension PersistentVolume {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case capacity = 1, claimRef = 4, persistentVolumeReclaimPolicy
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
        var capacities: [String: Quantity] = [:]
        try reader.append(to: &capacities)
        if let storage = capacities["storage"] { capacity = storage.description }
      case .claimRef: claim = try ClaimReference(reading: &reader)
      case .persistentVolumeReclaimPolicy: reclaimPolicy = try reader.string()
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
