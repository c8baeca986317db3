import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct ForeignGroupTests {
  private static let aggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

  @Test func whatAClientKnowsAlreadyIsNotSentAgain() async throws {
    let test = try TestServer()
    let first = try await test.send("GET", "/apis", accept: Self.aggregated)
    let tag = try #require(first.headers["Etag"])
    var headers = [
      "Authorization": "Bearer secret", "Accept": Self.aggregated, "If-None-Match": tag,
    ]
    let again = try await test.send(APIRequest("GET", "/apis", headers: headers))
    #expect(again.status == 304)
    #expect(again.bytes.isEmpty)
    try test.registry.create(Sample.definition("widgets", "Widget"), in: .customResourceDefinitions)
    headers["If-None-Match"] = tag
    #expect(try await test.send(APIRequest("GET", "/apis", headers: headers)).status == 200)
  }

  @Test("A group whose server is gone is stale and answers nothing", arguments: [true, false])
  func foreignGroup(isAvailable: Bool) async throws {
    let test = try TestServer()
    try test.registry.insert(
      [
        "metadata": ["name": "v1.metrics.example.com"],
        "spec": [
          "group": "metrics.example.com", "version": "v1", "service": ["name": "absent"],
        ],
        "status": [
          "conditions": [["type": "Available", "status": isAvailable ? "True" : "False"]]
        ],
      ],
      in: .apiServices
    )
    let path = "/apis/metrics.example.com/v1"
    let statuses = [
      try await test.send("GET", path).status, try await test.send("GET", "\(path)/pods").status,
    ]
    #expect(statuses == (isAvailable ? [404, 404] : [503, 503]))
    let groups = try await test.send("GET", "/apis", accept: Self.aggregated).json()
    let group = groups["items"]?.arrayValue?.last
    #expect(group?[path: "metadata", "name"] == "metrics.example.com")
    #expect(group?["versions"]?[0]?["freshness"] == (isAvailable ? "Current" : "Stale"))
  }

  @Test func aServiceAccountGetsATokenThatIsItsOwn() async throws {
    let test = try TestServer()
    let path = "/api/v1/namespaces/shop/serviceaccounts"
    _ = try await test.send("POST", path, ["metadata": ["name": "robot"]])
    let answer = try await test.send(
      "POST",
      "\(path)/robot/token",
      ["spec": ["expirationSeconds": 600]]
    )
    #expect(answer.status == 201)
    let token = try #require(try answer.json()[path: "status", "token"]?.stringValue)
    func status(_ target: String) async throws -> Int {
      let headers = ["Authorization": "Bearer \(token)"]
      return try await test.send(APIRequest("GET", target, headers: headers)).status
    }
    #expect(try await status("/version") == 200)
    #expect(try await status("/api/v1/pods") == 403)
    test.time.advance(by: 600)
    #expect(try await status("/version") == 401)
    #expect(try await test.send("POST", "\(path)/nobody/token", [:]).status == 404)
  }
}
