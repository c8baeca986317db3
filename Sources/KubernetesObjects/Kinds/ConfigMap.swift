package import WireFormats

/// A ConfigMap, as far as checks read it: the names of its keys, never its values.
package struct ConfigMap: TypedRecord {
  package static let kind = ObjectKind("ConfigMap")
  package static let references: [ReferenceRule<ConfigMap>] = []

  package var metadata: ObjectMetadata
  package var keys: [String] = []
  /// What keys and values take together, in bytes.
  package var byteCount = 0

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&keys)
  }

  /// Those that read it care for its keys.
  package func looksEqual(to old: ConfigMap, over relation: Relation) -> Bool {
    isAsPresent(as: old) && (relation != .configuration || keys == old.keys)
  }
}

extension ConfigMap {
  package enum Field: Int, ObjectField {
    case data = 2, binaryData
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    let form: DataForm = field == .data ? .text : .bytes
    try reader.append(keysTo: &keys, sizesTo: &byteCount, of: form)
  }
}
