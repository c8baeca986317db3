import Foundation
import NIOCore
import NIOHTTP2
import NIOSSL

/// The ways in which a connection ends that no server would choose.
extension Channel {
  /// Ends the connection so that the client sees a reset, not an end.
  func reset() {
    guard let options = self as? any SocketOptionProvider else { return close(promise: nil) }
    // Without lingering, the kernel throws away what is unsent and answers with RST.
    let none = linger(l_onoff: 1, l_linger: 0)
    options.setSoLinger(none).whenComplete { _ in self.closeWithoutTLS() }
  }

  /// Ends the connection without TLS's word of farewell, as a process that dies does.
  func closeWithoutTLS() {
    let channel = self
    eventLoop.execute {
      let pipeline = channel.pipeline.syncOperations
      guard let tls = try? pipeline.context(handlerType: NIOSSLServerHandler.self) else {
        return channel.close(promise: nil)
      }
      // Closing from the handler's own place goes past it, to the socket.
      tls.close(mode: .all, promise: nil)
    }
  }

  /// Tells an HTTP/2 client with GOAWAY to send no new requests here; HTTP/1.1 knows no such word.
  func announceEnd() {
    let channel = self
    eventLoop.execute {
      let pipeline = channel.pipeline.syncOperations
      guard (try? pipeline.context(handlerType: NIOHTTP2Handler.self)) != nil else { return }
      // Hummingbird's own graceful shutdown closes the connection before the end of the last stream is sent.
      let end = HTTP2Frame(
        streamID: .rootStream,
        payload: .goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil)
      )
      channel.writeAndFlush(end, promise: nil)
    }
  }
}

/// Stands before TLS and lets no handshake through.
final class HandshakeBreaker: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  enum Way {
    case reset
    case stall
  }

  private let way: Way

  init(_ way: Way) {
    self.way = way
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if way == .reset { context.channel.reset() }
  }
}
