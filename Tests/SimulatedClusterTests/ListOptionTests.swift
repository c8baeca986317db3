import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

/// What clients of lists and watches rely on beyond the plain ones.
@Suite struct ListOptionTests {
  private func serverWithPods(_ count: Int) async throws -> TestServer {
    let test = try TestServer()
    for number in 0..<count { try await test.createPod("pod-\(number)") }
    return test
  }

  private func names(_ list: JSONValue) -> [String] {
    (list["items"]?.arrayValue ?? []).compactMap { $0[path: "metadata", "name"]?.stringValue }
  }

  @Test func aContinueTokenIsGoodForFiveMinutes() async throws {
    let test = try await serverWithPods(3)
    let first = try await test.get("/api/v1/pods?limit=1")
    let token = try #require(first[path: "metadata", "continue"]?.stringValue)
    test.time.advance(by: 299)
    #expect(try await test.send("GET", "/api/v1/pods?limit=1&continue=\(token)").status == 200)
    test.time.advance(by: 1)
    #expect(try await test.send("GET", "/api/v1/pods?limit=1&continue=\(token)").status == 410)
  }

  @Test func anExpiredListCanBeFinishedAsTheWorldIsNow() async throws {
    let test = try await serverWithPods(4)
    let first = try await test.get("/api/v1/pods?limit=2")
    let token = try #require(first[path: "metadata", "continue"]?.stringValue)
    test.server.listing.forgetPages()
    _ = try await test.send("DELETE", "/api/v1/namespaces/shop/pods/pod-2?gracePeriodSeconds=0")
    try await test.createPod("pod-9")
    let answer = try await test.send("GET", "/api/v1/pods?limit=2&continue=\(token)")
    #expect(answer.status == 410)
    let status = try answer.json()
    #expect(status["reason"] == "Expired")
    #expect(status["message"]?.stringValue?.contains("inconsistent list") == true)
    let offered = try #require(status[path: "metadata", "continue"]?.stringValue)
    let rest = try await test.get("/api/v1/pods?limit=2&continue=\(offered)")
    #expect(names(rest) == ["pod-3", "pod-9"])
    #expect(
      rest[path: "metadata", "resourceVersion"]?.stringValue
        == String(test.registry.store.version)
    )
  }

  @Test func aListOfTheFutureIsTooLarge() async throws {
    let test = try TestServer()
    let answer = try await test.send("GET", "/api/v1/pods?resourceVersion=99999999")
    #expect(answer.status == 504)
    #expect(answer.headers["Retry-After"] == "1")
    #expect(try answer.json()["reason"] == "Timeout")
    #expect(try await test.send("GET", "/api/v1/pods?resourceVersion=x").status == 400)
    #expect(try await test.send("GET", "/api/v1/pods?resourceVersion=0").status == 200)
  }

  @Test func aListOfExactlyAPastVersionHasExpired() async throws {
    let test = try await serverWithPods(1)
    let query = "resourceVersionMatch=Exact&resourceVersion="
    let current = test.registry.store.version
    #expect(try await test.send("GET", "/api/v1/pods?\(query)\(current)").status == 200)
    #expect(try await test.send("GET", "/api/v1/pods?\(query)\(current - 1)").status == 410)
  }

  @Test(
    "Parameters that do not go together are refused",
    arguments: [
      "sendInitialEvents=true", "resourceVersionMatch=Exact",
      "resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=abc",
      "resourceVersionMatch=Perhaps&resourceVersion=1", "watch=1&sendInitialEvents=true",
      "watch=1&sendInitialEvents=true&resourceVersionMatch=Exact",
      "watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=1",
    ]
  )
  func badOptions(query: String) async throws {
    let test = try TestServer()
    let answer = try await test.send("GET", "/api/v1/pods?\(query)")
    #expect(answer.status == 422)
    #expect(try answer.json()[path: "details", "kind"] == "ListOptions")
  }

  @Test func aStreamingListIsSelectedAndThenFollowed() async throws {
    let test = try TestServer()
    try await test.createPod("web", labels: ["tier": "web"])
    try await test.createPod("store", labels: ["tier": "store"])
    let source = try #require(
      await test.watch(
        "/api/v1/pods?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
          + "&allowWatchBookmarks=true&labelSelector=tier%3Dweb"
      )
    )
    func types() async throws -> [String] {
      try (try await source.next() ?? []).split(separator: UInt8(ascii: "\n")).compactMap {
        try JSONValue(parsing: Array($0))["type"]?.stringValue
      }
    }
    #expect(try await types() == ["ADDED", "BOOKMARK"])
    try await test.createPod("other", labels: ["tier": "store"])
    try await test.createPod("more", labels: ["tier": "web"])
    #expect(try await types() == ["ADDED"])
  }

  @Test func aWatchCanBeSelectedByAField() async throws {
    let test = try TestServer()
    try await test.createPod("here", node: "node-1")
    try await test.createPod("there", node: "node-2")
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=1&timeoutSeconds=0&fieldSelector=spec.nodeName%3Dnode-1"
    )
    let events = try answer.lines()
    #expect(events.count == 1)
    #expect(events.first?[path: "object", "metadata", "name"] == "here")
  }

  @Test func aWatchOfTablesNamesTheColumnsOnce() async throws {
    let test = try await serverWithPods(2)
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=1&timeoutSeconds=0",
      accept: "application/json;as=Table;v=v1;g=meta.k8s.io"
    )
    let tables = try answer.lines().compactMap { $0["object"] }
    #expect(tables.map { $0["kind"] } == ["Table", "Table"])
    #expect((tables.first?["columnDefinitions"]?.arrayValue ?? []).count > 4)
    #expect(tables.last?["columnDefinitions"] == .null)
    #expect(tables.last?["rows"]?[0]?["cells"]?[0] == "pod-1")
  }

  @Test(
    "A row brings along as much of its object as is asked for",
    arguments: [
      ("", "PartialObjectMetadata", false),
      ("&includeObject=Metadata", "PartialObjectMetadata", false),
      ("&includeObject=Object", "Pod", true), ("&includeObject=None", nil, false),
    ]
  )
  func rowObjects(query: String, kind: String?, hasSpec: Bool) async throws {
    let test = try await serverWithPods(1)
    for watch in ["", "&watch=1&timeoutSeconds=0"] {
      let answer = try await test.send(
        "GET",
        "/api/v1/pods?limit=5\(query)\(watch)",
        accept: "application/json;as=Table;v=v1;g=meta.k8s.io"
      )
      let table = try answer.json()
      let object = (table["object"] ?? table)["rows"]?[0]?["object"]
      #expect(object?["kind"]?.stringValue == kind)
      #expect((object?["spec"] != nil) == hasSpec)
    }
    let wrong = try await test.send(
      "GET",
      "/api/v1/pods?includeObject=Some",
      accept: "application/json;as=Table;v=v1;g=meta.k8s.io"
    )
    #expect(wrong.status == 400)
  }

  @Test(
    "A dry run of any write changes nothing and answers as the write would",
    arguments: [
      ("POST", "/api/v1/namespaces/shop/pods", 201), ("PUT", "/api/v1/namespaces/shop/pods/a", 200),
      ("PATCH", "/api/v1/namespaces/shop/pods/a", 200),
      ("PATCH", "/api/v1/namespaces/shop/pods/a/status", 200),
      ("DELETE", "/api/v1/namespaces/shop/pods/a", 200),
      ("DELETE", "/api/v1/namespaces/shop/pods", 200),
      ("POST", "/api/v1/namespaces/shop/pods/a/eviction", 201),
      ("PATCH", "/apis/apps/v1/namespaces/shop/deployments/web/scale", 200),
      ("PATCH", "/apis/apps/v1/namespaces/shop/deployments/web", 200),
    ]
  )
  func dryRun(method: String, path: String, status: Int) async throws {
    let test = try TestServer()
    var pod = try await test.createPod("a")
    try test.registry.create(
      Sample.deployment("web", replicas: 1),
      in: .deployments,
      namespace: "shop"
    )
    let before = test.registry.store.version
    var type = "application/json"
    var body: JSONValue? = method == "POST" && path.hasSuffix("pods") ? Sample.pod("b") : nil
    switch method {
    case "PUT":
      pod[path: "metadata", "labels", "new"] = "label"
      body = pod
    case "PATCH":
      type = "application/merge-patch+json"
      body = ["metadata": ["labels": ["new": "label"]], "spec": ["replicas": 5]]
    default: break
    }
    let answer = try await test.send(method, "\(path)?dryRun=All", body, type: type)
    #expect(answer.status == status, "\(answer.text)")
    #expect(test.registry.store.version == before)
    #expect(test.registry.objects(.pods).map(\.name) == ["a"])
    if path.hasSuffix("scale") { #expect(try answer.json()[path: "spec", "replicas"] == 5) }
  }

  @Test(
    "A scale is written only for the object and the version that it names",
    arguments: [
      ("uid", "another"), ("resourceVersion", "1"),
    ]
  )
  func scalePreconditions(member: String, value: String) async throws {
    let test = try TestServer()
    try test.registry.create(
      Sample.deployment("web", replicas: 1),
      in: .deployments,
      namespace: "shop"
    )
    let path = "/apis/apps/v1/namespaces/shop/deployments/web/scale"
    var scale = try await test.send("GET", path).json()
    #expect(scale["kind"] == "Scale" && scale[path: "spec", "replicas"] == 1)
    scale[path: "spec", "replicas"] = 4
    var wrong = scale
    wrong["metadata"]?[member] = .string(value)
    #expect(try await test.send("PUT", path, wrong).status == 409)
    let patch: JSONValue = ["metadata": [member: .string(value)], "spec": ["replicas": 4]]
    let type = "application/merge-patch+json"
    #expect(try await test.send("PATCH", path, patch, type: type).status == 409)
    #expect(try await test.send("GET", path).json()[path: "spec", "replicas"] == 1)
    #expect(try await test.send("PUT", path, scale).json()[path: "spec", "replicas"] == 4)
  }

  @Test func bigAnswersAreCompressedForWhoAsks() async throws {
    let running = try await RunningCluster(.empty)
    for number in 0..<100 {
      var map = Sample.configMap(
        "c-\(number)",
        ["text": .string(String(repeating: "text \(number) ", count: 300))]
      )
      map[path: "metadata", "namespace"] = "default"
      try running.cluster.create(map)
    }
    let format = "\n%{size_download} %header{content-encoding}"
    func bytes(_ path: String, _ options: String...) async throws -> (JSONValue, Int, String) {
      let arguments = ["--write-out", format] + options
      let answer = try await running.curl(path, arguments: arguments)
      let end = try #require(answer.output.lastIndex(of: "\n"))
      let facts = answer.output[end...].dropFirst().split(
        separator: " ",
        omittingEmptySubsequences: false
      )
      return (
        try JSONValue(parsing: Array(answer.output[..<end].utf8)), try #require(Int(facts[0])),
        String(facts[1])
      )
    }
    let (plain, plainSize, none) = try await bytes("/api/v1/configmaps")
    let (unpacked, packedSize, gzip) = try await bytes("/api/v1/configmaps", "--compressed")
    #expect(none.isEmpty)
    #expect(gzip == "gzip")
    #expect(plain == unpacked)
    #expect(packedSize * 5 < plainSize)
    let (_, _, small) = try await bytes("/api/v1/namespaces", "--compressed")
    #expect(small.isEmpty)
    let (page, _, middle) = try await bytes("/api/v1/configmaps?limit=65", "--compressed")
    #expect(names(page).count == 65)
    #expect(middle == "gzip")
    try await running.end()
  }
}
