package import WireFormats

/// A Namespace, as far as checks read it.
package struct Namespace: TypedRecord {
  package static let kind = ObjectKind("Namespace")
  package static let references: [ReferenceRule<Namespace>] = []

  package var metadata: ObjectMetadata
  /// The entries of `spec.finalizers`, which the namespace controller removes last.
  package var specFinalizers: [String] = []
  /// What the namespace controller says of a deletion: what remains, which discovery failed.
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension Namespace {
  private enum Field: Int, WireField {
    case metadata = 1, spec, status
    static let fieldNames = FieldNames<Self>()
  }

  private enum SpecField: Int, WireField {
    case finalizers = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 2
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
      case .spec:
        try reader.beginObject()
        while try reader.nextField(SpecField.self) != nil {
          specFinalizers = try reader.strings()
        }
      case .status:
        try reader.beginObject()
        while try reader.nextField(StatusField.self) != nil {
          conditions = try reader.array { reader throws(WireError) in
            try Condition(reading: &reader)
          }
        }
      }
    }
  }
}
