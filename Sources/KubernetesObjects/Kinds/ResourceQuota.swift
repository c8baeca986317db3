package import WireFormats

/// A ResourceQuota, as far as checks read it.
package struct ResourceQuota: TypedRecord {
  package static let kind = ObjectKind("ResourceQuota")
  package static let references: [ReferenceRule<ResourceQuota>] = []

  package var metadata: ObjectMetadata
  /// The enforced limit of each resource (`status.hard`).
  package var hard: [String: Quantity] = [:]
  /// What the namespace uses of each resource (`status.used`).
  package var used: [String: Quantity] = [:]

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension ResourceQuota {
  package enum Field: Int, ObjectField {
    case status = 3
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum StatusField: Int, WireField {
    case hard = 1, used
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .status:
      try reader.beginObject()
      while let field = try reader.nextField(StatusField.self) {
        switch field {
        case .hard: try reader.append(to: &hard)
        case .used: try reader.append(to: &used)
        }
      }
    }
  }
}
