import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct DeletionTests {
  private let path = "/api/v1/namespaces/shop/pods/one"

  @Test func aPodOnANodeIsGivenTime() async throws {
    let test = try TestServer()
    try await test.createPod("one", node: "node-1")
    let answer = try await test.send("DELETE", path).json()
    #expect(answer["kind"] == "Pod")
    #expect(answer[path: "metadata", "deletionGracePeriodSeconds"] == 30)
    #expect(answer[path: "metadata", "generation"] == 2)
    let end = SimulatedClock.date(answer[path: "metadata", "deletionTimestamp"]?.stringValue)
    #expect(end?.timeIntervalSince(test.registry.clock.now()) == 30)
    #expect(try await test.send("GET", path).status == 200)
  }

  @Test func forceEndsItAtOnce() async throws {
    let test = try TestServer()
    try await test.createPod("one", node: "node-1")
    _ = try await test.send("DELETE", path)
    _ = try await test.send("DELETE", path, ["gracePeriodSeconds": 60])
    let grace = try await test.get(path)[path: "metadata", "deletionGracePeriodSeconds"]
    #expect(grace == 30)
    #expect(try await test.send("DELETE", path, ["gracePeriodSeconds": 0]).status == 200)
    #expect(try await test.send("GET", path).status == 404)
  }

  @Test func aPodWithoutANodeGoesAtOnce() async throws {
    let test = try TestServer()
    try await test.createPod("one")
    _ = try await test.send("DELETE", path)
    #expect(try await test.send("GET", path).status == 404)
  }

  @Test func preconditionsGuard() async throws {
    let test = try TestServer()
    let pod = try await test.createPod("one")
    let stale: JSONValue = ["preconditions": ["resourceVersion": "1"]]
    let refused = try await test.send("DELETE", path, stale)
    #expect(refused.status == 409)
    #expect(try refused.json()["message"]?.stringValue?.contains("ResourceVersion") == true)
    let right: JSONValue = [
      "preconditions": [
        "uid": pod[path: "metadata", "uid"] ?? .null,
        "resourceVersion": pod[path: "metadata", "resourceVersion"] ?? .null,
      ]
    ]
    #expect(try await test.send("DELETE", path, right).status == 200)
    #expect(try await test.send("DELETE", path, right).status == 404)
  }

  @Test func finalizersHoldUntilTheLastIsTaken() async throws {
    let test = try TestServer()
    try await test.createPod("one", finalizers: ["example.com/hold", "example.com/other"])
    _ = try await test.send("DELETE", path)
    let type = "application/json-patch+json"
    let remove: JSONValue = [["op": "remove", "path": "/metadata/finalizers/0"]]
    #expect(try await test.send("PATCH", path, remove, type: type).status == 200)
    #expect(try await test.send("GET", path).status == 200)
    #expect(try await test.send("PATCH", path, remove, type: type).status == 200)
    #expect(try await test.send("GET", path).status == 404)
  }

  @Test func aDeletedObjectGainsNoFinalizers() async throws {
    let test = try TestServer()
    try await test.createPod("one", finalizers: ["example.com/hold"])
    _ = try await test.send("DELETE", path)
    let answer = try await test.send(
      "PATCH",
      path,
      ["metadata": ["finalizers": ["example.com/hold", "example.com/new"]]],
      type: "application/merge-patch+json"
    )
    #expect(answer.status == 403)
  }

  @Test func kindsWithoutFinalizersAreConfirmed() async throws {
    let test = try TestServer()
    try test.registry.create(
      Sample.deployment("web", replicas: 1),
      in: .deployments,
      namespace: "shop"
    )
    let answer = try await test.send("DELETE", "/apis/apps/v1/namespaces/shop/deployments/web")
      .json()
    #expect(answer["status"] == "Success")
    #expect(answer[path: "details", "kind"] == "deployments")
    #expect(answer[path: "details", "group"] == "apps")
  }

  @Test func aCollectionIsDeletedBySelector() async throws {
    let test = try TestServer()
    try await test.createPod("one", labels: ["a": "1"])
    try await test.createPod("two", labels: ["a": "2"])
    let answer = try await test.send(
      "DELETE",
      "/api/v1/namespaces/shop/pods?labelSelector=a%3D1"
    ).json()
    #expect(answer["kind"] == "PodList")
    let left = try await test.get("/api/v1/namespaces/shop/pods")["items"]?.arrayValue
    #expect(left?.compactMap { $0[path: "metadata", "name"] } == ["two"])
    #expect(try await test.send("DELETE", "/api/v1/namespaces").status == 405)
  }

  @Test func aNamespaceThatEndsTakesNothingNew() async throws {
    let test = try TestServer()
    _ = try await test.send("DELETE", "/api/v1/namespaces/shop")
    let answer = try await test.send(
      "POST",
      "/api/v1/namespaces/shop/configmaps",
      Sample.configMap("a")
    )
    #expect(answer.status == 403)
  }

  @Test func anUnknownPropagationIsRefused() async throws {
    let test = try TestServer()
    try await test.createPod("one")
    #expect(try await test.send("DELETE", "\(path)?propagationPolicy=Sideways").status == 400)
  }

  @Test func evictionAsksTheBudgets() async throws {
    let test = try TestServer()
    for name in ["a", "b", "c"] {
      var pod = Sample.pod(name, labels: ["app": "x"])
      pod[path: "metadata", "namespace"] = "shop"
      pod["status"] = ["conditions": [["type": "Ready", "status": "True"]]]
      try test.world.put(pod, in: .pods)
    }
    try test.registry.create(
      [
        "metadata": ["name": "x"],
        "spec": ["minAvailable": "50%", "selector": ["matchLabels": ["app": "x"]]],
      ],
      in: .podDisruptionBudgets,
      namespace: "shop"
    )
    func evict(_ name: String) async throws -> Int {
      try await test.send(
        "POST",
        "/api/v1/namespaces/shop/pods/\(name)/eviction",
        ["apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": .string(name)]]
      ).status
    }
    #expect(try await evict("a") == 201)
    // One of two has to stay.
    #expect(try await evict("b") == 201)
    #expect(try await evict("c") == 429)
    #expect(try await evict("none") == 404)
  }

  @Test func aBudgetCanCountWhatMayBeMissing() throws {
    let test = try TestServer()
    let budget = try test.registry.create(
      ["metadata": ["name": "x"], "spec": ["maxUnavailable": 1, "selector": [:]]],
      in: .podDisruptionBudgets,
      namespace: "shop"
    )
    #expect(DisruptionBudget(budget, in: test.registry).needed == 0)
  }
}
