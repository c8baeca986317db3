import Checks
import Foundation
import HTTP
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats
import YAMLReading
import Yams

@testable import Monitoring

/// Remedies on a cluster that has every fault of `Tests/FaultyManifests`.
@Suite(.fewAtOnce, .serialized, .timeLimit(.minutes(20))) struct RemedyExecutionTests {
  /// Those whose faults cannot be had by manifests alone: they need inventories, a history, a server of
  /// another group that fails, or the fields that somebody manages.
  private static let unseen: Set<RemedyID> = [
    "delete-api-service", "evict-pod", "relabel-node", "release-address", "relist",
    "restart-controller",
  ]

  /// Those whose effect is a matter of controllers, which do not run here: that the server took them
  /// is all there is to see.
  private static let slow: Set<RemedyID> = [
    "clear-claim", "delete-pod", "restart-workload", "roll-back-workload",
  ]

  private static func objects() throws -> [JSONValue] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "FaultyManifests")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let objects = try names.filter { $0.hasSuffix(".yaml") }.flatMap { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return try Yams.compose_all(yaml: text).map { JSONValue($0) }
    }
    return objects.filter { $0["kind"] != nil }.flatMap { object in
      var object = object
      switch object["kind"]?.stringValue {
      // Checks do not read it, and manifests leave it out.
      case "ReplicaSet" where object[path: "spec", "template"] == nil:
        object[path: "spec", "template"] = ["spec": ["containers": []]]
        return [object]
      // One is approved, and one denied.
      case "CertificateSigningRequest":
        var other = object
        let name = object[path: "metadata", "name"]?.stringValue ?? ""
        other[path: "metadata", "name"] = .string("\(name)-2")
        other[path: "metadata", "uid"] = nil
        return [object, other]
      // One is made available, and one deleted.
      case "PersistentVolume" where object[path: "status", "phase"] == "Released":
        var other = object
        let name = object[path: "metadata", "name"]?.stringValue ?? ""
        other[path: "metadata", "name"] = .string("\(name)-2")
        other[path: "metadata", "uid"] = nil
        other[path: "spec", "csi", "volumeHandle"] = .string("\(name)-2")
        return [object, other]
      default: return [object]
      }
    }
  }

  /// The Namespaces that objects are in, which not every file names.
  private static func namespaces(of objects: [JSONValue]) -> [JSONValue] {
    let names = Set(objects.compactMap { $0[path: "metadata", "namespace"]?.stringValue })
    return names.sorted().map {
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string($0)]]
    }
  }

  private func withFaultyCluster(
    as user: User? = nil,
    _ body: (SimulatedCluster, ClusterMonitor) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    // Definitions and Namespaces come before what needs them.
    let ranks = ["CustomResourceDefinition": 0, "Namespace": 1]
    let manifests = try Self.objects()
    let objects = Self.namespaces(of: manifests) + manifests
    for rank in 0...2 {
      for object in objects
      where ranks[object["kind"]?.stringValue ?? "", default: 2] == rank {
        _ = try? cluster.apply(object)
      }
    }
    if let user { cluster.admit(user, token: "limited") }
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop, token: user == nil ? nil : "limited"),
      options: MonitorOptions(checks: Catalogue.checks, settlePolicy: .atMost(.zero))
    )
    let patrol = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    try await body(cluster, monitor)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  /// The remedies that have a plan, each with the first, where nothing is under way about its finding.
  private func plans(_ monitor: ClusterMonitor) async -> [RemedyID: HealPlan] {
    var plans: [RemedyID: HealPlan] = [:]
    for finding in await monitor.findings() {
      guard await monitor.heal(of: finding.id)?.isUnderWay != true else { continue }
      for offer in await monitor.detail(of: finding.id)?.offers ?? [] {
        if case .plan(let plan) = offer.proposal { plans[plan.remedy] = plans[plan.remedy] ?? plan }
      }
    }
    return plans
  }

  private static let all = Set(Remedies.all.map(\.id)).subtracting(unseen)

  /// Calls that may change something, with their answers.
  private static func changes(_ cluster: SimulatedCluster) -> [LoggedRequest] {
    cluster.requestLog.filter { request in
      request.method != "GET" && !request.query.contains("dryRun=All")
        && !request.path.contains("/selfsubject")
    }
  }

  private static func confirm(_ plan: HealPlan) throws -> ConfirmedPlan {
    let answer = plan.confirmation.expectedAnswer
    return try #require(ConfirmedPlan(plan, answer: answer, reason: "It is a test."))
  }

  @Test func everyRemedyPlansAndHealsItsFinding() async throws {
    try await withFaultyCluster { cluster, monitor in
      #expect(await eventually { Set(await plans(monitor).keys) == Self.all })
      let planned = await plans(monitor)
      #expect(Self.all.subtracting(planned.keys).sorted() == [])
      for remedy in planned.keys.sorted() {
        // What the ones before did may have ended the finding.
        guard let plan = await plans(monitor)[remedy] else {
          Issue.record("\(remedy) has no plan any more.")
          continue
        }
        let before = Self.changes(cluster).count
        await monitor.heal(try Self.confirm(plan))
        #expect(Self.changes(cluster).count - before == plan.steps.count, "\(plan.title)")
        if Self.slow.contains(remedy) {
          switch await monitor.heal(plan.id) {
          case .waitingForProof, .healed, .done: break
          case let state: Issue.record("\(state?.sentence ?? "\(plan.title): forgotten")")
          }
        } else {
          let isShown = await eventually {
            switch await monitor.heal(plan.id) {
            case .healed, .done: true
            default: false
            }
          }
          let state = await monitor.heal(plan.id)?.sentence
          #expect(isShown, "\(state ?? "\(plan.title): forgotten")")
        }
      }
    }
  }

  @Test func whoMayOnlyReadIsToldSoAndSendsNothing() async throws {
    let reader = User(
      "reader",
      rules: [
        AccessRule(verbs: ["get", "list", "watch"], apiGroups: ["*"], resources: ["*"]),
        AccessRule(verbs: ["get"], nonResourceURLs: ["*"]),
      ]
    )
    try await withFaultyCluster(as: reader) { cluster, monitor in
      var refused: [RemedyID: String] = [:]
      let isTold = await eventually {
        for finding in await monitor.findings() {
          for offer in await monitor.detail(of: finding.id)?.offers ?? [] {
            if case .refused(_, let reason) = offer.proposal { refused[offer.remedy] = reason }
          }
        }
        return Set(refused.keys) == Self.all
      }
      #expect(isTold, "\(Self.all.subtracting(refused.keys).sorted())")
      #expect(refused.values.allSatisfy { $0.hasPrefix("You may not ") })
      // Until the server has answered, what is new may seem possible.
      #expect(await eventually { await plans(monitor).isEmpty })
      #expect(Self.changes(cluster).isEmpty, "Whoever looks changes nothing.")
    }
  }

  @Test func whatChangedInBetweenIsLeftAlone() async throws {
    try await withFaultyCluster { cluster, monitor in
      #expect(await eventually { Set(await plans(monitor).keys) == Self.all })
      let resources = await monitor.resources
      for (remedy, plan) in await plans(monitor).sorted(by: { $0.key < $1.key }) {
        // Others may have hit the same object.
        guard let target = plan.steps.first?.subjectOfPrecondition,
          let resource = resources[target.kind],
          var object = cluster.object(
            of: resource.qualifiedPlural,
            namespace: target.namespace,
            name: target.name
          )
        else { continue }
        cluster.remove(
          resource.qualifiedPlural,
          namespace: target.namespace,
          name: target.name
        )
        object[path: "metadata", "uid"] = nil
        object[path: "metadata", "resourceVersion"] = nil
        try cluster.create(object)
        let before = Self.changes(cluster).count
        await monitor.heal(try Self.confirm(plan))
        switch await monitor.heal(plan.id) {
        case .outdated, .failed(_, stepsDone: 0, _): break
        // Finalizers hold it no more, and what was wanted is so.
        case let state: Issue.record("\(remedy): \(state?.sentence ?? "nothing")")
        }
        #expect(Self.changes(cluster).count == before, "\(remedy)")
      }
    }
  }
}

extension HealStep {
  /// The object whose uid must be the same.
  fileprivate var subjectOfPrecondition: ObjectKey? {
    switch self {
    case .delete(let key, _, _, _), .evict(let key, _), .patch(let key, _, _, _): key
    case .rollBack(let rollback): rollback.deployment
    case .run(let run): run.cronJob
    case .create, .release, .relist: nil
    }
  }
}

extension APIResource {
  fileprivate var qualifiedPlural: String {
    kind.group.isEmpty ? plural : "\(plural).\(kind.group)"
  }
}
