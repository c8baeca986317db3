import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct ProtobufAnswerTests {
  private let protobuf = ProtobufEnvelope.mediaType

  @Test(
    "What a client likes best decides the encoding",
    arguments: [
      ("application/vnd.kubernetes.protobuf", true),
      ("application/vnd.kubernetes.protobuf,application/json", true),
      ("application/vnd.kubernetes.protobuf;stream=watch,application/json;stream=watch", true),
      ("application/json,application/vnd.kubernetes.protobuf", false),
      ("application/vnd.kubernetes.protobuf;q=0.5,application/json;q=0.9", false),
      ("application/json;q=0.5, application/vnd.kubernetes.protobuf;q=0.9", true),
      ("*/*,application/vnd.kubernetes.protobuf", true),
      ("application/vnd.kubernetes.protobuf;q=0,*/*", false),
    ]
  )
  func encodings(header: String, isProtobuf: Bool) throws {
    let request = APIRequest("GET", "/api/v1/pods", headers: ["Accept": header])
    #expect(try Representation(for: request, of: .pods).isProtobuf == isProtobuf)
  }

  @Test func aCustomResourceHasNoProtobufButItsMetadata() async throws {
    let test = try TestServer()
    try test.registry.create(
      Sample.definition("gadgets", "Gadget"),
      in: .customResourceDefinitions
    )
    let gadgets = try #require(
      Catalogue(registry: test.registry).resource(qualifiedPlural: "gadgets.example.com")
    )
    try test.registry.create(["metadata": ["name": "g"]], in: gadgets, namespace: "shop")
    let target = "/apis/example.com/v1/namespaces/shop/gadgets"
    let refused = try await test.send("GET", target, accept: protobuf)
    #expect(refused.status == 406)
    #expect(refused.headers["Content-Type"] == "application/json")
    let json = try await test.send("GET", target, accept: "\(protobuf),application/json")
    #expect(json.headers["Content-Type"] == "application/json")
    let metadata = try await test.send(
      "GET",
      target,
      accept: "\(protobuf);as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
    )
    let list = try ProtobufTree().object(metadata.bytes)
    #expect(list.kind == "PartialObjectMetadataList")
    #expect(list.tree["2"]?[0]?["1"]?["1"] == "g")
  }

  @Test func writesAnswerInTheEncodingAskedFor() async throws {
    let test = try TestServer()
    let created = try await test.send(
      "POST",
      "/api/v1/namespaces/shop/configmaps",
      Sample.configMap("a", ["k": "v\n\"ü"]),
      accept: protobuf
    )
    #expect(created.status == 201)
    let object = try ProtobufTree().object(created.bytes)
    #expect(object.kind == "ConfigMap")
    #expect(object.tree["2"] == [["key": "k", "value": "v\n\"ü"]])
    let refused = try await test.send(
      "POST",
      "/api/v1/namespaces/shop/configmaps",
      type: "application/xml"
    )
    #expect(refused.status == 415)
  }

  @Test func metadataAreTheSameBeforeAndAfterTheWholeWasAskedFor() async throws {
    let test = try TestServer()
    try await test.createPod("a", labels: ["app": "cart"])
    let accept = "\(protobuf);as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
    let before = try await test.send("GET", "/api/v1/pods", accept: accept)
    _ = try await test.send("GET", "/api/v1/pods", accept: protobuf)
    let after = try await test.send("GET", "/api/v1/pods", accept: accept)
    #expect(before.bytes == after.bytes)
    #expect(try ProtobufTree().object(after.bytes).tree["2"]?[0]?["1"]?["1"] == "a")
  }

  @Test func anExpiredWatchEndsWithAStatusInItsOwnEncoding() async throws {
    let test = try TestServer()
    try await test.createPod("a")
    try await test.createPod("b")
    _ = test.server.faults.add(FaultRule(.expiredEvent(afterEvents: 1), on: .any))
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=true&timeoutSeconds=0",
      accept: "\(protobuf);stream=watch"
    )
    let events = try ProtobufTree().events(answer.bytes).arrayValue ?? []
    #expect(events.map { $0["type"] } == ["ADDED", "ERROR"])
    #expect(events.last?["object"]?["6"] == 410)
  }

  @Test func moreThanAHandfulComesInPiecesOfTheWholeBody() async throws {
    let test = try TestServer()
    for number in 0..<100 { try await test.createPod("pod-\(number)") }
    let request = APIRequest(
      "GET",
      "/api/v1/pods",
      headers: ["Authorization": "Bearer secret", "Accept": protobuf]
    )
    guard case .pieces(let source) = await test.server.respond(to: request).body else {
      Issue.record("The list came in one piece.")
      return
    }
    var bytes: [UInt8] = []
    while let piece = try await source.next() { bytes += piece }
    #expect(try ProtobufTree().object(bytes).tree["2"]?.arrayValue?.count == 100)
  }
}
