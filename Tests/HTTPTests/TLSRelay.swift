import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

@testable import SimulatedCluster

/// Takes TLS on an address of this machine and hands what is in it to another port, so that a proxy stands behind TLS.
final class TLSRelay: Sendable {
  let port: UInt16
  private let listener: any Channel
  private let shown: Shown

  /// What clients show of themselves.
  private final class Shown: Sendable {
    let certificates = Mutex<[NIOSSLCertificate]>([])
  }

  private init(_ listener: any Channel, _ shown: Shown) {
    self.listener = listener
    self.shown = shown
    port = UInt16(listener.localAddress?.port ?? 0)
  }

  /// Listens with a server's certificate; clients are asked for theirs where `asksForCertificate` says so.
  static func start(
    to destination: UInt16,
    _ certificates: Certificates,
    host: String = "127.0.0.1",
    asksForCertificate: Bool = false
  ) async throws -> TLSRelay {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificates.serverPEM.utf8))
        .map { .certificate($0) },
      privateKey: .privateKey(
        try NIOSSLPrivateKey(bytes: Array(certificates.serverKeyPEM.utf8), format: .pem)
      )
    )
    // A proxy that speaks HTTP/1.1 alone, as they do.
    configuration.applicationProtocols = ["http/1.1"]
    if asksForCertificate { configuration.certificateVerification = .noHostnameVerification }
    let context = try NIOSSLContext(configuration: configuration)
    let shown = Shown()
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { client in
        client.eventLoop.makeCompletedFuture {
          try client.pipeline.syncOperations.addHandler(
            asksForCertificate
              ? NIOSSLServerHandler(context: context) { certificates, promise in
                shown.certificates.withLock { $0 += certificates }
                promise.succeed(.certificateVerified)
              } : NIOSSLServerHandler(context: context)
          )
        }.flatMap {
          ClientBootstrap(group: client.eventLoop).connect(
            host: "127.0.0.1",
            port: Int(destination)
          )
        }.flatMapThrowing { server in
          try client.pipeline.syncOperations.addHandler(Passing(to: server))
          try server.pipeline.syncOperations.addHandler(Passing(to: client))
        }
      }
      .bind(host: host, port: 0).get()
    return TLSRelay(listener, shown)
  }

  /// How many certificates clients showed.
  var shownCertificates: Int { shown.certificates.withLock(\.count) }

  func stop() { listener.close(promise: nil) }
}

/// Hands what comes on one channel to another.
private final class Passing: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let target: any Channel

  init(to target: any Channel) {
    self.target = target
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    target.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    target.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
