import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// What Hummingbird tells of a request's surroundings: the channel that it came on.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

/// Turns Hummingbird's requests and responses into ours.
struct Responder: HTTPResponder {
  let server: APIServer
  let connections: ConnectionTracker
  let maximumBodyBytes: Int

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    headers["host"] = request.head.authority
    var body: [UInt8] = []
    if request.method != .get {
      body = Array(try await request.body.collect(upTo: maximumBodyBytes).readableBytesView)
    }
    let answer = await server.respond(
      to: APIRequest(
        request.method.rawValue,
        request.head.path ?? "/",
        headers: headers,
        body: body
      )
    )
    return response(answer, to: request, on: context.channel)
  }

  private func response(
    _ answer: APIResponse,
    to request: Request,
    on channel: any Channel
  ) -> Response {
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let connection = connections.connection(of: channel)
    let isShared = connection !== channel
    if answer.endsConnection {
      if isShared { connection?.announceEnd() } else { fields[.connection] = "close" }
    }
    let sending = Sending(
      channel: channel,
      connection: connection,
      closesAfterwards: answer.endsConnection && !isShared
    )
    return Response(
      status: HTTPResponse.Status(code: answer.status),
      headers: fields,
      body: sending.body(answer.body, of: request)
    )
  }
}

/// Sends the body of one answer, and breaks its connection where a fault says so.
private struct Sending: Sendable {
  let channel: any Channel
  let connection: (any Channel)?
  let closesAfterwards: Bool

  func body(_ body: APIResponse.Body, of request: Request) -> ResponseBody {
    switch body {
    case .whole(let bytes) where !closesAfterwards:
      return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    case .whole, .pieces:
      let source = BodyReader(body)
      return ResponseBody { writer in
        while let piece = try await piece(of: source) { try await writer.write(piece) }
        try await writer.finish(nil)
        if closesAfterwards { closeWhenSent() }
      }
    case .endless(let source):
      return ResponseBody { writer in
        // An empty piece sends the head at once: a client may wait for it long before the first event.
        try await writer.write(ByteBuffer())
        try await request.body.consumeWithCancellationOnInboundClose { _ in
          while let piece = try await piece(of: source) { try await writer.write(piece) }
        }
        try await writer.finish(nil)
        if closesAfterwards { closeWhenSent() }
      }
    }
  }

  private func piece(of source: any PieceSource) async throws -> ByteBuffer? {
    do {
      return try await source.next().map { ByteBuffer(bytes: $0) }
    } catch let drop as ConnectionDrop {
      // What was written before goes out first: the write ends when it is on its way.
      try? await channel.writeAndFlush(HTTPResponsePart.body(ByteBuffer())).get()
      connection?.closeWithoutTLS()
      throw drop
    }
  }

  private func closeWhenSent() {
    channel.writeAndFlush(HTTPResponsePart.body(ByteBuffer())).whenComplete { _ in
      channel.close(promise: nil)
    }
  }
}
