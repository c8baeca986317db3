package import WireFormats

/// One page of a LIST, read in one walk over its bytes.
package struct ListPage: Sendable {
  package var objects: [ObjectSnapshot] = []
  package var resourceVersion = ""
  /// What the next page is asked for with; `nil` on the last page.
  package var continueToken: String?
  /// How many objects the pages after this hold, where the server says.
  package var remainingItemCount: Int?

  private enum Field: Int, WireField {
    case metadata = 1, items
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `meta.v1.ListMeta`.
  private enum MetadataField: Int, WireField {
    case resourceVersion = 2, `continue`, remainingItemCount
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads the list in `bytes`, whose items are of `resource`.
  package init(
    decoding bytes: RawSpan,
    of resource: APIResource,
    decoder: ObjectDecoder
  ) throws(WireError) {
    var reader = JSONReader(bytes)
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .metadata: try readMetadata(from: &reader)
      case .items:
        try reader.beginArray()
        while try reader.nextElement() {
          objects.append(try decoder.decode(&reader, of: resource))
        }
      }
    }
    try reader.end()
  }

  private mutating func readMetadata(from reader: inout JSONReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(MetadataField.self) {
      switch field {
      case .resourceVersion: resourceVersion = try reader.string()
      case .continue:
        let token = try reader.string()
        continueToken = token.isEmpty ? nil : token
      case .remainingItemCount: remainingItemCount = Int(try reader.integer())
      }
    }
  }
}
