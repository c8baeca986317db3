import HTTP
import TestServers
import Testing

/// Servers that know no TLS of this decade.
@Suite(.fewAtOnce) struct OldTLSTests {
  private static let tls12: UInt16 = 0x0303
  private static let protocolVersion: UInt8 = 70

  @Test(
    "A server of TLS 1.1 or older is refused for its version",
    arguments: [UInt16(0x0301), 0x0302, tls12]
  )
  func version(_ version: UInt16) async throws {
    let server = try OldTLSServer(version: version)
    defer { server.stop() }
    let client = HTTPClient(eventLoop: EventLoop())
    let error = await #expect(throws: HTTPError.self) {
      try await client.response(to: HTTPRequest(.get, "https://127.0.0.1:\(server.port)/"))
    }
    #expect(!server.offered.isEmpty && server.offered.allSatisfy { $0 >= Self.tls12 })
    if version < Self.tls12 {
      #expect(await eventually { server.alerts == [Self.protocolVersion] })
      guard case .tls = error else {
        Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
        return
      }
    } else {
      // That one is taken, and then has no certificate to show.
      #expect(!server.alerts.contains(Self.protocolVersion))
    }
  }
}
