package import WireFormats

/// A ServiceCIDR, as far as checks read it: ranges that Services' addresses are taken from.
///
/// See KEP-1880.
package struct ServiceCIDR: TypedRecord {
  package static let kind = ObjectKind("ServiceCIDR", group: "networking.k8s.io")
  package static let references: [ReferenceRule<ServiceCIDR>] = []

  package var metadata: ObjectMetadata
  package var ranges: [IPPrefix] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension ServiceCIDR {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case cidrs = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(SpecField.self) != nil {
      try reader.beginArray()
      while try reader.nextElement() {
        if let range = IPPrefix(try reader.string()) { ranges.append(range) }
      }
    }
  }
}
