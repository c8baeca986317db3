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
  private enum Field: Int, WireField {
    case metadata = 1, status = 3
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case hard = 1, used
    static let fieldNames = FieldNames<Self>()
  }

  package init(
    reading reader: inout JSONReader,
    resourceVersion: inout String
  ) throws(WireError) {
    metadata = ObjectMetadata()
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .metadata:
        metadata = try ObjectMetadata(reading: &reader, resourceVersion: &resourceVersion)
      case .status:
        try reader.beginObject()
        while let field = try reader.nextField(StatusField.self) {
          switch field {
          case .hard: hard = try reader.quantities()
          case .used: used = try reader.quantities()
          }
        }
      }
    }
  }
}
