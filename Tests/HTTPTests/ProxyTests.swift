import Foundation
import SimulatedCluster
import TestServers
import Testing

@testable import HTTP

@Suite(.fewAtOnce) struct ProxyTests {
  private let eventLoop = EventLoop()

  private func client(_ proxy: Proxy, tls: TLSSettings = TLSSettings()) -> HTTPClient {
    HTTPClient(ConnectionSettings(tls: tls, proxy: proxy), eventLoop: eventLoop)
  }

  /// A simulated cluster, what trusts it, and a proxy that leads to it.
  private func withCluster(
    _ body: (SimulatedCluster, TLSSettings, TinyProxy) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .empty))
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let port = cluster.url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    let proxy = try TinyProxy(to: port)
    defer { proxy.stop() }
    do {
      try await body(cluster, tls, proxy)
    } catch {
      await cluster.stop()
      throw error
    }
    await cluster.stop()
  }

  @Test func aServerWithTLSIsReachedThroughATunnelThatSeesNoSecret() async throws {
    try await withCluster { cluster, tls, proxy in
      let client = client(.url("http://127.0.0.1:\(proxy.port)"), tls: tls)
      var request = HTTPRequest(.get, "https://localhost:6443/version")
      request.headers.add("Authorization", "Bearer \(cluster.token)")
      let response = try await client.response(to: request)
      #expect(response.status == 200)
      #expect(response.head.headers["Via"] == nil)
      #expect(proxy.targets == ["localhost:6443"])
      #expect(proxy.heads.joined().contains(cluster.token) == false)
    }
  }

  @Test func anotherServerNameLeadsTheTunnelToTheSameHost() async throws {
    try await withCluster { cluster, tls, proxy in
      var tls = tls
      tls.serverName = "localhost"
      let client = client(.url("http://127.0.0.1:\(proxy.port)"), tls: tls)
      let request = HTTPRequest(.get, "https://[2001:db8::1]:6443/version")
      let response = try await client.response(to: request)
      #expect(response.status == 401)
      #expect(proxy.targets == ["[2001:db8::1]:6443"])
    }
  }

  @Test func manyStreamsShareOneTunnel() async throws {
    try await withCluster { cluster, tls, proxy in
      let client = client(.url("http://127.0.0.1:\(proxy.port)"), tls: tls)
      var request = HTTPRequest(.get, "https://localhost:6443/api/v1/pods?watch=true")
      request.headers.add("Authorization", "Bearer \(cluster.token)")
      request.timeouts.total = nil
      var streams: [HTTPStream] = []
      for _ in 0..<30 { streams.append(try await client.stream(request)) }
      #expect(streams.allSatisfy { $0.head.status == 200 && $0.head.version == .http2 })
      #expect(proxy.targets.count == 1)
      for stream in streams { stream.cancel() }
    }
  }

  @Test func aSOCKSProxyResolvesTheName() async throws {
    let server = try ScriptedServer { _ in [.answer("hello")] }
    let proxy = try TinyProxy(to: server.port)
    defer {
      proxy.stop()
      server.stop()
    }
    let client = client(.url("socks5h://127.0.0.1:\(proxy.port)"))
    let request = HTTPRequest(.get, "http://known-there-alone.example:8080/path")
    #expect(try await client.response(to: request).body == Array("hello".utf8))
    #expect(proxy.targets == ["known-there-alone.example:8080"])
    #expect(server.requests.map(\.target) == ["/path"])
  }

  @Test(
    "A proxy that refuses is told",
    arguments: [
      ("http", "407 Proxy Authentication Required", "407"), ("socks5h", "", "SOCKS5"),
    ]
  )
  func refusals(scheme: String, refusal: String, reason: String) async throws {
    let proxy = try TinyProxy(to: 1, refusingWith: refusal)
    defer { proxy.stop() }
    let client = client(.url("\(scheme)://user:very-secret@127.0.0.1:\(proxy.port)"))
    let error = await #expect(throws: HTTPError.self) {
      try await client.response(to: HTTPRequest(.get, "https://host.example/"))
    }
    let text = try #require(error).description
    #expect(text.contains(reason))
    #expect(!text.contains("secret"))
  }

  @Test(
    "A proxy without a port is sought where kubectl seeks it",
    arguments: [("http", 80), ("https", 443), ("socks5h", 1080)]
  )
  func ports(scheme: String, port: Int) async throws {
    let client = client(.url("\(scheme)://127.250.1.9"))
    let error = await #expect(throws: HTTPError.self) {
      try await client.response(to: HTTPRequest(.get, "https://host.example/"))
    }
    let text = try #require(error).description
    #expect(text.contains("port \(port) "), "\(text)")
  }

  @Test func aProxyThatIsNotThereIsUnreachable() async throws {
    let proxy = try TinyProxy(to: 1)
    proxy.stop()
    let client = client(.url("http://127.0.0.1:\(proxy.port)"))
    let error = await #expect(throws: HTTPError.self) {
      try await client.response(to: HTTPRequest(.get, "https://host.example/"))
    }
    guard case .unreachable = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
  }

  @Test func theProxiesOfTheEnvironmentAreUsedWhereAskedFor() async {
    // A process of its own, since all of a process shares one environment.
    await #expect(processExitsWith: .success) {
      let server = try ScriptedServer { _ in [.answer("direct")] }
      let proxy = try TinyProxy(to: 1, refusingWith: "403 Forbidden")
      setenv("HTTPS_PROXY", "http://127.0.0.1:\(proxy.port)", 1)
      setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
      setenv("NO_PROXY", "excepted.example", 1)
      let eventLoop = EventLoop()
      let settings = ConnectionSettings(proxy: .environment)
      let client = HTTPClient(settings, eventLoop: eventLoop)
      _ = try? await client.response(to: HTTPRequest(.get, "https://host.example/"))
      _ = try? await client.response(to: HTTPRequest(.get, "https://excepted.example/"))
      #expect(proxy.targets == ["host.example:443"])
      // This machine is reached directly, whatever the environment says.
      for host in ["localhost", "127.0.0.1"] {
        let request = HTTPRequest(.get, "http://\(host):\(server.port)/")
        #expect(try await client.response(to: request).body == Array("direct".utf8))
      }
      #expect(proxy.heads.count == 1)
    }
  }

  @Test func aProxyThatIsNamedIsUsedWhateverTheEnvironmentExcepts() async {
    await #expect(processExitsWith: .success) {
      let proxy = try TinyProxy(to: 1, refusingWith: "403 Forbidden")
      setenv("NO_PROXY", "*", 1)
      let settings = ConnectionSettings(proxy: .url("http://127.0.0.1:\(proxy.port)"))
      let client = HTTPClient(settings, eventLoop: EventLoop())
      _ = try? await client.response(to: HTTPRequest(.get, "https://host.example/"))
      #expect(proxy.targets == ["host.example:443"])
    }
  }

  @Test func theHostThatIsReachedIsExceptedNotTheNameInItsCertificate() async {
    await #expect(processExitsWith: .success) {
      let proxy = try TinyProxy(to: 1, refusingWith: "403 Forbidden")
      setenv("HTTPS_PROXY", "http://127.0.0.1:\(proxy.port)", 1)
      setenv("NO_PROXY", "192.0.2.0/24,kubernetes.default", 1)
      let eventLoop = EventLoop()
      var settings = ConnectionSettings(proxy: .environment)
      settings.tls.serverName = "kubernetes.default"
      let client = HTTPClient(settings, eventLoop: eventLoop)
      let brief = HTTPTimeouts(connect: .milliseconds(200))
      _ = try? await client.response(to: HTTPRequest(.get, "https://192.0.2.1:1/", timeouts: brief))
      #expect(proxy.targets.isEmpty)
      _ = try? await client.response(to: HTTPRequest(.get, "https://host.example:1/"))
      #expect(proxy.targets == ["host.example:1"])
    }
  }

  @Test(
    "Exceptions are read as kubectl reads them",
    arguments: [
      ("*", "anything", true), ("", "h", false), ("a.b", "a.b", true), ("a.b", "x.a.b", true),
      (".a.b", "a.b", false), (".a.b", "x.a.b", true), ("*.a.b", "x.a.b", true),
      ("*.a.b", "a.b", false), ("a.b", "xa.b", false), ("x, A.B", "a.b", true),
      ("a.b:443", "a.b", true), ("a.b:80", "a.b", false), ("*.a.b:443", "x.a.b", true),
      ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false),
      ("10.0.0.0/15", "10.1.255.1", true), ("10.0.0.0/15", "10.2.0.1", false),
      ("10.0.0.0/99", "10.0.0.0", false), ("10.0.0.1:443", "10.0.0.1", true),
      ("10.0.0.1:80", "10.0.0.1", false), ("fd00::/8", "[fd12::1]", true),
      ("[fd12::1]:443", "[fd12::1]", true), ("[fd12::1]:80", "[fd12::1]", false),
      ("fd12::1", "[fd12::1]", true), ("::2", "10.0.0.1", false), (".0.0.1", "10.0.0.1", false),
      ("", "localhost", true), ("", "127.8.8.8", true), ("", "[::1]", true),
    ]
  )
  func exceptions(text: String, host: String, isExcepted: Bool) {
    #expect(ProxyExceptions(text).contains(host, port: "443") == isExcepted)
  }

  @Test func theProxyDependsOnTheScheme() throws {
    let variables = [
      "HTTP_PROXY": "http://plain:1", "https_proxy": "http://small:2",
      "HTTPS_PROXY": "http://big:3",
    ]
    let environment = ProxyEnvironment { variables[$0] }
    let urls = try ["http://h.example/", "https://h.example/"].map { try #require(URLParts($0)) }
    #expect(urls.map(environment.proxy) == ["http://plain:1", "http://big:3"])
    let small = ProxyEnvironment { ["https_proxy": "http://small:2", "HTTPS_PROXY": ""][$0] }
    #expect(urls.map(small.proxy) == [nil, "http://small:2"])
  }
}
