import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct ListTests {
  private func serverWithPods(_ count: Int) async throws -> TestServer {
    let test = try TestServer()
    for number in 0..<count {
      try await test.createPod(
        "pod-\(number)",
        namespace: number.isMultiple(of: 2) ? "shop" : "payments",
        labels: ["number": .string(String(number)), "tier": number < 2 ? "web" : "store"],
        node: number < 3 ? "node-1" : nil
      )
    }
    return test
  }

  private func names(_ list: JSONValue) -> [String] {
    (list["items"]?.arrayValue ?? []).compactMap { $0[path: "metadata", "name"]?.stringValue }
  }

  @Test func pagesAreOfOneVersionOfTheWorld() async throws {
    let test = try await serverWithPods(5)
    let first = try await test.get("/api/v1/pods?limit=2")
    #expect(first[path: "metadata", "remainingItemCount"] == 3)
    try await test.createPod("late")
    _ = try await test.send("DELETE", "/api/v1/namespaces/shop/pods/pod-4")
    var all = names(first)
    var token = try #require(first[path: "metadata", "continue"]?.stringValue)
    while !token.isEmpty {
      let page = try await test.get("/api/v1/pods?limit=2&continue=\(token)")
      #expect(
        page[path: "metadata", "resourceVersion"] == first[path: "metadata", "resourceVersion"]
      )
      all += names(page)
      token = page[path: "metadata", "continue"]?.stringValue ?? ""
    }
    #expect(all == ["pod-1", "pod-3", "pod-0", "pod-2", "pod-4"])
  }

  @Test func aForgottenPageHasExpired() async throws {
    let test = try await serverWithPods(3)
    let first = try await test.get("/api/v1/pods?limit=1")
    let token = try #require(first[path: "metadata", "continue"]?.stringValue)
    test.server.listing.forgetPages()
    let answer = try await test.send("GET", "/api/v1/pods?limit=1&continue=\(token)")
    #expect(answer.status == 410)
    #expect(try answer.json()["reason"] == "Expired")
  }

  @Test func pagesOfTwoReadersDoNotMix() async throws {
    let test = try await serverWithPods(6)
    let one = try await test.get("/api/v1/pods?limit=1")
    let two = try await test.get("/api/v1/pods?limit=4")
    let tokenOne = try #require(one[path: "metadata", "continue"]?.stringValue)
    let tokenTwo = try #require(two[path: "metadata", "continue"]?.stringValue)
    #expect(names(try await test.get("/api/v1/pods?continue=\(tokenOne)")).count == 5)
    #expect(names(try await test.get("/api/v1/pods?continue=\(tokenTwo)")).count == 2)
  }

  @Test(
    "Selectors choose",
    arguments: [
      ("labelSelector=tier%3Dweb", ["pod-1", "pod-0"]),
      ("labelSelector=tier!%3Dweb", ["pod-3", "pod-2"]),
      ("labelSelector=number+in+(0,3)", ["pod-3", "pod-0"]),
      ("labelSelector=number+notin+(0,3),tier", ["pod-1", "pod-2"]),
      ("labelSelector=!tier", []),
      ("fieldSelector=spec.nodeName%3Dnode-1", ["pod-1", "pod-0", "pod-2"]),
      ("fieldSelector=spec.nodeName!%3Dnode-1", ["pod-3"]),
      ("fieldSelector=metadata.namespace%3Dshop,status.phase%3DPending", ["pod-0", "pod-2"]),
      ("fieldSelector=metadata.name%3Dpod-3", ["pod-3"]),
      ("labelSelector=tier%3Dstore&fieldSelector=spec.nodeName%3Dnode-1", ["pod-2"]),
    ]
  )
  func selectors(query: String, expected: [String]) async throws {
    let test = try await serverWithPods(4)
    #expect(names(try await test.get("/api/v1/pods?\(query)")) == expected)
  }

  @Test(
    "A selector that makes no sense is refused",
    arguments: [
      "labelSelector=a+in+b", "labelSelector=two+words", "fieldSelector=spec.color%3Dred",
      "fieldSelector=nonsense",
    ]
  )
  func badSelectors(query: String) async throws {
    let test = try TestServer()
    #expect(try await test.send("GET", "/api/v1/pods?\(query)").status == 400)
  }

  @Test func aNamespaceIsNotItsPrefix() async throws {
    let test = try TestServer(namespaces: ["shop", "shop-2"])
    try await test.createPod("a", namespace: "shop")
    try await test.createPod("b", namespace: "shop-2")
    #expect(names(try await test.get("/api/v1/namespaces/shop/pods")) == ["a"])
    #expect(names(try await test.get("/api/v1/pods")) == ["b", "a"])
  }

  @Test func bigListsComeInPieces() async throws {
    let test = try TestServer()
    for number in 0..<300 {
      try test.registry.create(
        Sample.configMap("c-\(number)", ["text": .string(String(repeating: "x", count: 2_000))]),
        in: .configMaps,
        namespace: "shop"
      )
    }
    let request = APIRequest(
      "GET",
      "/api/v1/configmaps",
      headers: ["Authorization": "Bearer secret"]
    )
    guard case .pieces(let source) = await test.server.respond(to: request).body else {
      Issue.record("A list of 600 KB should come in pieces.")
      return
    }
    var pieces: [[UInt8]] = []
    while let piece = try await source.next() { pieces.append(piece) }
    #expect(pieces.count > 3)
    #expect(names(try JSONValue(parsing: Array(pieces.joined()))).count == 300)
  }

  @Test func metadataAloneLeavesTheSpecOut() async throws {
    let test = try await serverWithPods(1)
    let list = try await test.get(
      "/api/v1/pods",
      accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
    )
    #expect(list["kind"] == "PartialObjectMetadataList")
    #expect(list["items"]?[0]?["kind"] == "PartialObjectMetadata")
    #expect(list["items"]?[0]?["spec"] == nil)
    #expect(list["items"]?[0]?[path: "metadata", "name"] == "pod-0")
  }

  @Test func aTableHasARowForEachObject() async throws {
    let test = try await serverWithPods(2)
    test.time.advance(by: 90)
    let table = try await test.get(
      "/api/v1/pods",
      accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
    )
    #expect(table["kind"] == "Table")
    let columns = (table["columnDefinitions"]?.arrayValue ?? []).compactMap { $0["name"] }
    #expect(columns.starts(with: ["Name", "Ready", "Status", "Restarts", "Age"]))
    #expect(table["rows"]?[0]?["cells"]?[0] == "pod-1")
    #expect(table["rows"]?[0]?["cells"]?[2] == "Pending")
    #expect(table["rows"]?[0]?["object"]?["kind"] == "PartialObjectMetadata")
  }

  @Test(
    "Ages read as kubectl writes them",
    arguments: [
      (-5, "0s"), (11, "11s"), (119, "119s"), (330, "5m30s"), (3_599, "59m"), (7_200, "120m"),
      (90_000, "25h"), (200_000, "2d"),
    ]
  )
  func ages(seconds: Int, text: String) {
    #expect(TableColumns.duration(seconds: seconds) == text)
  }

  @Test func everyTableOfTheHealthyWorldCanBeMade() async throws {
    let test = try TestServer(namespaces: [])
    try ShopWorld.build(test.world)
    for resource in Catalogue(registry: test.registry).stored {
      let objects = test.world.objects(resource)
      let table = try JSONValue(parsing: Table(of: resource, objects, version: 1).encoded())
      #expect(table["rows"]?.arrayValue?.count == objects.count)
    }
  }

  @Test func onlyJSONAndProtobufAreOffered() async throws {
    let test = try TestServer()
    let answer = try await test.send("GET", "/api/v1/pods", accept: "text/html")
    #expect(answer.status == 406)
    #expect(try answer.json()["message"]?.stringValue?.contains("vnd.kubernetes.protobuf") == true)
    let fallback = try await test.send(
      "GET",
      "/api/v1/pods",
      accept: "text/html, application/json"
    )
    #expect(fallback.status == 200)
  }

  @Test func aTokenReadsWhatItWrote() throws {
    let token = ContinueToken(version: 357, after: "shop/bare?>~")
    #expect(try ContinueToken(parsing: token.text) == token)
    #expect(!token.text.contains("="))
  }
}
