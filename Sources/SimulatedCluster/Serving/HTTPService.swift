import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOSSL

/// Listens on loopback with TLS, HTTP/1.1 and HTTP/2, and hands requests to an ``APIServer``.
actor HTTPService {
  /// Larger bodies are refused, as a real server does at 3 MiB.
  private static let maximumBodyBytes = 3 * 1024 * 1024

  private let server: APIServer
  private let certificates: Certificates
  private let logger: Logger
  private let connections = ConnectionTracker()
  private var running: Task<Void, any Error>?
  private(set) var port: Int

  init(_ server: APIServer, certificates: Certificates, port: Int, logger: Logger) {
    self.server = server
    self.certificates = certificates
    self.port = port
    self.logger = logger
  }

  /// Begins to listen; returns when connections are accepted.
  func start() async throws {
    let (ports, started) = AsyncStream<Int>.makeStream()
    connections.open()
    let application = Application(
      responder: Responder(server: server, maximumBodyBytes: Self.maximumBodyBytes),
      server: trackedServer(try tlsConfiguration()),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in
        if let port = channel.localAddress?.port { started.yield(port) }
      },
      logger: logger
    )
    let task = Task {
      // Ends the wait below if the port cannot be taken.
      defer { started.finish() }
      try await application.run()
    }
    guard let taken = await ports.first(where: { _ in true }) else {
      _ = await task.result
      throw SimulationError.cannotListen(port: port)
    }
    running = task
    port = taken
  }

  /// Closes the listener and every connection.
  func stop() async {
    guard let task = running else { return }
    running = nil
    await connections.closeAll()
    task.cancel()
    _ = await task.result
  }

  private func trackedServer(_ tls: TLSConfiguration) -> HTTPServerBuilder {
    HTTPServerBuilder { [connections] responder in
      TrackedConnections(
        base: try HTTP2UpgradeChannel(tlsConfiguration: tls, responder: responder),
        tracker: connections
      )
    }
  }

  private func tlsConfiguration() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificates.serverPEM.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(certificates.serverKeyPEM.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) },
      privateKey: .privateKey(key)
    )
    configuration.minimumTLSVersion = .tlsv12
    return configuration
  }
}

/// Turns Hummingbird's requests and responses into ours.
private struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  let server: APIServer
  let maximumBodyBytes: Int

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
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
    return response(answer, to: request)
  }

  private func response(_ answer: APIResponse, to request: Request) -> Response {
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let status = HTTPResponse.Status(code: answer.status)
    switch answer.body {
    case .whole(let bytes):
      return Response(
        status: status,
        headers: fields,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      )
    case .pieces(let source):
      let body = ResponseBody { writer in
        while let piece = try await source.next() {
          try await writer.write(ByteBuffer(bytes: piece))
        }
        try await writer.finish(nil)
      }
      return Response(status: status, headers: fields, body: body)
    case .endless(let source):
      let body = ResponseBody { writer in
        // An empty piece sends the head at once: a client may wait for it long before the first event.
        try await writer.write(ByteBuffer())
        try await request.body.consumeWithCancellationOnInboundClose { _ in
          while let piece = try await source.next() {
            try await writer.write(ByteBuffer(bytes: piece))
          }
        }
        try await writer.finish(nil)
      }
      return Response(status: status, headers: fields, body: body)
    }
  }
}
