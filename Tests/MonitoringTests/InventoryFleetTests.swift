import Checks
import ClusterGraph
import HTTP
import Healing
import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration

@testable import Monitoring

/// Clusters that are held against inventories, which are read over HTTP.
@Suite(.fewAtOnce) struct InventoryFleetTests {
  private static let checks = Catalogue.checks.filter { check in
    ["drift/cmdb", "drift/ipam"].contains { check.id.description.hasPrefix($0) }
  }

  private static func settings(
    of cluster: SimulatedCluster,
    token: String? = nil
  ) -> [InventorySettings] {
    [("machines", InventorySettings.Kind.cmdb), ("addresses", .ipam)].map { name, kind in
      var source = InventorySource(.netBox(cluster.netBoxURL))
      source.token = .text(token ?? cluster.token)
      source.trustedCertificates = Array(cluster.certificateAuthorityPEM.utf8)
      source.every = .milliseconds(200)
      source.timeout = .seconds(10)
      // So that there are several pages.
      source.pageSize = 2
      var settings = InventorySettings(name: name, kind: kind, source: source)
      settings.clusters = [SimulatedCluster.netBoxClusterName: "sim"]
      if kind == .ipam { settings.release = InventorySettings.Release() }
      if kind == .cmdb { settings.map[.zone] = [RecordPath("site.slug")].compactMap(\.self) }
      return settings
    }
  }

  private static func withFleet(
    _ scenario: ScenarioID,
    pace: Double = 1,
    token: String? = nil,
    faults: [Fault] = [],
    _ body: (Fleet, SimulatedCluster) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: scenario, pace: pace, runsControllers: scenario == .nightShift)
    )
    for fault in faults { cluster.inject(fault, on: RequestMatcher(path: "/netbox")) }
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [cluster.client("sim", on: eventLoop)],
      options: MonitorOptions(checks: checks, settlePolicy: .atMost(.zero)),
      inventories: settings(of: cluster, token: token).map {
        InventoryFeed($0, eventLoop: eventLoop, userAgent: "kpatrol/test", environment: [:])
      }
    )
    let patrol = Task { await fleet.run() }
    try await body(fleet, cluster)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private static func sync(_ fleet: Fleet) async -> [String: Fleet.SyncOutcome] {
    await fleet.sync(within: .seconds(120), connectLimit: .seconds(60)) { _ in }
  }

  @Test func aClusterThatIsAsRecordedHasNoFinding() async throws {
    try await Self.withFleet(.healthy) { fleet, cluster in
      #expect(await Self.sync(fleet) == ["sim": .synced])
      #expect(await fleet.report() == [])
      let status = try #require(await fleet.statuses().first)
      #expect(status.inventories.map(\.recordCount) == [6, 9])
      #expect(status.inventories.allSatisfy { $0.isKnown && $0.problems.isEmpty })
      #expect(status.notInspected.isEmpty)
      // What has not changed is asked for by its tags, and not sent again.
      let isAskedAgain = await eventually {
        cluster.requestLog.count { $0.path.hasPrefix("/netbox/api/dcim") } > 6
      }
      #expect(isAskedAgain)
    }
  }

  @Test func whatIsNotAsRecordedIsFound() async throws {
    let expected: Set<CheckID> = [
      "drift/cmdb-attribute", "drift/cmdb-missing-node", "drift/ipam-leaked",
      "drift/ipam-unallocated",
    ]
    try await Self.withFleet(.nightShift, pace: 20) { fleet, _ in
      var seen: Set<CheckID> = []
      _ = await eventually {
        seen.formUnion(await fleet.findings(FindingsQuery())?.rows.map(\.finding.check) ?? [])
        return seen.isSuperset(of: expected)
      }
      #expect(seen == expected)
    }
  }

  @Test func aLeakedAddressIsReleasedAndTheInventoryShowsIt() async throws {
    try await Self.withFleet(.nightShift, pace: 20) { fleet, cluster in
      let isFound = await eventually { await fleet.leak != nil }
      #expect(isFound)
      let leak = await fleet.leak
      let finding = try #require(leak)
      let offered = await fleet.plan(for: finding.id)
      let plan = try #require(offered)
      let confirmed = try #require(ConfirmedPlan(plan, answer: "y"))
      await fleet.heal(confirmed)
      let isHealed = await eventually { await fleet.isHealed(finding.id) }
      #expect(isHealed)
      let changes = cluster.requestLog.filter { $0.path.hasPrefix("/netbox") && $0.method != "GET" }
      #expect(changes.map(\.method) == ["PATCH"])
      #expect(changes.first?.path.hasPrefix("/netbox/api/ipam/ip-addresses/") == true)
      // The record is still there, and says that nobody shall use it.
      let statuses = await fleet.statuses()
      #expect(statuses[0].inventories[1].recordCount == 9)
    }
  }

  @Test(
    "What cannot be read is unknown, and nothing is taken for missing",
    arguments: [
      (Fault.status(500), "answered with status 500"),
      (.truncate(afterBytes: 100), "page 1, line 1"),
      (.drop(afterBytes: 100), "broke"),
      (.garbage, "page 1, line 1"),
    ]
  )
  func unreadable(fault: Fault, reason: String) async throws {
    try await Self.withFleet(.healthy, faults: [fault]) { fleet, cluster in
      #expect(await Self.sync(fleet) == ["sim": .synced])
      #expect(await fleet.report() == [])
      let status = try #require(await fleet.statuses().first)
      #expect(status.inventories.allSatisfy { !$0.isKnown && $0.failingSince != nil })
      let machines = try #require(status.notInspected.first)
      #expect(machines.kind == InventoryMachine.kind && machines.checks.count == 4)
      #expect(machines.reason.hasPrefix("inventory machines cannot be read since "))
      let trouble = status.inventories[0].trouble ?? ""
      #expect(trouble.contains(reason), "\(trouble)")

      cluster.endAllFaults()
      let isRead = await eventually { await fleet.statuses()[0].notInspected.isEmpty }
      #expect(isRead)
    }
  }

  @Test func aTokenThatIsNotAcceptedIsTold() async throws {
    try await Self.withFleet(.healthy, token: "wrong") { fleet, _ in
      #expect(await Self.sync(fleet) == ["sim": .synced])
      let status = try #require(await fleet.statuses().first)
      let trouble = status.inventories[0].trouble ?? ""
      #expect(trouble.contains("does not let us read (403)") && !trouble.contains("wrong"))
    }
  }

  @Test("A token may see some lists and not others", arguments: [true, false])
  func theListThatMayNotBeReadIsNamed(wasReadBefore: Bool) async throws {
    try await Self.withFleet(.healthy) { fleet, cluster in
      if wasReadBefore { #expect(await Self.sync(fleet) == ["sim": .synced]) }
      cluster.inject(.status(403), on: RequestMatcher(path: "/netbox/api/virtualization"))
      let expected = "virtualization/virtual-machines of 127.0.0.1:"
      let isTold = await eventually {
        await fleet.statuses().first?.inventories.first?.trouble?.contains(expected) == true
      }
      #expect(isTold)
    }
  }

  @Test func whatIsNoLongerBelievedRaisesNothing() async {
    var status = InventoryStatus(name: "machines", kind: .cmdb, place: "machines.csv")
    let monitor = ClusterMonitor(
      source: StubSource([]),
      options: MonitorOptions(checks: Self.checks, settlePolicy: .atMost(.zero)),
      inventories: [status]
    )
    await monitor.upsert(Node.sample())
    #expect(await monitor.findings().isEmpty, "Nothing was read yet.")

    var other = RegisteredMachine()
    other.hostname = "node-2"
    (status.isKnown, status.isSettled) = (true, true)
    let content = InventoryContent("machines", .machines(MachineTable([other])))
    await monitor.take(InventoryUpdate(status: status, content: content))
    #expect(await monitor.findings().map(\.check) == ["drift/cmdb-unregistered-node"])

    status.isKnown = false
    await monitor.take(InventoryUpdate(status: status))
    #expect(await monitor.findings().isEmpty)
    #expect(await monitor.status().notInspected.map(\.kind) == [InventoryMachine.kind])

    status.isKnown = true
    await monitor.take(InventoryUpdate(status: status))
    #expect(await monitor.findings().map(\.check) == ["drift/cmdb-unregistered-node"])
  }
}

extension ClusterMonitor {
  fileprivate func upsert(_ record: any ObjectRecord) {
    update { graph, touched in
      graph.upsert(ObjectSnapshot(record), touching: &touched)
      graph.setKnowledge(of: record.kind, to: .known, touching: &touched)
    }
  }
}

extension Fleet {
  /// The address that is allocated to a machine that nobody has ever seen.
  fileprivate var leak: Finding? {
    get async {
      let rows = await findings(FindingsQuery())?.rows ?? []
      return rows.map(\.finding).first {
        $0.check == "drift/ipam-leaked" && $0.subject.name == "192.0.2.77"
      }
    }
  }

  /// What its first remedy would do.
  fileprivate func plan(for id: FindingID) async -> HealPlan? {
    guard case .plan(let plan)? = await detail(of: id)?.offers.first?.proposal else { return nil }
    return plan
  }

  fileprivate func isHealed(_ id: FindingID) async -> Bool {
    if case .healed? = await detail(of: id)?.heal { true } else { false }
  }
}
