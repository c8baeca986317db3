package import WireFormats

/// A CustomResourceDefinition, as far as checks read it.
package struct CustomResourceDefinition: TypedRecord {
  package static let kind = ObjectKind("CustomResourceDefinition", group: "apiextensions.k8s.io")
  package static let references: [ReferenceRule<CustomResourceDefinition>] = []

  package var metadata: ObjectMetadata
  package var definedKind = ObjectKind("")
  /// Whether any version is served; an unserved kind cannot be listed.
  package var isServed = false

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension CustomResourceDefinition {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case group = 1, names = 3, versions = 7
    static let fieldNames = FieldNames<Self>()
  }

  private enum NamesField: Int, WireField {
    case kind = 4
    static let fieldNames = FieldNames<Self>()
  }

  private enum VersionField: Int, WireField {
    case served = 2
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    var group = ""
    var name = ""
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .group: group = try reader.string()
      case .names:
        try reader.beginObject()
        while try reader.nextField(NamesField.self) != nil { name = try reader.string() }
      case .versions: try readVersions(from: &reader)
      }
    }
    definedKind = ObjectKind(name, group: group)
  }

  private mutating func readVersions(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while try reader.nextField(VersionField.self) != nil {
        isServed = try reader.boolean() || isServed
      }
    }
  }
}
