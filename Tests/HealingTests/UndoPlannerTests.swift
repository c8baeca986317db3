import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@testable import Healing

@Suite struct UndoPlannerTests {
  private static let map = ObjectKey(ConfigMap.kind, namespace: "shop", name: "prices")
  private static let node = ObjectKey(Node.kind, name: "node-1")

  private static func object(
    _ key: ObjectKey,
    uid: String = "u",
    _ more: [String: JSONValue] = [:]
  ) -> JSONValue {
    var object: JSONValue = [
      "apiVersion": "v1", "kind": .string(key.kind.name),
      "metadata": [
        "name": .string(key.name), "uid": .string(uid), "resourceVersion": "7", "generation": 3,
        "creationTimestamp": "2026-11-26T12:00:00Z", "managedFields": [["manager": "kubectl"]],
      ],
      "status": ["phase": "Active"],
    ]
    if !key.namespace.isEmpty { object[path: "metadata", "namespace"] = .string(key.namespace) }
    for (name, value) in more { object[name] = value }
    return object
  }

  private static func call(
    _ method: String,
    _ target: ObjectKey,
    path: String = "",
    contentType: String = "application/json",
    body: JSONValue = .null,
    backup: JSONValue?,
    isAccepted: Bool? = true,
    uid: String? = nil
  ) -> UndoneHeal.Call {
    let plural = target.kind.name.lowercased() + "s"
    let place = target.namespace.isEmpty ? "" : "/namespaces/\(target.namespace)"
    return UndoneHeal.Call(
      target: target,
      method: method,
      path: path.isEmpty ? "/api/v1\(place)/\(plural)/\(target.name)" : path,
      contentType: contentType,
      body: body,
      backup: backup,
      isAccepted: isAccepted,
      uid: uid
    )
  }

  private static func proposal(
    _ calls: [UndoneHeal.Call],
    now: [ObjectKey: JSONValue] = [:],
    in world: RemedyWorld = RemedyWorld()
  ) -> Proposal {
    let heal = UndoneHeal(id: HealIntent.ID(7), cluster: "test", title: "Do it", calls: calls)
    return UndoPlanner(heal, current: now, in: world.graph).proposal()
  }

  private static func plan(_ proposal: Proposal) throws -> HealPlan {
    guard case .plan(let plan) = proposal else { throw NoPlan(proposal: proposal) }
    return plan
  }

  private struct NoPlan: Error { let proposal: Proposal }

  private static func cordon(_ backup: JSONValue?) -> UndoneHeal.Call {
    call(
      "PATCH",
      node,
      contentType: "application/merge-patch+json",
      body: ["metadata": ["uid": "u"], "spec": ["unschedulable": true]],
      backup: backup
    )
  }

  @Test func whatWasDeletedIsMadeAgainWithoutWhatIsTheServers() throws {
    let backup = Self.object(Self.map, ["data": ["apple": "1"]])
    let plan = try Self.plan(
      Self.proposal([Self.call("DELETE", Self.map, backup: backup)])
    )
    #expect(
      plan.steps == [
        .create(
          Self.map,
          [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": "prices", "namespace": "shop"], "data": ["apple": "1"],
          ]
        )
      ]
    )
    #expect(plan.cause == .undo(HealIntent.ID(7), cluster: "test") && plan.cluster == "test")
    #expect(plan.title == "Undo: Do it" && plan.confirmation == .key("y"))
    #expect(plan.blastRadius.impacts.map(\.effect).first?.contains("another uid") == true)
  }

  @Test func aSecretWhoseValuesAreKeptComesBackAndNoCommandHasThem() throws {
    let key = ObjectKey(Secret.kind, namespace: "shop", name: "s")
    let old = Self.object(key, ["data": ["password": "aHVudGVy"]])
    let made = try Self.plan(Self.proposal([Self.call("DELETE", key, backup: old)]))
    guard case .create(key, let manifest)? = made.steps.first else {
      Issue.record("\(made.steps)")
      return
    }
    #expect(manifest["data"] == ["password": "aHVudGVy"])

    let body: JSONValue = ["metadata": ["uid": "u"], "data": ["password": "bmV3"]]
    let patch = Self.call(
      "PATCH",
      key,
      contentType: "application/merge-patch+json",
      body: body,
      backup: old
    )
    let now = Self.object(key, ["data": ["password": "bmV3"]])
    let plan = try Self.plan(Self.proposal([patch], now: [key: now]))
    #expect(plan.commands == ["edit secret s -n shop"])
    #expect(
      try plan.patch().arrayValue?.suffix(2) == [
        ["op": "test", "path": "/data/password", "value": "bmV3"],
        ["op": "replace", "path": "/data/password", "value": "aHVudGVy"],
      ]
    )
  }

  @Test(
    "What cannot come back is refused with the reason",
    arguments: [
      (ObjectKey(Secret.kind, namespace: "shop", name: "s"), "Of Secrets no values are kept"),
      (node, "registered by its own kubelet"),
      (ObjectKey(Job.kind, namespace: "shop", name: "j"), "do again what it has done"),
    ]
  )
  func limits(key: ObjectKey, reason: String) {
    let kept = SecretOmission.without(
      valuesIn: Self.object(key, ["data": ["password": "aHVudGVy"]]),
      of: key.kind
    )
    let proposal = Self.proposal([Self.call("DELETE", key, backup: kept)])
    guard case .unavailable(let sentence) = proposal else {
      Issue.record("\(proposal)")
      return
    }
    #expect(sentence.contains(reason))
  }

  @Test func aPodOfAControllerIsNotMadeBesideItsSuccessor() {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
    var backup = Self.object(pod)
    backup[path: "metadata", "ownerReferences"] = [
      ["kind": "ReplicaSet", "name": "cart", "uid": "r", "controller": true]
    ]
    #expect(
      Self.proposal([Self.call("DELETE", pod, backup: backup)])
        == .unavailable(
          "Pod shop/cart-1 was controlled by ReplicaSet cart, which makes what it needs in its place."
        )
    )
  }

  @Test(
    "What is there is not made twice",
    arguments: [
      ("u", nil, "ConfigMap shop/prices is still there."),
      (
        "u", "2026-11-26T12:00:00Z",
        "ConfigMap shop/prices is still being deleted. Wait until it is gone."
      ),
      (
        "v", nil,
        "Another ConfigMap shop/prices is there by now: whoever controls it, or somebody, made it."
      ),
    ] as [(String, String?, String)]
  )
  func isThere(uid: String, deletion: String?, reason: String) {
    var now = Self.object(Self.map, uid: uid)
    now[path: "metadata", "deletionTimestamp"] = deletion.map { .string($0) }
    let call = Self.call("DELETE", Self.map, backup: Self.object(Self.map))
    #expect(Self.proposal([call], now: [Self.map: now]) == .unavailable(reason))
  }

  @Test func ownersThatAreGoneAreNotNamed() throws {
    var backup = Self.object(Self.map)
    backup[path: "metadata", "ownerReferences"] = [
      ["apiVersion": "v1", "kind": "Pod", "name": "gone", "uid": "1"],
      ["apiVersion": "v1", "kind": "Node", "name": "node-1", "uid": "n"],
    ]
    var world = RemedyWorld(Node.sample("node-1", uid: "n"))
    world.know(Pod.kind, Node.kind)
    let plan = try Self.plan(
      Self.proposal([Self.call("DELETE", Self.map, backup: backup)], in: world)
    )
    guard case .create(_, let manifest) = plan.steps[0] else {
      Issue.record("\(plan.steps)")
      return
    }
    let owners = manifest[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    #expect(owners.map { $0["name"] } == ["node-1"])
    #expect(plan.blastRadius.impacts[0].effect.contains("no longer owned by Pod gone"))
  }

  @Test func aPatchIsTakenBackByOneThatTestsWhatItLeft() throws {
    let before = Self.object(Self.node, ["spec": ["podCIDR": "10.0.0.0/24"]])
    let after = Self.object(Self.node, ["spec": ["podCIDR": "10.0.0.0/24", "unschedulable": true]])
    let plan = try Self.plan(Self.proposal([Self.cordon(before)], now: [Self.node: after]))
    #expect(
      plan.steps == [
        .json(
          [
            ["op": "test", "path": "/spec/unschedulable", "value": true],
            ["op": "remove", "path": "/spec/unschedulable"],
          ],
          on: Self.node,
          uid: "u"
        )
      ]
    )
  }

  @Test func whatLeftNothingToTestIsHeldAgainstTheVersion() throws {
    let taints: JSONValue = [["key": "old", "effect": "NoSchedule"]]
    let before = Self.object(Self.node, ["spec": ["taints": taints]])
    let call = Self.call(
      "PATCH",
      Self.node,
      contentType: "application/json-patch+json",
      body: [
        ["op": "test", "path": "/metadata/uid", "value": "u"],
        ["op": "remove", "path": "/spec/taints/0"],
      ],
      backup: before
    )
    let now = Self.object(Self.node, ["spec": [:]])
    let plan = try Self.plan(Self.proposal([call], now: [Self.node: now]))
    #expect(
      plan.steps == [
        .json(
          [
            ["op": "test", "path": "/metadata/resourceVersion", "value": "7"],
            ["op": "add", "path": "/spec/taints", "value": taints],
          ],
          on: Self.node,
          uid: "u"
        )
      ]
    )
  }

  @Test(
    "A patch over which others have gone since is not taken back",
    arguments: [
      (nil, "Node node-1 is gone by now."),
      (object(node, uid: "v"), "Another Node node-1 is there than the one that was patched."),
      (object(node), "Node node-1 is as it was before."),
      (
        object(node, ["spec": ["unschedulable": false]]),
        "spec.unschedulable of Node node-1 was changed again since."
      ),
    ] as [(JSONValue?, String)]
  )
  func isChanged(now: JSONValue?, reason: String) {
    let current = now.map { [Self.node: $0] } ?? [:]
    let proposal = Self.proposal([Self.cordon(Self.object(Self.node))], now: current)
    #expect(proposal == .unavailable(reason))
  }

  @Test func aRestartIsNotTakenBack() {
    let key = ObjectKey(Deployment.kind, namespace: "shop", name: "cart")
    let annotations: JSONValue = [
      "annotations": ["kubectl.kubernetes.io/restartedAt": "2026-11-26T12:00:00Z"]
    ]
    let before = Self.object(key, ["spec": ["template": ["metadata": ["annotations": [:]]]]])
    let call = Self.call(
      "PATCH",
      key,
      contentType: "application/merge-patch+json",
      body: ["spec": ["template": ["metadata": annotations]]],
      backup: before
    )
    let now = Self.object(key, ["spec": ["template": ["metadata": annotations]]])
    #expect(
      Self.proposal([call], now: [key: now])
        == .unavailable(
          "Of Deployment.apps shop/cart only the time of its restart was changed; its Pods are new."
        )
    )
  }

  @Test func whatWasMadeIsDeletedIfItIsStillThat() throws {
    let job = ObjectKey(Job.kind, namespace: "shop", name: "report-x")
    let call = Self.call(
      "POST",
      job,
      path: "/apis/batch/v1/namespaces/shop/jobs?fieldManager=kpatrol",
      body: Self.object(job),
      backup: nil,
      uid: "made"
    )
    let plan = try Self.plan(
      Self.proposal([call], now: [job: Self.object(job, uid: "made")])
    )
    #expect(plan.steps == [.delete(job, uid: "made")])
    #expect(plan.confirmation == .typing("report-x"))
    #expect(
      Self.proposal([call], now: [job: Self.object(job, uid: "other")])
        == .unavailable("Another \(job) is there than the one that it made.")
    )
  }

  @Test func stepsAreTakenBackInReverseAndTheRestIsTold() throws {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
    var backup = Self.object(pod)
    backup[path: "metadata", "ownerReferences"] = [
      ["kind": "ReplicaSet", "name": "cart", "uid": "r", "controller": true]
    ]
    let eviction = Self.call(
      "POST",
      pod,
      path: "/api/v1/namespaces/shop/pods/cart-1/eviction",
      backup: backup
    )
    let deletion = Self.call("DELETE", Self.map, backup: Self.object(Self.map))
    let refused = Self.call("DELETE", pod, backup: backup, isAccepted: false)
    let after = Self.object(Self.node, ["spec": ["unschedulable": true]])
    let plan = try Self.plan(
      Self.proposal(
        [Self.cordon(Self.object(Self.node)), eviction, deletion, refused],
        now: [Self.node: after]
      )
    )
    #expect(plan.steps.map(\.target) == [Self.map, Self.node])
    #expect(plan.reason.contains("The rest stays: Pod shop/cart-1 was controlled by"))
  }

  @Test func anOwnerThatIsGoneIsNotPutBack() {
    let owner: JSONValue = ["apiVersion": "v1", "kind": "Pod", "name": "gone", "uid": "1"]
    var before = Self.object(Self.map)
    before[path: "metadata", "ownerReferences"] = [owner]
    let call = Self.call(
      "PATCH",
      Self.map,
      contentType: "application/json-patch+json",
      body: [["op": "remove", "path": "/metadata/ownerReferences/0"]],
      backup: before
    )
    var world = RemedyWorld()
    world.know(Pod.kind)
    #expect(
      Self.proposal([call], now: [Self.map: Self.object(Self.map)], in: world)
        == .unavailable(
          "The owner of \(Self.map) is gone: with it, it would be deleted at once."
        )
    )
  }

  @Test func anAddressOfAnInventoryIsNotOurs() {
    let address = ObjectKey(InventoryAddress.kind, name: "10.0.0.1")
    let call = Self.call(
      "PATCH",
      address,
      path: "https://netbox.example.com/api/1",
      backup: nil
    )
    guard case .unavailable = Self.proposal([call]) else {
      Issue.record("it would be put back")
      return
    }
  }
}

@Suite struct UndoPatchTests {
  @Test(
    "A JSON patch is applied as RFC 6902 says",
    arguments: [
      (#"[{"op":"add","path":"/a/b","value":1}]"#, #"{"a":{"b":1},"l":[1,2]}"#),
      (#"[{"op":"add","path":"/l/1","value":9}]"#, #"{"a":{},"l":[1,9,2]}"#),
      (#"[{"op":"add","path":"/l/-","value":9}]"#, #"{"a":{},"l":[1,2,9]}"#),
      (#"[{"op":"remove","path":"/l/0"}]"#, #"{"a":{},"l":[2]}"#),
      (#"[{"op":"replace","path":"/l/1","value":9}]"#, #"{"a":{},"l":[1,9]}"#),
      (#"[{"op":"add","path":"/a~1b~0","value":0}]"#, #"{"a":{},"a/b~":0,"l":[1,2]}"#),
      (#"[{"op":"test","path":"/x","value":0}]"#, #"{"a":{},"l":[1,2]}"#),
      (#"[{"op":"remove","path":"/x"}]"#, nil),
      (#"[{"op":"remove","path":"/l/2"}]"#, nil),
      (#"[{"op":"replace","path":"/x/y","value":0}]"#, nil),
      (#"[{"op":"move","path":"/x","from":"/a"}]"#, nil),
    ] as [(String, String?)]
  )
  func json(patch: String, result: String?) throws {
    let object: JSONValue = ["a": [:], "l": [1, 2]]
    let applied = UndoPatch.result(
      of: try JSONValue(parsing: Array(patch.utf8)),
      contentType: "application/json-patch+json",
      on: object
    )
    #expect(try applied == result.map { try JSONValue(parsing: Array($0.utf8)) })
  }

  @Test func aMergePatchIsAppliedAsRFC7386Says() {
    let applied = UndoPatch.result(
      of: ["a": ["b": .null, "c": ["d": 1]], "l": [3]],
      contentType: "application/merge-patch+json",
      on: ["a": ["b": 1, "e": 2], "l": [1, 2]]
    )
    #expect(applied == ["a": ["e": 2, "c": ["d": 1]], "l": [3]])
  }

  @Test func aStrategicPatchIsAMergeWhereItHasNoLists() {
    let type = "application/strategic-merge-patch+json"
    let applied = UndoPatch.result(of: ["a": ["b": 1]], contentType: type, on: ["a": ["c": 2]])
    #expect(applied == ["a": ["b": 1, "c": 2]])
    // How lists are merged only servers know.
    #expect(UndoPatch.result(of: ["a": ["b": [1]]], contentType: type, on: [:]) == nil)
  }
}
