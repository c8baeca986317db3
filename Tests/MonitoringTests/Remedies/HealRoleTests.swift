import DeployFolder
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// The role for healing that `deploy/` has, held against what remedies ask of the API server.
@Suite(.fewAtOnce, .timeLimit(.minutes(15))) struct HealRoleTests {
  /// What is granted and in no request that the simulated API server sees: a real one asks itself whether whoever
  /// approves a certificate may do so for its signer.
  private static let unseen: Set = ["approve signers.certificates.k8s.io"]

  @Test func itAllowsWhatRemediesDoAndNothingElse() async throws {
    let objects = try ["base", "components/custom-resources", "components/heal"]
      .flatMap(DeployManifests.objects)
    let healing = DeployManifests.grants(ofRole: "kpatrol-heal", in: objects)
    let person = User(
      "operator",
      rules: DeployManifests.grants(ofRole: "kpatrol-inspect", in: objects) + healing
    )
    var used: Set<String> = []
    for fault in RemedyCase.all {
      try await FaultyWorld.with(fault, as: person) { world, finding in
        try await heal(finding, by: fault.remedy, in: world)
        used.formUnion(world.permissionsUsed)
      }
    }
    try await FaultyWorld.with(["risk/single-replica"], as: person, filledBy: Self.addSingleSet) {
      world in
      try await healAll(by: ["scale-workload"], in: world)
      used.formUnion(world.permissionsUsed)
    }
    try await FaultyWorld.with(["dangling/owner", "stuck/terminating"], as: person) { world in
      let resources = await world.monitor.resources.values.filter { resource in
        resource.kind != Event.kind && ["delete", "watch"].allSatisfy(resource.verbs.contains)
      }
      for resource in resources { try Self.addLeftovers(of: resource, to: world.cluster) }
      #expect(resources.count > 40)
      await expectSoon {
        let found = await world.monitor.findings().map(\.subject)
        return Self.subjects(among: resources).isSubset(of: found)
      }
      try await healAll(
        by: ["remove-owner-reference", "delete-object", "remove-finalizer"],
        in: world
      )
      used.formUnion(world.permissionsUsed)
    }
    let granted = DeployManifests.permissions(healing).subtracting(Self.unseen)
    #expect(granted.subtracting(used).sorted() == [], "It is granted, and not used.")
    #expect(used.subtracting(granted).sorted() == [], "It is used, and not granted.")
  }

  private func healAll(by remedies: [RemedyID], in world: FaultyWorld) async throws {
    for finding in await world.monitor.findings() {
      let isKept = finding.subject.objectKey?.name.hasPrefix("kept") == true
      let wanted = remedies.first {
        finding.remedies.contains($0) && isKept == ($0 == "remove-owner-reference")
      }
      if let wanted { try await heal(finding, by: wanted, in: world) }
    }
  }

  private func heal(_ finding: Finding, by remedy: RemedyID, in world: FaultyWorld) async throws {
    let proposal = await world.monitor.proposal(
      forFinding: finding.id,
      by: remedy,
      plansBefore: 0
    )
    guard case .plan(let plan) = proposal else {
      Issue.record("\(remedy) of \(finding.subject): \(proposal.obstacle)")
      return
    }
    let answer = plan.confirmation.expectedAnswer
    await world.monitor.heal(
      try #require(ConfirmedPlan(plan, answer: answer, reason: "It is a test."))
    )
    let state = await world.monitor.heal(plan.id)
    #expect(state?.hasFailed == false, "\(plan.title): \(state?.sentence ?? "not begun")")
  }

  /// What hangs in its deletion, and what has lost its owner and is to stay or to go.
  private static let leftovers = ["held", "kept", "lost"]

  private static func key(of leftover: String, _ resource: APIResource) -> ObjectKey {
    let isDefinition = resource.kind == CustomResourceDefinition.kind
    return ObjectKey(
      resource.kind,
      namespace: resource.isNamespaced ? "default" : "",
      name: isDefinition ? "\(leftover).example.com" : leftover
    )
  }

  private static func addLeftovers(of resource: APIResource, to cluster: SimulatedCluster) throws {
    let group = resource.kind.group
    for leftover in leftovers {
      let key = key(of: leftover, resource)
      var object: JSONValue = [
        "apiVersion": .string(group.isEmpty ? resource.version : "\(group)/\(resource.version)"),
        "kind": .string(resource.kind.name), "metadata": ["name": .string(key.name)],
      ]
      if resource.isNamespaced { object[path: "metadata", "namespace"] = .string(key.namespace) }
      if leftover == "held" {
        object[path: "metadata", "deletionTimestamp"] = "2026-11-25T10:00:00Z"
        object[path: "metadata", "finalizers"] = ["example.com/hold"]
      } else {
        object[path: "metadata", "ownerReferences"] = [
          ["apiVersion": "v1", "kind": "PersistentVolume", "name": "gone", "uid": "u"]
        ]
      }
      switch resource.kind {
      case CustomResourceDefinition.kind:
        object["spec"] = [
          "group": "example.com", "scope": "Namespaced",
          "names": ["plural": .string(leftover), "kind": .string(leftover)],
          "versions": [["name": "v1", "served": true, "storage": true]],
        ]
      // One that is drained may be deleted.
      case Node.kind: object["spec"] = ["unschedulable": true]
      case Pod.kind: object["spec"] = ["containers": [["name": "main", "image": "i"]]]
      default: break
      }
      try cluster.create(object)
    }
  }

  /// Of which leftovers something must be found.
  private static func subjects(among resources: [APIResource]) -> Set<VertexID> {
    var subjects: Set<VertexID> = []
    for resource in resources {
      // That the deletion of these does not end other checks tell.
      let isToldElsewhere = [Namespace.kind, VolumeAttachment.kind].contains(resource.kind)
      for leftover in leftovers where leftover != "held" || !isToldElsewhere {
        subjects.insert(.object(key(of: leftover, resource)))
      }
    }
    return subjects
  }

  /// A StatefulSet with one replica, to which a Service sends requests.
  private static func addSingleSet(to cluster: SimulatedCluster) throws {
    let labels: JSONValue = ["app": "alone"]
    let containers: JSONValue = [["name": "main", "image": "i"]]
    let objects: [JSONValue] = [
      ["apiVersion": "v1", "kind": "Service", "spec": ["selector": labels]],
      [
        "apiVersion": "apps/v1", "kind": "StatefulSet",
        "spec": [
          "replicas": 1, "selector": ["matchLabels": labels],
          "template": ["metadata": ["labels": labels], "spec": ["containers": containers]],
        ],
      ],
      [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["labels": labels],
        "spec": ["containers": containers],
      ],
    ]
    for var object in objects {
      object[path: "metadata", "namespace"] = "default"
      object[path: "metadata", "name"] = "alone"
      try cluster.create(object)
    }
  }
}

extension Proposal {
  /// Why nothing can be done; empty where something can.
  fileprivate var obstacle: String {
    switch self {
    case .plan: ""
    case .refused(_, let reason), .unavailable(let reason): reason
    }
  }
}

extension FaultyWorld {
  /// What its person was asked to be allowed, besides looking and what everybody may.
  fileprivate var permissionsUsed: Set<String> {
    let asked = cluster.requestLog.map(\.permission).filter { permission in
      !["list", "watch"].contains(permission.verb) && !permission.target.hasPrefix("/")
        && !permission.target.hasPrefix("selfsubject")
    }
    return Set(asked.map(\.description))
  }
}
