package import WireFormats

/// A Role, as far as checks read it.
package struct Role: TypedRecord {
  package static let kind = ObjectKind("Role", group: "rbac.authorization.k8s.io")
  package static let references: [ReferenceRule<Role>] = []

  package var metadata: ObjectMetadata
  package var rules: [PolicyRule] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension Role {
  package enum Field: Int, ObjectField {
    case rules = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.append(to: &rules)
  }
}
