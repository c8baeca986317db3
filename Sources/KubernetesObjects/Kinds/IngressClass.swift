package import WireFormats

/// An IngressClass, as far as checks read it.
package struct IngressClass: TypedRecord {
  package static let kind = ObjectKind("IngressClass", group: "networking.k8s.io")
  package static let references: [ReferenceRule<IngressClass>] = [
    ReferenceRule(.defaultClass, path: "metadata.annotations") { ingressClass in
      ingressClass.isDefault ? [.shared(.defaultClass, kind.name)] : []
    }
  ]

  package var metadata: ObjectMetadata
  /// The name of the controller that serves the class.
  package var controller = ""

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var isDefault: Bool {
    metadata.annotations["ingressclass.kubernetes.io/is-default-class"] == "true"
  }
}

extension IngressClass {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case controller = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(SpecField.self) != nil { controller = try reader.string() }
  }
}
