import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct FaultTests {
  private func inject(
    _ test: TestServer,
    _ fault: Fault,
    on requests: RequestMatcher = .any,
    times: Int? = nil,
    probability: Double = 1
  ) {
    _ = test.server.faults.add(
      FaultRule(fault, on: requests, times: times, probability: probability)
    )
  }

  @Test(
    "A refusal is a Status and says when to come back",
    arguments: [(429, "TooManyRequests"), (500, "InternalError"), (503, "ServiceUnavailable")]
  )
  func refusals(status: Int, reason: String) async throws {
    let test = try TestServer()
    inject(test, .status(status, retryAfterSeconds: 7), times: 1)
    let answer = try await test.send("GET", "/api/v1/pods")
    #expect(answer.status == status)
    #expect(answer.headers["Retry-After"] == "7")
    #expect(try answer.json()["reason"]?.stringValue == reason)
    #expect(try answer.json()[path: "details", "retryAfterSeconds"] == 7)
    #expect(try await test.send("GET", "/api/v1/pods").status == 200)
  }

  @Test func aFaultCountsItsStrikesAndCanBeTakenBack() async throws {
    let test = try TestServer()
    let id = test.server.faults.add(FaultRule(.status(500)))
    _ = try await test.send("GET", "/api/v1/pods")
    _ = try await test.send("GET", "/api/v1/nodes")
    #expect(test.server.faults.counts == [.status: 2])
    test.server.faults.remove([id])
    #expect(try await test.send("GET", "/api/v1/pods").status == 200)
    test.server.faults.forgetCounts()
    #expect(test.server.faults.counts.isEmpty)
  }

  struct Match: CustomTestStringConvertible {
    let matcher: RequestMatcher
    let struck: [String]
    let testDescription: String
  }

  private static let targets = [
    "GET /api/v1/pods", "GET /api/v1/pods?watch=1&timeoutSeconds=0",
    "GET /apis/apps/v1/namespaces/shop/deployments", "GET /api/v1/namespaces/shop",
    "DELETE /api/v1/namespaces/shop/pods/a", "GET /version",
    "GET /api/v1/pods?limit=1&continue=abc",
  ]

  @Test(
    "A matcher picks requests",
    arguments: [
      Match(matcher: .any, struck: targets, testDescription: "any"),
      Match(
        matcher: .lists(of: "pods"),
        struck: [targets[0], targets[6]],
        testDescription: "lists of Pods"
      ),
      Match(matcher: .watches(), struck: [targets[1]], testDescription: "watches"),
      Match(
        matcher: RequestMatcher(resource: "deployments.apps"),
        struck: [targets[2]],
        testDescription: "a resource of a group"
      ),
      Match(
        matcher: RequestMatcher(verbs: ["get", "delete"], path: "/api/v1/namespaces/shop"),
        struck: [targets[3], targets[4]],
        testDescription: "verbs below a path"
      ),
      Match(
        matcher: RequestMatcher(continuesList: true),
        struck: [targets[6]],
        testDescription: "the later pages of lists"
      ),
      Match(
        matcher: RequestMatcher(path: "/version", isWatch: false),
        struck: [targets[5]],
        testDescription: "a path outside of the API"
      ),
    ]
  )
  func matching(match: Match) {
    let struck = Self.targets.filter { target in
      let parts = target.split(separator: " ").map(String.init)
      return match.matcher.matches(RequestAttributes(APIRequest(parts[0], parts[1])))
    }
    #expect(struck == match.struck)
  }

  @Test func aDroppedBodyStopsAtTheByteAndThenBreaks() async throws {
    let test = try TestServer()
    inject(test, .drop(afterBytes: 30))
    let request = APIRequest("GET", "/api/v1/namespaces")
    guard case .pieces(let source) = await test.server.respond(to: request).body else {
      Issue.record("A dropped body comes in pieces.")
      return
    }
    #expect(try await source.next()?.count == 30)
    await #expect(throws: ConnectionDrop.self) { try await source.next() }
  }

  @Test func aBodyShorterThanTheLimitIsDroppedAtItsEnd() async throws {
    let test = try TestServer()
    inject(test, .drop(afterBytes: 1_000_000))
    await #expect(throws: ConnectionDrop.self) {
      try await test.send("GET", "/api/v1/namespaces")
    }
  }

  @Test func aTruncatedBodyEndsInTheMiddleAsIfItWereWhole() async throws {
    let test = try TestServer()
    inject(test, .truncate(afterBytes: 100))
    let answer = try await test.send("GET", "/api/v1/namespaces")
    #expect(answer.status == 200)
    #expect(answer.bytes.count == 100)
    #expect(throws: WireError.self) { try answer.json() }
  }

  @Test func aDribbledBodyIsWholeInTheEnd() async throws {
    let test = try TestServer()
    let whole = try await test.send("GET", "/api/v1/namespaces").bytes
    inject(test, .dribble(bytes: 50, every: .milliseconds(1)))
    #expect(try await test.send("GET", "/api/v1/namespaces").bytes == whole)
  }

  @Test func aThrottledBodyComesWholeAndNoFasterThanItMay() async throws {
    let test = try TestServer()
    let whole = try await test.send("GET", "/api/v1/namespaces").bytes
    inject(test, .throttle(bytesPerSecond: whole.count * 20))
    let start = ContinuousClock.now
    #expect(try await test.send("GET", "/api/v1/namespaces").bytes == whole)
    #expect(start.duration(to: .now) >= .milliseconds(50))
  }

  @Test func garbageIsNoJSON() async throws {
    let test = try TestServer()
    inject(test, .garbage)
    let answer = try await test.send("GET", "/api/v1/namespaces")
    #expect(answer.headers["Content-Type"] == "application/json")
    #expect(throws: WireError.self) { try answer.json() }
  }

  @Test func aWatchCanBeRefusedAsExpired() async throws {
    let test = try TestServer()
    inject(test, .expired, on: .watches())
    let answer = try await test.send("GET", "/api/v1/pods?watch=1&resourceVersion=5")
    #expect(answer.status == 410)
    #expect(try answer.json()["reason"] == "Expired")
  }

  @Test func aWatchCanExpireAfterSomeEvents() async throws {
    let test = try TestServer()
    for name in ["a", "b", "c"] { try await test.createPod(name) }
    inject(test, .expiredEvent(afterEvents: 2))
    let answer = try await test.send("GET", "/api/v1/pods?watch=1")
    let types = try answer.lines().compactMap { $0["type"]?.stringValue }
    #expect(types == ["ADDED", "ADDED", "ERROR"])
    #expect(try answer.lines().last?[path: "object", "code"] == 410)
    #expect(try await test.send("GET", "/api/v1/pods").status == 200)
    #expect(test.server.faults.counts == [.expiredEvent: 1])
  }

  @Test func theLogTellsHowRequestsWereAnswered() async throws {
    let test = try TestServer()
    for name in ["a", "b", "c"] { try await test.createPod(name) }
    inject(test, .garbage, on: .lists(), times: 1)
    inject(test, .expired, on: .watches(of: "nodes"), times: 1)
    inject(test, .expiredEvent(afterEvents: 2), on: .watches(of: "pods"), times: 1)
    test.server.log.clear()
    for target in [
      "pods", "nodes?watch=true&resourceVersion=5", "pods?watch=1", "namespaces?watch=1",
    ] {
      let isWatch = target.hasPrefix("namespaces")
      _ = try await test.send("GET", "/api/v1/\(target)\(isWatch ? "&timeoutSeconds=0" : "")")
    }
    test.registry.store.forgetHistory()
    _ = try await test.send("GET", "/api/v1/pods?watch=1&resourceVersion=1&timeoutSeconds=0")
    let log = test.server.log.entries
    #expect(log.map(\.faults) == [[.garbage], [.expired], [.expiredEvent], [], []])
    #expect(log.map(\.status) == [200, 410, 200, 200, 200])
    #expect(log.map(\.isToldExpired) == [false, true, true, false, true])
    #expect(log[1]["resourceVersion"] == "5" && log[0]["resourceVersion"] == nil)
  }

  @Test func anExpiredPageOffersToGoOnInconsistently() async throws {
    let test = try TestServer()
    for name in ["a", "b", "c"] { try await test.createPod(name) }
    let first = try await test.get("/api/v1/pods?limit=1")
    let token = try #require(first[path: "metadata", "continue"]?.stringValue)
    inject(test, .expired, on: RequestMatcher(continuesList: true), times: 1)
    let answer = try await test.send("GET", "/api/v1/pods?limit=1&continue=\(token)")
    #expect(answer.status == 410)
    let offered = try #require(try answer.json()[path: "metadata", "continue"]?.stringValue)
    let rest = try await test.get("/api/v1/pods?continue=\(offered)")
    #expect(rest["items"]?.arrayValue?.count == 2)
  }

  @Test func oneSeedDecidesWhatStrikes() async throws {
    func strikes(seed: UInt64) async throws -> [Int] {
      let test = try TestServer()
      test.server.faults.reseed(seed)
      inject(test, .status(503), probability: 0.5)
      var statuses: [Int] = []
      for _ in 0..<40 { statuses.append(try await test.send("GET", "/version").status) }
      return statuses
    }
    let first = try await strikes(seed: 4)
    #expect(first == (try await strikes(seed: 4)))
    #expect(first != (try await strikes(seed: 5)))
    #expect(Set(first) == [200, 503])
  }

  @Test func aPlanOfEverythingStrikesInEveryWay() async throws {
    let test = try TestServer()
    let plan = FaultPlan.everything(seed: 3, probability: 0.2)
    #expect(plan == FaultPlan.everything(seed: 3, probability: 0.2))
    test.server.faults.reseed(plan.seed)
    for rule in plan.rules { _ = test.server.faults.add(rule) }
    for rule in plan.connectionRules { _ = test.server.faults.add(rule) }
    for _ in 0..<200 {
      for target in ["/api/v1/pods", "/api/v1/pods?watch=1", "/api/v1/pods?continue=e30"] {
        _ = test.server.faults.faults(for: RequestAttributes(APIRequest("GET", target)))
      }
      _ = test.server.faults.connectionFault()
    }
    let silent: Set<Fault.Kind> = [.stall, .stallInHandshake]
    #expect(Set(test.server.faults.counts.keys) == Set(Fault.Kind.allCases).subtracting(silent))
    test.server.faults.removeAll()
    #expect(test.server.faults.connectionFault() == nil)
  }

  @Test("An open watch can be ended from outside", arguments: [true, false])
  func endedWatch(isExpired: Bool) async throws {
    let test = try TestServer()
    let source = try #require(
      await test.watch("/api/v1/pods?watch=1&resourceVersion=\(test.registry.store.version)")
    )
    for watcher in test.registry.store.watchers { watcher.end(isExpired ? .expired : .cleanly) }
    if isExpired {
      let line = try #require(try await source.next())
      #expect(try JSONValue(parsing: line)["type"] == "ERROR")
    }
    #expect(try await source.next() == nil)
  }
}
