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
@Suite(.fewAtOnce) struct StartUpTests {
  /// How many lists may run at once.
  private static let width = 4

  private func withMonitor(
    of cluster: SimulatedCluster,
    clock: WallClock = .system,
    _ body: (ClusterMonitor) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks),
      clock: clock
    )
    let task = Task { await monitor.run() }
    try await body(monitor)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  /// The priorities of the lists that the server was asked for, in their order.
  private func lists(of cluster: SimulatedCluster, _ priorities: [String: Int]) -> [Int] {
    cluster.requestLog.filter { $0["watch"] == nil }.compactMap { priorities[$0.path] }
  }

  @Test func aFewListsRunAtOnceAndWhatChecksNeedComesFirst() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    cluster.inject(.stall(afterBytes: 0), on: .lists())
    try await withMonitor(of: cluster, clock: .withoutRetries) { monitor in
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
      // Those that come first find no others; from then on each round has the next ones in order.
      var rounds: [[Int]] = []
      while rounds.joined().count < resources.count {
        let begun = rounds.joined().count
        let expected = min(begun + Self.width, resources.count)
        try #require(await eventually { lists(of: cluster, priorities).count == expected })
        rounds.append(Array(lists(of: cluster, priorities).dropFirst(begun)))
        await cluster.resetConnections()
      }
      #expect(Set(rounds.joined()) == [0, 1, 2])
      let order = rounds.dropFirst().flatMap { $0.sorted() }
      #expect(order == order.sorted(), "\(rounds)")
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

extension WallClock {
  /// Never ends a wait that is as long as one before another try.
  fileprivate static let withoutRetries = WallClock(
    now: WallClock.system.now,
    sleep: { duration in
      let isRetry = duration >= .milliseconds(500)
      try await Task.sleep(for: isRetry ? .seconds(3600) : duration)
    }
  )
}
