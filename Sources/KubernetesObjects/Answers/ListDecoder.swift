package import WireFormats

/// Reads a LIST while it comes.
///
/// It takes the bytes in pieces of any size, gives the objects that they complete, and keeps no
/// more than the object that is not whole yet.
package struct ListDecoder: Sendable {
  private let resource: APIResource
  private let decoder: ObjectDecoder
  private var walk: any ListWalking
  /// What the list's objects may have in common with others, before it and after.
  package var pool = SharingPool()
  private var buffer: [UInt8] = []
  /// How many bytes came before `buffer`.
  private var discarded = 0
  /// With how many bytes it is worthwhile to read on: an object that is long and comes in many
  /// pieces is read over a few times, not once a piece.
  private var worthwhile = 0

  package init(of resource: APIResource, encoding: WireEncoding, decoder: ObjectDecoder) {
    self.resource = resource
    self.decoder = decoder
    walk = encoding.walk
  }

  /// What the list says of itself, as far as it came.
  package var metadata: ListMetadata { walk.metadata }

  /// How many bytes are kept.
  package var pendingBytes: Int { buffer.count }

  /// Takes the next bytes and gives the objects that are whole now.
  package mutating func append(_ chunk: [UInt8]) throws(WireError) -> [ObjectSnapshot] {
    buffer += chunk
    return buffer.count < worthwhile ? [] : try objects()
  }

  /// Takes the end of the answer; throws where it came too early.
  package mutating func finish() throws(WireError) -> [ObjectSnapshot] {
    let last = try objects()
    guard walk.isAtEnd else { throw .unexpectedEnd(offset: discarded + buffer.count) }
    // Its room is larger than an answer's last bytes, and whoever looks at the list now needs none.
    buffer = []
    return last
  }

  private mutating func objects() throws(WireError) -> [ObjectSnapshot] {
    var objects: [ObjectSnapshot] = []
    // Moved out, for a span of `buffer` would keep all of `self` from changing; and back with its
    // room, into which the next bytes go.
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    do {
      try walk.readWhatIsWhole(
        bytes.span.bytes,
        of: resource,
        by: decoder,
        sharing: &pool,
        into: &objects
      )
    } catch {
      swap(&bytes, &buffer)
      throw error.moved(by: discarded)
    }
    let read = walk.offset
    bytes.removeFirst(read)
    swap(&bytes, &buffer)
    discarded += read
    walk.cut(read)
    worthwhile = buffer.count * 2
    return objects
  }
}
