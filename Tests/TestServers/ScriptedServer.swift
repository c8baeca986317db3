import Foundation
import Glibc
import Synchronization

/// A plain HTTP/1.1 server on 127.0.0.1 whose answers a test scripts down to the byte.
package final class ScriptedServer: Sendable {
  package struct Request: Sendable {
    package let method: String
    /// Path and query.
    package let target: String
    package let headers: [String: String]
    package let body: [UInt8]

    package var path: String { String(target.prefix { $0 != "?" }) }
  }

  /// One thing that the server does with a connection.
  package enum Action: Sendable {
    case send([UInt8])
    /// Sends the same again and again until the connection is closed.
    case beat([UInt8], every: Duration)
    /// Waits until the client or the test closes the connection.
    case hold
    /// Closes without a word of goodbye.
    case cut
  }

  package typealias Handler = @Sendable (Request) -> [Action]

  private struct State {
    var requests: [Request] = []
    var connections: Set<Int32> = []
    var acceptedCount = 0
    var sentBytes = 0
    var isStopped = false
  }

  package let port: UInt16
  private let listener: Int32
  private let handler: Handler
  private let state = Mutex(State())

  /// Listens on a free port, or on `port`.
  package init(port: UInt16 = 0, _ handler: @escaping Handler) throws {
    self.handler = handler
    (listener, self.port) = try Loopback.listen(port: port)
    Loopback.accept(from: listener) { [self] connection in
      guard begin(connection) else { return }
      serve(connection)
      end(connection)
    }
  }

  package var url: String { "http://127.0.0.1:\(port)" }
  package var requests: [Request] { state.withLock(\.requests) }
  package var acceptedCount: Int { state.withLock(\.acceptedCount) }
  /// How many bytes the kernel took from the server.
  package var sentBytes: Int { state.withLock(\.sentBytes) }

  /// Closes every connection that is open now.
  package func cutConnections() {
    // Under the lock, for the number of a connection that ends meanwhile may become another's.
    state.withLock { state in
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
  }

  package func stop() {
    state.withLock { $0.isStopped = true }
    shutdown(listener, Int32(SHUT_RDWR))
    cutConnections()
  }

  /// Notes a connection; `false` where the server is stopped and closed it.
  private func begin(_ connection: Int32) -> Bool {
    let isServed = state.withLock { state in
      guard !state.isStopped else { return false }
      state.acceptedCount += 1
      state.connections.insert(connection)
      return true
    }
    if !isServed { close(connection) }
    return isServed
  }

  private func end(_ connection: Int32) {
    state.withLock { state in
      state.connections.remove(connection)
      close(connection)
    }
  }

  private func serve(_ connection: Int32) {
    var received: [UInt8] = []
    while let request = read(from: connection, &received) {
      state.withLock { $0.requests.append(request) }
      for action in handler(request) {
        switch action {
        case .send(let bytes): guard send(bytes, to: connection) else { return }
        case .beat(let bytes, let pause):
          while send(bytes, to: connection) { Thread.sleep(forTimeInterval: pause / .seconds(1)) }
          return
        case .hold:
          var byte: UInt8 = 0
          while recv(connection, &byte, 1, 0) > 0 {}
          return
        case .cut: return
        }
      }
    }
  }

  private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      // In pieces, for a send that waits for room does not tell how much went.
      let count = bytes[sent...].prefix(64 << 10).withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
      state.withLock { $0.sentBytes += count }
    }
    return true
  }

  private func read(from connection: Int32, _ received: inout [UInt8]) -> Request? {
    while true {
      if let request = Self.parse(&received) { return request }
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  private static func parse(_ received: inout [UInt8]) -> Request? {
    guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let length = headers["content-length"].flatMap(Int.init) ?? 0
    guard received.count >= end.upperBound + length, words.count > 1 else { return nil }
    let body = Array(received[end.upperBound..<end.upperBound + length])
    received.removeFirst(end.upperBound + length)
    return Request(
      method: String(words[0]),
      target: String(words[1]),
      headers: headers,
      body: body
    )
  }
}

extension ScriptedServer.Action {
  /// A whole answer.
  package static func answer(
    _ body: [UInt8],
    status: Int = 200,
    headers: [String: String] = [:]
  ) -> Self {
    var fields = headers
    fields["Content-Length"] = String(body.count)
    return .send(head(status, fields) + body)
  }

  /// A whole answer with a text.
  package static func answer(
    _ body: String,
    status: Int = 200,
    headers: [String: String] = [:]
  ) -> Self {
    answer(Array(body.utf8), status: status, headers: headers)
  }

  /// The head of a chunked answer.
  package static func streamHead(_ status: Int = 200) -> Self {
    .send(head(status, ["Transfer-Encoding": "chunked"]))
  }

  package static func chunk(_ text: String) -> Self { .send(chunkBytes(text)) }

  /// The same chunk again and again.
  package static func chunks(_ text: String, every pause: Duration) -> Self {
    .beat(chunkBytes(text), every: pause)
  }

  private static func chunkBytes(_ text: String) -> [UInt8] {
    Array("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8)
  }

  package static let lastChunk = Self.send(Array("0\r\n\r\n".utf8))

  private static func head(_ status: Int, _ fields: [String: String]) -> [UInt8] {
    let lines = fields.map { "\($0.key): \($0.value)\r\n" }.joined()
    return Array("HTTP/1.1 \(status) Scripted\r\n\(lines)\r\n".utf8)
  }
}
