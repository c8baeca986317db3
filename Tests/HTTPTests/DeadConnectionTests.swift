import HTTP
import SimulatedCluster
import TestServers
import Testing

/// Connections that die without a word, with several streams on them.
@Suite(.fewAtOnce) struct DeadConnectionTests {
  private let eventLoop = EventLoop()

  /// Two watches that share a connection through a relay.
  private func withWatches(
    _ body: (FreezingRelay, HTTPClient, HTTPRequest, [HTTPStream]) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .empty))
    let port = cluster.url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    let relay = try FreezingRelay(to: port)
    defer { relay.stop() }
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let client = HTTPClient(tls: tls, eventLoop: eventLoop)
    var watch = HTTPRequest(.get, "https://127.0.0.1:\(relay.port)/api/v1/pods?watch=true")
    watch.headers.add("Authorization", "Bearer \(cluster.token)")
    watch.timeouts.total = nil
    do {
      let streams = [try await client.stream(watch), try await client.stream(watch)]
      #expect(relay.acceptedCount == 1)
      try await body(relay, client, watch, streams)
    } catch {
      await cluster.stop()
      throw error
    }
    await cluster.stop()
  }

  @Test func oneSilentStreamEndsAllOfItsConnectionAndTheNextRequestMakesAnother() async throws {
    try await withWatches { relay, client, watch, streams in
      relay.freeze()
      // The later of the two: when it was silent for so long, the other was, too.
      streams[1].limitSilence(to: .milliseconds(100))
      await #expect(throws: HTTPError.self) { try await Self.readToTheEnd(streams[0]) }
      await #expect(throws: HTTPError.self) { try await Self.readToTheEnd(streams[1]) }
      let next = try await client.stream(watch)
      #expect(next.head.status == 200)
      #expect(relay.acceptedCount == 2)
      next.cancel()
    }
  }

  @Test func aConnectionThatBringsOthersSomethingIsKept() async throws {
    try await withWatches { relay, client, watch, streams in
      client.leaveSilentConnections(to: watch.url)
      let next = try await client.stream(watch)
      #expect(next.head.status == 200)
      #expect(relay.acceptedCount == 1)
      for stream in streams + [next] { stream.cancel() }
    }
  }

  private static func readToTheEnd(_ stream: HTTPStream) async throws(HTTPError) {
    while try await stream.nextChunk() != nil {}
  }
}
