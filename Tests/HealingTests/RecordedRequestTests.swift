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
}
