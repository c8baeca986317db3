package import WireFormats

/// A PersistentVolumeClaim, as far as checks read it.
package struct PersistentVolumeClaim: TypedRecord {
  package enum Phase: String, Sendable {
    case pending = "Pending"
    case bound = "Bound"
    case lost = "Lost"
    case unknown = ""
  }

  package static let kind = ObjectKind("PersistentVolumeClaim")

  package static let references: [ReferenceRule<PersistentVolumeClaim>] = [
    ReferenceRule(.claim, to: PersistentVolume.kind, path: "spec.volumeName") { $0.volumeName },
    ReferenceRule(.storageClass, to: StorageClass.kind, path: "spec.storageClassName") {
      $0.storageClass
    },
  ]

  package var metadata: ObjectMetadata
  /// The volume that it is bound to; empty while there is none.
  package var volumeName = ""
  /// Empty for none, and for what a default class will be put in.
  package var storageClass = ""
  package var accessModes: AccessModes = []
  package var requested: Quantity?
  package var capacity: Quantity?
  package var phase = Phase.unknown
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&storageClass)
    conditions.share(by: &pool)
  }
}

extension PersistentVolumeClaim {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case accessModes = 1, resources, volumeName, storageClassName = 5
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.VolumeResourceRequirements`.
  private enum ResourcesField: Int, WireField {
    case requests = 2
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case phase = 1, capacity = 3, conditions
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
      case .accessModes: try accessModes.append(reading: &reader)
      case .resources:
        try reader.beginObject()
        while try reader.nextField(ResourcesField.self) != nil {
          requested = try reader.storage() ?? requested
        }
      case .volumeName: volumeName = try reader.string()
      case .storageClassName: storageClass = try reader.string()
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .phase: phase = Phase(rawValue: try reader.string()) ?? .unknown
      case .capacity: capacity = try reader.storage() ?? capacity
      case .conditions: try reader.append(to: &conditions)
      }
    }
  }
}
