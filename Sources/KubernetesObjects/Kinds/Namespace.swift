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

  /// The level of the Pod Security Standards that its Pods must keep to; empty where none is set.
  package var enforcedSecurity: String {
    metadata.labels["pod-security.kubernetes.io/enforce"] ?? ""
  }

  /// Its objects care whether it is there for good, and what it allows.
  package func looksEqual(to old: Namespace, over relation: Relation) -> Bool {
    relation == .namespace && isAsPresent(as: old) && enforcedSecurity == old.enforcedSecurity
  }
}

extension Namespace {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case finalizers = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 2
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec:
      try reader.beginObject()
      while try reader.nextField(SpecField.self) != nil {
        try reader.append(to: &specFinalizers)
      }
    case .status:
      try reader.beginObject()
      while try reader.nextField(StatusField.self) != nil {
        try reader.append(to: &conditions)
      }
    }
  }
}
