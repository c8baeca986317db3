package import WireFormats

/// Reads a LIST while it comes.
///
/// It takes the bytes in pieces of any size, gives the objects that they complete, and keeps no
/// more than the object that is not whole yet.
package struct ListDecoder: Sendable {
  private enum Walk {
    case json(ListWalk)
    case protobuf(ProtobufListWalk)
  }

  private let resource: APIResource
  private let decoder: ObjectDecoder
  private var walk: Walk
  private var buffer: [UInt8] = []
  /// How many bytes came before `buffer`.
  private var discarded = 0
  /// With how many bytes it is worthwhile to read on: an object that is long and comes in many
  /// pieces is read over a few times, not once a piece.
  private var worthwhile = 0

  package init(of resource: APIResource, encoding: WireEncoding, decoder: ObjectDecoder) {
    self.resource = resource
    self.decoder = decoder
    walk =
      switch encoding {
      case .json: .json(ListWalk())
      case .protobuf: .protobuf(ProtobufListWalk())
      }
  }

  /// What the list says of itself, as far as it came.
  package var metadata: ListMetadata {
    switch walk {
    case .json(let walk): walk.metadata
    case .protobuf(let walk): walk.metadata
    }
  }

  private var isAtEnd: Bool {
    switch walk {
    case .json(let walk): walk.isAtEnd
    case .protobuf(let walk): walk.isAtEnd
    }
  }

  /// How many bytes are kept.
  package var pendingBytes: Int { buffer.count }

  /// Takes the next bytes and gives the objects that are whole now.
  package mutating func append(_ chunk: [UInt8]) throws(WireError) -> [ObjectSnapshot] {
    if buffer.isEmpty { buffer = chunk } else { buffer += chunk }
    return buffer.count < worthwhile ? [] : try objects()
  }

  /// Takes the end of the answer; throws where it came too early.
  package mutating func finish() throws(WireError) -> [ObjectSnapshot] {
    let last = try objects()
    guard isAtEnd else { throw .unexpectedEnd(offset: discarded + buffer.count) }
    return last
  }

  private mutating func objects() throws(WireError) -> [ObjectSnapshot] {
    var objects: [ObjectSnapshot] = []
    let read: Int
    do {
      switch walk {
      case .json(var walk):
        defer { self.walk = .json(walk) }
        try Self.asFarAsWhole { () throws(WireError) in
          try walk.read(buffer.span.bytes, of: resource, by: decoder, into: &objects)
        }
        read = walk.bookmark.offset
        walk.cut(read)
      case .protobuf(var walk):
        defer { self.walk = .protobuf(walk) }
        try Self.asFarAsWhole { () throws(WireError) in
          try walk.read(buffer.span.bytes, of: resource, by: decoder, into: &objects)
        }
        read = walk.offset
        walk.cut(read)
      }
    } catch {
      throw error.moved(by: discarded)
    }
    buffer.removeFirst(read)
    discarded += read
    worthwhile = buffer.count * 2
    return objects
  }

  /// Reads until something is not whole: the rest comes with the next bytes, or ``finish()`` says
  /// that it is missing.
  private static func asFarAsWhole(_ read: () throws(WireError) -> Void) throws(WireError) {
    do { try read() } catch .unexpectedEnd {} catch { throw error }
  }
}
