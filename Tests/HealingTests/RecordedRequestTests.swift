import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

/// What remedies send is what a real API server was sent, with our preconditions beside it.
@Suite struct RecordedRequestTests {
  private func expect(
    _ request: ChangeRequest,
    asRecorded number: String,
    without ours: (inout JSONValue) -> Void
  ) throws {
    let recorded = try RecordedExchange(number)
    // Whose fields they are is told by us alone.
    let target = request.path.replacing("&fieldManager=kpatrol", with: "")
      .replacing("?fieldManager=kpatrol", with: "")
    #expect("\(request.methodName) \(target) HTTP/1.1" == recorded.requestLine)
    var body = request.body
    ours(&body)
    #expect(try body == JSONValue(parsing: recorded.requestBody))
  }

  private func request(_ step: HealStep, _ resource: APIResource) throws -> ChangeRequest {
    try #require(try step.request(of: resource, after: nil))
  }

  private static func pod(_ name: String, _ namespace: String) -> ObjectKey {
    ObjectKey(Pod.kind, namespace: namespace, name: name)
  }

  @Test func aDeletionWithAPrecondition() throws {
    let uid: ObjectUID = "00000000-0000-0000-0000-000000000000"
    let step = HealStep.delete(Self.pod("lost", "shop"), uid: uid)
    try expect(try request(step, .pods), asRecorded: "076") { body in
      #expect(body["propagationPolicy"] == "Background")
      body["propagationPolicy"] = nil
    }
  }

  @Test func theDryRunOfAForcedDeletion() throws {
    let step = HealStep.delete(
      Self.pod("lost", "shop"),
      uid: "b6c19049-abc9-46d3-b4b1-92e4a9682e9e",
      gracePeriodSeconds: 0
    )
    try expect(try request(step, .pods).asDryRun, asRecorded: "077") { body in
      body["propagationPolicy"] = nil
    }
  }

  @Test func anEvictionAndItsDryRun() throws {
    let cart = HealStep.evict(Self.pod("cart-64fc7b9969-4rxxt", "shop"), uid: "u")
    try expect(try request(cart, .pods), asRecorded: "078") { body in
      #expect(body["deleteOptions"] == ["preconditions": ["uid": "u"]])
      body["deleteOptions"] = nil
    }
    let bare = HealStep.evict(Self.pod("bare", "shop"), uid: "u")
    try expect(try request(bare, .pods).asDryRun, asRecorded: "079") { body in
      body[path: "deleteOptions", "preconditions"] = nil
    }
  }

  @Test func aCordonIsAMergePatch() throws {
    let node = Node(metadata: .sample("node-1", uid: "n"))
    let request = try request(.cordon(node), .nodes)
    #expect(request.contentType == "application/merge-patch+json")
    try expect(request, asRecorded: "080") { body in
      #expect(body["metadata"] == ["uid": "n"])
      body["metadata"] = nil
    }
  }

  @Test(arguments: [("082", "other"), ("083", "example.com/hold")])
  func aFinalizerIsRemovedIfItIsTheOne(number: String, finalizer: String) throws {
    let pod = Pod.sample(
      "kept",
      namespace: "payments",
      deleted: .noon,
      finalizers: [finalizer]
    )
    let plan = try RemedyWorld(pod).plan("remove-finalizer", about: pod.id)
    let request = try request(try #require(plan.steps.first), .pods)
    #expect(request.contentType == "application/json-patch+json")
    try expect(request, asRecorded: number) { body in
      let operations = body.arrayValue ?? []
      #expect(operations.first?["path"] == "/metadata/uid")
      body = .array(Array(operations.dropFirst()))
    }
  }

  @Test func anUncordonTakesTheFieldAway() throws {
    let node = Node(metadata: .sample("node-1", uid: "n"))
    try expect(try request(.cordon(node, false), .nodes), asRecorded: "081") { body in
      #expect(body["metadata"] == ["uid": "n"])
      body["metadata"] = nil
    }
  }

  @Test func aClaimIsClearedAtTheVersionThatWasSeen() throws {
    let volume = PersistentVolume.sample("pv-2", phase: .released)
    let plan = try RemedyWorld(volume).plan("clear-claim", about: volume.id)
    let request = try request(try #require(plan.steps.first), .volumes)
    #expect(request.contentType == "application/merge-patch+json")
    try expect(request, asRecorded: "084") { body in
      #expect(body[path: "metadata", "resourceVersion"] == "7")
      body["metadata"] = ["resourceVersion": "1"]
    }
    try expect(request.asDryRun, asRecorded: "085") { $0["metadata"] = nil }
  }

  @Test func aScalingIsAMergePatchOfTheScaleAtTheVersionJustBefore() throws {
    let key = ObjectKey(Deployment.kind, namespace: "shop", name: "cart")
    let step = HealStep.scale(ReplicaChange(key, uid: "d", from: 2, to: 3))
    let workload: JSONValue = [
      "metadata": ["uid": "d", "resourceVersion": "9"], "spec": ["replicas": 2],
    ]
    let request = try #require(try step.request(of: .deployments, after: nil, on: workload))
    #expect(request.contentType == "application/merge-patch+json")
    try expect(request, asRecorded: "087") { body in
      #expect(body["metadata"] == ["uid": "d", "resourceVersion": "9"])
      body["metadata"] = nil
    }
    #expect(throws: KubernetesError.self, "Somebody else scaled it meanwhile.") {
      var scaled = workload
      scaled[path: "spec", "replicas"] = 5
      _ = try step.request(of: .deployments, after: nil, on: scaled)
    }
  }

  @Test func aRestartIsAStrategicPatchOfTheTemplate() throws {
    let deployment = Deployment(metadata: .sample("cart", namespace: "shop", uid: "d"))
    let time = try #require(Timestamp(rfc3339: "2026-11-23T10:00:27Z"))
    let request = try request(RestartWorkload.step(for: deployment, at: time), .deployments)
    #expect(request.contentType == "application/strategic-merge-patch+json")
    try expect(request, asRecorded: "088") { body in
      #expect(body["metadata"] == ["uid": "d"])
      body["metadata"] = nil
    }
  }

  @Test func aDefinitionIsDeletedByItsName() throws {
    let key = ObjectKey(CustomResourceDefinition.kind, name: "widgets.example.com")
    let request = try request(.delete(key, uid: "u"), .definitions)
    let recorded = try RecordedExchange("097")
    #expect("\(request.methodName) \(request.path) HTTP/1.1" == recorded.requestLine)
    #expect(recorded.requestBody.isEmpty && request.body["preconditions"] == ["uid": "u"])
  }

  @Test func whatIsMadeAgainIsPosted() throws {
    let manifest: JSONValue = [
      "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"],
    ]
    let key = ObjectKey(Namespace.kind, name: "shop")
    try expect(try request(.create(key, manifest), .namespaces), asRecorded: "072") { _ in }
  }

  /// Recorded requests that change something and are sent by no remedy, each with the reason.
  private static let sentByNone = [
    "067": "as 076, without a precondition", "070": "no object is meant",
    "071": "nothing is put whole", "073": "as 072, of an invalid Pod",
    "074": "as 072, of what is no JSON", "075": "no patch has such a type",
    "089": "an edit is sent against what was seen of what it changes",
  ]

  /// What the tests above compare.
  private static let compared: Set<String> = [
    "072", "076", "077", "078", "079", "080", "081", "082", "083", "084", "085", "087", "088",
    "097",
  ]

  @Test func everyRecordedChangeIsComparedOrHasItsReason() throws {
    let changing = try RecordedExchange.numbers.filter { number in
      let line = try RecordedExchange(number).requestLine
      return !line.hasPrefix("GET ") && !line.contains("/selfsubject")
    }
    #expect(Set(changing) == Self.compared.union(Self.sentByNone.keys))
    #expect(Self.compared.isDisjoint(with: Self.sentByNone.keys))
  }
}

extension APIResource {
  fileprivate static let deployments = APIResource(
    kind: Deployment.kind,
    version: "v1",
    plural: "deployments",
    isNamespaced: true,
    verbs: ["get", "list", "watch", "patch"]
  )
}
