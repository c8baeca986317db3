import Checks
import HTTP
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Clusters side by side, each failing alone.
@Suite(.fewAtOnce) struct FleetTests {
  private static func namespace(_ name: String) -> JSONValue {
    ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
  }

  @Test func aClusterThatDiesAndComesBackIsNoMatterToTheOther() async throws {
    let options = SimulationOptions(scenario: .empty, runsControllers: false)
    let steady = try await SimulatedCluster.start(options)
    let shaky = try await SimulatedCluster.start(options)
    let eventLoop = EventLoop()
    let fleet = Fleet(
      [
        steady.client("steady", on: eventLoop), shaky.client("shaky", on: eventLoop),
      ],
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let patrol = Task { await fleet.run() }
    func status(_ name: String) async -> ClusterStatus? {
      await fleet.statuses().first { $0.name == name }
    }
    #expect(await eventually { await fleet.statuses().allSatisfy { $0.connection == .watching } })
    let before = try #require(await status("steady"))

    await shaky.stopListening()
    _ = try shaky.create(Self.namespace("missed"))
    let isNoticed = await eventually {
      if case .disconnected = await status("shaky")?.connection { true } else { false }
    }
    #expect(isNoticed)
    _ = try steady.create(Self.namespace("seen"))
    #expect(await eventually { await status("steady")?.objectCount == before.objectCount + 1 })
    let during = try #require(await status("steady"))
    #expect(during.connection == .watching && during.connectionSince == before.connectionSince)
    #expect(during.resumes == 0 && during.relists == 0)

    try await shaky.listenAgain()
    let isBack = await eventually {
      guard let status = await status("shaky") else { return false }
      return status.connection == .watching && status.objectCount == before.objectCount + 1
    }
    #expect(isBack)
    #expect(await status("shaky")?.relists == 0, "A resume sufficed.")

    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await steady.stop()
    await shaky.stop()
  }
}
