package import WireFormats

/// A CSIStorageCapacity, as far as checks read it: where a driver has room for volumes of a class.
package struct CSIStorageCapacity: TypedRecord {
  package static let kind = ObjectKind("CSIStorageCapacity", group: "storage.k8s.io")

  package static let references: [ReferenceRule<CSIStorageCapacity>] = [
    ReferenceRule(.nodeRecord, path: "nodeTopology") { capacity in
      capacity.nodeNames.flatMap { [VertexID].named($0, Node.kind) }
    },
    ReferenceRule(.storageClass, to: StorageClass.kind, path: "storageClassName") {
      $0.storageClass
    },
  ]

  package var metadata: ObjectMetadata
  package var topology = LabelSelector()
  package var storageClass = ""

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// The Nodes that it tells of, where it tells of single ones and not of a zone.
  ///
  /// Each driver has a label of its own for them, `topology.topolvm.io/node`; the host name is not
  /// always the Node's name.
  package var nodeNames: [String] {
    topology.matchLabels.all.filter { Self.labelNames.contains($0.key.nameWithoutPrefix) }
      .map(\.value)
  }

  private static let labelNames: Set<Substring> = ["node", "nodename", "node-name"]

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&storageClass)
  }
}

extension CSIStorageCapacity {
  package enum Field: Int, ObjectField {
    case nodeTopology = 2, storageClassName
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .nodeTopology: topology = try LabelSelector(reading: &reader)
    case .storageClassName: storageClass = try reader.string()
    }
  }
}

extension String {
  /// A label's key without the domain before the slash.
  fileprivate var nameWithoutPrefix: Substring { self[...].split(separator: "/").last ?? "" }
}
