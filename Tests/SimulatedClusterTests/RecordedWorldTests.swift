import Testing
import WireFormats

@testable import SimulatedCluster

/// Asks the simulated server what a real one was asked, in a like world, and compares the answers.
@Suite struct RecordedWorldTests {
  /// The parts of the recorded world that the compared exchanges are about.
  private func recordedWorld() async throws -> TestServer {
    let test = try TestServer(namespaces: ["ghost", "payments", "shop"])
    var lost = Sample.pod("lost")
    lost[path: "metadata", "namespace"] = "shop"
    lost[path: "metadata", "uid"] = "b6c19049-abc9-46d3-b4b1-92e4a9682e9e"
    lost[path: "spec", "nodeName"] = "node-9"
    try test.world.put(lost, in: .pods)
    try await test.createPod("bare", node: "node-2")
    try await test.createPod("kept", namespace: "payments", finalizers: ["example.com/hold"])
    try test.world.put(
      ["metadata": ["name": "node-1"], "spec": ["podCIDR": "10.244.1.0/24"], "status": [:]],
      in: .nodes
    )
    for name in ["cart-64fc7b9969-4rxxt", "cart-64fc7b9969-6kftj"] {
      var pod = Sample.pod(name, labels: ["app": "cart"])
      pod[path: "metadata", "namespace"] = "shop"
      pod["status"] = [
        "phase": "Running", "conditions": [["type": "Ready", "status": "True"]],
      ]
      try test.world.put(pod, in: .pods)
    }
    try test.registry.create(
      [
        "metadata": ["name": "cart"],
        "spec": ["minAvailable": 2, "selector": ["matchLabels": ["app": "cart"]]],
      ],
      in: .podDisruptionBudgets,
      namespace: "shop"
    )
    try test.registry.create(
      Sample.deployment("cart", replicas: 2),
      in: .deployments,
      namespace: "shop"
    )
    try test.registry.create(
      ["metadata": ["name": "pv-2"], "spec": ["claimRef": ["name": "deleted"]]],
      in: .persistentVolumes
    )
    for (plural, kind) in [("widgets", "Widget"), ("unused", "Unused")] {
      try test.registry.create(
        Sample.definition(plural, kind),
        in: .customResourceDefinitions
      )
    }
    return test
  }

  @Test(
    "A refusal is word for word the recorded one",
    arguments: [
      "055", "057", "064", "065", "068", "069", "070", "072", "073", "075", "076", "078", "079",
      "082", "084",
    ]
  )
  func refusals(number: String) async throws {
    let recording = try Recording(number)
    let test = try await recordedWorld()
    var request = recording.request
    if number == "064" {
      request = APIRequest("GET", recording.target, headers: ["Authorization": "Bearer wrong"])
    }
    let answer = try await test.send(request)
    #expect(answer.status == recording.status)
    #expect(answer.headers["Content-Type"] == recording.contentType)
    #expect(answer.headers["Cache-Control"] == "no-cache, private")
    if recording.contentType == "application/json" {
      #expect(try answer.json() == recording.json)
    } else {
      #expect(answer.text.trimmed == recording.answer.trimmed)
    }
  }

  @Test(
    "An answer has the structure of the recorded one",
    arguments: ["006", "074", "077", "080", "086", "087", "089", "090", "092", "094"]
  )
  func structures(number: String) async throws {
    let recording = try Recording(number)
    let test = try await recordedWorld()
    let request = recording.request
    if number == "094" {
      let widgets = try #require(
        Catalogue(registry: test.registry).resource(qualifiedPlural: "widgets.example.com")
      )
      try test.registry.create(
        ["metadata": ["name": "w2", "finalizers": ["example.com/widget-controller"]]],
        in: widgets,
        namespace: "ghost"
      )
      try test.registry.delete(ObjectAddress(.namespaces, name: "ghost"))
      NamespaceController().reconcile(test.world, pace: 1)
    }
    let answer = try await test.send(request)
    #expect(answer.status == recording.status)
    #expect(answer.headers["Content-Type"] == recording.contentType)
    let ignored: Set<String> = [
      "managedFields", "labels", "annotations", "finalizers", "ownerReferences", "message",
    ]
    let comparesAll = number != "077" && number != "080"
    if comparesAll {
      #expect(
        try Shape(answer.json(), ignoring: ignored) == Shape(recording.json, ignoring: ignored)
      )
    } else {
      // The recorded Pod and Node were written by other hands; what the server adds has to be there.
      let metadata = try #require(try answer.json()["metadata"]?.objectValue)
      let recorded = try #require(try recording.json["metadata"]?.objectValue)
      #expect(Set(recorded.keys).subtracting(ignored).isSubset(of: metadata.keys))
    }
  }

  @Test func aPageHasTheRecordedStructure() async throws {
    let recording = try Recording("053")
    let test = try await recordedWorld()
    let answer = try await test.get(recording.target)
    let recorded = try recording.json
    #expect(Shape(answer["metadata"] ?? .null) == Shape(recorded["metadata"] ?? .null))
    #expect(answer["kind"] == recorded["kind"])
    #expect(answer["items"]?.arrayValue?.count == 3)
    // Items of a built-in kind do not repeat the kind.
    #expect(answer["items"]?[0]?["kind"] == nil)
  }

  @Test func aListOfCustomResourcesHasTheRecordedStructure() async throws {
    let recording = try Recording("051")
    let test = try await recordedWorld()
    _ = try await test.send(
      "POST",
      "/apis/example.com/v1/namespaces/shop/widgets",
      ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "w1"]]
    )
    let answer = try await test.send(recording.request).json()
    let recorded = try recording.json
    #expect(answer["kind"] == recorded["kind"])
    #expect(answer["apiVersion"] == recorded["apiVersion"])
    #expect(answer["items"]?[0]?["kind"] == recorded["items"]?[0]?["kind"])
    #expect(answer["items"]?[0]?["spec"] == nil)
  }

  @Test func anExpiredVersionIsAnErrorEvent() async throws {
    let recording = try Recording("100")
    let test = try await recordedWorld()
    test.registry.store.forgetHistory()
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=true&resourceVersion=101&timeoutSeconds=3"
    )
    #expect(answer.status == 200)
    let event = try #require(try answer.lines().first)
    let recorded = try recording.json
    #expect(Shape(event) == Shape(recorded))
    #expect(event[path: "object", "code"] == 410)
    #expect(event[path: "object", "reason"] == recorded[path: "object", "reason"])
  }

  @Test func aFutureVersionWaitsSilently() async throws {
    let recording = try Recording("062")
    let test = try await recordedWorld()
    let target = recording.target.replacing("timeoutSeconds=2", with: "timeoutSeconds=0")
    let answer = try await test.send("GET", target)
    #expect(answer.status == recording.status)
    #expect(answer.bytes.isEmpty)
  }

  @Test func theGroupOfADefinitionIsDiscoveredAsRecorded() async throws {
    let recording = try Recording("010")
    let test = try await recordedWorld()
    let answer = try await test.get(recording.target)
    func names(_ value: JSONValue) -> [String] {
      (value["resources"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }.sorted()
    }
    #expect(names(answer) == names(try recording.json))
    #expect(Shape(answer) == Shape(try recording.json))
  }

  @Test func theCoreGroupIsDiscoveredAsRecorded() async throws {
    let recording = try Recording("004")
    let test = try await recordedWorld()
    let answer = try await test.send(recording.request)
    #expect(answer.headers["Content-Type"] == recording.contentType)
    let own = try #require(
      try answer.json()["items"]?[0]?["versions"]?[0]?["resources"]?.arrayValue
    )
    let recorded = try #require(
      try recording.json["items"]?[0]?["versions"]?[0]?["resources"]?.arrayValue
    )
    for resource in own {
      let counterpart = recorded.first { $0["resource"] == resource["resource"] }
      for member in ["responseKind", "scope", "singularResource", "verbs", "shortNames"] {
        #expect(resource[member] == counterpart?[member], "\(resource["resource"] ?? .null)")
      }
    }
    #expect(own.count == recorded.count - 2)  // bindings and componentstatuses are not served.
  }

  @Test func aDeletedDefinitionWaitsForItsInstancesAsRecorded() async throws {
    let recording = try Recording("097")
    let test = try await recordedWorld()
    let answer = try await test.send(recording.request)
    #expect(answer.status == recording.status)
    let value = try answer.json()
    let recorded = try recording.json
    #expect(value[path: "metadata", "finalizers"] == recorded[path: "metadata", "finalizers"])
    #expect(
      Conditions.status(of: "Terminating", in: value)
        == Conditions.status(of: "Terminating", in: recorded)
    )
  }
}

extension String {
  var trimmed: String { split(separator: "\n").joined(separator: "\n") }
}
