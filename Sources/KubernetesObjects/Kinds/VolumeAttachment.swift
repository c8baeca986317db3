package import WireFormats

/// A VolumeAttachment, as far as checks read it.
package struct VolumeAttachment: TypedRecord {
  package static let kind = ObjectKind("VolumeAttachment", group: "storage.k8s.io")

  package static let references: [ReferenceRule<VolumeAttachment>] = [
    ReferenceRule(.attachedNode, to: Node.kind, path: "spec.nodeName") { $0.nodeName },
    ReferenceRule(
      .attachedVolume,
      to: PersistentVolume.kind,
      path: "spec.source.persistentVolumeName"
    ) { $0.volumeName },
    ReferenceRule(.driver, to: StorageClass.driverKind, path: "spec.attacher") { $0.attacher },
  ]

  package var metadata: ObjectMetadata
  /// The CSI driver that attaches it.
  package var attacher = ""
  package var nodeName = ""
  /// Empty for a volume that a Pod's spec describes itself.
  package var volumeName = ""
  package var isAttached = false
  /// What the driver says why it cannot attach or detach the volume; empty where it can.
  package var attachError = ""
  package var detachError = ""

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&attacher)
    pool.share(&nodeName)
  }
}

extension VolumeAttachment {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case attacher = 1, source, nodeName
    static let fieldNames = FieldNames<Self>()
  }

  private enum SourceField: Int, WireField {
    case persistentVolumeName = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case attached = 1, attachError = 3, detachError
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `storage.v1.VolumeError`.
  private enum ErrorField: Int, WireField {
    case message = 2
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    switch field {
    case .spec:
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .attacher: attacher = try reader.string()
        case .source:
          try reader.beginObject()
          while try reader.nextField(SourceField.self) != nil { volumeName = try reader.string() }
        case .nodeName: nodeName = try reader.string()
        }
      }
    case .status:
      while let field = try reader.nextField(StatusField.self) {
        switch field {
        case .attached: isAttached = try reader.boolean()
        case .attachError: attachError = try Self.message(from: &reader)
        case .detachError: detachError = try Self.message(from: &reader)
        }
      }
    }
  }

  private static func message(from reader: inout FieldReader) throws(WireError) -> String {
    var message = ""
    try reader.beginObject()
    while try reader.nextField(ErrorField.self) != nil { message = try reader.string() }
    return message
  }
}
