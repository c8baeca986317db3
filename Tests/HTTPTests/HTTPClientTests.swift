import HTTP
import SimulatedCluster
import Synchronization
import TestServers
import Testing

@Suite(.fewAtOnce) struct HTTPClientTests {
  private let eventLoop = EventLoop()
  private var client: HTTPClient { HTTPClient(eventLoop: eventLoop) }

  @Test func aRequestArrivesAsItWasMade() async throws {
    let server = try ScriptedServer { _ in [.answer("done")] }
    defer { server.stop() }
    let response = try await client.response(
      to: HTTPRequest(
        .patch,
        server.url + "/a?b=c",
        headers: ["Content-Type": "text/plain", "X-One": "1"],
        body: Array("hello".utf8)
      )
    )
    #expect(response.status == 200)
    #expect(response.body == Array("done".utf8))
    let request = try #require(server.requests.first)
    #expect(request.method == "PATCH")
    #expect(request.target == "/a?b=c")
    #expect(request.headers["x-one"] == "1")
    #expect(request.headers["content-type"] == "text/plain")
    #expect(request.headers["expect"] == nil)
    #expect(request.body == Array("hello".utf8))
  }

  @Test func noValueStartsAnotherField() async throws {
    let server = try ScriptedServer { _ in [.answer("")] }
    defer { server.stop() }
    var request = HTTPRequest(.get, server.url, headers: ["X-One": "1\r\nX-Evil: 2"])
    request.headers.add("X-Two", "a\tb\nX-Evil: 3\rX-Evil: 4\0")
    _ = try await client.response(to: request)
    let headers = try #require(server.requests.first).headers
    #expect(headers["x-evil"] == nil)
    #expect(headers["x-one"] == "1 X-Evil: 2")
    #expect(headers["x-two"] == "a\tb X-Evil: 3 X-Evil: 4")
  }

  @Test("Every status is an answer", arguments: [204, 301, 404, 500])
  func statuses(status: Int) async throws {
    let server = try ScriptedServer { _ in
      [.answer("", status: status, headers: ["Retry-After": "7", "Location": "/elsewhere"])]
    }
    defer { server.stop() }
    let response = try await client.response(to: HTTPRequest(.get, server.url))
    #expect(response.status == status)
    #expect(response.head.headers["retry-after"] == "7")
    #expect(server.requests.count == 1)
  }

  @Test func requestsOneAfterAnotherShareAConnection() async throws {
    let server = try ScriptedServer { _ in [.answer("x")] }
    defer { server.stop() }
    let client = client
    for _ in 0..<5 { _ = try await client.response(to: HTTPRequest(.get, server.url)) }
    #expect(server.acceptedCount == 1)
    #expect(client.bytesReceived == 5)
  }

  @Test func aLargeBodyArrivesWhole() async throws {
    let body = (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let server = try ScriptedServer { _ in [.answer(body)] }
    defer { server.stop() }
    let response = try await client.response(to: HTTPRequest(.get, server.url))
    #expect(response.body == body)
  }

  @Test func aBodyOverTheLimitIsRefused() async throws {
    let server = try ScriptedServer { _ in [.answer([UInt8](repeating: 0, count: 100_000))] }
    defer { server.stop() }
    var request = HTTPRequest(.get, server.url)
    request.maximumBodyBytes = 1000
    await #expect(throws: HTTPError.bodyTooLarge(limit: 1000)) {
      try await client.response(to: request)
    }
  }

  @Test func nobodyListening() async throws {
    let server = try ScriptedServer { _ in [] }
    server.stop()
    let error = await #expect(throws: HTTPError.self) {
      try await client.response(to: HTTPRequest(.get, server.url))
    }
    guard case .unreachable("127.0.0.1:\(server.port)", _) = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
  }

  @Test("What is no URL is told", arguments: ["", "no url", "ftp://host/", "http://"])
  func malformed(url: String) async {
    await #expect(throws: HTTPError.malformedURL(url)) {
      try await client.response(to: HTTPRequest(.get, url))
    }
  }

  @Test func aConnectionThatBreaksInABodyIsToldApartFromItsEnd() async throws {
    let server = try ScriptedServer { request in
      request.path == "/whole"
        ? [.streamHead(), .chunk("half"), .lastChunk] : [.streamHead(), .chunk("half"), .cut]
    }
    defer { server.stop() }
    let whole = try await client.stream(HTTPRequest(.get, server.url + "/whole"))
    #expect(try await whole.nextChunk() == Array("half".utf8))
    #expect(try await whole.nextChunk() == nil)
    let broken = try await client.stream(HTTPRequest(.get, server.url + "/broken"))
    #expect(try await broken.nextChunk() == Array("half".utf8))
    let error = await #expect(throws: HTTPError.self) { try await broken.nextChunk() }
    guard case .connectionLost = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
  }

  @Test func silenceEndsAStreamThatHasAnIdleLimit() async throws {
    let server = try ScriptedServer { _ in [.streamHead(), .chunk("a"), .hold] }
    defer { server.stop() }
    var request = HTTPRequest(.get, server.url)
    request.timeouts = HTTPTimeouts(total: nil, idle: .milliseconds(300))
    let stream = try await client.stream(request)
    #expect(try await stream.nextChunk() == Array("a".utf8))
    let error = await #expect(throws: HTTPError.self) { try await stream.nextChunk() }
    guard case .silent(_, _, isConnectionAlive: false) = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
  }

  @Test func aLimitOfSilenceMayComeLater() async throws {
    let server = try ScriptedServer { _ in [.streamHead(), .chunk("a"), .hold] }
    defer { server.stop() }
    var request = HTTPRequest(.get, server.url)
    request.timeouts = HTTPTimeouts(total: nil, idle: .seconds(3600))
    let stream = try await client.stream(request)
    #expect(try await stream.nextChunk() == Array("a".utf8))
    stream.limitSilence(to: .milliseconds(100))
    let error = await #expect(throws: HTTPError.self) { try await stream.nextChunk() }
    guard case .silent(_, _, isConnectionAlive: false) = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
  }

  @Test func anAnswerThatDoesNotComeEndsAtTheTotalLimit() async throws {
    let server = try ScriptedServer { _ in [.hold] }
    defer { server.stop() }
    var request = HTTPRequest(.get, server.url)
    request.timeouts.total = .milliseconds(200)
    let error = await #expect(throws: HTTPError.self) { try await client.response(to: request) }
    guard case .timedOut = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
  }

  @Test func cancellingTheTaskEndsTheRequest() async throws {
    let server = try ScriptedServer { _ in [.hold] }
    defer { server.stop() }
    let client = client
    let task = Task { try await client.response(to: HTTPRequest(.get, server.url)) }
    #expect(await eventually { server.requests.count == 1 })
    task.cancel()
    await #expect(throws: HTTPError.cancelled) { try await task.value }
  }

  @Test func cancellingAStreamWakesItsReceiver() async throws {
    let server = try ScriptedServer { _ in [.streamHead(), .hold] }
    defer { server.stop() }
    let stream = try await client.stream(HTTPRequest(.get, server.url))
    let task = Task { try await stream.nextChunk() }
    stream.cancel()
    await #expect(throws: HTTPError.cancelled) { try await task.value }
  }

  @Test func shuttingDownEndsWhatIsUnderWayAndWhatComesLater() async throws {
    let server = try ScriptedServer { _ in [.streamHead(), .hold] }
    defer { server.stop() }
    let client = client
    let stream = try await client.stream(HTTPRequest(.get, server.url))
    eventLoop.shutdown()
    await #expect(throws: HTTPError.cancelled) { try await stream.nextChunk() }
    await #expect(throws: HTTPError.cancelled) {
      try await client.response(to: HTTPRequest(.get, server.url))
    }
  }

  @Test func aReceiverThatDoesNotReadStopsTheServer() async throws {
    let size = 64 << 20
    let server = try ScriptedServer { _ in [.answer([UInt8](repeating: 1, count: size))] }
    defer { server.stop() }
    let stream = try await client.stream(HTTPRequest(.get, server.url))
    // The server goes on until the kernel's buffers and ours are full, and then stands still.
    var last = -1
    #expect(
      await eventually {
        defer { last = server.sentBytes }
        try? await Task.sleep(for: .milliseconds(200))
        return server.sentBytes == last
      }
    )
    #expect(server.sentBytes < size / 2)
    var received = 0
    while let chunk = try await stream.nextChunk() { received += chunk.count }
    #expect(received == size)
  }

  @Test func credentialsAreInNoError() async throws {
    let server = try ScriptedServer { _ in [] }
    server.stop()
    var request = HTTPRequest(.get, server.url)
    request.headers.add("Authorization", "Bearer very-secret")
    let error = await #expect(throws: HTTPError.self) { try await client.response(to: request) }
    #expect(error.map { !"\($0) \(String(reflecting: $0))".contains("very-secret") } == true)
  }
}

@Suite(.fewAtOnce) struct TLSTests {
  private func withCluster(
    _ body: (SimulatedCluster, EventLoop) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .empty))
    let eventLoop = EventLoop()
    do {
      try await body(cluster, eventLoop)
    } catch {
      await cluster.stop()
      throw error
    }
    await cluster.stop()
  }

  private func settings(for cluster: SimulatedCluster) -> TLSSettings {
    var settings = TLSSettings()
    settings.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    return settings
  }

  @Test func anUnknownAuthorityIsRefused() async throws {
    try await withCluster { cluster, eventLoop in
      let client = HTTPClient(eventLoop: eventLoop)
      let error = await #expect(throws: HTTPError.self) {
        try await client.response(to: HTTPRequest(.get, cluster.url + "/version"))
      }
      guard case .tls = error else {
        Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
        return
      }
    }
  }

  @Test func theGivenAuthorityIsTrustedAndHTTP2Spoken() async throws {
    try await withCluster { cluster, eventLoop in
      let client = HTTPClient(tls: settings(for: cluster), eventLoop: eventLoop)
      let head = try await client.response(to: HTTPRequest(.get, cluster.url + "/version")).head
      #expect(head.version == .http2)
      #expect(head.status == 401)
    }
  }

  @Test func verificationIsSkippedOnlyWhenAsked() async throws {
    try await withCluster { cluster, eventLoop in
      var settings = TLSSettings()
      settings.insecureSkipVerify = true
      let client = HTTPClient(tls: settings, eventLoop: eventLoop)
      let response = try await client.response(to: HTTPRequest(.get, cluster.url + "/version"))
      #expect(response.status == 401)
    }
  }

  @Test func anotherServerNameMustBeInTheCertificate() async throws {
    try await withCluster { cluster, eventLoop in
      var settings = settings(for: cluster)
      settings.serverName = "localhost"
      let named = HTTPClient(tls: settings, eventLoop: eventLoop)
      let response = try await named.response(to: HTTPRequest(.get, cluster.url + "/version"))
      #expect(response.status == 401)
      settings.serverName = "elsewhere.example.com"
      let wrong = HTTPClient(tls: settings, eventLoop: eventLoop)
      await #expect(throws: HTTPError.self) {
        try await wrong.response(to: HTTPRequest(.get, cluster.url + "/version"))
      }
    }
  }

  @Test func bulkyAnswersHaveConnectionsApartAndLeaveTheOthersShared() async throws {
    try await withCluster { cluster, eventLoop in
      let port = cluster.url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
      let relay = try FreezingRelay(to: port)
      defer { relay.stop() }
      let client = HTTPClient(tls: settings(for: cluster), eventLoop: eventLoop)
      let url = "https://127.0.0.1:\(relay.port)"
      var watch = HTTPRequest(.get, url + "/api/v1/pods?watch=true")
      watch.headers.add("Authorization", "Bearer \(cluster.token)")
      watch.timeouts.total = nil
      var list = HTTPRequest(.get, url + "/api/v1/pods", headers: watch.headers)
      list.isBulky = true
      var streams: [HTTPStream] = []
      for _ in 0..<10 {
        #expect(try await client.response(to: list).head.version == .http1)
        streams.append(try await client.stream(watch))
      }
      #expect(streams.allSatisfy { $0.head.version == .http2 })
      #expect(relay.acceptedCount == 2)
      for stream in streams { stream.cancel() }
    }
  }

  @Test func manyStreamsRunSideBySideAndAPausedOneStopsNoOther() async throws {
    try await withCluster { cluster, eventLoop in
      let client = HTTPClient(tls: settings(for: cluster), eventLoop: eventLoop)
      var request = HTTPRequest(.get, cluster.url + "/api/v1/pods?watch=true")
      request.headers.add("Authorization", "Bearer \(cluster.token)")
      request.timeouts.total = nil
      var streams: [HTTPStream] = []
      for _ in 0..<60 { streams.append(try await client.stream(request)) }
      #expect(streams.allSatisfy { $0.head.status == 200 && $0.head.version == .http2 })
      #expect(await eventually { cluster.openWatches == 60 })
      var list = HTTPRequest(.get, cluster.url + "/api/v1/namespaces")
      list.headers = request.headers
      let response = try await client.response(to: list)
      #expect(response.status == 200)
      for stream in streams.dropLast() { stream.cancel() }
      #expect(await eventually { cluster.openWatches == 1 })
      streams.last?.cancel()
      #expect(await eventually { cluster.openWatches == 0 })
    }
  }
}
