import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
package import Monitoring
import NIOSSL
import ServiceLifecycle

/// Where an agent listens, and what it needs for that.
package struct AgentListener: Sendable {
  package struct Mistake: Error, CustomStringConvertible {
    package let description: String
  }

  /// So many connections are open at once; more wait until one ends.
  static let connectionLimit = 256

  /// So long it waits for answers that are under way when it is to end.
  static let drainLimit = Duration.seconds(10)

  package let host: String
  package let port: Int
  private let tls: TLSConfiguration?
  private let authority: (any RequestAuthority)?

  /// Reads `HOST:PORT`; TLS and an authority are needed wherever others than this machine's users can ask.
  package init(
    _ address: String,
    certificateFile: String?,
    keyFile: String?,
    authority: (any RequestAuthority)?
  ) throws {
    guard let colon = address.lastIndex(of: ":"),
      let port = Int(address[address.index(after: colon)...]), (0...65_535).contains(port)
    else { throw Mistake(description: "\(address) is no address: it must be HOST:PORT.") }
    let text = address[..<colon]
    host = text.hasPrefix("[") ? String(text.dropFirst().dropLast()) : String(text)
    self.port = port
    guard (certificateFile == nil) == (keyFile == nil) else {
      throw Mistake(description: "A certificate and its key go together.")
    }
    tls = try certificateFile.map { try Self.tls($0, keyFile ?? "") }
    self.authority = authority
    guard !Self.isLoopback(host) else { return }
    guard tls != nil else {
      throw Mistake(
        description:
          "\(host) is open to other machines: --tls-certificate and --tls-key are needed. "
          + "Without TLS an agent listens on 127.0.0.1 or [::1] alone."
      )
    }
    guard authority != nil else {
      throw Mistake(
        description:
          "\(host) is open to other machines: --token-review or --token-file is needed."
      )
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "::1" || host == "localhost" || host.hasPrefix("127.")
  }

  private static func tls(_ certificate: String, _ key: String) throws -> TLSConfiguration {
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(certificate)
      guard !chain.isEmpty else { throw Mistake(description: "\(certificate) has no certificate.") }
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
      )
      configuration.minimumTLSVersion = .tlsv12
      return configuration
    } catch let mistake as Mistake {
      throw mistake
    } catch {
      throw Mistake(
        description: "\(certificate) and \(key) must be a certificate and its key as PEM: \(error)"
      )
    }
  }

  /// Answers requests until the task is cancelled, and those that are under way then; `listens` is told the
  /// port once it does.
  ///
  /// Throws where the address cannot be taken.
  package func serve(
    _ agent: Agent,
    logger: Logger,
    clock: WallClock = .system,
    listens: @escaping @Sendable (Int) async -> Void
  ) async throws {
    var serverLogger = logger
    // That it listens is told by who calls.
    serverLogger.logLevel = max(logger.logLevel, .warning)
    let application = Application(
      router: AgentServer(agent, authority: authority, clock: clock).router,
      server: try tls.map { try .tls(tlsConfiguration: $0) } ?? .http1(),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        serverName: "kpatrol",
        availableConnectionsDelegate: .maximum(Self.connectionLimit, logger: logger)
      ),
      onServerRunning: { channel in await listens(channel.localAddress?.port ?? 0) },
      logger: serverLogger
    )
    var configuration = ServiceGroupConfiguration(services: [application], logger: serverLogger)
    configuration.maximumGracefulShutdownDuration = Self.drainLimit
    let group = ServiceGroup(configuration: configuration)
    let running = Task { try await group.run() }
    try await withTaskCancellationHandler {
      try await running.value
    } onCancel: {
      Task { await group.triggerGracefulShutdown() }
    }
  }
}
