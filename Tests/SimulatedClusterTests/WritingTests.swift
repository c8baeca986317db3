import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct WritingTests {
  private let configMaps = "/api/v1/namespaces/shop/configmaps"

  @Test func aNewObjectGetsItsIdentity() async throws {
    let test = try TestServer()
    let pod = try await test.createPod("one")
    let metadata = try #require(pod["metadata"])
    #expect(metadata["uid"]?.stringValue?.count == 36)
    #expect(metadata["creationTimestamp"]?.stringValue == test.registry.clock.timestamp)
    #expect(metadata["generation"] == 1)
    #expect(metadata["namespace"] == "shop")
    #expect(pod[path: "status", "phase"] == "Pending")
    #expect(pod[path: "spec", "restartPolicy"] == "Always")
  }

  @Test func aPrefixMakesAName() async throws {
    let test = try TestServer()
    var object = Sample.configMap("")
    object["metadata"] = ["generateName": "job-"]
    let answer = try await test.send("POST", configMaps, object)
    let name = try #require(try answer.json()[path: "metadata", "name"]?.stringValue)
    #expect(name.hasPrefix("job-"))
    #expect(name.count == 9)
  }

  @Test func dryRunsChangeNothing() async throws {
    let test = try TestServer()
    try await test.createPod("one")
    let before = test.registry.store.version
    #expect(
      try await test.send("POST", "\(configMaps)?dryRun=All", Sample.configMap("a")).status == 201
    )
    let patch: JSONValue = ["metadata": ["labels": ["a": "b"]]]
    let patched = try await test.send(
      "PATCH",
      "/api/v1/namespaces/shop/pods/one?dryRun=All",
      patch,
      type: "application/merge-patch+json"
    )
    #expect(try patched.json()[path: "metadata", "labels", "a"] == "b")
    #expect(
      try await test.send("DELETE", "/api/v1/namespaces/shop/pods/one?dryRun=All").status == 200
    )
    let options: JSONValue = ["dryRun": ["All"]]
    #expect(
      try await test.send("DELETE", "/api/v1/namespaces/shop/pods/one", options).status == 200
    )
    #expect(test.registry.store.version == before)
  }

  @Test func aRequestIsApprovedByItsSubresourceAlone() async throws {
    let test = try TestServer()
    let requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
    let created = try await test.send("POST", requests, ["metadata": ["name": "a"], "spec": [:]])
    let uid = try #require(try created.json()[path: "metadata", "uid"])
    let condition: JSONValue = ["type": "Approved", "status": "True"]
    func approve(_ path: String, uid: JSONValue) async throws -> TestServer.Answer {
      try await test.send(
        "PATCH",
        "\(requests)/a\(path)",
        ["metadata": ["uid": uid], "status": ["conditions": [condition]]],
        type: "application/merge-patch+json"
      )
    }
    #expect(try await approve("", uid: uid).json()[path: "status", "conditions"] == nil)
    #expect(try await approve("/approval", uid: "other").status == 409)
    let approved = try await approve("/approval", uid: uid)
    #expect(try approved.json()[path: "status", "conditions"] == [condition])
  }

  @Test(
    "A creation that cannot be is refused",
    arguments: [
      ("/api/v1/namespaces/none/configmaps", Sample.configMap("a"), 404),
      ("/api/v1/namespaces/shop/configmaps", Sample.pod("a"), 400),
      ("/api/v1/namespaces/shop/configmaps", ["metadata": ["name": "a", "namespace": "b"]], 400),
      ("/api/v1/namespaces/shop/configmaps", ["metadata": [:]], 422),
      ("/api/v1/namespaces/shop/configmaps", ["metadata": ["name": "-a"]], 422),
      ("/api/v1/namespaces/shop/configmaps", ["metadata": ["name": "a..b"]], 422),
      ("/api/v1/namespaces/shop/configmaps", [], 400),
      ("/api/v1/configmaps", Sample.configMap("a"), 405),
      ("/api/v1/namespaces/shop/nodes", ["metadata": ["name": "a"]], 404),
      ("/api/v9/configmaps", Sample.configMap("a"), 404),
    ] as [(String, JSONValue, Int)]
  )
  func refusedCreations(path: String, body: JSONValue, status: Int) async throws {
    let test = try TestServer()
    #expect(try await test.send("POST", path, body).status == status)
  }

  @Test func replacingNeedsTheVersionThatIsThere() async throws {
    let test = try TestServer()
    let made = try await test.send("POST", configMaps, Sample.configMap("a", ["k": "1"])).json()
    var next = made
    next["data"] = ["k": "2"]
    let replaced = try await test.send("PUT", "\(configMaps)/a", next)
    #expect(replaced.status == 200)
    #expect(try replaced.json()[path: "data", "k"] == "2")
    let stale = try await test.send("PUT", "\(configMaps)/a", next)
    #expect(stale.status == 409)
    #expect(try stale.json()["reason"] == "Conflict")
    next[path: "metadata", "resourceVersion"] = nil
    #expect(try await test.send("PUT", "\(configMaps)/a", next).status == 200)
    #expect(try await test.send("PUT", "\(configMaps)/b", next).status == 400)
  }

  @Test func anUnchangedObjectIsNotWritten() async throws {
    let test = try TestServer()
    let made = try await test.send("POST", configMaps, Sample.configMap("a", ["k": "1"])).json()
    let again = try await test.send("PUT", "\(configMaps)/a", made).json()
    #expect(again[path: "metadata", "resourceVersion"] == made[path: "metadata", "resourceVersion"])
  }

  @Test func specAndStatusAreWrittenApart() async throws {
    let test = try TestServer()
    let path = "/apis/apps/v1/namespaces/shop/deployments"
    _ = try await test.send("POST", path, Sample.deployment("web", replicas: 2))
    let change: JSONValue = ["spec": ["replicas": 5], "status": ["replicas": 9]]
    let type = "application/merge-patch+json"
    let main = try await test.send("PATCH", "\(path)/web", change, type: type).json()
    #expect(main[path: "spec", "replicas"] == 5)
    #expect(main[path: "status", "replicas"] == 0)
    #expect(main[path: "metadata", "generation"] == 2)
    let status = try await test.send("PATCH", "\(path)/web/status", change, type: type).json()
    #expect(status[path: "status", "replicas"] == 9)
    #expect(status[path: "metadata", "generation"] == 2)
  }

  @Test func identityCannotBeChanged() async throws {
    let test = try TestServer()
    let pod = try await test.createPod("one", node: "node-1")
    let type = "application/merge-patch+json"
    let path = "/api/v1/namespaces/shop/pods/one"
    let answer = try await test.send(
      "PATCH",
      path,
      ["metadata": ["creationTimestamp": "2000-01-01T00:00:00Z", "labels": ["a": "b"]]],
      type: type
    ).json()
    #expect(
      answer[path: "metadata", "creationTimestamp"] == pod[path: "metadata", "creationTimestamp"]
    )
    let uid = try await test.send("PATCH", path, ["metadata": ["uid": "other"]], type: type)
    #expect(uid.status == 409)
    let node = try await test.send("PATCH", path, ["spec": ["nodeName": "node-2"]], type: type)
    #expect(node.status == 422)
  }

  @Test func applyingCreatesAndThenMerges() async throws {
    let test = try TestServer()
    let type = "application/apply-patch+yaml"
    let first = try await test.send("PATCH", "\(configMaps)/a", ["data": ["x": "1"]], type: type)
    #expect(first.status == 201)
    let second = try await test.send("PATCH", "\(configMaps)/a", ["data": ["y": "2"]], type: type)
    #expect(second.status == 200)
    #expect(try second.json()["data"] == ["x": "1", "y": "2"])
  }

  @Test(
    "A patch that is none is refused",
    arguments: [
      ("application/json-patch+json", "{}", 400), ("application/merge-patch+json", "[]", 400),
      ("application/merge-patch+json", "{", 400), ("text/plain", "{}", 415),
      ("application/json-patch+json", "[{\"op\": \"remove\", \"path\": \"/data/none\"}]", 422),
      ("application/json-patch+json", "[{\"op\": \"fly\", \"path\": \"/data\"}]", 422),
    ]
  )
  func badPatches(type: String, body: String, status: Int) async throws {
    let test = try TestServer()
    _ = try await test.send("POST", configMaps, Sample.configMap("a"))
    let request = APIRequest(
      "PATCH",
      "\(configMaps)/a",
      headers: ["Authorization": "Bearer secret", "Content-Type": type],
      body: Array(body.utf8)
    )
    #expect(try await test.send(request).status == status)
  }

  @Test func scalesOfWorkloads() async throws {
    let test = try TestServer()
    let path = "/apis/apps/v1/namespaces/shop/deployments"
    _ = try await test.send("POST", path, Sample.deployment("web", replicas: 2))
    var scale = try await test.get("\(path)/web/scale")
    scale[path: "spec", "replicas"] = 7
    #expect(try await test.send("PUT", "\(path)/web/scale", scale).status == 200)
    #expect(try await test.get("\(path)/web")[path: "spec", "replicas"] == 7)
    #expect(try await test.send("PUT", "\(path)/web/scale", scale).status == 409)
    #expect(try await test.send("GET", "/api/v1/namespaces/shop/pods/x/scale").status == 404)
  }

  @Test func everythingIsAllowed() async throws {
    let test = try TestServer()
    let review = try await test.send(
      "POST",
      "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
      ["spec": ["resourceAttributes": ["verb": "delete", "resource": "pods"]]]
    )
    #expect(try review.json()[path: "status", "allowed"] == true)
    #expect(
      try await test.send("GET", "/apis/authorization.k8s.io/v1/subjectaccessreviews").status == 405
    )
    let rules = try await test.send(
      "POST",
      "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
      ["spec": ["namespace": "shop"]]
    )
    #expect(try rules.json()[path: "status", "incomplete"] == false)
  }
}

@Suite struct PatchTests {
  @Test(
    "Merge patches",
    arguments: [
      (["a": 1], ["b": 2], ["a": 1, "b": 2]), (["a": 1], ["a": nil], [:]),
      (["a": ["b": 1, "c": 2]], ["a": ["b": nil]], ["a": ["c": 2]]),
      (["a": [1, 2]], ["a": [3]], ["a": [3]]), (["a": "x"], ["a": ["b": 1]], ["a": ["b": 1]]),
    ] as [(JSONValue, JSONValue, JSONValue)]
  )
  func merges(value: JSONValue, patch: JSONValue, result: JSONValue) {
    #expect(MergePatch.apply(patch, to: value) == result)
  }

  @Test(
    "JSON patches",
    arguments: [
      ([["op": "add", "path": "/a/1", "value": 9]], ["a": [1, 9, 2]]),
      ([["op": "add", "path": "/a/-", "value": 9]], ["a": [1, 2, 9]]),
      ([["op": "remove", "path": "/a/0"]], ["a": [2]]),
      ([["op": "replace", "path": "/a/0", "value": 3]], ["a": [3, 2]]),
      ([["op": "add", "path": "/b~1c", "value": 1]], ["a": [1, 2], "b/c": 1]),
      ([["op": "move", "from": "/a", "path": "/b"]], ["b": [1, 2]]),
      ([["op": "copy", "from": "/a/1", "path": "/b"]], ["a": [1, 2], "b": 2]),
      (
        [["op": "test", "path": "/a/0", "value": 1], ["op": "remove", "path": "/a"]], [:]
      ),
      ([["op": "add", "path": "", "value": ["x": 1]]], ["x": 1]),
    ] as [(JSONValue, JSONValue)]
  )
  func operations(patch: JSONValue, result: JSONValue) throws {
    #expect(try JSONPatch.apply(patch, to: ["a": [1, 2]]) == result)
  }

  @Test(
    "JSON patches that do not fit are refused",
    arguments: [
      [["op": "test", "path": "/a/0", "value": 7]], [["op": "remove", "path": "/a/9"]],
      [["op": "replace", "path": "/b", "value": 7]], [["op": "add", "path": "/a/9", "value": 1]],
      [["op": "add", "path": "no slash", "value": 1]],
      [["op": "move", "from": "/z", "path": "/y"]],
      [["op": "add", "path": "/b/c", "value": 1]], [["op": "add", "path": "/a/x/y", "value": 1]],
      [["op": "add", "path": "/a/0/y", "value": 1]],
    ] as [JSONValue]
  )
  func refusedOperations(patch: JSONValue) {
    #expect(throws: APIFailure.patchRejected) { try JSONPatch.apply(patch, to: ["a": [1, 2]]) }
  }

  @Test func containersMergeByName() {
    let result = StrategicMergePatch.apply(
      ["containers": [["name": "b", "image": "2"], ["name": "c"]]],
      to: ["containers": [["name": "a", "image": "1"], ["name": "b", "image": "1", "x": 1]]]
    )
    #expect(
      result == [
        "containers": [
          ["name": "a", "image": "1"], ["name": "b", "image": "2", "x": 1], ["name": "c"],
        ]
      ]
    )
  }

  @Test(
    "Strategic merges know their directives",
    arguments: [
      (["finalizers": ["b"]], ["finalizers": ["a", "b"]]),
      (["$deleteFromPrimitiveList/finalizers": ["a"]], ["finalizers": []]),
      (["taints": [["key": "x"]]], ["finalizers": ["a"], "taints": [["key": "x"]]]),
      (["finalizers": nil], [:]), (["$patch": "replace", "z": 1], ["z": 1]),
      (["$retainKeys": ["z"], "z": 1], ["z": 1]),
    ] as [(JSONValue, JSONValue)]
  )
  func directives(patch: JSONValue, result: JSONValue) {
    #expect(StrategicMergePatch.apply(patch, to: ["finalizers": ["a"]]) == result)
  }

  @Test func anElementCanBeDeleted() {
    let result = StrategicMergePatch.apply(
      ["ports": [["port": 80, "$patch": "delete"]]],
      to: ["ports": [["port": 80], ["port": 81]]]
    )
    #expect(result == ["ports": [["port": 81]]])
  }

  @Test func aListCanBeReplaced() {
    let result = StrategicMergePatch.apply(
      ["env": [["$patch": "replace"], ["name": "x"]]],
      to: ["env": [["name": "a"]]]
    )
    #expect(result == ["env": [["name": "x"]]])
  }
}
