package import KubernetesObjects
package import WireFormats

/// The events of one watch, as they come.
package struct WatchStream: Sendable {
  private let body: AnswerBody
  private let resource: APIResource
  private let decoder: ObjectDecoder
  private var framer: EventFramer
  /// What its objects may have in common with others of the resource, before them and after.
  package var pool = SharingPool()

  /// etcd's limit is 1.5 MB an object; JSON may double it.
  private static let maximumEventBytes = 16 << 20

  init(_ body: AnswerBody, of resource: APIResource, decoder: ObjectDecoder) {
    self.body = body
    self.resource = resource
    self.decoder = decoder
    framer = EventFramer(body.head.encoding, maximumEventBytes: Self.maximumEventBytes)
  }

  /// Waits for the next events: all that the next bytes complete, in order.
  ///
  /// - Returns: `nil` at the clean end of the watch.
  /// - Throws: what an ERROR event says, or that the stream broke; events before it were returned.
  package mutating func next() async throws(KubernetesError) -> [Result<WatchEvent, WireError>]? {
    while true {
      var events: [Result<WatchEvent, WireError>] = []
      while let bytes = framer.next() {
        do {
          let event = try WatchEvent(
            decoding: bytes.span.bytes,
            encoding: body.head.encoding,
            of: resource,
            decoder: decoder,
            sharing: &pool
          )
          events.append(.success(event))
        } catch {
          events.append(.failure(error))
        }
      }
      if !events.isEmpty { return events }
      guard !framer.isOverLimit else {
        throw .malformedAnswer(reason: "an event of more than \(Self.maximumEventBytes) bytes")
      }
      guard let chunk = try await body.nextChunk() else {
        guard framer.pendingBytes == 0 else {
          throw .unreachable(server: body.server, reason: "the watch ended inside an event")
        }
        return nil
      }
      framer.append(chunk)
    }
  }

  /// Ends the watch, from now on, when nothing comes for so long.
  func limitSilence(to limit: Duration) { body.limitSilence(to: limit) }

  /// Ends the watch.
  package func cancel() { body.cancel() }
}

/// Cuts a watch into events: lines of JSON, or frames of protobuf.
private enum EventFramer: Sendable {
  case lines(LineFramer)
  case frames(LengthFramer)

  init(_ encoding: WireEncoding, maximumEventBytes: Int) {
    switch encoding {
    case .json: self = .lines(LineFramer(maximumLineBytes: maximumEventBytes))
    case .protobuf: self = .frames(LengthFramer(maximumFrameBytes: maximumEventBytes))
    }
  }

  var pendingBytes: Int {
    switch self {
    case .lines(let framer): framer.pendingBytes
    case .frames(let framer): framer.pendingBytes
    }
  }

  var isOverLimit: Bool {
    switch self {
    case .lines(let framer): framer.isOverLimit
    case .frames(let framer): framer.isOverLimit
    }
  }

  mutating func append(_ chunk: [UInt8]) {
    change({ $0.append(chunk) }, { $0.append(chunk) })
  }

  mutating func next() -> [UInt8]? {
    change({ $0.nextLine() }, { $0.nextFrame() })
  }

  /// Changes the framer in place: its buffer has no second owner meanwhile.
  private mutating func change<Value>(
    _ lines: (inout LineFramer) -> Value,
    _ frames: (inout LengthFramer) -> Value
  ) -> Value {
    switch consume self {
    case .lines(var framer):
      defer { self = .lines(framer) }
      return lines(&framer)
    case .frames(var framer):
      defer { self = .frames(framer) }
      return frames(&framer)
    }
  }
}
