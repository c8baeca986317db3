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
  private let address: String
  private let logger: Logger
  private let connections = ConnectionTracker()
  private var running: Task<Void, any Error>?
  private(set) var port: Int

  init(
    _ server: APIServer,
    certificates: Certificates,
    address: String,
    port: Int,
    logger: Logger
  ) {
    self.server = server
    self.certificates = certificates
    self.address = address
    self.port = port
    self.logger = logger
  }

  /// Begins to listen; returns when connections are accepted.
  func start() async throws {
    let (ports, started) = AsyncStream<Int>.makeStream()
    connections.open()
    let application = Application(
      responder: Responder(
        server: server,
        connections: connections,
        maximumBodyBytes: Self.maximumBodyBytes
      ),
      server: trackedServer(try tlsConfiguration()),
      configuration: ApplicationConfiguration(address: .hostname(address, port: port)),
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

  /// Resets every connection, so that clients see an error and no end.
  func resetConnections() {
    for connection in connections.connections { connection.reset() }
  }

  /// Asks every client to open a new connection for its next requests; what is open may end.
  func announceEnd() {
    for connection in connections.connections { connection.announceEnd() }
  }

  private func trackedServer(_ tls: TLSConfiguration) -> HTTPServerBuilder {
    HTTPServerBuilder { [connections, faults = server.faults] responder in
      TrackedConnections(
        base: try HTTP2UpgradeChannel(tlsConfiguration: tls, responder: responder),
        tracker: connections,
        faults: faults
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
