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
    ReferenceRule(.storageSecret, path: "parameters", isOptional: true) { storageClass in
      storageClass.secrets
    },
    ReferenceRule(.defaultClass, path: "metadata.annotations") { storageClass in
      storageClass.isDefault ? [.shared(.defaultClass, kind.name)] : []
    },
  ]

  package var metadata: ObjectMetadata
  package var provisioner = ""
  package var reclaimPolicy = ""
  /// The names and namespaces of the Secrets that its driver is given:
  /// `csi.storage.k8s.io/node-stage-secret-name` and `…-namespace`.
  package var secretParameters = Labels()
  /// Whether a volume is made only when a Pod wants it.
  package var waitsForFirstConsumer = false

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// The Secrets that its driver is given, without those whose names each claim fills in.
  private var secrets: [VertexID] {
    let secrets = secretParameters.all.map(\.key).filter { $0.hasSuffix("-name") }
      .flatMap { key -> [VertexID] in
        let namespace = secretParameters["\(key.dropLast("-name".count))-namespace"] ?? ""
        guard let name = secretParameters[key], !"\(namespace)\(name)".contains("$") else {
          return []
        }
        return .named(name, Secret.kind, in: namespace)
      }
    return Set(secrets).sorted()
  }

  /// Of the two names that the annotation has had, either counts.
  package var isDefault: Bool {
    metadata.annotations["storageclass.kubernetes.io/is-default-class"] == "true"
      || metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true"
  }
}

extension StorageClass {
  package enum Field: Int, ObjectField {
    case provisioner = 2, parameters, reclaimPolicy, volumeBindingMode = 7
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .provisioner: provisioner = try reader.string()
    case .parameters: try readSecrets(from: &reader)
    case .reclaimPolicy: reclaimPolicy = try reader.string()
    case .volumeBindingMode:
      waitsForFirstConsumer = try reader.string() == "WaitForFirstConsumer"
    }
  }

  /// Reads the parameters by which all drivers are given Secrets.
  private mutating func readSecrets(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let isOfSecret = key.hasSuffix("-secret-name") || key.hasSuffix("-secret-namespace")
      if key.hasPrefix("csi.storage.k8s.io/"), isOfSecret {
        secretParameters[key] = try reader.string()
      } else {
        try reader.skip()
      }
    }
  }
}
