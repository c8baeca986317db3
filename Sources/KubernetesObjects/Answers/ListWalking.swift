import WireFormats

/// Walks over a LIST in some encoding, as far as its bytes go, and can go on when more have come.
protocol ListWalking: Sendable {
  /// What the list says of itself, as far as it came.
  var metadata: ListMetadata { get }
  /// Behind the last thing that was whole.
  var offset: Int { get }
  var isAtEnd: Bool { get }

  /// Takes in that this many bytes, all of them read, were cut from the input's start.
  mutating func cut(_ count: Int)

  /// Reads on; throws ``WireError/unexpectedEnd(offset:)`` where something is not whole.
  mutating func read(
    _ bytes: RawSpan,
    of resource: APIResource,
    by decoder: ObjectDecoder,
    sharing pool: inout SharingPool,
    into objects: inout [ObjectSnapshot]
  ) throws(WireError)
}

extension ListWalking {
  /// Reads on until something is not whole: the rest may come.
  mutating func readWhatIsWhole(
    _ bytes: RawSpan,
    of resource: APIResource,
    by decoder: ObjectDecoder,
    sharing pool: inout SharingPool,
    into objects: inout [ObjectSnapshot]
  ) throws(WireError) {
    do {
      try read(bytes, of: resource, by: decoder, sharing: &pool, into: &objects)
    } catch .unexpectedEnd {
    } catch {
      throw error
    }
  }
}

extension WireEncoding {
  /// A walk over a list in this encoding that is about to begin.
  var walk: any ListWalking {
    switch self {
    case .json: JSONListWalk()
    case .protobuf: ProtobufListWalk()
    }
  }
}
