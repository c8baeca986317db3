import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import Logging
import Monitoring
import SimulatedCluster
import Synchronization
import TestServers
import Testing
import WireFormats

@testable import Agent

/// An agent over a simulated cluster, asked over HTTP.
@Suite(.fewAtOnce) struct AgentServingTests {
  struct Run {
    let cluster: SimulatedCluster
    let eventLoop: EventLoop
    let url: String

    func get(_ path: String, token: String? = nil) async throws -> HTTPResponse {
      var headers = HTTPHeaders()
      if let token { headers["Authorization"] = "Bearer \(token)" }
      return try await HTTPClient(eventLoop: eventLoop)
        .response(to: HTTPRequest(.get, url + path, headers: headers))
    }

    func json(_ path: String) async throws -> JSONValue {
      try JSONValue(parsing: try await get(path).body)
    }

    func stream(_ path: String) async throws -> Lines {
      Lines(try await HTTPClient(eventLoop: eventLoop).stream(HTTPRequest(.get, url + path)))
    }

    func create(_ names: String...) throws {
      for name in names {
        _ = try cluster.create(
          [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": .string(name), "namespace": "default"],
          ]
        )
      }
    }
  }

  /// The lines of an answer as they come.
  final class Lines {
    private let stream: HTTPStream
    private var rest: [UInt8] = []

    init(_ stream: HTTPStream) { self.stream = stream }

    var status: Int { stream.head.status }

    /// The next line; `nil` at the end.
    func next() async throws -> JSONValue? {
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          defer { rest.removeFirst(end + 1) }
          return try JSONValue(parsing: Array(rest[..<end]))
        }
        guard let chunk = try await stream.nextChunk() else { return nil }
        rest += chunk
      }
    }

    /// What the next line says happened, and to which object.
    func nextChange() async throws -> String {
      let line = try await next()
      let name = line?["object"]?["subject"]?["name"]?.stringValue ?? ""
      return "\(line?["type"]?.stringValue ?? "end") \(name)"
    }
  }

  static func withAgent(
    authority: (KubernetesClient) throws -> (any RequestAuthority)? = { _ in nil },
    clock: WallClock = .system,
    _ body: (Run) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let client = KubernetesClient(
      ClusterConnection(
        contextName: "prod",
        server: cluster.url,
        tls: tls,
        credential: .token(cluster.token)
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
    let fleet = Fleet([client], options: MonitorOptions(checks: [BadMaps()]))
    let agent = Agent(fleet, FindingLedger(instance: "a"))
    let listener = try AgentListener(
      "127.0.0.1:0",
      certificateFile: nil,
      keyFile: nil,
      authority: try authority(client)
    )
    let (ports, listens) = AsyncStream.makeStream(of: Int.self)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let patrol = Task { await fleet.run() }
    let telling = Task { await agent.run() }
    let serving = Task {
      try await listener.serve(agent, logger: logger, clock: clock) { listens.yield($0) }
    }
    let port = await ports.first { _ in true } ?? 0
    let run = Run(cluster: cluster, eventLoop: eventLoop, url: "http://127.0.0.1:\(port)")
    let isReady = await eventually { (try? await run.get("/readyz").status) == 200 }
    #expect(isReady)
    try await body(run)
    for task in [patrol, telling] { task.cancel() }
    serving.cancel()
    await telling.value
    await patrol.value
    _ = await serving.result
    await cluster.stop()
  }

  @Test func findingsAreListedAndNarrowed() async throws {
    try await Self.withAgent { run in
      try run.create("bad-1", "bad-2", "good")
      let isThere = try await eventually {
        try await run.json("/api/v1/findings")["items"]?.arrayValue?.count == 2
      }
      #expect(isThere)
      let list = try await run.json("/api/v1/findings?name=bad-2")
      #expect(list["kind"] == "FindingList" && list["apiVersion"] == "kpatrol.io/v1")
      let item = try #require(list["items"]?.arrayValue?.first)
      #expect(list["items"]?.arrayValue?.count == 1)
      #expect(item["message"] == "ConfigMap bad-2 is bad")
      #expect(item["cluster"] == "prod" && item["subject"]?["uid"]?.stringValue?.isEmpty == false)
      #expect(item["metadata"]?["name"] == item["id"])
    }
  }

  @Test func aWatchGoesOnWhereItWas() async throws {
    try await Self.withAgent { run in
      try run.create("bad-1")
      let isThere = try await eventually {
        try await run.json("/api/v1/findings")["items"]?.arrayValue?.count == 1
      }
      #expect(isThere)
      let watch = try await run.stream("/api/v1/findings?watch=true&allowWatchBookmarks=true")
      #expect(try await watch.nextChange() == "ADDED bad-1")
      let bookmark = try await watch.next()
      #expect(bookmark?["type"] == "BOOKMARK")
      let metadata = bookmark?["object"]?["metadata"]
      #expect(metadata?["annotations"]?["k8s.io/initial-events-end"] == "true")
      try run.create("bad-2")
      #expect(try await watch.nextChange() == "ADDED bad-2")
      _ = run.cluster.remove("configmaps", namespace: "default", name: "bad-1")
      #expect(try await watch.nextChange() == "DELETED bad-1")

      // Another that knows what was then hears of all that came after it.
      let version = try #require(metadata?["resourceVersion"]?.stringValue)
      let later = try await run.stream(
        "/api/v1/findings?watch=true&timeoutSeconds=2&resourceVersion=\(version)"
      )
      #expect(try await later.nextChange() == "ADDED bad-2")
      #expect(try await later.nextChange() == "DELETED bad-1")
      #expect(try await later.next() == nil, "Its time is over.")
    }
  }

  @Test func aVersionOfAnotherAgentIsGone() async throws {
    try await Self.withAgent { run in
      let answer = try await run.get("/api/v1/findings?watch=true&resourceVersion=abc-3")
      #expect(answer.status == 410)
      let status = try JSONValue(parsing: answer.body)
      #expect(status["kind"] == "Status" && status["reason"] == "Expired")
    }
  }

  @Test func aClusterThatIsGoneMakesItUnreadyAndStaysLive() async throws {
    try await Self.withAgent { run in
      await run.cluster.stopListening()
      await run.cluster.resetConnections()
      let isUnready = try await eventually { try await run.get("/readyz").status == 503 }
      #expect(isUnready)
      let text = String(decoding: try await run.get("/readyz?verbose").body, as: UTF8.self)
      #expect(text.hasPrefix("[-]cluster/prod failed: disconnected: "))
      #expect(try await run.get("/livez").status == 200)
      let metrics = String(decoding: try await run.get("/metrics").body, as: UTF8.self)
      #expect(metrics.contains(#"kpatrol_cluster_up{cluster="prod"} 0"#))
    }
  }

  @Test func whoHasNoTokenLearnsWhetherItLivesAlone() async throws {
    let folder = try TemporaryFolder()
    let tokens = try folder.write("tokens", "0123456789abcdef,ann\n")
    try await Self.withAgent(authority: { _ in try AccessTokens(file: tokens) }) { run in
      for path in ["/api/v1/findings", "/api/v1/findings?watch=true", "/metrics"] {
        let withoutToken = try await run.get(path).status
        let withAnother = try await run.get(path, token: "0123456789abcdee").status
        #expect([withoutToken, withAnother] == [401, 401])
      }
      let withToken = try await run.get("/metrics", token: "0123456789abcdef").status
      let liveness = try await run.get("/livez").status
      #expect([withToken, liveness] == [200, 200])
      // Not even which clusters there are.
      let stranger = String(decoding: try await run.get("/readyz?verbose").body, as: UTF8.self)
      let known = try await run.get("/readyz?verbose", token: "0123456789abcdef").body
      #expect(stranger == "ok")
      #expect(String(decoding: known, as: UTF8.self).contains("[+]cluster/prod ok"))
    }
  }

  @Test func theAPIServerSaysWhoMayAskForWhat() async throws {
    let authority: (KubernetesClient) -> any RequestAuthority = {
      ReviewedAccess($0, now: WallClock.system.now)
    }
    try await Self.withAgent(authority: authority) { run in
      let reader = AccessRule(verbs: ["get"], nonResourceURLs: ["/api/v1/findings"])
      run.cluster.admit(User("ann", rules: [reader]), token: "token-of-ann")
      let answers = [
        try await run.get("/api/v1/findings?severity=critical", token: "token-of-ann"),
        try await run.get("/metrics", token: "token-of-ann"),
        try await run.get("/api/v1/findings", token: "token-of-nobody"),
        try await run.get("/api/v1/findings"),
      ]
      #expect(answers.map(\.status) == [200, 403, 401, 401])
      let refusal = try JSONValue(parsing: answers[1].body)
      #expect(refusal["message"] == "ann cannot get path /metrics")
      let metrics = try await run.get("/metrics", token: run.cluster.token).body
      let text = String(decoding: metrics, as: UTF8.self)
      #expect(text.contains(#"kpatrol_requests_refused_total{reason="forbidden"} 1"#))
      #expect(text.contains(#"kpatrol_requests_refused_total{reason="unknown"} 2"#))
    }
  }

  @Test func tokensThatAreKnownAreNotReviewedAgain() async throws {
    let authority: (KubernetesClient) -> any RequestAuthority = {
      ReviewedAccess($0, now: WallClock.system.now)
    }
    try await Self.withAgent(authority: authority) { run in
      for _ in 0..<5 { _ = try await run.get("/metrics", token: run.cluster.token) }
      let reviews = run.cluster.requestLog.map(\.path).filter { $0.hasSuffix("reviews") }
      #expect(
        Set(reviews) == [
          "/apis/authentication.k8s.io/v1/tokenreviews",
          "/apis/authorization.k8s.io/v1/subjectaccessreviews",
        ]
      )
      #expect(reviews.count == 2)
    }
  }

  @Test func whoAsksTooOftenIsToldToWait() async throws {
    let now = Mutex(Timestamp(millisecondsSince1970: 1_000_000))
    let clock = WallClock(now: { now.withLock(\.self) }, sleep: WallClock.system.sleep)
    try await Self.withAgent(clock: clock) { run async throws in
      for expected in [200, 429] {
        for _ in 0..<60 { #expect(try await run.get("/api/v1/findings").status == expected) }
      }
      // The kubelet asks all the same.
      #expect(try await run.get("/livez").status == 200)
      now.withLock { $0 = $0 + .seconds(1) }
      #expect(try await run.get("/api/v1/findings").status == 200)
    }
  }
}

/// Finds every ConfigMap that is called so.
private struct BadMaps: Check {
  let id: CheckID = "risk/bad-map"
  let title = "A ConfigMap is bad"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ map: ConfigMap, in cluster: ClusterView) -> [Observation] {
    guard map.key.name.hasPrefix("bad") else { return [] }
    return [Observation("ConfigMap \(map.key.name) is bad")]
  }
}
