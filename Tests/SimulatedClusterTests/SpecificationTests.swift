import Testing

@testable import SimulatedCluster

@Suite struct SpecificationTests {
  @Test(
    "A fault is told by a text",
    arguments: [
      ("status=503", FaultRule(.status(503))),
      (
        "status=429,verb=list,resource=deployments.apps,times=3,chance=0.5",
        FaultRule(
          .status(429),
          on: RequestMatcher(verbs: ["list"], resource: "deployments.apps"),
          times: 3,
          probability: 0.5
        )
      ), ("delay=1.5", FaultRule(.delay(.milliseconds(1_500)))),
      (
        "drop=100,verb=watch",
        FaultRule(.drop(afterBytes: 100), on: RequestMatcher(verbs: ["watch"]))
      ),
      ("expiredEvent=2", FaultRule(.expiredEvent(afterEvents: 2))),
      ("expired", FaultRule(.expired)),
    ]
  )
  func requestFaults(text: String, rule: FaultRule) throws {
    #expect(try FaultSpecification(parsing: text) == .request(rule))
  }

  @Test func aConnectionCanBeStruckToo() throws {
    #expect(
      try FaultSpecification(parsing: "resetOnAccept,times=2")
        == .connection(ConnectionFaultRule(.resetOnAccept, times: 2))
    )
  }

  @Test(
    "A mistake in a fault is told",
    arguments: [
      "", "flood", "status", "status=200", "drop=-1", "delay=soon", "status=503,chance=2",
      "status=503,who=me", "resetOnAccept,verb=list", "goAway,times=often",
    ]
  )
  func faultMistakes(text: String) {
    #expect(throws: FaultSpecification.Mistake.self) { try FaultSpecification(parsing: text) }
  }

  @Test func everyFaultHasAText() throws {
    for name in FaultSpecification.names {
      let texts = [name, "\(name)=500"]
      #expect(texts.contains { (try? FaultSpecification(parsing: $0)) != nil }, "\(name)")
    }
  }

  @Test func aUserMayWhatTheTextSays() async throws {
    let test = try TestServer()
    let specification = try UserSpecification(
      parsing: "viewer=get,list:pods,deployments.apps@shop;list:nodes"
    )
    test.server.access.admit(specification.user, token: "viewer")
    func status(_ path: String) async throws -> Int {
      let headers = ["Authorization": "Bearer viewer"]
      return try await test.send(APIRequest("GET", path, headers: headers)).status
    }
    #expect(try await status("/api/v1/namespaces/shop/pods") == 200)
    #expect(try await status("/apis/apps/v1/namespaces/shop/deployments") == 200)
    #expect(try await status("/api/v1/nodes") == 200)
    #expect(try await status("/api/v1/namespaces/payments/pods") == 403)
    #expect(try await status("/api/v1/namespaces/shop/secrets") == 403)
    #expect(try await status("/api/v1/pods?watch=true") == 403)
  }

  @Test(
    "A mistake in a user is told",
    arguments: ["", "viewer", "viewer=", "viewer=get", "a/b=get:*"]
  )
  func userMistakes(text: String) {
    #expect(throws: UserSpecification.Mistake.self) { try UserSpecification(parsing: text) }
  }
}
