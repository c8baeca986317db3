package import WireFormats

/// One page of a LIST, read in one walk over its bytes.
package struct ListPage: Sendable {
  package let objects: [ObjectSnapshot]
  package let metadata: ListMetadata

  /// Reads the list in `bytes`, whose items are of `resource`.
  package init(
    decoding bytes: RawSpan,
    encoding: WireEncoding = .json,
    of resource: APIResource,
    decoder: ObjectDecoder
  ) throws(WireError) {
    var objects: [ObjectSnapshot] = []
    var pool = SharingPool()
    var walk = encoding.walk
    try walk.read(bytes, of: resource, by: decoder, sharing: &pool, into: &objects)
    metadata = walk.metadata
    self.objects = objects
  }
}

/// What a list says of itself (`meta.v1.ListMeta`).
package struct ListMetadata: Sendable, Equatable {
  package var resourceVersion = ""
  /// What the next page is asked for with; `nil` on the last page.
  package var continueToken: String?
  /// How many objects the pages after this hold, where the server says.
  package var remainingItemCount: Int?

  package init() {}
}

extension ListMetadata {
  private enum Field: Int, WireField {
    case resourceVersion = 2, `continue`, remainingItemCount
    static let fieldNames = FieldNames<Self>()
  }

  init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .resourceVersion: resourceVersion = try reader.string()
      case .continue:
        let token = try reader.string()
        continueToken = token.isEmpty ? nil : token
      case .remainingItemCount: remainingItemCount = Int(clamping: try reader.integer())
      }
    }
  }
}
