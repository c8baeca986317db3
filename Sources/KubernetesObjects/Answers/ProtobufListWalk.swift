import WireFormats

/// Walks over a LIST in protobuf, as far as its bytes go, and can go on when more have come.
struct ProtobufListWalk: ListWalking {
  private enum Place { case start, members, end }

  private enum Member: Int { case metadata = 1, items }

  private(set) var metadata = ListMetadata()
  private(set) var offset = 0
  private var place = Place.start
  /// Where the list's own message ends, counted as `offset` is.
  private var end = 0

  var isAtEnd: Bool { place == .end }

  mutating func cut(_ count: Int) {
    offset -= count
    end -= count
  }

  mutating func read(
    _ bytes: RawSpan,
    of resource: APIResource,
    by decoder: ObjectDecoder,
    sharing pool: inout SharingPool,
    into objects: inout [ObjectSnapshot]
  ) throws(WireError) {
    if place == .start {
      let message = try ProtobufEnvelope(bytes, in: 0..<bytes.byteCount).message
      offset = message.lowerBound
      end = message.upperBound
      place = .members
    }
    while place == .members {
      guard offset < end else {
        place = .end
        break
      }
      let field = try ProtobufField(startingAt: offset, of: bytes)
      guard field.value.upperBound <= end else {
        throw .malformed(offset: offset, expected: "a field within the list")
      }
      try field.requireWhole(in: bytes)
      var reader = FieldReader(bytes, protobufMessage: field.value)
      switch Member(rawValue: field.number) {
      case .metadata: metadata = try ListMetadata(reading: &reader)
      case .items:
        if try decoder.skipUnwanted(&reader) == nil {
          objects.append(try decoder.decode(&reader, of: resource, sharing: &pool))
        }
      case nil: break
      }
      offset = field.value.upperBound
    }
    // What follows says nothing of the objects.
    offset = bytes.byteCount
  }
}
