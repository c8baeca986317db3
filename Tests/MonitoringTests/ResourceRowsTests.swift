import Checks
import ClusterGraph
import HTTP
import Inspection
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

@Suite(.fewAtOnce) struct ResourceRowsTests {
  @Test func rowsFollowTheCluster() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("prod", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    let query = RowQuery(Namespace.kind)
    let first = await monitor.rows(query, at: 0..<3)
    #expect(first.rows.count == 3 && first.count == cluster.objects(of: "namespaces").count)
    #expect(first.rows.map(\.key.name) == first.rows.map(\.key.name).sorted())
    let followed = try #require(first.rows.last?.key)
    #expect(await monitor.rows(query, at: 0..<3, following: followed).position == 2)

    try cluster.create([
      "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "aaa"],
    ])
    #expect(
      await eventually { await monitor.rows(query, at: 0..<1).rows.first?.key.name == "aaa" }
    )
    #expect(await monitor.rows(query, at: 0..<3, following: followed).position == 3)

    let filtered = RowQuery(Namespace.kind, filter: FilterExpression(text: "AA"))
    let page = await monitor.rows(filtered, at: 0..<9, following: followed)
    #expect(page.rows.map(\.key.name) == ["aaa"] && page.position == nil)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }
}
