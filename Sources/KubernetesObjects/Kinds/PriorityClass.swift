package import WireFormats

/// A PriorityClass, as far as checks read it.
package struct PriorityClass: TypedRecord {
  package static let kind = ObjectKind("PriorityClass", group: "scheduling.k8s.io")
  package static let references: [ReferenceRule<PriorityClass>] = []

  package var metadata: ObjectMetadata
  package var value = 0
  package var isGlobalDefault = false

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// A Pod keeps the priority that it was made with.
  package func looksEqual(to old: PriorityClass, over relation: Relation) -> Bool {
    isAsPresent(as: old)
  }
}

extension PriorityClass {
  package enum Field: Int, ObjectField {
    case value = 2, globalDefault
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .value: value = try reader.count()
    case .globalDefault: isGlobalDefault = try reader.boolean()
    }
  }
}
