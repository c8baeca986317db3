import Checks
import Foundation
import HTTP
import Healing
import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats
import YAMLReading
import Yams

@testable import Monitoring

/// A small cluster with one fault, without controllers, and KPatrol that looks at it.
struct FaultyWorld: Sendable {
  let cluster: SimulatedCluster
  let fleet: Fleet
  let monitor: ClusterMonitor

  static let reader = User(
    "reader",
    rules: [
      AccessRule(verbs: ["get", "list", "watch"], apiGroups: ["*"], resources: ["*"]),
      AccessRule(verbs: ["get"], nonResourceURLs: ["*"]),
    ]
  )

  /// Lets `use` work on a case's fault once its finding is there.
  static func with(
    _ fault: RemedyCase,
    as user: User? = nil,
    journal: any HealMemory = NoJournal(),
    _ use: (FaultyWorld, Finding) async throws -> Void
  ) async throws {
    try await with(
      [fault.check],
      as: user,
      journal: journal,
      hasNetBox: fault.hasNetBox,
      filledBy: { try fill($0, with: fault) }
    ) { world in
      try await fault.fault(world)
      let isFound = await eventually { await world.finding(of: fault) != nil }
      #expect(isFound, "\(fault.check) finds nothing.")
      if let finding = await world.finding(of: fault) { try await use(world, finding) }
    }
  }

  /// Lets `use` work on a cluster of which these checks see all.
  static func with(
    _ checks: Set<CheckID>,
    as user: User?,
    journal: any HealMemory = NoJournal(),
    hasNetBox: Bool = false,
    filledBy fill: (SimulatedCluster) throws -> Void = { _ in },
    _ use: (FaultyWorld) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    try fill(cluster)
    if let user { cluster.admit(user, token: "limited") }
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("sim", on: eventLoop, token: user == nil ? nil : "limited")],
      options: MonitorOptions(
        checks: Catalogue.checks.filter { checks.contains($0.id) },
        checkSettings: CheckSettings(profile: .all),
        settlePolicy: .atMost(.zero),
        journal: journal
      ),
      inventories: hasNetBox ? feeds(of: cluster, on: eventLoop) : []
    )
    let world = FaultyWorld(
      cluster: cluster,
      fleet: fleet,
      monitor: try #require(fleet.monitors.first)
    )
    let patrol = Task { await fleet.run() }
    #expect(await eventually { await world.monitor.status().connection == .watching })
    try await use(world)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private func finding(of fault: RemedyCase) async -> Finding? {
    await monitor.findings().first {
      $0.check == fault.check && $0.remedies.contains(fault.remedy)
    }
  }

  /// What the remedy proposes, once the server was asked what the user may.
  func proposal(of fault: RemedyCase, for finding: Finding) async -> Proposal {
    await monitor.proposal(forFinding: finding.id, by: fault.remedy, plansBefore: 0)
  }

  /// Calls that may change something, in the cluster or its inventories, and were not refused.
  var changes: [LoggedRequest] {
    cluster.requestLog.filter { request in
      request.method != "GET" && !request.query.contains("dryRun=All")
        && !request.path.contains("/selfsubject") && request.status.map { $0 < 400 } ?? true
    }
  }

  /// Changes an object as its controllers would, status and all.
  func change(
    _ plural: String,
    namespace: String = "",
    name: String,
    _ edit: (inout JSONValue) -> Void
  ) throws {
    var object = try #require(cluster.object(of: plural, namespace: namespace, name: name))
    edit(&object)
    try cluster.update(object)
  }

  /// Makes a step's target anew, as the same with another uid.
  func replaceTarget(of step: HealStep) async throws {
    guard let target = step.guarded, let resource = await monitor.resources[target.kind] else {
      Issue.record("\(step.summary) has no target to be made anew.")
      return
    }
    let plural =
      target.kind.group.isEmpty ? resource.plural : "\(resource.plural).\(target.kind.group)"
    var object = try #require(
      cluster.object(of: plural, namespace: target.namespace, name: target.name)
    )
    cluster.remove(plural, namespace: target.namespace, name: target.name)
    object[path: "metadata", "uid"] = nil
    object[path: "metadata", "resourceVersion"] = nil
    try cluster.create(object)
  }
}

extension HealStep {
  /// The object whose uid must be the same.
  fileprivate var guarded: ObjectKey? {
    switch self {
    case .delete(let key, _, _, _), .evict(let key, _), .patch(let key, _, _, _): key
    case .scale(let change): change.workload
    case .rollBack(let rollback): rollback.deployment
    case .run(let run): run.cronJob
    case .create, .release, .relist: nil
    }
  }
}

// MARK: - What there is

extension FaultyWorld {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "FaultyManifests")

  /// Creates a case's objects: definitions and Namespaces before what needs them.
  private static func fill(_ cluster: SimulatedCluster, with fault: RemedyCase) throws {
    let objects = try fault.manifests.flatMap(objects) + fault.objects
    let namespaces = Set(objects.compactMap { $0[path: "metadata", "namespace"]?.stringValue })
    let all =
      namespaces.sorted().map { name -> JSONValue in
        ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
      } + objects
    let ranks = ["CustomResourceDefinition": 0, "Namespace": 1]
    for rank in 0...2 {
      for object in all where ranks[object["kind"]?.stringValue ?? "", default: 2] == rank {
        try cluster.apply(object)
      }
    }
  }

  private static func objects(inFile name: String) throws -> [JSONValue] {
    let file = folder.appending(path: "\(name).yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try Yams.compose_all(yaml: text).map { JSONValue($0) }.filter { object in
      // The definitions of gateways are in none of the files.
      object["kind"] != nil
        && object["apiVersion"]?.stringValue?.hasPrefix("gateway.networking.k8s.io") != true
    }.map(completed)
  }

  /// An object with what checks do not read, and manifests leave out.
  private static func completed(_ object: JSONValue) -> JSONValue {
    guard object["kind"] == "ReplicaSet", object[path: "spec", "template"] == nil else {
      return object
    }
    var object = object
    object[path: "spec", "template"] = ["spec": ["containers": []]]
    return object
  }

  /// What reads the cluster's NetBox, as a CMDB and as an IPAM.
  private static func feeds(
    of cluster: SimulatedCluster,
    on eventLoop: EventLoop
  ) -> [InventoryFeed] {
    [("machines", InventorySettings.Kind.cmdb), ("addresses", .ipam)].map { name, kind in
      var source = InventorySource(.netBox(cluster.netBoxURL))
      source.token = .text(cluster.token)
      source.trustedCertificates = Array(cluster.certificateAuthorityPEM.utf8)
      source.every = .milliseconds(200)
      source.timeout = .seconds(10)
      var settings = InventorySettings(name: name, kind: kind, source: source)
      settings.clusters = [SimulatedCluster.netBoxClusterName: "sim"]
      if kind == .ipam { settings.release = InventorySettings.Release() }
      if kind == .cmdb { settings.map[.zone] = [RecordPath("site.slug")].compactMap(\.self) }
      return InventoryFeed(
        settings,
        eventLoop: eventLoop,
        userAgent: "kpatrol/test",
        environment: [:]
      )
    }
  }
}
