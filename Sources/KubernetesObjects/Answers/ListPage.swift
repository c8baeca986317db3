package import WireFormats

/// One page of a LIST, read in one walk over its bytes.
package struct ListPage: Sendable {
  package let objects: [ObjectSnapshot]
  package let metadata: ListMetadata

  /// Reads the list in `bytes`, whose items are of `resource`.
  package init(
    decoding bytes: RawSpan,
    of resource: APIResource,
    decoder: ObjectDecoder
  ) throws(WireError) {
    var walk = ListWalk()
    var objects: [ObjectSnapshot] = []
    try walk.read(bytes, of: resource, by: decoder, into: &objects)
    self.objects = objects
    metadata = walk.metadata
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
