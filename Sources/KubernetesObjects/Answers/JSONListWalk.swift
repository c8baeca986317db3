import WireFormats

/// Walks over a LIST in JSON, as far as its bytes go, and can go on when more have come.
///
/// Members may come in any order: the server writes built-in kinds with their metadata first, and
/// custom resources with their names sorted, which puts `items` before `metadata`.
struct JSONListWalk: ListWalking {
  private enum Place { case start, members, elements, end }

  private enum Member: Int, WireField {
    case metadata = 1, items
    static let fieldNames = FieldNames<Self>()
  }

  private(set) var metadata = ListMetadata()
  private var bookmark = JSONReader.Bookmark()
  private var place = Place.start

  var isAtEnd: Bool { place == .end }
  var offset: Int { bookmark.offset }

  mutating func cut(_ count: Int) { bookmark.cut(count) }

  mutating func read(
    _ bytes: RawSpan,
    of resource: APIResource,
    by decoder: ObjectDecoder,
    sharing pool: inout SharingPool,
    into objects: inout [ObjectSnapshot]
  ) throws(WireError) {
    while place != .end {
      var reader = JSONReader(bytes, at: bookmark)
      switch place {
      case .start:
        try reader.beginObject()
        place = .members
      case .members: place = try readMember(&reader)
      case .elements:
        if try reader.nextElement() {
          let object = try reader.readFields { fields throws(WireError) -> ObjectSnapshot? in
            guard try decoder.skipUnwanted(&fields) == nil else { return nil }
            return try decoder.decode(&fields, of: resource, sharing: &pool)
          }
          if let object { objects.append(object) }
        } else {
          place = .members
        }
      case .end: break
      }
      bookmark = reader.bookmark
    }
    var reader = JSONReader(bytes, at: bookmark)
    try reader.end()
  }

  private mutating func readMember(_ reader: inout JSONReader) throws(WireError) -> Place {
    switch try reader.nextField(Member.self) {
    case .metadata:
      metadata = try reader.readFields { fields throws(WireError) in
        try ListMetadata(reading: &fields)
      }
      return .members
    case .items:
      try reader.beginArray()
      return .elements
    case nil: return .end
    }
  }
}
