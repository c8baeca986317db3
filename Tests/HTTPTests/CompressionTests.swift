import Foundation
import HTTP
import TestServers
import Testing

@Suite(.fewAtOnce) struct CompressionTests {
  private let eventLoop = EventLoop()
  private let compressed: [UInt8]

  init() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "RecordedTraffic/large/pods-500.json.gz")
    compressed = [UInt8](try Data(contentsOf: file))
  }

  /// The size that the last four bytes of gzip tell (RFC 1952 §2.3.1).
  private var size: Int {
    compressed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private func server() throws -> ScriptedServer {
    let compressed = compressed
    return try ScriptedServer { request in
      request.headers["accept-encoding"] == "gzip"
        ? [.answer(compressed, headers: ["Content-Encoding": "gzip"])] : [.answer("plain")]
    }
  }

  private func client(acceptsGzip: Bool) -> HTTPClient {
    HTTPClient(ConnectionSettings(acceptsGzip: acceptsGzip), eventLoop: eventLoop)
  }

  @Test func aCompressedAnswerIsTakenApart() async throws {
    let server = try server()
    defer { server.stop() }
    let client = client(acceptsGzip: true)
    let body = try await client.response(to: HTTPRequest(.get, server.url)).body
    #expect(client.bytesReceived == UInt64(compressed.count))
    #expect(body.count == size)
    #expect(body.count > compressed.count * 5)
    #expect(body.starts(with: Array(#"{"kind":"PodList""#.utf8)))
  }

  @Test func compressionIsNotAskedForWhereItIsDisabled() async throws {
    let server = try server()
    defer { server.stop() }
    let request = HTTPRequest(.get, server.url)
    #expect(
      try await client(acceptsGzip: false).response(to: request).body == Array("plain".utf8)
    )
    #expect(server.requests[0].headers["accept-encoding"] == nil)
  }

  @Test func aSlowReceiverGetsAllOfACompressedAnswer() async throws {
    let server = try server()
    defer { server.stop() }
    let stream = try await client(acceptsGzip: true).stream(HTTPRequest(.get, server.url))
    // Time for libcurl to read as far as it may.
    try await Task.sleep(for: .milliseconds(300))
    var received = 0
    while let chunk = try await stream.nextChunk() { received += chunk.count }
    #expect(received == size)
  }

  @Test func aBodyThatIsLargerThanItMayBeIsNotUnpackedToItsEnd() async throws {
    let server = try server()
    defer { server.stop() }
    var request = HTTPRequest(.get, server.url)
    request.maximumBodyBytes = size / 2
    let client = client(acceptsGzip: true)
    await #expect(throws: HTTPError.bodyTooLarge(limit: size / 2)) {
      try await client.response(to: request)
    }
  }

  @Test func whatIsNotCompressedAsToldIsAnError() async throws {
    let server = try ScriptedServer { _ in
      [.answer("plain", headers: ["Content-Encoding": "gzip"])]
    }
    defer { server.stop() }
    await #expect(throws: HTTPError.self) {
      try await client(acceptsGzip: true).response(to: HTTPRequest(.get, server.url))
    }
  }
}
