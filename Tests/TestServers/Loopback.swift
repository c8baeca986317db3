import Foundation
import Glibc

/// Sockets of this machine alone.
package enum Loopback {
  /// Whether the machine has the address ::1.
  package static let hasIPv6: Bool = {
    let listener = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
      }
    }
  }()

  /// Listens on a port of 127.0.0.1, a free one unless told.
  static func listen(port: UInt16 = 0) throws -> (socket: Int32, port: UInt16) {
    // A test's end may close what its client still writes to.
    signal(SIGPIPE, SIG_IGN)
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let isBound = withAddress(port) { address, length in
      bind(listener, address, length) == 0 && Glibc.listen(listener, 64) == 0
    }
    guard isBound else { throw POSIXError(.EADDRINUSE) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(listener, $0, &length)
      }
    }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  /// Serves each connection on a thread of its own until the listener is shut down.
  ///
  /// The thread that accepts closes the listener, and nobody else: a number closed elsewhere may be
  /// another listener's by the time that it is asked for the next connection.
  static func accept(from listener: Int32, _ serve: @escaping @Sendable (Int32) -> Void) {
    Thread.detachNewThread {
      while case let connection = Glibc.accept(listener, nil, nil), connection >= 0 {
        Thread.detachNewThread { serve(connection) }
      }
      close(listener)
    }
  }

  /// Connects to a port; `nil` where nobody listens.
  static func connect(to port: UInt16) -> Int32? {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if withAddress(port, { Glibc.connect(connection, $0, $1) == 0 }) { return connection }
    close(connection)
    return nil
  }

  /// Sends all bytes; `false` where the connection is closed.
  @discardableResult
  static func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Receives so many bytes; `nil` where the connection ends before.
  static func read(_ connection: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    guard count > 0 else { return bytes }
    let received = recv(connection, &bytes, count, Int32(MSG_WAITALL))
    return received == count ? bytes : nil
  }

  /// Hands what comes from one connection to `body` until it ends, then shuts both down.
  static func copy(_ source: Int32, to target: Int32, _ body: ([UInt8]) -> Bool) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(source, &buffer, buffer.count, 0)
      guard count > 0, body(Array(buffer[..<count])) else { break }
    }
    shutdown(source, Int32(SHUT_RDWR))
    shutdown(target, Int32(SHUT_RDWR))
  }

  private static func withAddress(
    _ port: UInt16,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
