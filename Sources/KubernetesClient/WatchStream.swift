import HTTP
package import KubernetesObjects
package import WireFormats

/// The events of one watch, as they come.
package struct WatchStream: Sendable {
  private let stream: HTTPStream
  private let resource: APIResource
  private let decoder: ObjectDecoder
  private let server: String
  private var framer = LineFramer(maximumLineBytes: Self.maximumEventBytes)

  /// etcd's limit is 1.5 MB an object; JSON may double it.
  private static let maximumEventBytes = 16 << 20

  init(_ stream: HTTPStream, of resource: APIResource, decoder: ObjectDecoder, server: String) {
    self.stream = stream
    self.resource = resource
    self.decoder = decoder
    self.server = server
  }

  /// Waits for the next events: all that the next bytes complete, in order.
  ///
  /// - Returns: `nil` at the clean end of the watch.
  /// - Throws: what an ERROR event says, or that the stream broke; events before it were returned.
  package mutating func next() async throws(KubernetesError) -> [Result<WatchEvent, WireError>]? {
    while true {
      var events: [Result<WatchEvent, WireError>] = []
      while let line = framer.nextLine() {
        do {
          events.append(
            .success(try WatchEvent(decoding: line.span.bytes, of: resource, decoder: decoder))
          )
        } catch {
          events.append(.failure(error))
        }
      }
      if !events.isEmpty { return events }
      guard !framer.isOverLimit else {
        throw .malformedAnswer(reason: "an event of more than \(Self.maximumEventBytes) bytes")
      }
      let chunk: [UInt8]?
      do {
        chunk = try await stream.nextChunk()
      } catch {
        throw KubernetesError(error, server: server)
      }
      guard let chunk else {
        guard framer.pendingBytes == 0 else {
          throw .unreachable(server: server, reason: "the watch ended in the middle of an event")
        }
        return nil
      }
      framer.append(chunk)
    }
  }

  /// Ends the watch.
  package func cancel() { stream.cancel() }
}
