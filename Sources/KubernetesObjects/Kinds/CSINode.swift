package import WireFormats

/// A CSINode, as far as checks read it: which storage drivers run on a Node.
package struct CSINode: TypedRecord {
  package static let kind = ObjectKind("CSINode", group: "storage.k8s.io")

  package static let references: [ReferenceRule<CSINode>] = [
    ReferenceRule(.nodeRecord, to: Node.kind, path: "metadata.name") { $0.metadata.name }
  ]

  package var metadata: ObjectMetadata
  package var drivers: [String] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&drivers)
  }
}

extension CSINode {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case drivers = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(SpecField.self) != nil { try reader.append(namesTo: &drivers) }
  }
}
