import Foundation
import Glibc
import Synchronization

/// A server on 127.0.0.1 that answers the beginning of a TLS handshake with a version of its own, and
/// notes what it heard.
package final class OldTLSServer: Sendable {
  private struct State {
    var offered: [UInt16] = []
    var alerts: [UInt8] = []
  }

  private static let handshake: UInt8 = 22
  private static let alert: UInt8 = 21
  private static let supportedVersions = 43
  /// ECDHE-RSA with AES-128-GCM, which a client of TLS 1.2 knows.
  private static let cipher: [UInt8] = [0xC0, 0x2F]

  package let port: UInt16
  private let listener: Int32
  private let version: UInt16
  private let state = Mutex(State())

  /// `version` is TLS's own number: 0x0302 for TLS 1.1.
  package init(version: UInt16) throws {
    self.version = version
    (listener, port) = try Loopback.listen()
    Loopback.accept(from: listener) { [self] client in
      serve(client)
      close(client)
    }
  }

  /// The versions that clients offered.
  package var offered: [UInt16] { state.withLock(\.offered) }
  /// What clients complained about, by TLS's numbers: 70 is the version.
  package var alerts: [UInt8] { state.withLock(\.alerts) }

  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve(_ client: Int32) {
    guard let hello = Self.record(client), hello.type == Self.handshake else { return }
    let versions = Self.versions(in: hello.body)
    state.withLock { $0.offered += versions }
    let versionBytes = [UInt8(version >> 8), UInt8(version & 0xFF)]
    let body = versionBytes + [UInt8](repeating: 7, count: 32) + [0] + Self.cipher + [0]
    let message = [2, 0, 0, UInt8(body.count)] + body
    Loopback.write(client, [Self.handshake] + versionBytes + [0, UInt8(message.count)] + message)
    // Nothing more comes: a client that takes the version waits for a certificate.
    shutdown(client, Int32(SHUT_WR))
    while let answer = Self.record(client) {
      guard answer.type == Self.alert, answer.body.count == 2 else { continue }
      state.withLock { $0.alerts.append(answer.body[1]) }
    }
  }

  private static func record(_ client: Int32) -> (type: UInt8, body: [UInt8])? {
    guard let head = Loopback.read(client, 5),
      let body = Loopback.read(client, Int(head[3]) << 8 | Int(head[4]))
    else { return nil }
    return (head[0], body)
  }

  /// What a ClientHello offers (RFC 8446 §4.2.1).
  private static func versions(in hello: [UInt8]) -> [UInt16] {
    var rest = hello[...]
    func number(_ bytes: Int) -> Int {
      defer { rest = rest.dropFirst(bytes) }
      return rest.prefix(bytes).reduce(0) { $0 << 8 | Int($1) }
    }
    rest = rest.dropFirst(4 + 2 + 32)
    // The session's id, the ciphers and the ways to compress, each behind its length.
    for bytes in [1, 2, 1] {
      let length = number(bytes)
      rest = rest.dropFirst(length)
    }
    _ = number(2)
    while !rest.isEmpty {
      let type = number(2)
      let length = number(2)
      guard type == supportedVersions else {
        rest = rest.dropFirst(length)
        continue
      }
      return (0..<number(1) / 2).map { _ in UInt16(number(2)) }
    }
    return []
  }
}
