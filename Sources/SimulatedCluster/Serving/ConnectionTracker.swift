import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Knows the connections that are open, so that they can be closed before their server ends.
///
/// Cancelling a Hummingbird server while a client opens HTTP/2 streams drops streams that nobody
/// handles any more, which NIO takes for a fatal mistake. Closed connections open no streams.
final class ConnectionTracker: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isClosing = false
  }

  private let state = Mutex(State())

  /// Lets connections in again.
  func open() { state.withLock { $0.isClosing = false } }

  /// How long a client may take to say farewell: one whose connection is idle does not listen.
  private static let farewell = TimeAmount.milliseconds(200)

  /// Closes all connections, and from then on each new one at once.
  func closeAll() async {
    let channels = state.withLock { state in
      state.isClosing = true
      return Array(state.channels.values)
    }
    for channel in channels {
      channel.close(promise: nil)
      channel.eventLoop.scheduleTask(in: Self.farewell) { channel.closeWithoutTLS() }
    }
    for channel in channels { try? await channel.closeFuture.get() }
  }

  /// The connections that are open now.
  var connections: [any Channel] { state.withLock { Array($0.channels.values) } }

  /// The connection that a request came on: an HTTP/2 stream is a channel within it.
  func connection(of channel: any Channel) -> (any Channel)? {
    state.withLock { state in
      state.channels[ObjectIdentifier(channel)]
        ?? channel.parent.flatMap { state.channels[ObjectIdentifier($0)] }
    }
  }

  /// Takes note of a connection; `false` where it must not be served any more.
  fileprivate func add(_ channel: any Channel) -> Bool {
    let id = ObjectIdentifier(channel)
    let isWelcome = state.withLock { state in
      if !state.isClosing { state.channels[id] = channel }
      return !state.isClosing
    }
    channel.closeFuture.whenComplete { [self] _ in
      _ = state.withLock { $0.channels.removeValue(forKey: id) }
    }
    return isWelcome
  }
}

/// A server's way to handle connections, with the tracker told of each.
struct TrackedConnections<Base: ServerChildChannel>: ServerChildChannel {
  typealias Value = Base.Value

  let base: Base
  let tracker: ConnectionTracker
  let faults: FaultInjector

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    guard tracker.add(channel) else {
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    do {
      switch faults.connectionFault() {
      case nil: break
      case .resetOnAccept:
        channel.reset()
        return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
      case .resetInHandshake:
        try channel.pipeline.syncOperations.addHandler(HandshakeBreaker(.reset))
      case .stallInHandshake:
        try channel.pipeline.syncOperations.addHandler(HandshakeBreaker(.stall))
      }
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
    return base.setup(channel: channel, logger: logger)
  }

  func handle(value: Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
    try? await value.channel.close()
  }
}
