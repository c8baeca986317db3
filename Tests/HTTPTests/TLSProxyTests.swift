import Foundation
import TestServers
import Testing

@testable import HTTP
@testable import SimulatedCluster

/// Proxies that are themselves spoken to over TLS.
@Suite struct TLSProxyTests {
  private let eventLoop = EventLoop()

  /// A cluster, a proxy that leads to it, and what stands before the proxy.
  private struct Route {
    let cluster: SimulatedCluster
    let proxy: TinyProxy
    let relay: TLSRelay

    var url: String { "https://127.0.0.1:\(relay.port)" }
    var authority: [UInt8] { Array(cluster.certificateAuthorityPEM.utf8) }

    func request(_ path: String) -> HTTPRequest {
      var request = HTTPRequest(.get, "https://localhost:6443\(path)")
      request.headers.add("Authorization", "Bearer \(cluster.token)")
      return request
    }
  }

  private func withRoute(
    _ certificates: Certificates,
    asksForCertificate: Bool = false,
    refusingWith refusal: String? = nil,
    _ body: (Route) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .empty))
    let port = cluster.url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    let proxy = try TinyProxy(to: port, refusingWith: refusal)
    let relay = try await TLSRelay.start(
      to: proxy.port,
      certificates,
      asksForCertificate: asksForCertificate
    )
    var failure: (any Error)?
    do {
      try await body(Route(cluster: cluster, proxy: proxy, relay: relay))
    } catch {
      failure = error
    }
    relay.stop()
    proxy.stop()
    await cluster.stop()
    if let failure { throw failure }
  }

  private func client(_ proxy: String, _ tls: TLSSettings) -> HTTPClient {
    HTTPClient(ConnectionSettings(tls: tls, proxy: .url(proxy)), eventLoop: eventLoop)
  }

  /// Trusts the cluster's authority and the proxy's, as one bundle in a kubeconfig does.
  private func bundle(_ route: Route, _ certificates: Certificates) -> TLSSettings {
    var tls = TLSSettings()
    tls.certificateAuthority = route.authority + Array("\n\(certificates.authorityPEM)".utf8)
    return tls
  }

  @Test func aServerIsReachedThroughATunnelThatIsItselfHidden() async throws {
    let certificates = try Certificates()
    try await withRoute(certificates) { route in
      let client = client(route.url, bundle(route, certificates))
      let response = try await client.response(to: route.request("/version"))
      #expect(response.status == 200)
      #expect(response.head.version == .http2)
      #expect(route.proxy.targets == ["localhost:6443"])
      #expect(!route.proxy.heads.joined().contains(route.cluster.token))
      // The certificates are those of the server, whose end is watched, not those of the proxy.
      let shown = String(decoding: response.head.serverCertificates, as: UTF8.self)
      let expected = try await serverCertificate(of: route)
      #expect(shown.contains(expected))
      #expect(!shown.contains(certificates.serverPEM.split(separator: "\n")[1]))
    }
  }

  /// A part of the certificate that the cluster's server shows to whoever asks it directly.
  private func serverCertificate(of route: Route) async throws -> String {
    var tls = TLSSettings()
    tls.certificateAuthority = route.authority
    let direct = HTTPClient(ConnectionSettings(tls: tls), eventLoop: eventLoop)
    let response = try await direct.response(
      to: HTTPRequest(.get, "\(route.cluster.url)/version")
    )
    let shown = String(decoding: response.head.serverCertificates, as: UTF8.self)
    return String(shown.split(separator: "\n")[2])
  }

  @Test func manyStreamsShareOneHiddenTunnel() async throws {
    let certificates = try Certificates()
    try await withRoute(certificates) { route in
      let client = client(route.url, bundle(route, certificates))
      var request = route.request("/api/v1/pods?watch=true")
      request.timeouts.total = nil
      var streams: [HTTPStream] = []
      for _ in 0..<20 { streams.append(try await client.stream(request)) }
      #expect(streams.allSatisfy { $0.head.status == 200 && $0.head.version == .http2 })
      #expect(route.proxy.targets.count == 1)
      for stream in streams { stream.cancel() }
    }
  }

  @Test func aProxyWhoseAuthorityIsUnknownGetsNoRequest() async throws {
    try await withRoute(try Certificates()) { route in
      var tls = TLSSettings()
      tls.certificateAuthority = route.authority
      let client = client(route.url, tls)
      let error = await #expect(throws: HTTPError.self) {
        try await client.response(to: route.request("/version"))
      }
      guard case .tls(let host, _) = error else {
        Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
        return
      }
      #expect(host == "the proxy 127.0.0.1:\(route.relay.port)")
      #expect(route.proxy.heads.isEmpty)
    }
  }

  @Test func aServerThatIsNotTrustedIsNotTakenForItsProxy() async throws {
    let certificates = try Certificates()
    try await withRoute(certificates) { route in
      var tls = TLSSettings()
      tls.certificateAuthority = Array(certificates.authorityPEM.utf8)
      let client = client(route.url, tls)
      let error = await #expect(throws: HTTPError.self) {
        try await client.response(to: route.request("/version"))
      }
      guard case .tls(host: "localhost:6443", _) = error else {
        Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
        return
      }
    }
  }

  @Test func whoVerifiesNothingVerifiesNoProxy() async throws {
    try await withRoute(try Certificates()) { route in
      var tls = TLSSettings()
      tls.insecureSkipVerify = true
      let response = try await client(route.url, tls).response(to: route.request("/version"))
      #expect(response.status == 200)
    }
  }

  @Test func anotherServerNameIsNotThatOfTheProxy() async throws {
    let certificates = try Certificates()
    try await withRoute(certificates) { route in
      var tls = bundle(route, certificates)
      tls.serverName = "localhost"
      let request = HTTPRequest(.get, "https://[2001:db8::1]:6443/version")
      let response = try await client(route.url, tls).response(to: request)
      #expect(response.status == 401)
      #expect(route.proxy.targets == ["[2001:db8::1]:6443"])
    }
  }

  @Test func aProxyHasToHaveItsOwnNameWhateverThatOfTheServerIs() async throws {
    let certificates = try Certificates()
    let proxy = try TinyProxy(to: 1)
    // Its certificate is for localhost and 127.0.0.1.
    let relay = try await TLSRelay.start(to: proxy.port, certificates, host: "127.0.0.2")
    var tls = TLSSettings()
    tls.certificateAuthority = Array(certificates.authorityPEM.utf8)
    tls.serverName = "localhost"
    let url = "https://127.0.0.2:\(relay.port)"
    let error = await #expect(throws: HTTPError.self) {
      try await client(url, tls).response(to: HTTPRequest(.get, "https://host.example/"))
    }
    relay.stop()
    proxy.stop()
    guard case .tls = error else {
      Issue.record("\(error.map(String.init(describing:)) ?? "no error")")
      return
    }
    #expect(proxy.heads.isEmpty)
  }

  @Test func aProxyThatAsksIsShownTheClientsCertificate() async throws {
    let certificates = try Certificates()
    try await withRoute(certificates, asksForCertificate: true) { route in
      var tls = bundle(route, certificates)
      tls.clientCertificate = ClientCertificate(
        certificate: Array(certificates.serverPEM.utf8),
        key: Array(certificates.serverKeyPEM.utf8)
      )
      let response = try await client(route.url, tls).response(to: route.request("/version"))
      #expect(response.status == 200)
      #expect(route.relay.shownCertificates > 0)
    }
  }

  @Test func aRefusalOfAHiddenProxyIsTold() async throws {
    let certificates = try Certificates()
    try await withRoute(certificates, refusingWith: "407 Proxy Authentication Required") { route in
      let url = route.url.replacing("https://", with: "https://user:very-secret@")
      let error = await #expect(throws: HTTPError.self) {
        try await client(url, bundle(route, certificates)).response(to: route.request("/version"))
      }
      let text = try #require(error).description
      #expect(text.contains("407"))
      #expect(!text.contains("secret"))
      // It learns the password that is meant for it.
      let credentials = Data("user:very-secret".utf8).base64EncodedString()
      #expect(route.proxy.heads.joined().contains("Proxy-Authorization: Basic \(credentials)"))
    }
  }
}
