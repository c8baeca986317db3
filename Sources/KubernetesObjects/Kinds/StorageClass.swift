package import WireFormats

/// A StorageClass, as far as checks read it.
package struct StorageClass: TypedRecord {
  package static let kind = ObjectKind("StorageClass", group: "storage.k8s.io")
  package static let driverKind = ObjectKind("CSIDriver", group: "storage.k8s.io")

  package static let references: [ReferenceRule<StorageClass>] = [
    // Provisioners that are no CSI drivers have no object.
    ReferenceRule(.driver, to: driverKind, path: "provisioner", isOptional: true) {
      $0.provisioner.hasPrefix("kubernetes.io/") ? "" : $0.provisioner
    },
    ReferenceRule(.defaultClass, path: "metadata.annotations") { storageClass in
      storageClass.isDefault ? [.shared(.defaultClass, kind.name)] : []
    },
  ]

  package var metadata: ObjectMetadata
  package var provisioner = ""
  package var reclaimPolicy = ""
  /// Whether a volume is made only when a Pod wants it.
  package var waitsForFirstConsumer = false

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Of the two names that the annotation has had, either counts.
  package var isDefault: Bool {
    metadata.annotations["storageclass.kubernetes.io/is-default-class"] == "true"
      || metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true"
  }
}

extension StorageClass {
  package enum Field: Int, ObjectField {
    case provisioner = 2, reclaimPolicy = 4, volumeBindingMode = 7
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .provisioner: provisioner = try reader.string()
    case .reclaimPolicy: reclaimPolicy = try reader.string()
    case .volumeBindingMode:
      waitsForFirstConsumer = try reader.string() == "WaitForFirstConsumer"
    }
  }
}
