import Synchronization

/// Sends requests to one server; all of them share one connection where it speaks HTTP/2.
package struct HTTPClient: Sendable {
  private var settings: ConnectionSettings
  private let eventLoop: EventLoop
  private let received = ByteCounter()

  package init(_ settings: ConnectionSettings = ConnectionSettings(), eventLoop: EventLoop) {
    self.settings = settings
    self.eventLoop = eventLoop
  }

  package init(tls: TLSSettings, eventLoop: EventLoop) {
    self.init(ConnectionSettings(tls: tls), eventLoop: eventLoop)
  }

  /// The same client, known to servers by another certificate; bytes are counted together.
  package func presenting(_ certificate: ClientCertificate?) -> HTTPClient {
    var client = self
    client.settings.tls.clientCertificate = certificate
    return client
  }

  /// The body bytes of all answers so far, as they came over the wire.
  package var bytesReceived: UInt64 { received.count }

  /// Leaves the connections to a URL's host over which nothing came lately, for they may be dead.
  package func leaveSilentConnections(to url: String) {
    guard let host = URLParts(url)?.authority else { return }
    eventLoop.perform(.leaveSilentConnections(host: host))
  }

  /// Sends a request and waits for the whole answer, whatever its status.
  package func response(to request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let stream = try await stream(request)
    let body = try await stream.body(limit: request.maximumBodyBytes)
    return HTTPResponse(head: stream.head, body: body)
  }

  /// Sends a request and returns when the head of the answer is here, whatever its status.
  package func stream(_ request: HTTPRequest) async throws(HTTPError) -> HTTPStream {
    let exchange = Exchange(bufferLimit: request.maximumBufferedBytes)
    let transfer = Transfer(request, settings, exchange: exchange, received: received)
    let id = transfer.id
    eventLoop.perform(.start(transfer))
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { exchange.waitForHead($0) }
    } onCancel: {
      eventLoop.perform(.cancel(id))
    }
    return HTTPStream(head: try result.get(), id: id, exchange: exchange, eventLoop: eventLoop)
  }
}

/// The body of an answer as it comes.
///
/// A receiver that does not ask makes the transfer pause.
package final class HTTPStream: Sendable {
  package let head: HTTPResponseHead
  private let id: Transfer.ID
  private let exchange: Exchange
  private let eventLoop: EventLoop

  init(head: HTTPResponseHead, id: Transfer.ID, exchange: Exchange, eventLoop: EventLoop) {
    self.head = head
    self.id = id
    self.exchange = exchange
    self.eventLoop = eventLoop
  }

  deinit { cancel() }

  /// Waits for the next bytes; `nil` at the end of the body.
  ///
  /// One task may ask at a time.
  package func nextChunk() async throws(HTTPError) -> [UInt8]? {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        if exchange.waitForChunk(waiter) { eventLoop.perform(.resume(id)) }
      }
    } onCancel: {
      cancel()
    }
    return try result.get()
  }

  /// Waits for all bytes that are still to come; a longer body ends the transfer with an error.
  package func body(limit: Int) async throws(HTTPError) -> [UInt8] {
    var body: [UInt8] = []
    while let chunk = try await nextChunk() {
      guard body.count + chunk.count <= limit else {
        cancel()
        throw .bodyTooLarge(limit: limit)
      }
      if body.isEmpty { body = chunk } else { body += chunk }
    }
    return body
  }

  /// Ends the transfer, from now on, when nothing comes for so long.
  package func limitSilence(to limit: Duration) { eventLoop.perform(.limitSilence(id, limit)) }

  /// Ends the transfer; a waiting ``nextChunk()`` throws ``HTTPError/cancelled``.
  package func cancel() { eventLoop.perform(.cancel(id)) }
}

/// Counts bytes from any thread.
final class ByteCounter: Sendable {
  private let total = Atomic<UInt64>(0)

  var count: UInt64 { total.load(ordering: .relaxed) }

  func add(_ count: Int) { total.wrappingAdd(UInt64(count), ordering: .relaxed) }
}
