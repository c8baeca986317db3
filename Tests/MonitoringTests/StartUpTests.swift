import Checks
import HTTP
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// How a monitor begins, as the server sees it.
@Suite struct StartUpTests {
  /// How many lists may run at once.
  private static let width = 4

  private func withMonitor(
    of cluster: SimulatedCluster,
    _ body: (ClusterMonitor) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let task = Task { await monitor.run() }
    try await body(monitor)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private func lists(of cluster: SimulatedCluster, _ paths: Set<String>) -> [String] {
    cluster.requestLog.filter { paths.contains($0.path) && $0["watch"] == nil }.map(\.path)
  }

  @Test func aFewListsRunAtOnceAndWhatChecksNeedComesFirst() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    cluster.inject(.stall(afterBytes: 0), on: .lists())
    try await withMonitor(of: cluster) { monitor in
      let areWaiting = await eventually {
        let count = await monitor.streams.count
        let waiting = await monitor.listGate.waiterCount
        return count > 20 && waiting == count - Self.width
      }
      #expect(areWaiting)
      let resources = await monitor.resources.values
      let priorities = Dictionary(
        uniqueKeysWithValues: resources.map { resource in
          (resource.path(namespace: nil), ClusterMonitor.listPriority(of: resource.kind))
        }
      )
      let first = lists(of: cluster, Set(priorities.keys))
      #expect(first.count == Self.width)
      cluster.endAllFaults()
      await cluster.resetConnections()
      #expect(await eventually { await monitor.isSynced })
      // Those that were broken off wait for their turn again; of the others, those that run together
      // may change places.
      let others = lists(of: cluster, Set(priorities.keys)).filter { !first.contains($0) }
      #expect(others.count == resources.count - Self.width)
      let order = others.compactMap { priorities[$0] }
      #expect(Set(order) == [0, 1, 2])
      for (place, priority) in order.enumerated() {
        let later = order.dropFirst(place + 2 * Self.width)
        #expect(later.allSatisfy { $0 >= priority }, "\(order)")
      }
    }
  }

  @Test func aServerThatTellsItsKindsGroupByGroupIsFollowedAsWell() async throws {
    var options = SimulationOptions(scenario: .healthy, runsControllers: false)
    let newer = try await SimulatedCluster.start(options)
    options.servesAggregatedDiscovery = false
    let older = try await SimulatedCluster.start(options)
    let eventLoop = EventLoop()
    let expected = try await newer.client("newer", on: eventLoop).discover().resources
    eventLoop.shutdown()
    await newer.stop()
    try await withMonitor(of: older) { monitor in
      #expect(await eventually { await monitor.status().connection == .watching })
      let followed = await Set(monitor.resources.keys)
      let wanted = expected.filter(\.isWatchable).map(\.kind)
      #expect(followed == Set(wanted).subtracting([ObjectKind("Event", group: "events.k8s.io")]))
      #expect(await monitor.status().notInspected.isEmpty)
      #expect(older.requestLog.contains { $0.path == "/apis/apps/v1" })
      try older.create(
        [
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": ["name": "gadgets.example.org"],
          "spec": [
            "group": "example.org", "scope": "Namespaced",
            "names": ["plural": "gadgets", "singular": "gadget", "kind": "Gadget"],
            "versions": [["name": "v1", "served": true, "storage": true]],
          ],
        ]
      )
      let gadget = ObjectKind("Gadget", group: "example.org")
      #expect(await eventually { await monitor.resources[gadget] != nil })
    }
  }

  @Test(.enabled(if: Loopback.hasIPv6, "this machine has no ::1"))
  func aServerIsReachedByAnAddressOfIPv6() async throws {
    var options = SimulationOptions(scenario: .healthy, runsControllers: false)
    options.loopback = .ipv6
    let cluster = try await SimulatedCluster.start(options)
    #expect(cluster.url.hasPrefix("https://[::1]:"))
    let folder = try TemporaryFolder()
    let path = try folder.write("config", cluster.kubeconfig(contextName: "six"))
    let connection = try Kubeconfig.load(explicitPath: path, environment: [:]).connection(to: "six")
    let eventLoop = EventLoop()
    let client = KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test")
    #expect(try await client.serverVersion().hasPrefix("v1."))
    var list = try await client.list(.podsToFollow)
    #expect(try await list.rest().count == cluster.objects(of: "pods").count)
    eventLoop.shutdown()
    await cluster.stop()
  }
}
