import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct StoreTests {
  private func object(_ name: String, version: UInt64 = 1) -> StoredObject {
    StoredObject(["metadata": ["name": .string(name)]], of: .configMaps, version: version)
  }

  @Test func tablesAreSorted() {
    var table = ResourceTable(historyLimit: 10)
    for (index, name) in ["c", "a", "b"].enumerated() {
      table.put(object(name, version: UInt64(index)))
    }
    #expect(table.objects.map(\.name) == ["a", "b", "c"])
    table.remove(object("b", version: 4))
    table.remove(object("none", version: 5))
    #expect(table.objects.map(\.name) == ["a", "c"])
    #expect(table.object(at: "c")?.version == 0)
    #expect(table.object(at: "b") == nil)
  }

  @Test func logsForgetTheOldest() {
    var log = EventLog(limit: 3)
    for version in 1...10 {
      log.append(
        StoreEvent(kind: .added, object: object("a", version: UInt64(version)), previous: nil)
      )
    }
    #expect(log.horizon == 7)
    #expect(log.events(after: 7, atMost: 10).map(\.version) == [8, 9, 10])
    #expect(log.events(after: 8, atMost: 1).map(\.version) == [9])
    log.forgetAll(upTo: 20)
    #expect(log.horizon == 20)
    #expect(log.events(after: 20, atMost: 10).isEmpty)
  }

  @Test func versionsNeverGoBack() throws {
    let store = Store(firstVersion: 5)
    for name in ["a", "b"] {
      try store.change(.configMaps, at: name) { _ in .put(["metadata": ["name": .string(name)]]) }
    }
    try store.change(.configMaps, at: "a") { _ in .remove }
    try store.change(.configMaps, at: "a") { _ in .remove }
    #expect(store.version == 8)
    #expect(store.changes(of: [.configMaps]) == 3)
    #expect(store.changes(of: [.pods]) == 0)
  }

  @Test func anObjectKeepsItsJSON() throws {
    let made = StoredObject(
      ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": ["k": "v"]],
      of: .configMaps,
      version: 7
    )
    #expect(
      String(decoding: made.body, as: UTF8.self)
        == "{\"data\":{\"k\":\"v\"},\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}"
    )
    #expect(made.value(as: .configMaps)["kind"] == "ConfigMap")
    #expect(made.metadataOnly == made.metadataOnly)
  }

  @Test func theSameSeedMakesTheSameNames() {
    let one = Identities(seed: 7)
    let two = Identities(seed: 7)
    #expect(one.uid() == two.uid())
    #expect(one.suffix() == two.suffix())
    #expect(one.uid() != Identities(seed: 8).uid())
    let parts = one.uid().split(separator: "-")
    #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
    #expect(parts[2].first == "4")
  }

  @Test(
    "Percent signs are decoded",
    arguments: [
      ("a%3Db", "a=b"), ("100%", "100%"), ("%zz", "%zz"), ("a+b", "a b"), ("%C3%A9", "é"),
    ]
  )
  func decoding(text: String, decoded: String) {
    #expect(PercentEncoding.decode(text, plusIsSpace: true) == decoded)
  }

  @Test func theRequestLogForgetsTheOldest() {
    let log = RequestLog(limit: 2)
    for number in 0..<7 { log.append(APIRequest("GET", "/\(number)?a=b")) }
    #expect(log.entries.map(\.path) == ["/5", "/6"])
    #expect(log.entries[0].query == "a=b")
    log.clear()
    #expect(log.entries.isEmpty)
  }
}

@Suite struct DiscoveryTests {
  @Test func groupsListTheirVersionsPreferredFirst() async throws {
    let test = try TestServer()
    let groups = try await test.get("/apis")["groups"]?.arrayValue ?? []
    let autoscaling = groups.first { $0["name"] == "autoscaling" }
    #expect(autoscaling?[path: "preferredVersion", "version"] == "v2")
    #expect(autoscaling?["versions"]?.arrayValue?.count == 2)
    let group = try await test.get("/apis/apps")
    #expect(group["kind"] == "APIGroup")
    #expect(try await test.send("GET", "/apis/nothing.example.com").status == 404)
  }

  @Test func aDefinitionIsServedAtOnceAndNoLongerWhenGone() async throws {
    let test = try TestServer()
    let path = "/apis/example.com/v1/namespaces/shop/gadgets"
    #expect(try await test.send("GET", path).status == 404)
    _ = try await test.send(
      "POST",
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      Sample.definition("gadgets", "Gadget")
    )
    let list = try await test.get(path)
    #expect(list["kind"] == "GadgetList")
    #expect(list[path: "metadata", "continue"] == "")
    let aggregated = try await test.send(
      "GET",
      "/apis",
      accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
    ).json()
    #expect(
      aggregated["items"]?.arrayValue?.contains { $0[path: "metadata", "name"] == "example.com" }
        == true
    )
    _ = try await test.send(
      "DELETE",
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.example.com"
    )
    DefinitionController().reconcile(test.world, pace: 1)
    #expect(try await test.send("GET", path).status == 404)
  }

  @Test func oneKindInTwoVersionsIsOneObject() async throws {
    let test = try TestServer()
    _ = try await test.send(
      "POST",
      "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers",
      ["metadata": ["name": "web"], "spec": ["maxReplicas": 3]]
    )
    let old = try await test.get(
      "/apis/autoscaling/v1/namespaces/shop/horizontalpodautoscalers/web"
    )
    #expect(old["apiVersion"] == "autoscaling/v1")
    #expect(old[path: "spec", "maxReplicas"] == 3)
  }

  @Test func kubectlFindsFieldValidation() async throws {
    let test = try TestServer()
    let index = try await test.get("/openapi/v3")
    let url = try #require(index["paths"]?["apis/apps/v1"]?["serverRelativeURL"]?.stringValue)
    let document = try await test.get(url)
    let path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}"
    let parameters = document["paths"]?[path]?["patch"]?["parameters"]?.arrayValue
    #expect(parameters?.contains { $0["name"] == "fieldValidation" } == true)
    #expect(try await test.send("GET", "/openapi/v2").status == 404)
  }

  @Test func theSchemasOfKindsNameAllThatTheyConsistOf() async throws {
    let test = try TestServer()
    _ = try await test.send(
      "POST",
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      Sample.definition("widgets", "Widget")
    )
    for (root, kind) in [("api/v1", "Pod"), ("apis/example.com/v1", "Widget")] {
      let document = try await test.get("/openapi/v3/\(root)")
      let schemas = try #require(document["components"]?["schemas"]?.objectValue)
      let own = schemas.values.first {
        $0["x-kubernetes-group-version-kind"]?[0]?["kind"] == .string(kind)
      }
      #expect(own?["properties"]?["metadata"] != nil)
      // Every name leads somewhere.
      for match in String(decoding: document.encoded(), as: UTF8.self)
        .matches(of: /"\$ref":"#\/components\/schemas\/([^"]+)"/)
      {
        #expect(schemas[String(match.output.1)] != nil)
      }
    }
    let core = try await test.get("/openapi/v3/api/v1")["components"]?["schemas"]
    let volume = core?["io.k8s.api.core.v1.Volume"]?["properties"]
    // A part that JSON flattens has no name of its own there.
    #expect(volume?["configMap"] != nil && volume?["volumeSource"] == nil)
    let container = core?["io.k8s.api.core.v1.Container"]?["properties"]
    #expect(container?["args"] == ["type": "array", "items": ["type": "string"]])
  }

  @Test(arguments: ["/healthz", "/livez", "/readyz"])
  func healthIsGood(path: String) async throws {
    let test = try TestServer()
    #expect(try await test.send("GET", path).text == "ok")
    let verbose = try await test.send("GET", "\(path)?verbose").text
    #expect(verbose.hasSuffix("\(path.dropFirst()) check passed\n"))
    #expect(verbose.contains("[+]ping ok"))
  }

  @Test func theVersionHasTheRecordedMembers() async throws {
    let recorded = try Recording("001").json
    #expect(Shape(Health.version) == Shape(recorded))
  }
}
