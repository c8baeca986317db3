import Foundation
import Glibc
import Synchronization

/// A proxy on 127.0.0.1 that speaks SOCKS5 and HTTP's CONNECT, and leads every tunnel to one port.
package final class TinyProxy: Sendable {
  private struct State {
    var targets: [String] = []
    var heads: [String] = []
  }

  package let port: UInt16
  private let listener: Int32
  private let destination: UInt16
  private let refusal: String?
  private let state = Mutex(State())

  /// Leads to a port of 127.0.0.1, or refuses with a line such as `403 Forbidden`.
  package init(to destination: UInt16, refusingWith refusal: String? = nil) throws {
    self.destination = destination
    self.refusal = refusal
    (listener, port) = try Loopback.listen()
    Loopback.accept(from: listener) { [self] client in
      if greet(client) { relay(client) }
      close(client)
    }
  }

  /// Where clients wanted to go: `host:port`.
  package var targets: [String] { state.withLock(\.targets) }
  /// What clients said to the proxy itself in HTTP.
  package var heads: [String] { state.withLock(\.heads) }

  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  // MARK: Greeting

  /// Learns where a client wants to go; `false` where it may not.
  private func greet(_ client: Int32) -> Bool {
    guard let first = Loopback.read(client, 1)?.first else { return false }
    return first == 5 ? greetSOCKS(client) : greetHTTP(client, first)
  }

  private func greetHTTP(_ client: Int32, _ first: UInt8) -> Bool {
    var head = [first]
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard let byte = Loopback.read(client, 1) else { return false }
      head += byte
    }
    let text = String(decoding: head, as: UTF8.self)
    let words = text.split(separator: " ")
    state.withLock { state in
      state.heads.append(text)
      state.targets.append(words.count > 1 ? String(words[1]) : "")
    }
    Loopback.write(
      client,
      Array("HTTP/1.1 \(refusal ?? "200 Connected")\r\nVia: tiny\r\n\r\n".utf8)
    )
    return refusal == nil && text.hasPrefix("CONNECT ")
  }

  private func greetSOCKS(_ client: Int32) -> Bool {
    guard let count = Loopback.read(client, 1)?[0], Loopback.read(client, Int(count)) != nil else {
      return false
    }
    Loopback.write(client, [5, 0])
    guard let request = Loopback.read(client, 4) else { return false }
    let host: String
    switch request[3] {
    case 1: host = (Loopback.read(client, 4) ?? []).map(String.init).joined(separator: ".")
    case 3:
      let length = Int(Loopback.read(client, 1)?[0] ?? 0)
      host = String(decoding: Loopback.read(client, length) ?? [], as: UTF8.self)
    default: return false
    }
    guard let port = Loopback.read(client, 2) else { return false }
    state.withLock { $0.targets.append("\(host):\(Int(port[0]) << 8 | Int(port[1]))") }
    Loopback.write(client, [5, refusal == nil ? 0 : 2, 0, 1, 0, 0, 0, 0, 0, 0])
    return refusal == nil
  }

  // MARK: Relaying

  private func relay(_ client: Int32) {
    guard let server = Loopback.connect(to: destination) else { return }
    defer { close(server) }
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      Loopback.copy(server, to: client) { Loopback.write(client, $0) }
      done.signal()
    }
    Loopback.copy(client, to: server) { Loopback.write(server, $0) }
    done.wait()
  }
}
